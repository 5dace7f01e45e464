/** What a batch of changes does to the tariff: record by record, and the tariff as it would be. Pure. */
import { canonicalJson } from '#kernel/canonical-json.ts'
import {
  keyOf,
  type Area,
  type Change,
  type ChangedThing,
  type Commodity,
  type Difference,
  type DifferenceCounts,
  type Measure,
  type Term,
} from '../schema.ts'
import type { TariffRows } from '../snapshot.ts'

export type Row = Measure | Commodity | Area | Term

/** How a record is named in changes and differences. */
export const keyOfRow = (what: ChangedThing, row: Row): string => {
  if (what === 'measure') return (row as Measure).id
  if (what === 'area') return `${(row as Area).administration ?? ''}/${(row as Area).code}@${row.validFrom}`
  if (what === 'term') return `${(row as Term).administration}/${(row as Term).kind}/${(row as Term).code}@${row.validFrom}`
  return `${(row as Commodity).administration}/${keyOf(row as Commodity)}@${row.validFrom}`
}

const rowsOf = (rows: TariffRows, what: ChangedThing): readonly Row[] =>
  what === 'measure' ? rows.measures : what === 'commodity' ? rows.commodities : what === 'area' ? rows.areas : (rows.terms ?? [])

const things: readonly ChangedThing[] = ['commodity', 'measure', 'area', 'term']

/** Finds records by name; built once for a tariff. */
export type Index = (what: ChangedThing, key: string) => Row | undefined

export const indexOf = (rows: TariffRows): Index => {
  const maps = new Map(things.map((what) => [what, new Map(rowsOf(rows, what).map((r) => [keyOfRow(what, r), r]))]))
  return (what, key) => maps.get(what)!.get(key)
}

export const keyOfChange = (c: Change): string => (c.op === 'put' ? keyOfRow(c.what, c.row) : c.key)

/** The record after a change; undefined when it is then not there, or when there is nothing to end. */
const after = (c: Change, before: Row | undefined): Row | undefined => {
  if (c.op === 'put') return c.row
  if (c.op === 'remove' || !before) return undefined
  return { ...before, validTo: c.validTo }
}

const fieldsThatDiffer = (a: Row | undefined, b: Row | undefined): string[] => {
  const [x, y] = [(a ?? {}) as Record<string, unknown>, (b ?? {}) as Record<string, unknown>]
  return [...new Set([...Object.keys(x), ...Object.keys(y)])].filter((k) => canonicalJson(x[k] ?? null) !== canonicalJson(y[k] ?? null)).sort()
}

const kindOf = (c: Change, before: Row | undefined, next: Row | undefined, fields: readonly string[]): Difference['kind'] => {
  if (c.op === 'remove') return before ? 'removed' : 'unchanged'
  if (!next) return 'unchanged'
  if (!before) return 'added'
  if (fields.length === 0) return 'unchanged'
  return fields.length === 1 && fields[0] === 'validTo' && next.validTo ? 'ended' : 'changed'
}

const commodityOf = (row: Row | undefined): string | undefined => {
  if (!row) return undefined
  if ('commodity' in row) return row.commodity
  return 'declarable' in row ? row.code : undefined
}

export const differenceOf = (index: Index, c: Change, number?: number): Difference => {
  const key = keyOfChange(c)
  const before = index(c.what, key)
  const next = after(c, before)
  const fields = before && next ? fieldsThatDiffer(before, next) : []
  const commodity = commodityOf(next ?? before)
  return {
    what: c.what,
    key,
    kind: kindOf(c, before, next, fields),
    ...(commodity !== undefined && { commodity }),
    fields,
    ...(before && { before }),
    ...(next && { after: next }),
    ...(number !== undefined && { number }),
  }
}

/** The tariff as it would be known after these changes. */
export const applied = (rows: TariffRows, changes: readonly Change[]): TariffRows => {
  const index = indexOf(rows)
  const touched = new Map(things.map((what) => [what, new Map<string, Row | undefined>()]))
  for (const c of changes) touched.get(c.what)!.set(keyOfChange(c), after(c, index(c.what, keyOfChange(c))))
  const merged = <T extends Row>(what: ChangedThing, list: readonly T[]): T[] => {
    const changed = touched.get(what)!
    if (changed.size === 0) return [...list]
    return [...list.filter((r) => !changed.has(keyOfRow(what, r))), ...([...changed.values()].filter((r) => r !== undefined) as T[])]
  }
  return {
    ...rows,
    commodities: merged('commodity', rows.commodities),
    measures: merged('measure', rows.measures),
    areas: merged('area', rows.areas),
    terms: merged('term', rows.terms ?? []),
  }
}

const overlaps = (r: Row, from: string, to: string | undefined): boolean => (!r.validTo || r.validTo > from) && (!to || r.validFrom < to)

/**
 * Measures that would hang on no line any more: their line ends or goes, and they go on. A measure on a code above is no orphan, nor one
 * whose code was never a line (the residual of a heading).
 */
export const orphansOf = (index: Index, next: TariffRows, changes: readonly Change[]): Difference[] => {
  const gone = changes.flatMap((c) => {
    if (c.what !== 'commodity' || c.op === 'put') return []
    const line = index('commodity', c.key) as Commodity | undefined
    return line ? [{ line, from: c.op === 'end' ? c.validTo : line.validFrom }] : []
  })
  if (gone.length === 0) return []
  const still = new Map(next.commodities.map((c) => [`${c.administration}/${c.code}`, c]))
  const byLine = Map.groupBy(next.measures, (m) => `${m.administration}/${m.commodity}`)
  return gone.flatMap(({ line, from }) => {
    const place = `${line.administration}/${line.code}`
    const other = still.get(place)
    if (other && overlaps(other, from, undefined)) return []
    return (byLine.get(place) ?? [])
      .filter((m) => overlaps(m, from, undefined))
      .map((m): Difference => ({ what: 'measure', key: m.id, kind: 'orphaned', commodity: m.commodity, fields: [], after: m }))
  })
}

export const countDifferences = (all: readonly Difference[]): DifferenceCounts => {
  const counts = { added: 0, changed: 0, ended: 0, removed: 0, unchanged: 0, orphaned: 0 }
  for (const d of all) counts[d.kind]++
  return counts
}

/** The changes that take a batch back: records as they were known before it, those that it added removed. */
export const inverse = (index: Index, changes: readonly Change[]): Change[] =>
  changes.flatMap((c): Change[] => {
    const key = keyOfChange(c)
    const before = index(c.what, key)
    if (before) return [{ op: 'put', what: c.what, row: before } as Change]
    return c.op === 'put' ? [{ op: 'remove', what: c.what, key }] : []
  })

/** Leading digits of the goods that changes concern, none below another; `['']` = all goods (also for areas). */
export const prefixesOf = (index: Index, changes: readonly Change[]): string[] => {
  const codes = new Set(
    changes.flatMap((c) => {
      if (c.what === 'term') return []
      if (c.what === 'area') return ['']
      return [commodityOf(c.op === 'put' ? c.row : index(c.what, c.key)), commodityOf(index(c.what, keyOfChange(c)))].filter((x) => x !== undefined)
    }),
  )
  return [...codes].filter((code) => ![...codes].some((o) => o !== code && code.startsWith(o))).sort()
}
