/**
 * A sealed truck on its corridor, second by second: it drives with the limits, drifts by some metres as satellite fixes do, rests where it
 * may, loses the network in dead zones, and now and then follows a plot. Pure: chance and clock are handed in.
 */
import { normalPair } from '#kernel/random.ts'
import type { Corridor, LonLat } from '#schema/supervision'
import type { Chance } from '../declaration.ts'

/** What goes wrong on a trip, and for how long (minutes); `quiet` is nothing. */
export const plots = { quiet: 0, theft: 14, cut: 2, open: 5, stop: 24, speed: 5, back: 7 } as const
export type Plot = keyof typeof plots

/** The line of a corridor with metres along it. */
export type Road = { corridor: Corridor; chainageM: readonly number[]; lengthM: number }

export type Truck = {
  road: Road
  /** metres from the start of the centreline */
  alongM: number
  /** metres to the left of it, beyond the drift of fixes */
  asideM: number
  speedKph: number
  /** what this driver likes to drive, as a share of the limit */
  haste: number
  plot: Plot
  /** where the plot begins, metres along, and when it did (epoch ms) */
  plotAtM: number
  plotSinceMs: number | null
  /** until when it rests at a permitted stop (epoch ms), and which stops it has had */
  restUntilMs: number
  rested: readonly string[]
  batteryPct: number
}

export type Report = LonLat & {
  atMs: number
  speedKph: number
  courseDeg: number
  batteryPct: number
  locked: boolean
  cut: boolean
  /** the mobile network reaches the truck */
  reached: boolean
}

const earthM = 6_371_008.8
const rad = Math.PI / 180
const metresBetween = (a: LonLat, b: LonLat): number => {
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad)
  return Math.hypot(x, (b.lat - a.lat) * rad) * earthM
}

export const roadOf = (corridor: Corridor): Road => {
  const chainageM: number[] = [0]
  for (let n = 1; n < corridor.line.length; n++) chainageM.push(chainageM[n - 1]! + metresBetween(corridor.line[n - 1]!, corridor.line[n]!))
  return { corridor, chainageM, lengthM: chainageM.at(-1)! }
}

/** The place so many metres along, its course, and a shift to the left of it. */
const placeAt = ({ corridor: { line }, chainageM, lengthM }: Road, alongM: number, asideM: number): LonLat & { courseDeg: number } => {
  const at = Math.min(Math.max(alongM, 0), lengthM)
  const n = Math.max(1, Math.min(line.length - 1, chainageM.findIndex((c) => c >= at) === -1 ? line.length - 1 : chainageM.findIndex((c) => c >= at)))
  const [a, b] = [line[n - 1]!, line[n]!]
  const share = (at - chainageM[n - 1]!) / Math.max(1e-9, chainageM[n]! - chainageM[n - 1]!)
  const shrink = Math.cos(a.lat * rad)
  const [east, north] = [(b.lon - a.lon) * shrink, b.lat - a.lat]
  const length = Math.hypot(east, north) || 1
  const metre = 1 / (earthM * rad)
  return {
    lon: a.lon + (b.lon - a.lon) * share - ((north / length) * asideM * metre) / shrink,
    lat: a.lat + (b.lat - a.lat) * share + (east / length) * asideM * metre,
    courseDeg: (Math.atan2(east, north) / rad + 360) % 360,
  }
}

/** Metres along the road of the vertex nearest to a place: where a truck that is taken up again goes on. */
export const alongOf = (road: Road, place: LonLat): number => {
  let [best, at] = [Infinity, 0]
  road.corridor.line.forEach((vertex, n) => {
    const away = metresBetween(vertex, place)
    if (away < best) [best, at] = [away, road.chainageM[n]!]
  })
  return at
}

export const newTruck = (road: Road, c: Chance, plot: Plot, alongM = 0): Truck => ({
  road,
  alongM,
  asideM: 0,
  speedKph: 0,
  haste: 0.84 + c.next() * 0.1,
  plot,
  plotAtM: Math.max(alongM + 2500, road.lengthM * (0.15 + c.next() * 0.5)),
  plotSinceMs: null,
  restUntilMs: 0,
  rested: [],
  batteryPct: 62 + c.between(0, 36),
})

const limitAt = ({ corridor }: Road, alongM: number): number =>
  corridor.speedLimits.find((s) => s.fromM - 400 <= alongM && alongM <= s.toM)?.limitKph ?? corridor.limitKph ?? 80

const stopHere = (t: Truck): { id: string; longestMin: number } | undefined =>
  t.road.corridor.stops.find((s) => !t.rested.includes(s.id) && Math.abs(alongOf(t.road, s.area.at) - t.alongM) < s.area.radiusM / 2)

/** Minutes since the plot began; null before it and after its end. */
const plotMinutes = (t: Truck, nowMs: number): number | null => {
  if (t.plotSinceMs === null) return null
  const minutes = (nowMs - t.plotSinceMs) / 60_000
  return minutes <= plots[t.plot] ? minutes : null
}

/** The speed that the driver wants now. */
const wantedKph = (t: Truck, nowMs: number, c: Chance): number => {
  const minutes = plotMinutes(t, nowMs)
  if (nowMs < t.restUntilMs || (minutes !== null && t.plot === 'stop')) return 0
  if (t.alongM >= t.road.lengthM - 250) return 0
  const limit = limitAt(t.road, t.alongM)
  if (minutes !== null && t.plot === 'speed') return limit + 26
  if (minutes !== null && t.plot === 'back') return -0.6 * limit
  return limit * t.haste + (c.next() - 0.5) * 6
}

/** Off the road the thief drives a kilometre and a half aside and comes back. */
const asideAt = (t: Truck, nowMs: number): number => {
  const minutes = t.plot === 'theft' ? plotMinutes(t, nowMs) : null
  return minutes === null ? 0 : Math.min(1700, minutes * 420, Math.max(0, plots.theft - minutes) * 420)
}

/** The truck `seconds` later. */
export const drive = (t: Truck, nowMs: number, seconds: number, c: Chance): Truck => {
  const plotSinceMs = t.plotSinceMs ?? (t.plot !== 'quiet' && t.alongM >= t.plotAtM ? nowMs : null)
  const begun = { ...t, plotSinceMs }
  const stop = nowMs >= t.restUntilMs ? stopHere(t) : undefined
  const rests = stop !== undefined && c.next() < 0.3
  const restUntilMs = rests ? nowMs + Math.min(stop.longestMin * 0.6, 12) * 60_000 : t.restUntilMs
  const wanted = wantedKph({ ...begun, restUntilMs }, nowMs, c)
  // A lorry gains some 2 km/h a second and brakes twice as hard.
  const change = wanted - t.speedKph
  const speedKph = t.speedKph + Math.sign(change) * Math.min(Math.abs(change), seconds * (change > 0 ? 2 : 4))
  return {
    ...begun,
    restUntilMs,
    rested: stop ? [...t.rested, stop.id] : t.rested,
    speedKph,
    alongM: Math.min(t.road.lengthM, Math.max(0, t.alongM + (speedKph / 3.6) * seconds)),
    asideM: asideAt(begun, nowMs),
    batteryPct: Math.max(8, t.batteryPct - seconds / 900),
  }
}

/** Two normal numbers of a few metres: what a fix is off. */
const drift = (c: Chance): readonly [number, number] => {
  const [east, north] = normalPair(c)
  return [east * 6, north * 6]
}

/** What a seal says of it. */
export const reportOf = (t: Truck, nowMs: number, c: Chance): Report => {
  const [east, north] = drift(c)
  const place = placeAt(t.road, t.alongM, t.asideM)
  const minutes = plotMinutes(t, nowMs)
  const metre = 1 / (earthM * rad)
  return {
    atMs: nowMs,
    lon: place.lon + (east * metre) / Math.cos(place.lat * rad),
    lat: place.lat + north * metre,
    speedKph: Math.abs(t.speedKph) < 1 ? 0 : Math.abs(t.speedKph),
    courseDeg: t.speedKph < 0 ? (place.courseDeg + 180) % 360 : place.courseDeg,
    batteryPct: Math.round(t.batteryPct),
    locked: !(minutes !== null && t.plot === 'open'),
    cut: minutes !== null && t.plot === 'cut',
    reached: !t.road.corridor.deadZones.some((z) => z.fromM <= t.alongM && t.alongM <= z.toM),
  }
}

/** What each of several seals says: what happens to a seal happens to the first. */
export const reportsOf = (t: Truck, seals: number, nowMs: number, c: Chance): Report[] =>
  Array.from({ length: seals }, (_, n) => ({ ...reportOf(t, nowMs, c), ...(n > 0 && { locked: true, cut: false }) }))

export const hasArrived = (t: Truck): boolean => t.alongM >= t.road.lengthM - 300 && Math.abs(t.speedKph) < 3
