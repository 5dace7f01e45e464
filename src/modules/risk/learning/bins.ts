/**
 * Numbers → bytes for histograms. Byte 0 means missing, 1 … 255 are bins in ascending order of value; a value belongs to the first bin
 * whose upper edge is not below it. Edges are quantiles of the training values, so that each bin holds about as many rows.
 */

/** Column-major: feature f of row r stands at `bytes[f * rows + r]`. */
export type Binned = {
  rows: number
  features: number
  bytes: Uint8Array
  /** upper edges of all bins but the last, a list a feature */ edges: Float64Array[]
}

export const binLimit = 255

/** Upper edges (at most `limit − 1`) of the bins of a column; NaN is missing and has no bin. */
export const edgesOf = (column: Float64Array, limit = binLimit): Float64Array => {
  const known = column.filter((v) => !Number.isNaN(v)).sort()
  const distinct: number[] = []
  const counts: number[] = []
  for (const v of known) {
    if (distinct.length > 0 && distinct.at(-1) === v) counts[counts.length - 1]!++
    else {
      distinct.push(v)
      counts.push(1)
    }
  }
  const between = (i: number): number => {
    const [low, high] = [distinct[i]!, distinct[i + 1]!]
    const middle = low + (high - low) / 2
    return middle < high ? middle : low
  }
  if (distinct.length <= limit) return Float64Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => between(i))
  return quantileEdges(counts, between, limit)
}

/** A value with many rows gets a bin of its own; the others share what is left evenly. */
const quantileEdges = (counts: readonly number[], between: (i: number) => number, limit: number): Float64Array => {
  const edges: number[] = []
  let left = counts.reduce((t, c) => t + c, 0)
  let here = 0
  for (let i = 0; i < counts.length - 1 && edges.length < limit - 1; i++) {
    here += counts[i]!
    const share = left / (limit - edges.length)
    if (here >= share || counts[i + 1]! >= share) {
      edges.push(between(i))
      left -= here
      here = 0
    }
  }
  return Float64Array.from(edges)
}

/** The byte of one value. */
export const byteOf = (edges: Float64Array, value: number): number => {
  if (Number.isNaN(value)) return 0
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low + 1
}

/** Bins columns by given edges (those of the training rows). */
export const binColumns = (columns: readonly Float64Array[], edges: Float64Array[], rows: number): Binned => {
  const bytes = new Uint8Array(columns.length * rows)
  columns.forEach((column, f) => {
    const own = edges[f]!
    const start = f * rows
    for (let r = 0; r < rows; r++) bytes[start + r] = byteOf(own, column[r]!)
  })
  return { rows, features: columns.length, bytes, edges }
}
