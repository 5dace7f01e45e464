/** TeraTrack: JSON objects over TCP that carry the state of Jointech-like locks, every value as a string. */
import { error } from '#kernel/issue.ts'
import type { AlarmName, SealRecord, SubLock } from '../schema/record.ts'
import { ascii, textOf } from './bytes.ts'
import { blank, type Cut, nothing, type Protocol } from './codec.ts'
import { latitude, longitude, neverSet, numberOf, percent } from './units.ts'

const longest = 16_384
const open = 0x7b
const close = 0x7d
const quote = 0x22
const backslash = 0x5c

/** Objects end where their braces balance; braces within strings do not count. */
const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] !== open) {
    const next = buffer.indexOf(open)
    return { skip: next < 0 ? buffer.length : next }
  }
  let depth = 0
  let quoted = false
  for (let i = 0; i < buffer.length && i < longest; i++) {
    const b = buffer[i]
    if (quoted) {
      if (b === backslash) i++
      else if (b === quote) quoted = false
    } else if (b === quote) quoted = true
    else if (b === open) depth++
    else if (b === close && --depth === 0) return { frame: buffer.subarray(0, i + 1), used: i + 1 }
  }
  return buffer.length >= longest ? { skip: 1 } : 'more'
}

type Fields = Record<string, unknown>
const text = (f: Fields, name: string): string | undefined => {
  const value = Object.hasOwn(f, name) ? f[name] : undefined
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}
const is = (f: Fields, name: string): boolean | null => {
  const value = text(f, name)
  return value === '1' ? true : value === '0' ? false : null
}

const alarms: readonly (readonly [string, AlarmName])[] = [
  ['LockCutOff', 'ROPE_CUT'],
  ['SealTampered', 'SEAL_TAMPERED'],
  ['SealTempered', 'SEAL_TAMPERED'],
  ['PasswordError', 'WRONG_PASSWORD'],
  ['IllegalCard', 'ILLEGAL_CARD'],
  ['LowPower', 'LOW_BATTERY'],
  ['UnCoverBack', 'BACK_COVER_OPEN'],
  ['LockStuck', 'MOTOR_STUCK'],
]

const instant = (value: string | undefined): string | null => {
  const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value ?? '') ? Date.parse(`${value!.replace(' ', 'T')}Z`) : NaN
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** Where lock status and "lock open" contradict each other, the lock counts as open: the safe side. */
const lockedOf = (f: Fields): boolean | null => {
  const locked = is(f, 'LockStatus')
  return locked === true && is(f, 'LockOpen') === true ? false : locked
}

const subLock = (s: Fields): SubLock => ({
  id: text(s, 'SDeviceId') ?? '',
  locked: is(s, 'SLockOpen') === null ? null : !is(s, 'SLockOpen'),
  voltageV: null,
  batteryPct: percent(numberOf(text(s, 'SPower'))),
  rssiDbm: null,
  events: alarms
    .filter(([name]) => is(s, `S${name}`))
    .map(([, alarm]) => alarm)
    .concat(is(s, 'STimeOut') ? ['SUBLOCK_LOST'] : []),
  eventTime: null,
})

const recordOf = (f: Fields, deviceId: string): SealRecord => {
  const record = blank('teratrack', deviceId)
  const imei = text(f, 'IMEI')
  if (imei && imei !== deviceId) record.aliasIds.push(imei)
  record.fixTime = instant(text(f, 'DateTime'))
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
  record.lat = latitude(numberOf(text(f, 'Latitude')) ?? NaN)
  record.lon = longitude(numberOf(text(f, 'Longitude')) ?? NaN)
  record.valid = record.lat !== null && record.lon !== null && !(record.lat === 0 && record.lon === 0)
  record.fixSource = record.valid ? 'gnss' : 'none'
  record.speedKph = numberOf(text(f, 'Speed'))
  record.courseDeg = 0
  record.odometerKm = numberOf(text(f, 'Mileage'))
  record.batteryPct = percent(numberOf(text(f, 'Power')))
  record.gsmSignal = numberOf(text(f, 'GSM'))
  record.serial = numberOf(text(f, 'Index'))
  record.origin = text(f, 'DataType') === '2' ? 'alarm' : text(f, 'DataType') === '3' ? 'replay' : 'live'
  record.alarms = [...new Set(alarms.filter(([name]) => is(f, name)).map(([, alarm]) => alarm))]
  const cover = is(f, 'CoverStatus')
  record.sealState = {
    locked: lockedOf(f),
    ropeInserted: is(f, 'LockRope'),
    ropeCut: is(f, 'LockCutOff'),
    backCover: cover === null ? null : cover ? 'closed' : 'open',
    motorStuck: is(f, 'LockStuck'),
  }
  record.fenceId = numberOf(text(f, 'AreaAlarmID'))
  const slaves = Array.isArray(f.Slave) ? (f.Slave as unknown[]).filter((s): s is Fields => typeof s === 'object' && s !== null) : []
  record.subLocks = slaves.slice(0, 10).map(subLock)
  if (record.subLocks.some((s) => s.events.includes('ROPE_CUT')) && !record.alarms.includes('ROPE_CUT')) record.alarms.push('ROPE_CUT')
  if (record.subLocks.some((s) => s.events.includes('SUBLOCK_LOST'))) record.alarms.push('SUBLOCK_LOST')
  Object.assign(record.raw, {
    cardNo: text(f, 'CardNo') ?? null,
    lockOpen: is(f, 'LockOpen'),
    fenceAlarm: text(f, 'FenceAlarm') ?? null,
    dataType: text(f, 'DataType') ?? null,
  })
  return record
}

const decode: Protocol['decode'] = (frame, session) => {
  let parsed: unknown
  try {
    parsed = JSON.parse(textOf(frame))
  } catch {
    parsed = null
  }
  const f = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Fields) : null
  const deviceId = f && (text(f, 'MDeviceID') ?? text(f, 'IMEI'))
  if (!f || !deviceId) return nothing(error('supervision.frame_broken', '', { protocol: 'teratrack', bytes: frame.length }))
  session.deviceId = deviceId
  return { records: [recordOf(f, deviceId)], replies: is(f, 'MessageAck') ? [ascii('{01}')] : [], issues: [] }
}

export const teratrack: Protocol = { name: 'teratrack', title: 'TeraTrack JSON', transports: ['tcp'], longest, cut, decode }
