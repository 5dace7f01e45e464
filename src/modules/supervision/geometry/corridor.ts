/**
 * Is a place within a corridor, how far off the centreline is it, and how far along? A uniform grid answers most questions by its cell
 * alone; every other cell lists the few pieces that can be the nearest for some place in it. The answers are those of trying all pieces.
 */
import type { Corridor, LonLat } from '../schema/corridor.ts'
import { chainageAt, lonDelta, metresPerDegree, type Segments, segmentsOf, squareTo } from './segments.ts'

export type Located = { distanceM: number; chainageM: number; segment: number }
export type CorridorIndex = {
  /** at most half a width from the centreline */
  contains: (lon: number, lat: number) => boolean
  /** the nearest point of the centreline; of two equally near the earlier */
  locate: (lon: number, lat: number) => Located
  lengthM: number
  /** for measurements: cells by what they say */
  cells: { outside: number; inside: number; listed: number }
}

const outside = -1
const inside = -2
/** Cells a side: 12 MB a corridor at most. */
const mostCellsASide = 1024
/** Rings round the corridor, in half widths, that the grid still covers. */
const margin = 1.5
/** A cell with more candidates is answered by trying all. */
const mostCandidates = 200
/** A part of one answer that has so few cells a side is not divided for a shorter list. */
const smallPart = 32

const nearest = (s: Segments, x: number, y: number, list: Int32Array | null, from: number, to: number): { segment: number; square: number } => {
  let segment = 0
  let square = Infinity
  for (let k = from; k < to; k++) {
    const i = list ? list[k]! : k
    const d = squareTo(s, i, x, y)
    if (d < square) {
      square = d
      segment = i
    }
  }
  return { segment, square }
}

/** All pieces tried one after the other: the yardstick of the grid, and its answer far away. */
export const locateByForce = (s: Segments, lon: number, lat: number): Located => {
  const x = lonDelta(lon, s.originLon)
  const { segment, square } = nearest(s, x, lat, null, 0, s.count)
  return { segment, distanceM: Math.sqrt(square), chainageM: chainageAt(s, segment, x, lat) }
}

type Box = { x: number; y: number; w: number; h: number }
type Grid = { box: Box; side: number; kind: Int32Array; starts: Int32Array; ends: Int32Array; list: Int32Array; cells: CorridorIndex['cells'] }

/** Box of the line and a margin round it. */
const boxOf = (s: Segments, halfWidthM: number): { box: Box; kx: number } => {
  let [x0, x1, y0, y1, kx, least] = [Infinity, -Infinity, Infinity, -Infinity, 0, Infinity]
  for (let i = 0; i < s.count; i++) {
    const [xe, ye] = [s.x[i]! + s.dx[i]! / (s.kx[i]! || 1), s.y[i]! + s.dy[i]! / metresPerDegree]
    x0 = Math.min(x0, s.x[i]!, xe)
    x1 = Math.max(x1, s.x[i]!, xe)
    y0 = Math.min(y0, s.y[i]!, ye)
    y1 = Math.max(y1, s.y[i]!, ye)
    kx = Math.max(kx, s.kx[i]!)
    least = Math.min(least, s.kx[i]!)
  }
  const [mx, my] = [(halfWidthM * margin) / Math.max(1, least), (halfWidthM * margin) / metresPerDegree]
  // As wide as high, in metres: flat cells would be many and say little.
  const spanM = Math.max((x1 - x0 + 2 * mx) * kx, (y1 - y0 + 2 * my) * metresPerDegree)
  const [w, h] = [spanM / Math.max(1, kx), spanM / metresPerDegree]
  return { box: { x: (x0 + x1 - w) / 2, y: (y0 + y1 - h) / 2, w, h }, kx }
}

/**
 * Divides the box by four, each part with those pieces of its parent that can still be nearest somewhere in it. A part that lies wholly
 * outside or inside is divided no further: its cells share one list.
 */
const buildGrid = (s: Segments, halfWidthM: number): Grid => {
  const { box, kx } = boxOf(s, halfWidthM)
  const span = Math.max(box.w * kx, box.h * metresPerDegree)
  const side = Math.min(mostCellsASide, 2 ** Math.max(2, Math.ceil(Math.log2((span / halfWidthM) * 4))))
  const [kind, starts, ends] = [new Int32Array(side * side), new Int32Array(side * side), new Int32Array(side * side)]
  const list: number[] = []
  const cells = { outside: 0, inside: 0, listed: 0 }
  const keep = (column: number, row: number, size: number, says: number, kept: readonly number[]): void => {
    cells[says === outside ? 'outside' : says === inside ? 'inside' : 'listed'] += size * size
    const few = kept.length <= mostCandidates
    const start = list.length
    if (few) for (const i of kept) list.push(i)
    for (let r = row; r < row + size; r++) {
      kind.fill(says, r * side + column, r * side + column + size)
      starts.fill(start, r * side + column, r * side + column + size)
      ends.fill(few ? list.length : -1, r * side + column, r * side + column + size)
    }
  }
  const divide = (column: number, row: number, size: number, candidates: readonly number[]): void => {
    const [w, h] = [(box.w / side) * size, (box.h / side) * size]
    const [cx, cy] = [box.x + (column / size + 0.5) * w, box.y + (row / size + 0.5) * h]
    // A millimetre more than the half diagonal outweighs every error of rounding.
    const reach = Math.hypot((w / 2) * kx, (h / 2) * metresPerDegree) + 0.001
    const distances = candidates.map((i) => Math.sqrt(squareTo(s, i, cx, cy)))
    const least = distances.reduce((a, b) => Math.min(a, b), Infinity)
    const kept = candidates.filter((_, k) => distances[k]! - reach <= least + reach)
    const says = least - reach > halfWidthM ? outside : least + reach < halfWidthM ? inside : 0
    if (size === 1 || (says !== 0 && (kept.length <= mostCandidates || size <= smallPart))) return keep(column, row, size, says, kept)
    const half = size / 2
    for (const r of [row, row + half]) for (const c of [column, column + half]) divide(c, r, half, kept)
  }
  divide(
    0,
    0,
    side,
    Array.from({ length: s.count }, (_, i) => i),
  )
  return { box, side, kind, starts, ends, list: Int32Array.from(list), cells }
}

const cellOf = ({ box, side }: Grid, x: number, y: number): number => {
  const column = Math.floor(((x - box.x) / box.w) * side)
  const row = Math.floor(((y - box.y) / box.h) * side)
  return column >= 0 && row >= 0 && column < side && row < side ? row * side + column : -1
}

/** Prepares a corridor for questions. Costs some hundredths of a second and a few megabytes; keep it as long as trips use it. */
export const indexCorridor = ({ line, halfWidthM }: Pick<Corridor, 'line' | 'halfWidthM'>): CorridorIndex => {
  const s = segmentsOf(line)
  const grid = buildGrid(s, halfWidthM)
  const widest = halfWidthM * halfWidthM
  const search = (cell: number, x: number, y: number) =>
    cell < 0 || grid.ends[cell]! < 0 ? nearest(s, x, y, null, 0, s.count) : nearest(s, x, y, grid.list, grid.starts[cell]!, grid.ends[cell]!)
  return {
    contains: (lon, lat) => {
      const x = lonDelta(lon, s.originLon)
      const cell = cellOf(grid, x, lat)
      // The grid covers the line and more than half a width round it.
      if (cell < 0) return false
      const says = grid.kind[cell]!
      return says === 0 ? search(cell, x, lat).square <= widest : says === inside
    },
    locate: (lon, lat) => {
      const x = lonDelta(lon, s.originLon)
      const { segment, square } = search(cellOf(grid, x, lat), x, lat)
      return { segment, distanceM: Math.sqrt(square), chainageM: chainageAt(s, segment, x, lat) }
    },
    lengthM: s.lengthM,
    cells: grid.cells,
  }
}

/** Is a place inside a ring (odd crossings)? A place on an edge counts to one side. */
export const inRing = (ring: readonly LonLat[], lon: number, lat: number): boolean => {
  const from = ring[0]!.lon
  const x = lonDelta(lon, from)
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i]!, ring[j]!]
    if (a.lat > lat === b.lat > lat) continue
    const [ax, bx] = [lonDelta(a.lon, from), lonDelta(b.lon, from)]
    if (x < ((bx - ax) * (lat - a.lat)) / (b.lat - a.lat) + ax) odd = !odd
  }
  return odd
}
