/**
 * Rates of past findings as features, without leaks (Micci-Barreca 2001; folds as in Prokhorenkova et al. 2018 §3): a training row's rate
 * comes from rows of other folds only; a later row's from all training rows. A rate leans towards that of its coarser key:
 * (findings + a · coarser) / (n + a), so an unseen tuple falls back to the tuple without its last part, and so on to the overall rate.
 */
import { find, indexRows, type Hashes, type Lookup } from './hashing.ts'
import { seeded } from '#kernel/random.ts'

/** Findings and rows by entry of a key. `findings[t]` belongs to target t (0 is the label, 1 any finding at all when that differs). */
export type Table = { lookup: Lookup; rows: Float64Array; findings: Float64Array[] }

export type Encoded = { rates: Float64Array[]; counts: Float64Array }

export type Priors = readonly number[]

const foldCount = 5
/** Rows that the coarser rate counts for. */
export const smoothing = 4

export const foldsOf = (rows: number, seed: number): Uint8Array => {
  const random = seeded(seed, 'folds')
  return Uint8Array.from({ length: rows }, () => random.below(foldCount))
}

export const shareOf = (target: Uint8Array): number => target.reduce((t, y) => t + y, 0) / Math.max(1, target.length)

type Sums = { n: Float64Array; found: Float64Array[] }

/** Sums by fold and entry: fold f of entry e stands at `f * count + e`; the last block is the total. */
const sumUp = (ids: Int32Array, count: number, folds: Uint8Array, targets: readonly Uint8Array[]): Sums => {
  const n = new Float64Array(count * (foldCount + 1))
  const found = targets.map(() => new Float64Array(count * (foldCount + 1)))
  const total = count * foldCount
  for (let r = 0; r < ids.length; r++) {
    const own = folds[r]! * count + ids[r]!
    n[own]!++
    n[total + ids[r]!]!++
    for (let t = 0; t < targets.length; t++)
      if (targets[t]![r]) {
        found[t]![own]!++
        found[t]![total + ids[r]!]!++
      }
  }
  return { n, found }
}

/** The table of a key over all training rows, and its leak-free encoding of them. `coarser` is the encoding it leans on, absent at the top. */
export const fitKey = (
  hashes: Hashes,
  folds: Uint8Array,
  targets: readonly Uint8Array[],
  coarser: Encoded | undefined,
): { table: Table; encoded: Encoded } => {
  const { lookup, ids } = indexRows(hashes)
  const { count } = lookup
  const { n, found } = sumUp(ids, count, folds, targets)
  const total = count * foldCount
  const counts = new Float64Array(ids.length)
  const rates = targets.map((target, t) => {
    const prior = shareOf(target)
    const rate = new Float64Array(ids.length)
    for (let r = 0; r < ids.length; r++) {
      const own = folds[r]! * count + ids[r]!
      const others = n[total + ids[r]!]! - n[own]!
      const lean = coarser ? coarser.rates[t]![r]! : prior
      rate[r] = (found[t]![total + ids[r]!]! - found[t]![own]! + smoothing * lean) / (others + smoothing)
      counts[r] = Math.log1p(others)
    }
    return rate
  })
  return { table: { lookup, rows: n.slice(total), findings: found.map((f) => f.slice(total)) }, encoded: { rates, counts } }
}

/** Rates and log counts of later rows. */
export const applyKey = (table: Table, { low, high }: Hashes, priors: Priors, coarser: Encoded | undefined): Encoded => {
  const counts = new Float64Array(low.length)
  const rates = priors.map(() => new Float64Array(low.length))
  for (let r = 0; r < low.length; r++) {
    const entry = find(table.lookup, low[r]!, high[r]!)
    const n = entry < 0 ? 0 : table.rows[entry]!
    counts[r] = Math.log1p(n)
    for (let t = 0; t < rates.length; t++) {
      const lean = coarser ? coarser.rates[t]![r]! : priors[t]!
      rates[t]![r] = ((entry < 0 ? 0 : table.findings[t]![entry]!) + smoothing * lean) / (n + smoothing)
    }
  }
  return { rates, counts }
}
