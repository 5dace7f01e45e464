/**
 * What can go wrong with a sealed truck, as its seal, its sub-locks and its own unit would send it, with the truth: which alarm it is, from
 * when to when. Every kind of alarm has a plot.
 */
import type { AlarmKind } from '../src/modules/supervision/alarms/kinds.ts'
import { jt701Frame, jt701LockReport, jt701SubLockReport, type SealSays } from '../src/modules/supervision/protocols/index.ts'
import type { LonLat } from '../src/modules/supervision/schema/corridor.ts'
import { at } from '../src/modules/supervision/fixtures/trip.ts'

/** A seal at a moment, as its frames begin. */
export type Here = LonLat & { id: string; at: Date; speedKph: number; serial: number }
/** Where a trip is: minutes since it was armed, km along the road, minutes that it has rested at the inn. */
export type Moment = { min: number; km: number; rested: number }

/** `into` is always the minutes since the plot began, from 0. */
export type Plot = {
  kind: AlarmKind
  /** what may follow from it and is right too */
  follows?: readonly AlarmKind[]
  /** minutes from the beginning of the plot to that of what the alarm is of */
  truthAfter?: number
  /** minutes for which the plot, and what the alarm is of, lasts */
  lasts: number
  /** begins once this is so; else at some minute from 55 to 95 */
  when?: (moment: Moment) => boolean
  /** how the truck drives: km/h (below 0 = back), and km to the north of the road */
  drives?: (into: number) => { kph?: number; off?: number }
  /** km that the vehicle is ahead of its seal */
  parts?: (into: number) => number
  says?: (into: number) => Partial<SealSays>
  /** frames beside the report of the minute */
  also?: (into: number, here: Here) => Uint8Array[]
  /** code of an event of the vehicle's unit (Meitrack) */
  truckEvent?: number
  /** the seal reports nothing, and keeps nothing */
  isSilent?: boolean
  /** minutes by which the clock of the seal is ahead; `unset` begins at 2000-01-01 */
  clock?: number | 'unset'
  /** how long the truck rests at the inn */
  restMin?: number
  /** percent of charge, for the whole trip */
  batteryPct?: (min: number) => number
  /** opened with leave from the beginning of the plot for so many minutes */
  leaveMin?: number
  cruiseKph?: number
}

const bits = (n: number) => (): Partial<SealSays> => ({ status: 1 << n, type: 'alarm' })
const first = (into: number, ...frames: (() => Uint8Array)[]): Uint8Array[] => (into === 0 ? frames.map((f) => f()) : [])
const away = (into: number): number => Math.min(3, into * 0.5 + 0.6)
const subLock = (event: 'cut' | 'lost') => (into: number, here: Here) =>
  into % 2 === 0 ? [jt701SubLockReport({ ...here, subLock: '0071723374', event, locked: true })] : []

export const plots = {
  ropeCut: { kind: 'ROPE_CUT', lasts: 3, says: () => ({ cut: true, type: 'alarm' }) },
  subLockCut: { kind: 'ROPE_CUT', lasts: 3, also: subLock('cut') },
  coverOpened: { kind: 'TAMPER', lasts: 3, says: bits(12) },
  openedByRope: { kind: 'UNAUTHORISED_OPEN', lasts: 6, says: () => ({ locked: false }) },
  openedByCard: {
    kind: 'UNAUTHORISED_OPEN',
    lasts: 6,
    says: () => ({ locked: false }),
    also: (into, here) => first(into, () => jt701LockReport({ ...here, source: 1, verify: 98, card: '0012345678' })),
  },
  cloned: {
    kind: 'CLONED_SEAL',
    follows: ['POSITION_JUMP', 'REVERSE'],
    lasts: 30,
    also: (into, here) => [jt701Frame({ ...here, ...at(180 + into * 0.2), at: new Date(here.at.getTime() + 30_000), speedKph: 12 })],
  },
  distressCall: { kind: 'SOS', lasts: 3, truckEvent: 1 },
  illegalCard: {
    kind: 'ILLEGAL_CARD',
    lasts: 3,
    says: bits(10),
    also: (into, here) => first(into, () => jt701LockReport({ ...here, source: 2, verify: 0, card: '0099887766' })),
  },
  wrongPasswords: {
    kind: 'WRONG_PASSWORD',
    truthAfter: 1,
    lasts: 3,
    says: (into) => (into < 1 ? {} : bits(9)()),
    also: (into, here) =>
      [1, 2, 3, 4, 5].flatMap((wrong) =>
        first(into, () =>
          jt701LockReport({ ...here, at: new Date(here.at.getTime() + wrong * 8000), source: 4, verify: 0, passwordOk: false, wrong }),
        ),
      ),
  },
  jammedReceiver: { kind: 'JAMMED', lasts: 18, says: () => ({ fixed: false }) },
  longUnlocked: {
    kind: 'LONG_UNLOCK',
    truthAfter: 15,
    lasts: 20,
    // At the inn, where an officer has leave to look; the seal was set to call after fifteen minutes.
    when: ({ rested }) => rested >= 1,
    restMin: 40,
    leaveMin: 30,
    says: (into) => ({ locked: false, ...(into >= 15 && bits(8)()) }),
  },
  // Silence is expected in the dead zone of the road, and not beside it.
  stolen: { kind: 'ROUTE_DEVIATION', follows: ['CHECKPOINT_MISSED', 'NO_SIGNAL'], lasts: 40, drives: (into) => ({ off: away(into) }) },
  forbiddenEntered: { kind: 'GEOFENCE', lasts: 8, when: ({ min }) => min >= 18, drives: () => ({ off: 0.3 }) },
  permittedLeft: { kind: 'GEOFENCE', lasts: 10, drives: () => ({ off: -0.46 }) },
  ownFenceEntered: { kind: 'DEVICE_FENCE', lasts: 3, says: bits(1) },
  ownFenceLeft: { kind: 'DEVICE_FENCE', lasts: 3, says: bits(2) },
  tractorChanged: { kind: 'SEPARATION', lasts: 1000, parts: (into) => Math.min(12, into * 0.5) },
  silentAwake: { kind: 'NO_SIGNAL', lasts: 20, isSilent: true },
  silentAsleep: { kind: 'NO_SIGNAL', follows: ['DWELL'], lasts: 60, when: ({ rested }) => rested >= 12, restMin: 44, isSilent: true },
  stopped: { kind: 'UNAUTHORISED_STOP', lasts: 35, when: ({ min }) => min >= 55, drives: () => ({ kph: 0 }) },
  checkpointPassedBy: {
    kind: 'CHECKPOINT_MISSED',
    follows: ['ROUTE_DEVIATION'],
    truthAfter: 4,
    lasts: 8,
    when: ({ km }) => km >= 36,
    drives: () => ({ off: 2 }),
  },
  turnedBack: { kind: 'REVERSE', lasts: 6, drives: () => ({ kph: -45 }) },
  tooLate: { kind: 'LATE', truthAfter: 240, lasts: 300, when: ({ min }) => min >= 60, drives: () => ({ kph: 28 }) },
  batteryLow: { kind: 'LOW_BATTERY', lasts: 1000, says: (into) => ({ batteryPct: 22, ...(into >= 10 && { status: 1 << 11 }) }) },
  batteryWontLast: {
    kind: 'LOW_BATTERY',
    // Asked after three hours.
    truthAfter: 180,
    lasts: 1000,
    when: () => true,
    cruiseKph: 56,
    batteryPct: (min) => 90 - (min * 19) / 60,
  },
  motorStuck: { kind: 'MOTOR_STUCK', lasts: 4, says: bits(14) },
  subLockLost: { kind: 'SUBLOCK_LOST', lasts: 10, also: subLock('lost') },
  collision: { kind: 'IMPACT', lasts: 2, truckEvent: 79 },
  unitUnplugged: { kind: 'POWER_CUT', lasts: 3, truckEvent: 23 },
  aerialCut: { kind: 'DEVICE_FAULT', lasts: 3, truckEvent: 28 },
  unitSaysFast: { kind: 'DEVICE_SPEEDING', lasts: 3, truckEvent: 19 },
  stayedTooLong: { kind: 'DWELL', truthAfter: 45, lasts: 75, when: ({ rested }) => rested >= 1, restMin: 75 },
  speeding: { kind: 'SPEEDING', lasts: 8, drives: () => ({ kph: 105 }) },
  jumped: {
    kind: 'POSITION_JUMP',
    lasts: 1,
    also: (into, here) => first(into, () => jt701Frame({ ...here, lat: here.lat + 2, at: new Date(here.at.getTime() + 30_000) })),
  },
  clockAhead: { kind: 'CLOCK_SKEW', lasts: 6, clock: 45 },
  clockUnset: { kind: 'CLOCK_SKEW', lasts: 6, clock: 'unset' },
} as const satisfies Record<string, Plot>
export type PlotName = keyof typeof plots

/** What only two seals on one trip can do. */
export const plotsOfTwo = {
  trailerTaken: { kind: 'SEPARATION', follows: ['ROUTE_DEVIATION', 'UNAUTHORISED_STOP'], lasts: 40 },
} as const satisfies Record<string, Plot>
