/**
 * Is a place within a corridor? The grid beside flatbush and beside trying every piece of the centreline, on the same places, one thread.
 * Answers of all three are compared one by one before anything is timed.
 */
import Flatbush from 'flatbush'
import { indexCorridor, locateByForce } from '../src/modules/supervision/geometry/corridor.ts'
import { chainageAt, lonDelta, metresPerDegree, segmentsOf, type Segments, squareTo } from '../src/modules/supervision/geometry/segments.ts'

const [vertices, halfWidthM, places] = [2000, 500, 200_000]

/** Numbers that are the same at every run (mulberry32). */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** A road of some 500 km that bends now and then. */
const road = (random: () => number): { lon: number; lat: number }[] => {
  const line = [{ lon: 36.8, lat: -1.3 }]
  let heading = 2.2
  for (let i = 1; i < vertices; i++) {
    heading += (random() - 0.5) * 0.3 + (2.2 - heading) * 0.05
    const last = line.at(-1)!
    line.push({ lon: last.lon + Math.sin(heading) * 0.00225, lat: last.lat + Math.cos(heading) * 0.00225 })
  }
  return line
}

/** Most trucks drift by some metres, some leave the road, a few are far away. */
const placesNear = (line: readonly { lon: number; lat: number }[], random: () => number): Float64Array => {
  const all = new Float64Array(places * 2)
  for (let i = 0; i < places; i++) {
    const at = line[Math.floor(random() * line.length)]!
    const kind = random()
    const spread = kind < 0.9 ? 0.0005 : kind < 0.98 ? 0.02 : 1
    all[2 * i] = at.lon + (random() - 0.5) * spread
    all[2 * i + 1] = at.lat + (random() - 0.5) * spread
  }
  return all
}

const perSecond = (seconds: number, most: number, work: (i: number) => void): number => {
  let done = 0
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    for (let k = 0; k < most; k++) work((done + k) % places)
    done += most
  }
  return Math.round(done / ((performance.now() - began) / 1000))
}

/**
 * The same question asked of flatbush, a packed R-tree: boxes of the pieces, widened by the half width, name the candidates, and the same
 * exact distance decides. Null where no piece is within the half width.
 */
const overFlatbush = (s: Segments) => {
  const tree = new Flatbush(s.count)
  for (let i = 0; i < s.count; i++) {
    const [x, y] = [s.x[i]!, s.y[i]!]
    const [xe, ye] = [x + s.dx[i]! / s.kx[i]!, y + s.dy[i]! / metresPerDegree]
    const [wide, high] = [halfWidthM / s.kx[i]!, halfWidthM / metresPerDegree]
    tree.add(Math.min(x, xe) - wide, Math.min(y, ye) - high, Math.max(x, xe) + wide, Math.max(y, ye) + high)
  }
  tree.finish()
  const widest = halfWidthM * halfWidthM
  return (lon: number, lat: number): { distanceM: number; chainageM: number } | null => {
    const x = lonDelta(lon, s.originLon)
    let [square, segment] = [Infinity, -1]
    for (const i of tree.search(x, lat, x, lat)) {
      const d = squareTo(s, i, x, lat)
      // Of two equally near the earlier, as the grid has it.
      if (d < square || (d === square && i < segment)) [square, segment] = [d, i]
    }
    return square <= widest ? { distanceM: Math.sqrt(square), chainageM: chainageAt(s, segment, x, lat) } : null
  }
}

export const bench = async (flags: { seconds?: string }): Promise<Record<string, unknown>> => {
  const seconds = Number(flags.seconds ?? 2)
  const random = seeded(7)
  const line = road(random)
  const at = placesNear(line, random)
  const began = performance.now()
  const index = indexCorridor({ line, halfWidthM })
  const buildMs = performance.now() - began
  const segments = segmentsOf(line)
  const flatbushBegan = performance.now()
  const ask = overFlatbush(segments)
  const flatbushBuildMs = performance.now() - flatbushBegan
  let [different, within, flatbushDifferent] = [0, 0, 0]
  for (let i = 0; i < 20_000; i++) {
    const [lon, lat] = [at[2 * i]!, at[2 * i + 1]!]
    const truth = locateByForce(segments, lon, lat)
    const found = index.locate(lon, lat)
    const inside = index.contains(lon, lat)
    if (inside) within++
    if (inside !== truth.distanceM <= halfWidthM || found.distanceM !== truth.distanceM || found.chainageM !== truth.chainageM) different++
    const other = ask(lon, lat)
    if (inside ? other?.distanceM !== truth.distanceM || other.chainageM !== truth.chainageM : other !== null) flatbushDifferent++
  }
  let sum = 0
  const contains = perSecond(seconds, 10_000, (i) => void (sum += index.contains(at[2 * i]!, at[2 * i + 1]!) ? 1 : 0))
  const located = perSecond(seconds, 10_000, (i) => void (sum += index.locate(at[2 * i]!, at[2 * i + 1]!).chainageM))
  const flatbush = perSecond(seconds, 10_000, (i) => void (sum += ask(at[2 * i]!, at[2 * i + 1]!) ? 1 : 0))
  const force = perSecond(seconds, 200, (i) => void (sum += locateByForce(segments, at[2 * i]!, at[2 * i + 1]!).distanceM))
  return {
    bench: 'corridors',
    ok: different === 0 && flatbushDifferent === 0 && Number.isFinite(sum),
    vertices,
    halfWidthM,
    comparedPlaces: 20_000,
    within,
    different,
    buildMs: Math.round(buildMs),
    cells: index.cells,
    containsPerSecond: contains,
    locatePerSecond: located,
    yardstick: {
      name: 'flatbush 4.7, candidates by box and the same exact distance',
      buildMs: Math.round(flatbushBuildMs),
      perSecond: flatbush,
      different: flatbushDifferent,
    },
    everyPieceTriedPerSecond: force,
    ratio: Math.round((contains / flatbush) * 10) / 10,
  }
}
