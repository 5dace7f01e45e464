/** Jointech `(id,…)` frames: events of the lock (P45), answers to commands, signs of life, and positions of older units. */
import { warning } from '#kernel/issue.ts'
import type { LockEvent, SealRecord } from '../../schema/record.ts'
import { ascii, textOf } from '../bytes.ts'
import { blank, type Decoded, nothing, type Session } from '../codec.ts'
import { course, degreesOfMinutes, instantOfDigits, latitude, longitude, neverSet, numberOf, percent } from '../units.ts'
import { decodePeripheral } from './peripheral.ts'

const say = (...records: SealRecord[]): Decoded => ({ records, replies: [], issues: [] })

const sources: Readonly<Record<string, { method: string; name: string }>> = {
  '1': { method: 'card', name: 'RFID_AUTHORISED_CARD' },
  '2': { method: 'illegal card', name: 'RFID_ILLEGAL_CARD' },
  '3': { method: 'vehicle card', name: 'RFID_VEHICLE_CARD' },
  '4': { method: 'static password', name: 'REMOTE_STATIC_PASSWORD' },
  '5': { method: 'rope', name: 'AUTO_LOCKED' },
  '6': { method: 'dynamic password', name: 'REMOTE_DYNAMIC_PASSWORD' },
  '7': { method: 'bluetooth', name: 'BLUETOOTH' },
}
const byPassword = new Set(['4', '6', '7'])
const outsideFence = '99'

const outcomeOf = (source: string, verify: string, passwordOk: boolean | null): LockEvent['outcome'] => {
  if (source === '5') return 'LOCKED'
  if (source === '3') return 'BOUND'
  if (verify === outsideFence) return 'REFUSED_OUTSIDE_FENCE'
  const refused = source === '2' || ((source === '1' || source === '6') && verify === '0') || passwordOk === false
  return refused ? 'REFUSED' : sources[source] ? 'UNLOCKED' : 'UNKNOWN'
}

const place = (record: SealRecord, lat: number, north: string | undefined, lon: number, east: string | undefined, fixed: boolean): void => {
  record.lat = latitude(north === 'S' ? -lat : lat)
  record.lon = longitude(east === 'W' ? -lon : lon)
  record.valid = fixed && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
}
const when = (record: SealRecord, date = '', time = ''): void => {
  record.fixTime = instantOfDigits(date + time, 'DMY')
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
}
const decimal = (text: string | undefined): number => numberOf(text) ?? NaN

/** P45: the lock was worked, or somebody tried. Speed in km/h. */
const lockReport = (deviceId: string, f: string[]): Decoded => {
  const record = blank('jt701', deviceId)
  record.kind = 'lock'
  when(record, f[0], f[1])
  place(record, decimal(f[2]), f[3], decimal(f[4]), f[5], f[6] === 'A')
  record.speedKph = numberOf(f[7])
  record.courseDeg = course(decimal(f[8]))
  const [source = '', verify = '', card = '', password, wrong, serial, km] = f.slice(9)
  const passwordOk = byPassword.has(source) ? password === '1' : null
  const outcome = outcomeOf(source, verify, passwordOk)
  const fence = source === '1' && Number(verify) >= 1 && Number(verify) <= 10 ? Number(verify) : null
  record.lockEvent = {
    method: sources[source]?.method ?? null,
    outcome,
    cardNo: /^0*$/.test(card) ? null : card,
    passwordOk,
    wrongCount: numberOf(wrong),
    fenceId: fence,
  }
  if (outcome === 'LOCKED' || outcome === 'UNLOCKED')
    record.sealState = { locked: outcome === 'LOCKED', ropeInserted: null, ropeCut: null, backCover: null, motorStuck: null }
  if (source === '2') record.alarms.push('ILLEGAL_CARD')
  record.serial = numberOf(serial)
  record.odometerKm = numberOf(km)
  record.raw = { type: 'P45', eventSource: numberOf(source), eventName: sources[source]?.name ?? null, verify: numberOf(verify) }
  return { records: [record], replies: serial === undefined ? [] : [ascii(`(P69,0,${serial})`)], issues: [] }
}

/** U01–U03, U06: positions of JT600 units in decimal degrees. The manual does not say the unit of speed; km/h, as in P45. */
const unitReport = (deviceId: string, type: string, f: string[]): Decoded => {
  const record = blank('jt600', deviceId)
  if (type === 'U06') record.raw.alarm = numberOf(f.shift())
  when(record, f[0], f[1])
  place(record, decimal(f[3]), f[4], decimal(f[5]), f[6], f[2] === 'T')
  record.speedKph = numberOf(f[7])
  record.courseDeg = course(decimal(f[8]))
  record.satellites = numberOf(f[9])
  record.batteryPct = percent(numberOf(f[10]?.replace('%', '')))
  record.cell = { mcc: null, mnc: null, cellId: numberOf(f[12]), lac: numberOf(f[13]) }
  record.gsmSignal = numberOf(f[14])
  record.odometerKm = numberOf(f[15])
  record.origin = type === 'U06' ? 'alarm' : type === 'U03' ? 'replay' : 'live'
  Object.assign(record.raw, { type, bits: f[11] ?? null, rest: f.slice(16) })
  return { records: [record], replies: [ascii(type === 'U06' ? '(S20)' : '(S39)')], issues: [] }
}

/** W01: longitude first, in degrees and minutes; speed in km/h. */
const oldReport = (deviceId: string, f: string[]): Decoded => {
  const record = blank('jt600', deviceId)
  when(record, f[5], f[6])
  place(record, degreesOfMinutes(f[2] ?? ''), f[3], degreesOfMinutes(f[0] ?? ''), f[1], f[4] === 'A')
  record.speedKph = numberOf(f[7])
  record.courseDeg = course(decimal(f[8]))
  record.gsmSignal = numberOf(f[11])
  Object.assign(record.raw, { type: 'W01', power: numberOf(f[9]), gps: numberOf(f[10]), alert: numberOf(f[12]) })
  return say(record)
}

const on = (text: string | undefined): boolean => text === '1'
const operations: Readonly<Record<string, string>> = { '1': 'ADD', '2': 'DELETE', '3': 'DELETE_ALL' }

/** What the lock answers to a command, by its number. */
const results: Readonly<Record<string, (f: string[]) => Record<string, unknown>>> = {
  P01: ([version, level]) => ({
    version,
    firmware: /(\d{8})/.exec(version ?? '')?.[1] ?? null,
    batteryPct: percent(numberOf(level?.replace('%', ''))),
  }),
  P04: ([seconds, minutes]) => ({ intervalS: numberOf(seconds), wakeMin: numberOf(minutes) }),
  P15: () => ({}),
  P22: ([ok]) => ({ ok: on(ok) }),
  P24: ([fence, enabled, name]) => ({ fenceId: numberOf(fence), enabled: on(enabled), name: name ?? null }),
  P29: (f) => ({ fields: f }),
  P30: ([ok]) => ({ ok: on(ok) }),
  P31: () => ({}),
  P38: ([minutes]) => ({ longUnlockMin: numberOf(minutes) }),
  P40: (f) => ({ alarmSwitches: f.slice(0, 10).map(Number) }),
  P41: ([operation, ...rest]) => ({
    operation: operations[operation ?? ''] ?? operation,
    ...(operation === '1' ? { cards: rest } : { remaining: numberOf(rest[0]) }),
  }),
  P42: ([, ...cards]) => ({ registeredCards: cards }),
  P43: ([ok, wrong]) => ({ ok: on(ok), wrongPasswordCount: numberOf(wrong) }),
  P44: ([ok]) => ({ ok: on(ok) }),
  P54: ([, tracking]) => ({ trackingMode: on(tracking) }),
  P58: ([enabled]) => ({ enabled: on(enabled) }),
  P59: (f) => ({ channels: f.map(on) }),
  P61: ([level]) => ({ lowBatteryPct: numberOf(level) }),
  P68: ([, iccid]) => ({ iccid: iccid ?? null }),
  P98: (f) => ({ unsent: f[0] === '10' ? numberOf(f[2]) : null, fields: f }),
}

const named: Readonly<Record<string, string>> = { P01: 'P01_FIRMWARE', P68: 'P68_ICCID' }

const passwordResult = (f: string[]): Record<string, unknown> => {
  if (f[0] === '0') return { password: f.at(-1) ?? null }
  if (f[0] === '1') return { enabled: on(f[1]), fenceBound: on(f[2]) }
  if (f[0] === '3') return { ok: on(f[1]), wrongPasswordCount: numberOf(f[2]) }
  return { fields: f }
}

const answer = (deviceId: string, type: string, values: Record<string, unknown>): SealRecord => {
  const record = blank('jt701', deviceId)
  record.kind = 'reply'
  record.raw = { type, ...values }
  if (typeof values.batteryPct === 'number') record.batteryPct = values.batteryPct
  return record
}

/** A new dynamic password: the lock repeats it every minute until it hears the same password back. */
const dynamicPassword = (deviceId: string, f: string[]): Decoded => ({
  ...say(answer(deviceId, 'P52_DYNAMIC_PASSWORD_REPORT', { password: f[1] ?? null })),
  replies: [ascii(`(P52,2,${f[1] ?? ''})`)],
})

const clockText = (now: string): string => `${now.slice(8, 10)}${now.slice(5, 7)}${now.slice(2, 4)}${now.slice(11, 19).replaceAll(':', '')}`

const byType = (deviceId: string, type: string, f: string[], now: string): Decoded => {
  if (type === 'P45') return lockReport(deviceId, f)
  if (type === 'W01') return oldReport(deviceId, f)
  if (/^U0[1236]$/.test(type)) return unitReport(deviceId, type, f)
  if (type === '@JT') return say({ ...blank('jt701', deviceId), kind: 'heartbeat', raw: { type: 'HEARTBEAT' } })
  if (type === 'P22' && f[0] === '2') return { ...say(answer(deviceId, 'P22_TIME_SYNC_REQUEST', {})), replies: [ascii(`(P22,${clockText(now)})`)] }
  if (type === 'P52') return f[0] === '2' ? dynamicPassword(deviceId, f) : say(answer(deviceId, `P52_${f[0] ?? ''}_RESULT`, passwordResult(f)))
  const result = results[type]
  if (result) return say(answer(deviceId, named[type] ?? `${type}_RESULT`, result(f)))
  return { ...say(answer(deviceId, type, { fields: f })), issues: [warning('supervision.message_unknown', '', { protocol: 'jt701', type })] }
}

export const decodeText = (frame: Uint8Array, session: Session, now: string): Decoded => {
  const body = textOf(frame.subarray(1, frame.length - 1))
  const wireless = /^(\d{1,20}),\d+,\d+,WLNET,\d+,\d+,/.exec(body)
  if (wireless) {
    session.deviceId = wireless[1]!
    return decodePeripheral(wireless[1]!, frame.subarray(1 + wireless[0].length, frame.length - 1))
  }
  const [deviceId = '', ...fields] = body.split(',')
  if (!/^\d{1,20}$/.test(deviceId)) return nothing(warning('supervision.message_unknown', '', { protocol: 'jt701', type: deviceId.slice(0, 20) }))
  session.deviceId = deviceId
  const at = fields.findIndex((f) => /^[A-Z@]/.test(f))
  if (at < 0) return nothing(warning('supervision.message_unknown', '', { protocol: 'jt701', type: fields[0]?.slice(0, 20) ?? '' }))
  return byType(deviceId, fields[at]!, fields.slice(at + 1), now)
}
