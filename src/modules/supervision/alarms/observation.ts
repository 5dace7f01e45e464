/** A record as the alarm rules see it: only what they use, with times in milliseconds since 1970. */
import type { AlarmName, SealRecord } from '../schema/record.ts'
import type { LonLat } from '../schema/corridor.ts'
import { tuning } from './kinds.ts'

export type ObservedSubLock = { id: string; locked: boolean | null; cut: boolean; lost: boolean }
export type Observation = {
  /** event time; where the device's clock cannot be believed, the time of receipt */
  t: number
  kind: SealRecord['kind']
  /** of the content, see `contentOf` */
  hash: string
  device: string
  role: 'seal' | 'truck'
  receivedMs: number
  clockSuspect: boolean
  /** a fix that geometry may use */
  place: LonLat | null
  /** a position was to be told and none was fixed */
  noFix: boolean
  speedKph: number | null
  batteryPct: number | null
  charging: boolean | null
  locked: boolean | null
  ropeInserted: boolean | null
  ropeCut: boolean | null
  motorStuck: boolean | null
  /** somebody opened the lock, as the device tells it */
  opened: boolean
  alarms: readonly AlarmName[]
  subLocks: readonly ObservedSubLock[]
}

/** When what is reported happened, and whether that is only when we heard of it. */
const eventMs = (r: SealRecord, receivedMs: number): { t: number; clockSuspect: boolean } => {
  const at = Date.parse(r.eventTime ?? r.fixTime ?? '')
  const believed = Number.isFinite(at) && !r.clockSuspect && at <= receivedMs + tuning.clockAheadMs
  return believed ? { t: at, clockSuspect: false } : { t: receivedMs, clockSuspect: r.clockSuspect || Number.isFinite(at) }
}

const placeOf = (r: SealRecord): LonLat | null => {
  if (!r.valid || r.fixSource !== 'gnss' || r.lat === null || r.lon === null || (r.lat === 0 && r.lon === 0)) return null
  return r.satellites !== null && r.satellites < tuning.fewestSatellites ? null : { lon: r.lon, lat: r.lat }
}

/** The record as an observation of a seal, or of the truck that carries it. */
export const observe = (r: SealRecord, device: string, role: Observation['role'], receivedMs: number, hash: string): Observation => ({
  ...eventMs(r, receivedMs),
  kind: r.kind,
  hash,
  device,
  role,
  receivedMs,
  place: placeOf(r),
  noFix: r.kind === 'position' && !r.valid,
  speedKph: r.speedKph,
  batteryPct: r.batteryPct,
  charging: r.charging,
  locked: r.sealState?.locked ?? null,
  ropeInserted: r.sealState?.ropeInserted ?? null,
  ropeCut: r.sealState?.ropeCut ?? null,
  motorStuck: r.sealState?.motorStuck ?? null,
  opened: r.lockEvent?.outcome === 'UNLOCKED',
  alarms: r.alarms,
  subLocks: r.subLocks.map(({ id, locked, events }) => ({
    id,
    locked,
    cut: events.some((e) => /cut/i.test(e)),
    lost: events.some((e) => /lost/i.test(e)),
  })),
})

/** An observation with a fix. */
export type Placed = Observation & { place: LonLat }
export const isPlaced = (o: Observation): o is Placed => o.place !== null

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order of the fold: event time, kind, content. No order of arrival has any part in it. */
export const inOrder = (a: Observation, b: Observation): number => a.t - b.t || compareText(a.kind, b.kind) || compareText(a.hash, b.hash)
