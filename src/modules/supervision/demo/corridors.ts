/** The corridors of Verania: where sealed trucks may drive between its offices. */
import { distanceM } from '../geometry/segments.ts'
import type { Corridor, LonLat } from '../schema/corridor.ts'
import { chainageNear, roadOf, towns } from './geography.ts'

type Town = keyof typeof towns
type Route = { id: string; name: string; road: Parameters<typeof roadOf>[0]; towns: readonly Town[] }

const routes: readonly Route[] = [
  {
    id: 'xv-tarn-marrin',
    name: 'Tarn Bridge – Port Marrin',
    road: ['-orrin-tarn', '-lindal-orrin', '-marrin-lindal'],
    towns: ['tarn', 'orrin', 'lindal', 'marrin'],
  },
  {
    id: 'xv-marrin-tarn',
    name: 'Port Marrin – Tarn Bridge',
    road: ['marrin-lindal', 'lindal-orrin', 'orrin-tarn'],
    towns: ['marrin', 'lindal', 'orrin', 'tarn'],
  },
  { id: 'xv-marrin-orrin', name: 'Port Marrin – Orrin', road: ['marrin-lindal', 'lindal-orrin'], towns: ['marrin', 'lindal', 'orrin'] },
  { id: 'xv-halden-orrin', name: 'Halden Airport – Orrin', road: ['halden-orrin'], towns: ['halden', 'orrin'] },
  { id: 'xv-marrin-halden', name: 'Port Marrin – Halden Airport', road: ['marrin-lindal', 'lindal-halden'], towns: ['marrin', 'lindal', 'halden'] },
  { id: 'xv-tarn-halden', name: 'Tarn Bridge – Halden Airport', road: ['-orrin-tarn', '-halden-orrin'], towns: ['tarn', 'orrin', 'halden'] },
]

const places = {
  weighbridge: { id: 'orrin-weighbridge', name: 'Orrin weighbridge', town: 'orrin' },
  toll: { id: 'lindal-toll', name: 'Lindal toll', town: 'lindal' },
} as const
/** A rest area in the middle of the eastern road, and the gorge beside it where no mobile network reaches. */
const serra: LonLat = { lon: 21.15, lat: 34.343 }
const gorge: readonly [LonLat, LonLat] = [
  { lon: 21.02, lat: 34.425 },
  { lon: 21.08, lat: 34.37 },
]
const townLimitM = 1500

const corridorOf = ({ id, name, road, towns: along }: Route): Corridor => {
  const line = roadOf(road)
  const lengthM = Math.round(line.reduce((sum, place, at) => sum + (at === 0 ? 0 : distanceM(line[at - 1]!, place)), 0))
  const inner = along.slice(1, -1)
  const passes = along.includes('tarn')
  const [from, to] = gorge.map((place) => chainageNear(line, place)).toSorted((a, b) => a - b) as [number, number]
  const checkpoints = Object.values(places)
    .filter(({ town }) => inner.includes(town))
    .map(({ town, ...c }) => ({ ...c, area: { at: towns[town], radiusM: 400 }, earliestMin: 0, latestMin: 240 }))
    .toSorted((a, b) => chainageNear(line, a.area.at) - chainageNear(line, b.area.at))
  const slow = inner.map((town) => chainageNear(line, towns[town]))
  return {
    id,
    name,
    line,
    halfWidthM: 500,
    limitKph: 80,
    speedLimits: slow.map((at) => ({ fromM: Math.max(0, at - townLimitM), toM: Math.min(lengthM, at + townLimitM), limitKph: 60 })),
    checkpoints,
    stops: [
      ...(passes ? [{ id: 'serra', name: 'Serra rest area', area: { at: nearestOf(line, serra), radiusM: 400 }, longestMin: 45 }] : []),
      ...checkpoints.map((c) => ({ id: `stop-${c.id}`, name: c.name, area: c.area, longestMin: 20 })),
    ],
    deadZones: passes ? [{ fromM: from, toM: to, longestMin: 30 }] : [],
    fences: passes ? [{ id: 'quarry', name: 'Old quarry', rule: 'forbidden' as const, ring: ringRound({ lon: 21.19, lat: 34.318 }, 900) }] : [],
    origin: { at: line[0]!, radiusM: 1200 },
    destination: { at: line.at(-1)!, radiusM: 1200 },
  }
}

const nearestOf = (line: readonly LonLat[], place: LonLat): LonLat => line.toSorted((a, b) => distanceM(a, place) - distanceM(b, place))[0]!

const metresPerDegree = 111_195
/** A ring of eight corners about a place. */
const ringRound = ({ lon, lat }: LonLat, radiusM: number): LonLat[] =>
  Array.from({ length: 8 }, (_, n) => {
    const turn = (n / 8) * 2 * Math.PI
    return {
      lon: lon + (Math.sin(turn) * radiusM) / (metresPerDegree * Math.cos((lat * Math.PI) / 180)),
      lat: lat + (Math.cos(turn) * radiusM) / metresPerDegree,
    }
  })

export const demoCorridors: readonly Corridor[] = routes.map(corridorOf)
