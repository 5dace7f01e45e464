/** A corridor that is being drawn, and what a trip along one will take. Pure. */
import type { Issue } from '#kernel/issue.ts'
import type { Corridor, LonLat } from '#schema/supervision'

const earthM = 6_371_008.8
/** Metres between two places, on the sphere (haversine). */
const metresBetween = (a: LonLat, b: LonLat): number => {
  const rad = Math.PI / 180
  const s = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(s)))
}

export const lengthOf = (line: readonly LonLat[]): number =>
  line.reduce((sum, place, n) => (n === 0 ? 0 : sum + metresBetween(line[n - 1]!, place)), 0)

const cruiseKph = 60
/** Minutes that driving a corridor takes at its limit, and no faster than a lorry goes. */
export const drivingMinutes = (corridor: Pick<Corridor, 'line' | 'limitKph'>): number =>
  Math.ceil(lengthOf(corridor.line) / 1000 / (Math.min(corridor.limitKph ?? cruiseKph, cruiseKph) / 60))

/** Driving and half as long again, in quarters of an hour. */
export const usualLimit = (corridor: Pick<Corridor, 'line' | 'limitKph'>): number => Math.ceil((drivingMinutes(corridor) * 1.5) / 15) * 15

const endRadiusM = 1000
const placeRadiusM = 400

export const emptyCorridor: Corridor = {
  id: '',
  name: '',
  line: [],
  halfWidthM: 500,
  limitKph: 80,
  speedLimits: [],
  checkpoints: [],
  stops: [],
  deadZones: [],
  fences: [],
  origin: { at: { lon: 0, lat: 0 }, radiusM: endRadiusM },
  destination: { at: { lon: 0, lat: 0 }, radiusM: endRadiusM },
}

/** The corridor with another line: its ends follow, and so does what was measured along the old one, which goes. */
export const withLine = (c: Corridor, line: LonLat[]): Corridor => ({
  ...c,
  line,
  origin: { ...c.origin, at: line[0] ?? c.origin.at },
  destination: { ...c.destination, at: line.at(-1) ?? c.destination.at },
  speedLimits: [],
  deadZones: [],
})

const freshId = (kind: string, taken: readonly { id: string }[]): string => {
  let n = taken.length + 1
  while (taken.some(({ id }) => id === `${kind}-${n}`)) n++
  return `${kind}-${n}`
}

export const withCheckpoint = (c: Corridor, at: LonLat, name: string): Corridor => ({
  ...c,
  checkpoints: [
    ...c.checkpoints,
    { id: freshId('checkpoint', c.checkpoints), name, area: { at, radiusM: placeRadiusM }, earliestMin: 0, latestMin: usualLimit(c) || 240 },
  ],
})

export const withStop = (c: Corridor, at: LonLat, name: string): Corridor => ({
  ...c,
  stops: [...c.stops, { id: freshId('stop', c.stops), name, area: { at, radiusM: placeRadiusM }, longestMin: 45 }],
})

/** Letters, digits and hyphens of a name. */
export const codeOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)

export const issuesOf = (c: Corridor): Issue[] => [
  ...(c.name.trim() === '' ? [{ code: 'form.required', severity: 'error' as const, path: '/name' }] : []),
  ...(c.line.length < 2 ? [{ code: 'form.required', severity: 'error' as const, path: '/line' }] : []),
]
