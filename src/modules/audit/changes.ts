/** What changed between two states, element by element. Pure. */
import type { Change } from './schema.ts'

type Json = unknown
const isRecord = (v: Json): v is Record<string, Json> => typeof v === 'object' && v !== null && !Array.isArray(v)
const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Members of a list are recognised by these, so that one inserted in front does not make all others look changed. */
const keys = ['id', 'itemNumber', 'sequence', 'code']

const keyOf = (list: readonly Json[]): string | undefined =>
  keys.find((key) => {
    const values = list.map((v) => (isRecord(v) ? v[key] : undefined))
    return list.length > 0 && values.every((v) => typeof v === 'string' || typeof v === 'number') && new Set(values).size === values.length
  })

const asRecord = (list: readonly Json[], key: string | undefined): Record<string, Json> =>
  Object.fromEntries(list.map((v, i) => [key ? String((v as Record<string, Json>)[key]) : String(i), v]))

/** Every element that differs, in order of the path; lists of records go by their key, other lists by place. */
export const changesBetween = (before: Json, after: Json, path = ''): Change[] => {
  if (Object.is(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) {
    const key = keyOf([...before]) === keyOf([...after]) ? keyOf([...before]) : undefined
    return changesBetween(asRecord(before, key), asRecord(after, key), path)
  }
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => changesBetween(before[name], after[name], `${path}/${step(name)}`))
  }
  return [{ path, ...(before !== undefined && { old: before }), ...(after !== undefined && { new: after }) }]
}

/** How a kind of subject comes from its events; app.ts hands in each module's own `evolve`. */
export type Folds = Readonly<Record<string, (state: never, event: never) => unknown>>

/** Without a fold of its own, a subject is what its events said last under each name. */
const remember = (state: unknown, event: unknown): unknown => {
  if (!isRecord(event)) return state
  const { type: _type, at: _at, ...said } = event
  return { ...(isRecord(state) ? state : {}), ...said }
}

/** The state after these events. */
export const stateAfter = (folds: Folds, kind: string, state: unknown, events: readonly unknown[]): unknown => {
  const fold = (Object.hasOwn(folds, kind) ? folds[kind] : remember) as (state: unknown, event: unknown) => unknown
  return events.reduce<unknown>(fold, state)
}
