/**
 * A centreline as straight pieces in local planes: each piece has its own scale of longitude (cosine of its middle latitude), and pieces
 * are cut to 10 km, so that distances within some kilometres of the line are true to about 0.1 %. Longitudes are counted from the
 * first vertex, so that a line may cross the antimeridian.
 */
import type { LonLat } from '../schema/corridor.ts'

export const metresPerDegree = 111_194.926_644_558_73 // of latitude, on a sphere of 6,371,008.8 m (IUGG mean radius)
const longestPieceM = 10_000

/** Pieces as columns: start and direction in degrees and metres, chainage of the start. */
export type Segments = {
  count: number
  originLon: number
  /** metres per degree of longitude */
  kx: Float64Array
  /** start, degrees east of `originLon` and degrees of latitude */
  x: Float64Array
  y: Float64Array
  /** the piece as a vector in metres, and its squared length */
  dx: Float64Array
  dy: Float64Array
  square: Float64Array
  chainage: Float64Array
  lengthM: number
}

/** The difference of two longitudes, the short way round. */
export const lonDelta = (lon: number, from: number): number => {
  const d = lon - from
  return d > 180 ? d - 360 : d < -180 ? d + 360 : d
}

/** Metres between two places, on the sphere (haversine). */
export const distanceM = (a: LonLat, b: LonLat): number => {
  const rad = Math.PI / 180
  const s = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2
  const c = Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin((lonDelta(b.lon, a.lon) * rad) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(s + c)))
}

/** Points of the line counted from its first longitude, with pieces of 10 km at most; a point that repeats the one before is left out. */
const densified = (line: readonly LonLat[]): [number, number][] => {
  const points: [number, number][] = []
  let x = 0
  line.forEach((to, i) => {
    const from = line[i - 1]
    if (!from) return void points.push([0, to.lat])
    const dx = lonDelta(to.lon, from.lon)
    const dy = to.lat - from.lat
    if (dx === 0 && dy === 0) return
    const parts = Math.max(1, Math.ceil(distanceM(from, to) / longestPieceM))
    for (let k = 1; k <= parts; k++) points.push([x + (dx * k) / parts, from.lat + (dy * k) / parts])
    x += dx
  })
  return points
}

export const segmentsOf = (line: readonly LonLat[]): Segments => {
  const points = densified(line)
  const count = Math.max(1, points.length - 1)
  const column = (): Float64Array => new Float64Array(count)
  const s: Segments = {
    count,
    originLon: line[0]!.lon,
    lengthM: 0,
    kx: column(),
    x: column(),
    y: column(),
    dx: column(),
    dy: column(),
    square: column(),
    chainage: column(),
  }
  for (let i = 0; i < count; i++) {
    const [x, y] = points[i]!
    const [x1, y1] = points[i + 1] ?? points[i]!
    s.kx[i] = metresPerDegree * Math.cos((((y + y1) / 2) * Math.PI) / 180)
    s.x[i] = x
    s.y[i] = y
    s.dx[i] = (x1 - x) * s.kx[i]!
    s.dy[i] = (y1 - y) * metresPerDegree
    s.square[i] = s.dx[i]! ** 2 + s.dy[i]! ** 2
    s.chainage[i] = s.lengthM
    s.lengthM += Math.sqrt(s.square[i]!)
  }
  return s
}

/** Where a point lies beside one piece: the share of the piece at its foot (0 to 1). */
const footOf = (s: Segments, i: number, px: number, py: number): number => {
  const square = s.square[i]!
  if (square === 0) return 0
  const t = (px * s.dx[i]! + py * s.dy[i]!) / square
  return t < 0 ? 0 : t > 1 ? 1 : t
}

/** Squared metres from a point (degrees east of `originLon`, latitude) to piece `i`. */
export const squareTo = (s: Segments, i: number, x: number, y: number): number => {
  const px = (x - s.x[i]!) * s.kx[i]!
  const py = (y - s.y[i]!) * metresPerDegree
  const t = footOf(s, i, px, py)
  const ex = px - t * s.dx[i]!
  const ey = py - t * s.dy[i]!
  return ex * ex + ey * ey
}

export const chainageAt = (s: Segments, i: number, x: number, y: number): number => {
  const t = footOf(s, i, (x - s.x[i]!) * s.kx[i]!, (y - s.y[i]!) * metresPerDegree)
  return s.chainage[i]! + t * Math.sqrt(s.square[i]!)
}
