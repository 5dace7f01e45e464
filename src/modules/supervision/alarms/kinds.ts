/** Kinds of alarm: how grave each is, what ends it, and which alarms of devices belong to it. */
import type { AlarmName } from '../schema/record.ts'

/**
 * What ends an episode: an officer's decision, ten minutes without more evidence, or a condition that its rule watches.
 * A quality flag says something of the data and never pages anybody.
 */
type Kind = { severity: 'critical' | 'high' | 'medium' | 'low' | 'quality'; ends: 'officer' | 'quiet' | 'condition' }
const kind = (severity: Kind['severity'], ends: Kind['ends']): Kind => ({ severity, ends })

export const alarmKinds = {
  ROPE_CUT: kind('critical', 'officer'),
  TAMPER: kind('critical', 'officer'),
  UNAUTHORISED_OPEN: kind('critical', 'officer'),
  CLONED_SEAL: kind('critical', 'officer'),
  SOS: kind('critical', 'officer'),
  ILLEGAL_CARD: kind('high', 'quiet'),
  WRONG_PASSWORD: kind('high', 'quiet'),
  JAMMED: kind('high', 'quiet'),
  LONG_UNLOCK: kind('high', 'condition'),
  ROUTE_DEVIATION: kind('high', 'condition'),
  GEOFENCE: kind('high', 'condition'),
  DEVICE_FENCE: kind('high', 'quiet'),
  SEPARATION: kind('high', 'condition'),
  NO_SIGNAL: kind('medium', 'condition'),
  UNAUTHORISED_STOP: kind('medium', 'condition'),
  CHECKPOINT_MISSED: kind('medium', 'condition'),
  REVERSE: kind('medium', 'condition'),
  LATE: kind('medium', 'condition'),
  LOW_BATTERY: kind('medium', 'condition'),
  MOTOR_STUCK: kind('medium', 'condition'),
  SUBLOCK_LOST: kind('medium', 'condition'),
  IMPACT: kind('medium', 'quiet'),
  POWER_CUT: kind('medium', 'quiet'),
  DEVICE_FAULT: kind('low', 'quiet'),
  DWELL: kind('low', 'condition'),
  SPEEDING: kind('low', 'condition'),
  DEVICE_SPEEDING: kind('low', 'quiet'),
  POSITION_JUMP: kind('quality', 'quiet'),
  CLOCK_SKEW: kind('quality', 'quiet'),
} as const satisfies Record<string, Kind>
export type AlarmKind = keyof typeof alarmKinds

/** Every alarm that a device can raise opens an episode: nothing is left out. */
export const kindOfDeviceAlarm: Readonly<Record<AlarmName, AlarmKind>> = {
  ROPE_CUT: 'ROPE_CUT',
  SEAL_TAMPERED: 'TAMPER',
  BACK_COVER_OPEN: 'TAMPER',
  REMOVED: 'TAMPER',
  UNAUTHORISED_OPEN: 'UNAUTHORISED_OPEN',
  DOOR_OPEN: 'UNAUTHORISED_OPEN',
  ILLEGAL_CARD: 'ILLEGAL_CARD',
  WRONG_PASSWORD: 'WRONG_PASSWORD',
  LONG_UNLOCK: 'LONG_UNLOCK',
  LOW_BATTERY: 'LOW_BATTERY',
  POWER_LOW: 'LOW_BATTERY',
  MOTOR_STUCK: 'MOTOR_STUCK',
  SUBLOCK_LOST: 'SUBLOCK_LOST',
  FENCE_IN: 'DEVICE_FENCE',
  FENCE_OUT: 'DEVICE_FENCE',
  VIBRATION: 'IMPACT',
  SHOCK: 'IMPACT',
  DROP: 'IMPACT',
  CRASH: 'IMPACT',
  TOW: 'IMPACT',
  TILT: 'IMPACT',
  POWER_CUT: 'POWER_CUT',
  SPEEDING: 'DEVICE_SPEEDING',
  SOS: 'SOS',
  JAMMED: 'JAMMED',
  TEMPERATURE: 'DEVICE_FAULT',
  FAULT: 'DEVICE_FAULT',
  GNSS_ANTENNA_CUT: 'DEVICE_FAULT',
}

/** Our defaults; an administration may tune each. Distances in metres, times in milliseconds, speeds in km/h. */
export const tuning = {
  quietMs: 600_000,
  fixes: 3,
  deviationMs: 120_000,
  returnM: 100,
  stopMs: 900_000,
  stopM: 100,
  movedM: 200,
  slowKph: 5,
  parkedM: 50,
  overLimitKph: 5,
  fastestKph: 200,
  /** noise of a fix that no speed explains */
  noiseM: 200,
  reverseM: 2000,
  forwardM: 500,
  pastCheckpointM: 1000,
  separationM: 300,
  separationMs: 300_000,
  /** fixes of two devices this close in time may be held against each other */
  sameTimeMs: 30_000,
  /** how far two that tell no speed may have driven between their fixes */
  unknownKph: 100,
  /** another seal leads once the one that leads has had no fix for so long */
  leadMs: 600_000,
  lowBatteryPct: 30,
  batteryMs: 600_000,
  noFixMs: 600_000,
  clockAheadMs: 300_000,
  fewestSatellites: 4,
} as const
