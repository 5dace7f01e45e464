/**
 * The island of Verania, all invented: coast, border river and roads between the offices. Each is told by a few places and roughened by
 * displaced midpoints, always with the same result.
 */
import { seeded } from '#kernel/random.ts'
import { distanceM } from '../geometry/segments.ts'
import type { LonLat } from '../schema/corridor.ts'
import type { MapArea } from '../schema/map.ts'

type Place = readonly [lon: number, lat: number]

/** Halves each piece `times` over and moves the new place sideways by up to `share` of the piece's length. */
const roughened = (places: readonly Place[], times: number, share: number, seed: number): Place[] => {
  const random = seeded(seed, 'geography')
  let line = [...places]
  for (let n = 0; n < times; n++)
    line = line.flatMap((a, at): Place[] => {
      const b = line[at + 1]
      if (!b) return [a]
      const shift = (random.next() - 0.5) * 2 * share
      const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
      return [a, [round((a[0] + b[0]) / 2 - (b[1] - a[1]) * shift), round((a[1] + b[1]) / 2 + (b[0] - a[0]) * shift)]]
    })
  return line
}

const coast: readonly Place[] = [
  [20.372, 34.668],
  [20.44, 34.742],
  [20.58, 34.79],
  [20.74, 34.832],
  [20.93, 34.79],
  [21.1, 34.715],
  [21.3, 34.672],
  [21.52, 34.6],
  [21.74, 34.5],
  [21.86, 34.34],
  [21.79, 34.17],
  [21.62, 34.075],
  [21.42, 34.06],
  [21.22, 34.14],
  [21.04, 34.19],
  [20.88, 34.26],
  [20.72, 34.33],
  [20.56, 34.42],
  [20.45, 34.5],
  [20.385, 34.575],
  [20.402, 34.609],
  [20.4, 34.63],
  [20.372, 34.668],
]
const river: readonly Place[] = [
  [21.402, 34.642],
  [21.43, 34.52],
  [21.39, 34.4],
  [21.372, 34.28],
  [21.35, 34.19],
  [21.318, 34.098],
]

const marrin: Place = [20.41, 34.62]
const lindal: Place = [20.62, 34.54]
const halden: Place = [20.78, 34.71]
const orrin: Place = [20.95, 34.45]
const tarn: Place = [21.36, 34.28]

const pieces = {
  'marrin-lindal': roughened([marrin, [20.45, 34.603], [20.505, 34.585], [20.56, 34.565], lindal], 3, 0.09, 3),
  'lindal-orrin': roughened([lindal, [20.69, 34.522], [20.76, 34.498], [20.83, 34.48], [20.89, 34.461], orrin], 3, 0.09, 5),
  'orrin-tarn': roughened([orrin, [21.02, 34.425], [21.08, 34.37], [21.15, 34.343], [21.22, 34.33], [21.29, 34.296], tarn], 3, 0.1, 7),
  'lindal-halden': roughened([lindal, [20.65, 34.58], [20.7, 34.62], [20.725, 34.668], halden], 3, 0.09, 11),
  'halden-orrin': roughened([halden, [20.825, 34.67], [20.855, 34.62], [20.885, 34.56], [20.92, 34.5], orrin], 3, 0.09, 13),
} as const satisfies Record<string, Place[]>

export type RoadPiece = keyof typeof pieces

const asLonLat = ([lon, lat]: Place): LonLat => ({ lon, lat })

/** Pieces of road in the order of travel, as one line; `-` before a piece drives it backwards. */
export const roadOf = (route: readonly (RoadPiece | `-${RoadPiece}`)[]): LonLat[] =>
  route.flatMap((name, at) => {
    const piece = name.startsWith('-') ? pieces[name.slice(1) as RoadPiece].toReversed() : pieces[name as RoadPiece]
    return piece.slice(at === 0 ? 0 : 1).map(asLonLat)
  })

/** Metres along a line to its vertex nearest to a place. */
export const chainageNear = (line: readonly LonLat[], place: LonLat): number => {
  let [along, best, at] = [0, Infinity, 0]
  line.forEach((vertex, n) => {
    if (n > 0) along += distanceM(line[n - 1]!, vertex)
    const away = distanceM(vertex, place)
    if (away < best) [best, at] = [away, along]
  })
  return Math.round(at)
}

export const towns = { marrin: asLonLat(marrin), lindal: asLonLat(lindal), halden: asLonLat(halden), orrin: asLonLat(orrin), tarn: asLonLat(tarn) }

const copied = (places: readonly Place[]): [number, number][] => places.map(([lon, lat]) => [lon, lat])

export const demoAreas: readonly MapArea[] = [
  { id: 'verania-island', kind: 'land', name: 'Verania', geometry: { type: 'Polygon', coordinates: [copied(roughened(coast, 3, 0.13, 17))] } },
  { id: 'verania-border', kind: 'border', name: 'River Tarn', geometry: { type: 'LineString', coordinates: copied(roughened(river, 3, 0.12, 19)) } },
  { id: 'verania-name', kind: 'place', name: 'Verania', geometry: { type: 'Point', coordinates: [21.12, 34.58] } },
]
