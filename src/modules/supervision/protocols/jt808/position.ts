/** JT/T 808 position reports (0200 and what contains them): fixed part, then additional items (id, length, value). Times are GMT+8. */
import type { AlarmName, SealRecord, SubLock } from '../../schema/record.ts'
import { hexOf, reader, type Reader, textOf } from '../bytes.ts'
import { blank } from '../codec.ts'
import { course, instantOfDigits, latitude, longitude, neverSet, percent, round } from '../units.ts'

export const defaultZoneMinutes = 480
const fixedPart = 28
const oldTail = 18

/** Alarm word of the standard; bit 17 is tampering on locks, bits 0 and 4 are "removed", bit 1 tampering on HHD's padlocks. */
const standardAlarms: readonly (readonly [number, AlarmName])[] = [
  [0, 'SOS'],
  [1, 'SPEEDING'],
  [5, 'GNSS_ANTENNA_CUT'],
  [7, 'POWER_LOW'],
  [8, 'POWER_CUT'],
  [17, 'SEAL_TAMPERED'],
  [28, 'TOW'],
  [29, 'CRASH'],
]
const padlockAlarms: readonly (readonly [number, AlarmName])[] = [
  [0, 'REMOVED'],
  [1, 'SEAL_TAMPERED'],
  [4, 'REMOVED'],
]
const isPadlock = (model: string | null): boolean => model !== null && /^G-?(360|508)P/i.test(model)

const bit = (word: number, n: number): boolean => ((word >>> n) & 1) === 1

const text = (bytes: Uint8Array): string => textOf(bytes).replace(/\0+$/, '')
const number = (bytes: Uint8Array): number => bytes.reduce((n, b) => n * 256 + b, 0)

const sealedMark = 0x31
const subLockBytes = 11

const subLocks = (bytes: Uint8Array): SubLock[] => {
  const found: SubLock[] = []
  for (const r = reader(bytes); r.left() >= subLockBytes && found.length < 20;) {
    const id = r.hex(6)
    const voltageV = round(r.u16() / 1000, 3)
    const locked = r.u8() === sealedMark
    const state = r.u8()
    found.push({ id, locked, voltageV, batteryPct: null, rssiDbm: -r.u8(), events: state ? [`STATE_${state}`] : [], eventTime: null })
  }
  return found
}

/** Lock event with the number of the sub-lock that it concerns and the card that was used. */
const lockItem = (bytes: Uint8Array, record: SealRecord): void => {
  const r = reader(bytes)
  const event = r.u16()
  r.skip(1)
  const subLock = event >= 0x61 && event <= 0x66 && r.left() >= 14 ? r.hex(6) : null
  const card = r.left() >= 8 ? r.text(8) : null
  record.kind = 'lock'
  record.lockEvent = {
    method: card && /^\d{8}$/.test(card) && !/^0+$/.test(card) ? 'card' : null,
    outcome: 'UNKNOWN',
    cardNo: card && /[1-9A-F]/i.test(card) ? card : null,
    passwordOk: null,
    wrongCount: null,
    fenceId: null,
  }
  Object.assign(record.raw, { lockEvent: event, ...(subLock && { subLock }) })
}

type Item = (bytes: Uint8Array, record: SealRecord) => void

/** Additional items whose meaning is known. What is not here stays in `raw.items` as it came. */
const items: Readonly<Record<number, Item>> = {
  0x01: (b, r) => void (r.odometerKm = number(b) / 10),
  0x06: (b, r) => void (r.batteryPct = b.length === 1 ? percent(b[0]!) : r.batteryPct),
  0x30: (b, r) => void (r.gsmSignal = number(b)),
  0x31: (b, r) => void (r.satellites = number(b)),
  0x56: (b, r) => void (r.batteryPct = percent(b[0]! * 10)),
  0x60: lockItem,
  0x63: (b, r) => void (r.subLocks = subLocks(b)),
  0x67: (b, r) => void (r.raw.password = text(b)),
  0x69: (b, r) => void (r.batteryV = round(number(b) / 100, 2)),
  0xd4: (b, r) => void (r.batteryPct = percent(b[0]!)),
  0xe1: (b, r) => void (r.batteryPct = b.length === 1 ? percent(b[0]!) : r.batteryPct),
  0xe3: (b, r) => {
    if (b.length !== 6) return
    r.batteryPct = percent(number(b.subarray(0, 2)))
    r.batteryV = round(number(b.subarray(2, 4)) / 100, 2)
  },
  0xe4: (b, r) => {
    if (b.length !== 2) return
    r.charging = b[0] === 0
    r.batteryPct = percent(b[1]!)
  },
  0xeb: (b, r) => {
    if (/^UTC[+-]\d\d:\d\d$/.test(text(b))) r.raw.timezone = text(b)
    else r.raw.eb = hexOf(b)
  },
  0xf6: (b, r) => void (b.length === 8 && /^0\d{15}$/.test(hexOf(b)) && r.aliasIds.push(hexOf(b).slice(1))),
  0xfe: (b, r) => void (r.batteryPct = b.length === 1 ? percent(b[0]!) : r.batteryPct),
}

/** 0B: how the lock was worked, on JT705/JT709. */
const commandItem = (b: Uint8Array, record: SealRecord): void => {
  record.raw.lockCommand = b[0]
  const digits = b.length >= 7 ? text(b.subarray(1, 7)) : null
  const card = b.length === 5 || b.length === 6 ? String(number(b.subarray(1, 5))).padStart(10, '0') : null
  if (!digits && !card) return
  record.kind = 'lock'
  record.lockEvent = {
    method: card ? 'card' : 'password',
    outcome: 'UNKNOWN',
    cardNo: card,
    passwordOk: b.length % 2 === 0 ? b.at(-1) === 1 : null,
    wrongCount: null,
    fenceId: null,
  }
}

const readItems = (r: Reader, record: SealRecord): void => {
  const rest: Record<string, string> = {}
  while (r.left() >= 2) {
    const id = r.u8()
    const length = r.u8()
    if (length > r.left()) {
      record.raw.broken = true
      break
    }
    const bytes = r.bytes(length)
    if (length > 0 && Object.hasOwn(items, id)) items[id]!(bytes, record)
    else if (id === 0x0b && length > 0) commandItem(bytes, record)
    else rest[id.toString(16).padStart(2, '0')] = hexOf(bytes)
  }
  if (Object.keys(rest).length > 0) record.raw.items = rest
}

const readOldTail = (r: Reader, record: SealRecord): void => {
  r.skip(4)
  record.odometerKm = r.u32()
  record.batteryV = r.u16() / 10
  r.skip(4)
  record.gsmSignal = r.u8()
}

/** One 0200 body. `zoneMinutes` east of Greenwich of the device's clock. */
export const positionOf = (body: Uint8Array, protocol: string, deviceId: string, zoneMinutes: number, model: string | null): SealRecord => {
  const record = blank(protocol, deviceId)
  const r = reader(body)
  const alarms = r.u32()
  const status = r.u32()
  const lat = r.u32() / 1e6
  const lon = r.u32() / 1e6
  record.lat = latitude(bit(status, 2) ? -lat : lat)
  record.lon = longitude(bit(status, 3) ? -lon : lon)
  record.altitudeM = r.i16()
  record.speedKph = r.u16() / 10
  record.courseDeg = course(r.u16())
  record.fixTime = instantOfDigits(r.hex(6), 'YMD', zoneMinutes)
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
  record.valid = bit(status, 1) && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
  record.alarms = [...new Set((isPadlock(model) ? padlockAlarms : standardAlarms).filter(([n]) => bit(alarms, n)).map(([, name]) => name))]
  Object.assign(record.raw, {
    alarmHex: alarms.toString(16).padStart(8, '0'),
    statusHex: status.toString(16).padStart(8, '0'),
    ignition: bit(status, 0),
  })
  if (body.length - fixedPart === oldTail) readOldTail(r, record)
  else readItems(r, record)
  if (record.alarms.length > 0) record.origin = 'alarm'
  return record
}
