/** What differs between two versions of a declaration, element by element, and how a DMSRES tells it. Pure. */
import { pathOf, pointersOf } from './messages/pointers.ts'
import type { AdditionalInformation, AmendmentChange, DeclarationDocument } from './schema/document.ts'
import type { Unreported } from './schema/lifecycle.ts'
import type { Static } from 'typebox'

/** One data element that changed; `old` absent where it was added, `new` where it was removed. */
export type Change = { path: string; old?: unknown; new?: unknown }
type Statement = Static<typeof AdditionalInformation>
type Amendment = Static<typeof AmendmentChange>
type Dictionary = Record<string, unknown>

const isObject = (value: unknown): value is Dictionary => value !== null && typeof value === 'object' && !Array.isArray(value)

/** Equal as JSON: a member that is undefined is one that is not there. */
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((v, i) => same(v, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  for (const key in a) if (!same(a[key], b[key])) return false
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false
  return true
}

const changed = (path: string, old: unknown, now: unknown): Change[] => [
  { path, ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) },
]

/** Goods items are known by their number, wherever they stand. Paths count in the new version, of removed items in the old one. */
const itemDifference = (old: readonly Dictionary[], now: readonly Dictionary[]): Change[] => {
  const before = new Map(old.map((item, i) => [item.itemNumber, i]))
  const after = new Set(now.map((item) => item.itemNumber))
  const kept = now.flatMap((item, i) => {
    const at = before.get(item.itemNumber)
    return at === undefined ? changed(`/items/${i}`, undefined, item) : difference(old[at], item, `/items/${i}`)
  })
  return [...kept, ...old.flatMap((item, i) => (after.has(item.itemNumber) ? [] : changed(`/items/${i}`, item, undefined)))]
}

/** Other lists: what is equal at both ends stays, the entries between are compared one by one. */
const listDifference = (old: readonly unknown[], now: readonly unknown[], path: string): Change[] => {
  let head = 0
  while (head < Math.min(old.length, now.length) && same(old[head], now[head])) head++
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && same(old.at(-1 - tail), now.at(-1 - tail))) tail++
  const found: Change[] = []
  for (let i = head; i < Math.max(old.length, now.length) - tail; i++) {
    const [was, is] = [i < old.length - tail ? old[i] : undefined, i < now.length - tail ? now[i] : undefined]
    found.push(...(was === undefined || is === undefined ? changed(`${path}/${i}`, was, is) : difference(was, is, `${path}/${i}`)))
  }
  return found
}

const difference = (old: unknown, now: unknown, path: string): Change[] => {
  if (same(old, now)) return []
  if (path === '/items' && Array.isArray(old) && Array.isArray(now)) return itemDifference(old as Dictionary[], now as Dictionary[])
  if (Array.isArray(old ?? []) && Array.isArray(now ?? [])) return listDifference((old ?? []) as unknown[], (now ?? []) as unknown[], path)
  if (!isObject(old ?? {}) || !isObject(now ?? {})) return changed(path, old, now)
  const [a, b] = [(old ?? {}) as Dictionary, (now ?? {}) as Dictionary]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => difference(a[key], b[key], `${path}/${key}`))
}

/**
 * Every data element that differs. Goods items are matched by their number; an added or removed item or list entry is one change with
 * its whole content.
 */
export const diff = (old: DeclarationDocument, now: DeclarationDocument): Change[] => difference(old, now, '')

/** What numbers an entry of a list and is told with it. */
const numbers = ['itemNumber', 'sequence']

const valueAt = (document: unknown, words: readonly string[]): unknown =>
  words.reduce<unknown>((value, word) => (value === null || typeof value !== 'object' ? undefined : (value as Dictionary)[word]), document)

const place = (from: unknown, into: Dictionary | unknown[], words: readonly string[]): void => {
  const [word, ...rest] = words as [string, ...string[]]
  const source = (from as Dictionary)[word]
  if (source === undefined) return
  if (rest.length === 0 || (Array.isArray(source) && !isObject(source[0]))) {
    ;(into as Dictionary)[word] = structuredClone(source)
    return
  }
  const target = ((into as Dictionary)[word] ??= Array.isArray(source) ? [] : {}) as Dictionary | unknown[]
  if (isObject(source) && Array.isArray(from)) for (const key of numbers) if (source[key] !== undefined) (target as Dictionary)[key] = source[key]
  // entries that did not change keep their places
  if (Array.isArray(target)) for (let i = target.length; i < (source as unknown[]).length; i++) target[i] = {}
  place(source, target, rest)
}

/** The changed elements of a declaration and nothing else, at their places. */
export const deltaOf = (now: DeclarationDocument, paths: readonly string[]): DeclarationDocument | undefined => {
  const delta: Dictionary = {}
  for (const path of paths) place(now, delta, path.split('/').slice(1))
  // goods items tell their number, so those before a changed one need no place
  if (Array.isArray(delta.items)) delta.items = (delta.items as Dictionary[]).filter((item) => item.itemNumber !== undefined)
  if (Object.keys(delta).length === 0) return undefined
  return { function: 'original', items: [], ...delta } as DeclarationDocument
}

const merge = (a: unknown, b: unknown): unknown => {
  if (Array.isArray(a) && Array.isArray(b)) return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => merge(a[i], b[i]))
  if (!isObject(a) || !isObject(b)) return b ?? a
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, merge(a[key], b[key])]))
}

/** The deltas of two successive changes as one: of the same element the later content wins. */
export const joinDeltas = (a: DeclarationDocument | undefined, b: DeclarationDocument | undefined): DeclarationDocument | undefined => {
  if (!a || !b) return b ?? a
  const numbers = [...new Set([...a.items, ...b.items].map((item) => item.itemNumber))].sort((x, y) => x - y)
  const byNumber = (d: DeclarationDocument, n: number) => d.items.find((item) => item.itemNumber === n)
  return {
    ...(merge({ ...a, items: [] }, { ...b, items: [] }) as DeclarationDocument),
    items: numbers.map((n) => merge(byNumber(a, n), byNumber(b, n)) as DeclarationDocument['items'][number]),
  }
}

/** The pointer to a place, in which a goods item counts by its number. */
export const stepsOf = (path: string, document: DeclarationDocument): Amendment['pointers'] => {
  const index = /^\/items\/(\d+)/.exec(path)?.[1]
  const number = index === undefined ? undefined : document.items[Number(index)]?.itemNumber
  return pointersOf(path, document).map((step) => (step.section === '68A' && number !== undefined ? { ...step, sequence: number } : step))
}

/** The place that is told for a changed one: amounts and quantities go with currency and unit, what messages do not know with its class. */
const toldPlace = (path: string, document: DeclarationDocument): string => {
  const measured = path.replace(/\/(?:amount|currency|value|unit)$/, '')
  const steps = pointersOf(measured, document)
  return steps.at(-1)!.tag === undefined ? (pathOf(steps, document) ?? measured) : measured
}

/** Reason codes that the samples of the trader test service use: an item added, an item removed, other data. */
const reasonOf = (change: Change): string => (/^\/items\/\d+$/.test(change.path) ? (change.old === undefined ? '32' : '30') : '28')

/** A correction that came without pointers (from a form): its pointers, delta and reason follow from what differs. */
export const unreportedOf = (old: DeclarationDocument, now: DeclarationDocument, text: string): Unreported => {
  const changes = diff(old, now)
  const amendments = changes.map((c): Amendment => ({ reason: reasonOf(c), pointers: stepsOf(c.path, c.new === undefined ? old : now) }))
  const unique = [...new Map(amendments.map((a) => [JSON.stringify(a.pointers), a])).values()]
  const delta = deltaOf(
    now,
    changes.flatMap((c) => (c.new === undefined ? [] : [toldPlace(c.path, now)])),
  )
  const information: Statement[] = text
    ? unique.map((_, i) => ({
        text,
        type: 'AES',
        pointers: [
          { sequence: 1, section: '07B' },
          { sequence: i + 1, section: '06A' },
        ],
      }))
    : []
  return { amendments: unique, information, changes, ...(delta && { delta }) }
}

/** DE 5/23 in one (`GBAURMGRMGRMG`) as its four parts. */
export const locationOf = (code: string): NonNullable<DeclarationDocument['goodsLocation']> => ({
  country: code.slice(0, 2),
  type: code.slice(2, 3),
  qualifier: code.slice(3, 4),
  name: code.slice(4),
})

/** Goods presented at a place: all four parts of DE 5/23 are told, also when they are as declared (reason 16 of the samples). */
export const relocated = (document: DeclarationDocument, location: string): { document: DeclarationDocument; unreported: Unreported } => {
  const now: DeclarationDocument = { ...document, goodsLocation: locationOf(location) }
  const paths = (['name', 'type', 'country', 'qualifier'] as const).map((part) => `/goodsLocation/${part}`)
  const delta = deltaOf(now, paths)
  const amendments = paths.map((path): Amendment => ({ reason: '16', pointers: stepsOf(path, now) }))
  return { document: now, unreported: { amendments, information: [], changes: diff(document, now), ...(delta && { delta }) } }
}

export { valueAt }
