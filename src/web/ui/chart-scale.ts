/** Arithmetic of charts: round steps for an axis, places on the paper, labels that do not cover each other. Pure. */

export type Axis = { from: number; to: number; ticks: number[] }

/** Ends and ticks of an axis that shows all of [low, high] with steps of 1, 2 or 5 times a power of ten, about `count` of them. */
export const axisOf = (low: number, high: number, count = 5): Axis => {
  const span = high - low || Math.abs(high) || 1
  const raw = span / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999)!
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9))
  // Multiplied, not added up: 0.1 + 0.2 is no label for an axis.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
  return { from: ticks[0]!, to: ticks.at(-1)!, ticks }
}

/** Where a value lies between 0 and `length`. */
export const placeOf = ({ from, to }: Axis, value: number, length: number): number => ((value - from) / (to - from)) * length

/** Moves labels apart to at least `gap`, in their order and as little as needed, within [0, length]. */
export const spreadLabels = (at: readonly number[], gap: number, length: number): number[] => {
  const order = at.map((_, i) => i).toSorted((a, b) => at[a]! - at[b]!)
  const placed = [...at]
  for (let k = 1; k < order.length; k++) placed[order[k]!] = Math.max(placed[order[k]!]!, placed[order[k - 1]!]! + gap)
  let limit = length
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i]!, limit)
    limit = placed[i]! - gap
  }
  return placed
}
