/**
 * What a seal or a vehicle unit reports, whatever its protocol: one record a position, event or sign of life. Null means unknown and
 * never "no". Positions are WGS 84 in degrees, speed in km/h, course in degrees from north, altitude in metres, instants in UTC.
 */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const number = orNull(Type.Number())
const flag = orNull(Type.Boolean())
const instant = orNull(Type.String({ description: 'ISO 8601 in UTC' }))

/** Alarms of devices and of our own watch, by one set of names. */
export const alarmNames = [
  'ROPE_CUT',
  'SEAL_TAMPERED',
  'BACK_COVER_OPEN',
  'UNAUTHORISED_OPEN',
  'ILLEGAL_CARD',
  'WRONG_PASSWORD',
  'LONG_UNLOCK',
  'LOW_BATTERY',
  'MOTOR_STUCK',
  'SUBLOCK_LOST',
  'FENCE_IN',
  'FENCE_OUT',
  'VIBRATION',
  'SHOCK',
  'DROP',
  'DOOR_OPEN',
  'REMOVED',
  'POWER_CUT',
  'POWER_LOW',
  'SPEEDING',
  'SOS',
  'JAMMED',
  'TILT',
  'TEMPERATURE',
  'FAULT',
  'TOW',
  'CRASH',
  'GNSS_ANTENNA_CUT',
] as const
export const AlarmName = Type.Enum(alarmNames)
export type AlarmName = (typeof alarmNames)[number]

/** State of the lock as the record tells it. */
export const SealState = Type.Object(
  { locked: flag, ropeInserted: flag, ropeCut: flag, backCover: orNull(Type.Enum(['closed', 'open'])), motorStuck: flag },
  closed,
)
export type SealState = Static<typeof SealState>

/** Somebody or something worked the lock. */
export const LockEvent = Type.Object(
  {
    method: orNull(Type.String({ description: 'card, illegal card, vehicle card, static or dynamic password, bluetooth, rope' })),
    outcome: Type.Enum(['UNLOCKED', 'LOCKED', 'BOUND', 'REFUSED', 'REFUSED_OUTSIDE_FENCE', 'UNKNOWN']),
    cardNo: orNull(Type.String()),
    passwordOk: flag,
    wrongCount: number,
    fenceId: number,
  },
  closed,
)
export type LockEvent = Static<typeof LockEvent>

export const SubLock = Type.Object(
  { id: Type.String(), locked: flag, voltageV: number, batteryPct: number, rssiDbm: number, events: Type.Array(Type.String()), eventTime: instant },
  closed,
)
export type SubLock = Static<typeof SubLock>

export const Cell = Type.Object({ mcc: number, mnc: number, lac: number, cellId: number }, closed)
export type Cell = Static<typeof Cell>

export const SealRecord = Type.Object(
  {
    protocol: Type.String(),
    deviceId: orNull(Type.String()),
    aliasIds: Type.Array(Type.String()),
    kind: Type.Enum(['position', 'lock', 'peripheral', 'status', 'login', 'heartbeat', 'reply']),
    origin: Type.Enum(['live', 'alarm', 'replay', 'subNew']),
    serial: number,
    /** when the position was fixed */
    fixTime: instant,
    /** when what is reported happened; the fix's time where the record says no other */
    eventTime: instant,
    /** the device's clock was never set, or runs ahead: not to be ordered by */
    clockSuspect: Type.Boolean(),
    valid: Type.Boolean({ description: 'a position fixed by satellites at that time' }),
    fixSource: Type.Enum(['gnss', 'lbs', 'none']),
    lat: number,
    lon: number,
    altitudeM: number,
    speedKph: number,
    courseDeg: number,
    satellites: number,
    odometerKm: number,
    batteryPct: number,
    batteryV: number,
    charging: flag,
    /** GSM signal as the device counts it, 0–31 as a rule */
    gsmSignal: number,
    cell: orNull(Cell),
    sealState: orNull(SealState),
    lockEvent: orNull(LockEvent),
    subLocks: Type.Array(SubLock),
    fenceId: number,
    wakeSource: orNull(Type.String()),
    alarms: Type.Array(AlarmName),
    /** what the protocol says beyond this, and bits that nobody has explained */
    raw: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...closed, title: 'SealRecord' },
)
export type SealRecord = Static<typeof SealRecord>
