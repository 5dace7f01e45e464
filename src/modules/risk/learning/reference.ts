/** Usual unit values: the median of log(value / mass) by commodity, commodity and origin, and heading, with its spread, from training rows. */
import type { Column } from './columns.ts'
import { find, indexRows, type Hashes, type Lookup } from './hashing.ts'
import { keyName, type Key } from './keys.ts'
import { numberOf, type Table } from './table.ts'

/** `spread` is the median absolute deviation × 1.4826 (a standard deviation where values are normal). */
export type Reference = { key: Pick<Key, 'parts'>; lookup: Lookup; median: Float64Array; spread: Float64Array; count: Float64Array }

const leastRows = 5

export const numbersOf = (table: Table, name: string): Float64Array => Float64Array.from(table.columns.get(name)!, numberOf)

/** log(value / mass); missing without both above zero. */
export const logUnitValue = (table: Table, columns: readonly Column[]): Float64Array | undefined => {
  const [value, mass] = (['value', 'mass'] as const).map((role) => columns.find((c) => c.role === role)?.name)
  if (value === undefined || mass === undefined) return undefined
  const values = numbersOf(table, value)
  return numbersOf(table, mass).map((m, r) => (m > 0 && values[r]! > 0 ? Math.log(values[r]! / m) : Number.NaN))
}

/** The keys that unit values are compared within, finest first. */
export const referenceKeys = (keys: readonly Key[], columns: readonly Column[]): Pick<Key, 'parts'>[] => {
  const commodity = columns.find((c) => c.role === 'commodity')?.name
  const origin = columns.find((c) => c.role === 'origin')?.name
  const wanted = [`${commodity} × ${origin}`, `${commodity}`, `${commodity} (first 4)`]
  return wanted.flatMap((name) => keys.find((k) => keyName(k) === name) ?? []).map((k) => ({ parts: k.parts }))
}

const medianOf = (sorted: Float64Array): number => {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const fitReference = (key: Pick<Key, 'parts'>, hashes: Hashes, values: Float64Array): Reference => {
  const { lookup, ids } = indexRows(hashes)
  const groups: number[][] = Array.from({ length: lookup.count }, () => [])
  for (let r = 0; r < ids.length; r++) if (!Number.isNaN(values[r])) groups[ids[r]!]!.push(values[r]!)
  const [median, spread, count] = [0, 1, 2].map(() => new Float64Array(lookup.count).fill(Number.NaN)) as [Float64Array, Float64Array, Float64Array]
  groups.forEach((group, g) => {
    count[g] = group.length
    if (group.length < leastRows) return
    median[g] = medianOf(Float64Array.from(group).sort())
    spread[g] = 1.4826 * medianOf(Float64Array.from(group, (v) => Math.abs(v - median[g]!)).sort())
  })
  return { key, lookup, median, spread, count }
}

/** How far each value lies from its median: as a difference of logs, and in spreads. Missing where fewer than five training rows say what is usual. */
export const compare = (reference: Reference, { low, high }: Hashes, values: Float64Array): { difference: Float64Array; score: Float64Array } => {
  const [difference, score] = [new Float64Array(values.length), new Float64Array(values.length)]
  for (let r = 0; r < values.length; r++) {
    const entry = find(reference.lookup, low[r]!, high[r]!)
    difference[r] = entry < 0 ? Number.NaN : values[r]! - reference.median[entry]!
    score[r] = entry < 0 ? Number.NaN : difference[r]! / Math.max(0.05, reference.spread[entry]!)
  }
  return { difference, score }
}
