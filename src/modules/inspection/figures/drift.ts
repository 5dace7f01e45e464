/** Has the stream of pictures, or what the detector makes of it, changed? Pure. */

/** Two-sided tabular CUSUM (Page 1954) on values with a known mean and deviation: slack `k` and limit `h` in deviations. */
export type Cusum = { up: number; down: number; alarm: 'up' | 'down' | null }
export const cusum = (values: readonly number[], mean: number, deviation: number, { k = 0.5, h = 5 } = {}): Cusum[] => {
  let up = 0
  let down = 0
  return values.map((value) => {
    const z = (value - mean) / deviation
    up = Math.max(0, up + z - k)
    down = Math.max(0, down - z - k)
    return { up, down, alarm: up > h ? 'up' : down > h ? 'down' : null }
  })
}

/** Daily proportions: the deviation of each day follows from its own n (binomial), so a day with few pictures says little. */
export const cusumOfRates = (days: readonly { count: number; n: number }[], rate: number, limits?: { k?: number; h?: number }): Cusum[] => {
  const standardised = days.map(({ count, n }) => (n === 0 || rate <= 0 || rate >= 1 ? 0 : (count / n - rate) / Math.sqrt((rate * (1 - rate)) / n)))
  return cusum(standardised, 0, 1, limits)
}

/** Counts in `bins` equal parts of [0,1]. */
export const histogram = (scores: readonly number[], bins = 10): number[] => {
  const counts = Array.from({ length: bins }, () => 0)
  for (const s of scores) counts[Math.min(bins - 1, Math.max(0, Math.floor(s * bins)))]! += 1
  return counts
}

/**
 * Population stability index Σ (q − p)·ln(q/p) of two histograms. Half a count stands in every bin, so that an empty one is not infinitely
 * far. Customary reading: under 0.1 stable, over 0.25 shifted. Null when either is empty.
 */
export const psi = (before: readonly number[], now: readonly number[]): number | null => {
  const sum = (counts: readonly number[]): number => counts.reduce((s, n) => s + n, 0)
  const [total, totalNow] = [sum(before), sum(now)]
  if (total === 0 || totalNow === 0) return null
  return before.reduce((index, count, i) => {
    const p = (count + 0.5) / (total + before.length / 2)
    const q = ((now[i] ?? 0) + 0.5) / (totalNow + before.length / 2)
    return index + (q - p) * Math.log(q / p)
  }, 0)
}
