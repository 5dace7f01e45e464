/** Has trade moved away from what a model learned? Population stability index, column by column and of the score (Siddiqi 2006). Pure. */
import type { Distribution, DriftRow } from '../schema/model.ts'
import { numberOf, type Table } from './table.ts'

const numbers = ['Net Mass', 'Item Price', 'Tax Rate']
const codes = ['Office ID', 'Mode of Transport', 'HS6 Code', 'Country of Departure', 'Country of Origin', 'Import Type', 'Tax Type', 'Payment Type']
const tenths = 10
/** Codes told by name; the others are one bin. */
const namedCodes = 50
/** An empty bin counts as half a row, so that the index stays finite. */
const emptyRows = 0.5

const numberBins = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b)
  const edges = Array.from({ length: tenths - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / tenths)]!)
  return [...new Set(edges)]
}
const placeOf = (edges: readonly number[], x: number): number => {
  const at = edges.findIndex((e) => x < e)
  return at < 0 ? edges.length : at
}

const sharesOf = (places: readonly number[], bins: number): number[] => {
  const counts = Array.from({ length: bins }, () => 0)
  for (const p of places) counts[p]!++
  return counts.map((c) => c / Math.max(1, places.length))
}

const known = (cells: readonly string[]): number[] => cells.map(numberOf).filter((x) => !Number.isNaN(x))

const ofNumbers = (column: string, values: readonly number[]): Distribution => {
  const bins = numberBins(values)
  return {
    column,
    kind: 'number',
    bins,
    shares: sharesOf(
      values.map((v) => placeOf(bins, v)),
      bins.length + 1,
    ),
  }
}

const ofCodes = (column: string, cells: readonly string[]): Distribution => {
  const counts = new Map<string, number>()
  for (const c of cells) counts.set(c, (counts.get(c) ?? 0) + 1)
  const bins = [...counts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, namedCodes)
    .map(([c]) => c)
  return {
    column,
    kind: 'code',
    bins,
    shares: sharesOf(
      cells.map((c) => (bins.includes(c) ? bins.indexOf(c) : bins.length)),
      bins.length + 1,
    ),
  }
}

/** What a model was trained on, to measure later trade against. `margins` are its scores of those rows. */
export const distributionsOf = (table: Table, margins: ArrayLike<number>): Distribution[] => [
  ofNumbers('score', Array.from(margins)),
  ...numbers.flatMap((n) => (table.columns.has(n) && known(table.columns.get(n)!).length > 0 ? [ofNumbers(n, known(table.columns.get(n)!))] : [])),
  ...codes.flatMap((n) => (table.columns.has(n) ? [ofCodes(n, table.columns.get(n)!)] : [])),
]

const watchFrom = 0.1
const actFrom = 0.25

const index = (before: readonly number[], now: readonly number[], n: number): number =>
  before.reduce((t, b, i) => {
    const floor = emptyRows / Math.max(1, n)
    const [p, q] = [Math.max(b, floor), Math.max(now[i]!, floor)]
    return t + (q - p) * Math.log(q / p)
  }, 0)

/** One row a column, the furthest moved first. */
export const driftOf = (reference: readonly Distribution[], table: Table, margins: ArrayLike<number>): DriftRow[] =>
  reference
    .map((d): DriftRow => {
      const cells = table.columns.get(d.column) ?? []
      const values = d.column === 'score' ? Array.from(margins) : d.kind === 'number' ? known(cells) : []
      const places =
        d.kind === 'number'
          ? values.map((v) => placeOf(d.bins as number[], v))
          : cells.map((c) => (d.bins.includes(c) ? d.bins.indexOf(c) : d.bins.length))
      const shares = sharesOf(places, d.bins.length + 1)
      const psi = places.length === 0 ? 0 : index(d.shares, shares, places.length)
      const unseen = d.kind === 'code' ? shares.at(-1)! : 0
      return { column: d.column, psi, unseen, state: psi >= actFrom ? 'act' : psi >= watchFrom ? 'watch' : 'steady', n: places.length }
    })
    .toSorted((a, b) => b.psi - a.psi)
