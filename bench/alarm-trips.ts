/**
 * Simulated trips of a sealed truck: what a JT701D, perhaps a second one, and the vehicle's own unit (Meitrack) send, byte by byte, with when
 * it arrives. Fixes drift and spike; the seal sleeps where the truck stands; in a dead zone it keeps its records, and tells them behind the
 * live ones when it leaves.
 */
import { openConnection, protocolOf, jt701Frame } from '../src/modules/supervision/protocols/index.ts'
import { type Observation, observe } from '../src/modules/supervision/alarms/observation.ts'
import type { AlarmKind } from '../src/modules/supervision/alarms/kinds.ts'
import type { Plan } from '../src/modules/supervision/alarms/state.ts'
import { hashOf } from '../src/modules/supervision/service/record-hash.ts'
import { at, corridor, minute, planOf, start } from '../src/modules/supervision/fixtures/trip.ts'
import type { Corridor } from '../src/modules/supervision/schema/corridor.ts'
import type { Here, Plot } from './alarm-plots.ts'

export type Random = () => number
/** Numbers that are the same at every run (mulberry32). */
export const seeded =
  (seed: number): Random =>
  () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** What really happens, from one minute of the trip to another. */
export type Deed = { kind: AlarmKind; follows: readonly AlarmKind[]; from: number; to: number }
/** Observations in the order of arrival. */
export type Trip = { deed: Deed | null; observations: Observation[]; plan: Plan; lastMin: number }

type Device = 'seal' | 'rear' | 'truck'
type Sent = { device: Device; bytes: Uint8Array; receivedMs: number }
const ids: Readonly<Record<Device, string>> = { seal: '8000620012', rear: '8000620013', truck: '350000000000010' }

const deadlineMin = 300
const deadZone = { fromKm: 140, toKm: 160 }
const wakeMin = 10
const timerMin = 30

/** Where a fix says the truck is, in km: eight metres of drift, and now and then a spike of some hundred. */
const drift = (random: Random): number => (normal(random) * 8 + (random() < 0.01 ? normal(random) * 150 : 0)) / 1000

const two = (n: number): string => String(n).padStart(2, '0')
/** A text report of the vehicle's unit, with the code of its event (35: by time). */
const truckFrame = (here: Omit<Here, 'serial' | 'id'>, event: number): Uint8Array => {
  const d = here.at
  const time = [d.getUTCFullYear() % 100, d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()]
    .map(two)
    .join('')
  const place = `${here.lat.toFixed(6)},${here.lon.toFixed(6)},${time},A,9,20,${Math.round(here.speedKph)},90,1,100,1000,0`
  const body = `,${ids.truck},AAA,${event},${place},639|3|1A2B|0C0D,0000,*`
  const text = `$$A${body.length + 4}${body}`
  const sum = [...Buffer.from(text)].reduce((a, b) => (a + b) & 255, 0)
  return Buffer.from(`${text}${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`)
}

/** The road of the fixture, inside a country that a truck must not leave to the south. */
const guarded: Corridor = {
  ...corridor,
  fences: [
    ...corridor.fences,
    { id: 'country', name: 'Permitted country', rule: 'required', ring: [at(-10, -0.35), at(210, -0.35), at(210, 8), at(-10, 8)] },
  ],
}

/** The road of a truck, a minute after the other: where it is, how fast, and whether the plot goes on. */
type Minute = { min: number; km: number; off: number; kph: number; into: number | null; standing: number; resting: number }

const roadOf = (plot: Plot | null, random: Random): { minutes: Minute[]; since: number | null } => {
  const begins = 55 + Math.floor(random() * 40)
  const when = plot?.when ?? (({ min }) => min >= begins)
  const restMin = plot ? (plot.restMin ?? 0) : random() < 0.5 ? 30 : 0
  const minutes: Minute[] = []
  let [km, rested, standing, since] = [0, 0, 0, null as number | null]
  for (let min = 0; km < 200 && min < 420; min++) {
    const resting = km > 79.8 && rested < restMin
    if (resting) {
      rested++
      km = 80
    }
    if (plot && since === null && when({ min, km, rested })) since = min
    const into = plot && since !== null && min - since < plot.lasts ? min - since : null
    const cruise = km > 58 && km < 71 ? 46 : (plot?.cruiseKph ?? 66) + normal(random) * 4
    const drives = into === null ? {} : (plot?.drives?.(into) ?? {})
    const kph = resting ? 0 : (drives.kph ?? cruise)
    km = Math.min(200, km + kph / 60)
    standing = kph === 0 ? standing + 1 : 0
    minutes.push({ min, km, off: drives.off ?? 0, kph, into, standing, resting: resting ? rested : 0 })
  }
  return { minutes, since }
}

/** When what is sent at a minute arrives: at once, or after the dead zone, all in one or four records a minute behind the live ones. */
const arrivals = (minutes: readonly Minute[], random: Random): ((m: Minute) => number) => {
  const inside = (m: Minute): boolean => m.km > deadZone.fromKm && m.km < deadZone.toKm
  const kept = minutes.filter(inside)
  const leaves = (kept.at(-1)?.min ?? 0) + 1
  const isSlow = random() < 0.5
  return (m) => {
    const place = kept.indexOf(m)
    const receivedMin = place < 0 ? m.min : leaves + (isSlow ? place / 4 : 0)
    return start + receivedMin * minute + random() * 20_000
  }
}

const charge = (plot: Plot | null, min: number): number => Math.round(plot?.batteryPct?.(min) ?? 90 - min / 20)

/** An awake seal reports each minute; where the truck stands for ten minutes it sleeps, and its timer wakes it each half hour. */
const isAwake = (m: Minute): boolean => m.standing <= wakeMin || m.standing % timerMin === 0

/** What the seal sends of a minute. */
const sealSays = (plot: Plot | null, m: Minute, random: Random): Uint8Array[] => {
  const place = at(m.km + drift(random), m.off + drift(random))
  const { into } = m
  const active = into === null ? null : plot
  if (active?.isSilent) return []
  const told = active?.says || active?.also ? into! : null
  if (told === null && !isAwake(m)) return []
  const real = start + m.min * minute
  const clock = active?.clock
  const stated = clock === 'unset' ? Date.UTC(2000, 0, 1, 0, into!) : real + (clock ?? 0) * minute
  const here = { id: ids.seal, ...place, at: new Date(stated), speedKph: m.kph === 0 ? Math.abs(normal(random)) : Math.abs(m.kph), serial: m.min }
  const report = jt701Frame({ ...here, batteryPct: charge(plot, m.min), ...(told !== null && active?.says?.(told)) })
  return [report, ...(told === null ? [] : (active?.also?.(told, here) ?? []))]
}

/** The seal of the trailer: half as often, some seconds later, and away once the trailer is taken. */
const rearSays = (m: Minute, since: number | null, random: Random): Uint8Array[] => {
  if (m.min % 2 === 1 || !isAwake(m)) return []
  const gone = since !== null && m.min >= since ? Math.min(3, (m.min - since) * 0.5 + 0.6) : 0
  const place = at(Math.min(200, m.km + (m.kph / 60) * 0.3 + drift(random)), m.off + gone + drift(random))
  const seconds = new Date(start + (m.min + 0.3) * minute)
  return [jt701Frame({ id: ids.rear, ...place, at: seconds, speedKph: Math.abs(m.kph), serial: m.min, batteryPct: charge(null, m.min) })]
}

const truckSays = (plot: Plot | null, m: Minute, random: Random): Uint8Array[] => {
  const ahead = m.into === null ? 0 : (plot?.parts?.(m.into) ?? 0)
  const place = at(Math.min(200, m.km + ahead + (m.kph / 3600) * 5 + drift(random)), m.off + drift(random))
  const here = { ...place, at: new Date(start + m.min * minute + 5000), speedKph: Math.abs(m.kph) }
  return [truckFrame(here, m.into === null ? 35 : (plot?.truckEvent ?? 35))]
}

/** Through the codecs that ship, one connection a device, in the order of arrival. */
const received = (sent: readonly Sent[]): Observation[] => {
  const lines = {
    seal: openConnection(protocolOf('jt701')!),
    rear: openConnection(protocolOf('jt701')!),
    truck: openConnection(protocolOf('meitrack')!),
  }
  return sent
    .toSorted((a, b) => a.receivedMs - b.receivedMs)
    .flatMap(({ device, bytes, receivedMs }) => {
      const { records, issues } = lines[device].receive(bytes, new Date(receivedMs).toISOString())
      if (records.length === 0 || issues.length > 0) throw new Error(`a frame of ${device} is not understood: ${JSON.stringify(issues)}`)
      return records.map((r) => observe(r, device, device === 'truck' ? 'truck' : 'seal', receivedMs, hashOf(r, receivedMs)))
    })
}

/**
 * One trip. `plot`: null for a quiet one; `rear`: chance of a second seal, which has its own so that the first tells the same with and
 * without it; `taken`: the plot is that the trailer parts from the first seal.
 */
export const driveOf = (plot: Plot | null, random: Random, rear: Random | null, taken = false): Trip => {
  const { minutes, since } = roadOf(plot, random)
  const arrives = arrivals(minutes, random)
  const sent: Sent[] = []
  for (const m of minutes) {
    const receivedMs = arrives(m)
    const add = (device: Device, frames: Uint8Array[], laterMs: number): void => {
      for (const bytes of frames) sent.push({ device, bytes, receivedMs: receivedMs + laterMs })
    }
    add('seal', sealSays(plot, m, random), 0)
    add('truck', truckSays(plot, m, random), 5000)
    if (rear) add('rear', rearSays(m, taken ? since : null, rear), 0.3 * minute)
  }
  const from = (since ?? 0) + (plot?.truthAfter ?? 0)
  const leave =
    plot?.leaveMin === undefined ? [] : [{ fromMs: start + (since! - 1) * minute, toMs: start + (since! + plot.leaveMin) * minute, area: null }]
  return {
    deed: plot && { kind: plot.kind, follows: plot.follows ?? [], from, to: (since ?? 0) + plot.lasts },
    observations: received(sent),
    plan: planOf({ corridor: guarded, deadlineMs: start + deadlineMin * minute, authorisations: leave }),
    lastMin: minutes.length,
  }
}
