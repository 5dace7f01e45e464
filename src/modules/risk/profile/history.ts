/**
 * Figures of time windows ("third shipment in 30 days under 150"), as at registration: what came before, in order of lodging, and findings
 * that were known by an earlier day. Subjects must come in order of their dates. One pass, constant work a subject and window on average.
 */
import { infoOf, condition, type WindowNeed } from './compile.ts'
import { noFigures, type Subject, type Test, type Value, type Values } from './closures.ts'
import type { Currency } from './check.ts'
import type { Field } from './ast.ts'
import { fieldNamed } from './fields.ts'

type Entry = { day: number; value: Value; finding: boolean | undefined }

/** What lies in the window of one key now; `from` is the first entry still inside, `known` the first whose finding is not counted yet. */
type Group = { entries: Entry[]; from: number; known: number; sum: number; examined: number; found: number; values: Map<Value, number> }

const newGroup = (): Group => ({ entries: [], from: 0, known: 0, sum: 0, examined: 0, found: 0, values: new Map() })

const reader = (field: Field): ((d: Values, i: Values) => Value) => {
  const { scope, place } = infoOf(field)
  return scope === 'declaration' ? (d) => d[place] : (_, i) => i[place]
}

const datePlace = fieldNamed('declaration.date')!.place

/** Findings of earlier days are known today. */
const learn = (g: Group, today: number): void => {
  for (; g.known < g.entries.length && g.entries[g.known]!.day < today; g.known++) {
    const { finding } = g.entries[g.known]!
    if (finding === undefined || g.known < g.from) continue
    g.examined++
    if (finding) g.found++
  }
}

const leave = (g: Group, entry: Entry, wasKnown: boolean): void => {
  if (typeof entry.value === 'number') g.sum -= entry.value
  const left = (g.values.get(entry.value) ?? 0) - 1
  if (left > 0) g.values.set(entry.value, left)
  else g.values.delete(entry.value)
  if (!wasKnown || entry.finding === undefined) return
  g.examined--
  if (entry.finding) g.found--
}

/** Takes out what is older than the window. */
const expire = (g: Group, first: number): void => {
  for (; g.from < g.entries.length && g.entries[g.from]!.day < first; g.from++) leave(g, g.entries[g.from]!, g.from < g.known)
  if (g.from > 64 && g.from * 2 > g.entries.length) {
    g.entries.splice(0, g.from)
    g.known = Math.max(0, g.known - g.from)
    g.from = 0
  }
}

const measured = (g: Group | undefined, { window }: WindowNeed, own: Value): number => {
  const n = g ? g.entries.length - g.from : 0
  switch (window.measure) {
    case 'count':
      return n
    case 'sum':
      return g?.sum ?? 0
    case 'average':
      return n === 0 ? Number.NaN : g!.sum / n
    case 'distinct':
      return g?.values.size ?? 0
    case 'share':
      return n === 0 || own === undefined ? Number.NaN : (g!.values.get(own) ?? 0) / n
    case 'hitRate':
      return g && g.examined > 0 ? g.found / g.examined : Number.NaN
  }
}

type One = { at: (s: Subject, item: number, today: number) => number; add: (s: Subject, today: number, finding: boolean | undefined) => void }

const oneWindow = (need: WindowNeed, currency: Currency): One => {
  const { keys, days, where, of } = need.window
  const read = keys.map(reader)
  const value = of ? reader(of) : undefined
  const passes: Test | undefined = where && condition({ currency, window: () => 0 }, where).yes
  const perItem = need.scope === 'item'
  const groups = new Map<string, Group>()
  const keyOf = (s: Subject, i: Values): string | undefined => {
    const parts = read.map((r) => r(s.declaration, i))
    return parts.includes(undefined) ? undefined : JSON.stringify(parts)
  }
  return {
    at: (s, item, today) => {
      const i = s.items[item] ?? noFigures
      const key = keyOf(s, i)
      if (key === undefined) return Number.NaN
      const group = groups.get(key)
      if (group) {
        learn(group, today)
        expire(group, today - days + 1)
      }
      return measured(group, need, value?.(s.declaration, i))
    },
    add: (s, today, finding) => {
      for (const i of perItem ? s.items : [s.items[0] ?? noFigures]) {
        const key = keyOf(s, i)
        if (key === undefined || (passes && !passes(s.declaration, i, noFigures, s))) continue
        const group = groups.get(key) ?? newGroup()
        groups.set(key, group)
        const entry: Entry = { day: today, value: value?.(s.declaration, i), finding }
        group.entries.push(entry)
        if (typeof entry.value === 'number') group.sum += entry.value
        group.values.set(entry.value, (group.values.get(entry.value) ?? 0) + 1)
      }
    },
  }
}

export type History = {
  /** figures by item and window; unknown (NaN) where the date or a key is missing */
  figures: (s: Subject) => number[][]
  /** `finding`: what an examination found; undefined when there was none */
  add: (s: Subject, finding: boolean | undefined) => void
}

export const createHistory = (needs: readonly WindowNeed[], currency: Currency): History => {
  const windows = needs.map((n) => oneWindow(n, currency))
  const dayOf = (s: Subject): number | undefined => s.declaration[datePlace] as number | undefined
  return {
    figures: (s) => {
      const today = dayOf(s)
      const count = Math.max(1, s.items.length)
      return Array.from({ length: count }, (_, item) => windows.map((w) => (today === undefined ? Number.NaN : w.at(s, item, today))))
    },
    add: (s, finding) => {
      const today = dayOf(s)
      if (today !== undefined) for (const w of windows) w.add(s, today, finding)
    },
  }
}
