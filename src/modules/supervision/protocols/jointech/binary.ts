/**
 * Jointech `$` frames: position records of the electronic locks JT701/JT701D/JT704/JT709 and of JT600 vehicle units (Jointech JT701D
 * Protocol Manual V1.4, 2021). Long frames carry one record, short frames several. Big-endian, times in UTC, angles as BCD digits.
 */
import { warning } from '#kernel/issue.ts'
import type { AlarmName, SealRecord } from '../../schema/record.ts'
import { ascii, reader, type Reader } from '../bytes.ts'
import { blank, type Decoded, type Session } from '../codec.ts'
import { course, degreesOfDigits, instantOfDigits, kphOfKnots, latitude, longitude, neverSet, percent } from '../units.ts'

const noBatteryNumber = 0xff
const unknownByte = 0x0f
const unknownImei = /^0?f|^(0f)+$/
/** From this version on every record wants its acknowledgement (P69) by serial. */
const versionWithSerial = 0x19
/** Below this version bit 13 may be clear although no cover is open. */
const versionWithCover = 0x17

const origins: Readonly<Record<number, SealRecord['origin']>> = { 1: 'live', 2: 'alarm', 3: 'replay', 4: 'subNew' }
const wakeSources = ['RESTART', 'RTC_TIMER', 'VIBRATION', 'BACK_COVER', 'ROPE', 'CHARGER', 'CARD', 'LORA', 'SMS_VIP', 'SMS_OTHER']

const alarmBits: readonly (readonly [number, AlarmName])[] = [
  [1, 'FENCE_IN'],
  [2, 'FENCE_OUT'],
  [3, 'ROPE_CUT'],
  [4, 'VIBRATION'],
  [8, 'LONG_UNLOCK'],
  [9, 'WRONG_PASSWORD'],
  [10, 'ILLEGAL_CARD'],
  [11, 'LOW_BATTERY'],
  [12, 'BACK_COVER_OPEN'],
  [14, 'MOTOR_STUCK'],
]
const bit = (word: number, n: number): boolean => ((word >>> n) & 1) === 1

/** The 17 bytes that every record begins with: time, place, flags, speed, course. */
export const fix = (r: Reader, record: SealRecord): void => {
  record.fixTime = instantOfDigits(r.hex(6), 'DMY')
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
  const lat = degreesOfDigits(r.hex(4), 2)
  const place = r.hex(5)
  const lon = degreesOfDigits(place.slice(0, 9), 3)
  const flags = parseInt(place.slice(9), 16)
  record.lat = latitude(flags & 2 ? lat : -lat)
  record.lon = longitude(flags & 4 ? lon : -lon)
  record.valid = (flags & 1) === 1 && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
  record.speedKph = kphOfKnots(r.u8())
  record.courseDeg = course(r.u8() * 2)
}

/** Status word and battery of the locks. */
const lockStatus = (record: SealRecord, word: number, version: number): void => {
  if (bit(word, 0)) {
    record.valid = false
    record.fixSource = 'lbs'
  }
  record.alarms = alarmBits.filter(([n]) => bit(word, n)).map(([, name]) => name)
  const cover = bit(word, 13) ? 'closed' : version >= versionWithCover || bit(word, 12) ? 'open' : null
  record.sealState = { locked: bit(word, 7), ropeInserted: bit(word, 6), ropeCut: bit(word, 3), backCover: cover, motorStuck: bit(word, 14) }
  record.raw.statusHex = word.toString(16).padStart(4, '0')
}

const battery = (record: SealRecord, byte: number): void => {
  record.charging = byte === noBatteryNumber
  record.batteryPct = percent(byte === noBatteryNumber ? null : byte)
}

/** Bytes 44–60 of a whole record (L = 52). */
const network = (r: Reader, record: SealRecord, low: { cell: number; lac: number }): void => {
  record.fenceId = r.u8()
  const wake = r.u8() & 0x0f
  record.wakeSource = wakeSources[wake] ?? String(wake)
  const mncHigh = r.u8()
  r.skip(1)
  const imei = r.hex(8)
  if (/^0\d{15}$/.test(imei)) record.aliasIds.push(imei.slice(1))
  else if (!unknownImei.test(imei)) record.raw.imei = imei
  const cellHigh = r.u16()
  const mcc = r.u16()
  const mncLow = r.u8()
  record.cell = { mcc, mnc: (mncHigh === unknownByte ? 0 : mncHigh) * 256 + mncLow, lac: low.lac, cellId: cellHigh * 65536 + low.cell }
}

const acknowledge = (version: number, word: number, serial: number): Uint8Array[] =>
  version >= versionWithSerial ? [ascii(`(P69,0,${serial})`)] : bit(word, 5) ? [ascii('(P35)')] : []

const longFrame = (frame: Uint8Array, deviceId: string): Decoded => {
  const record = blank('jt701', deviceId)
  const r = reader(frame, 6)
  const version = r.u8()
  const type = r.u8()
  record.origin = origins[type & 0x0f] ?? 'live'
  const length = r.u16()
  Object.assign(record.raw, { version, deviceType: type >> 4, dataType: type & 0x0f, length })
  fix(r, record)
  record.odometerKm = r.u32()
  record.satellites = r.u8()
  record.raw.vehicleId = r.u32()
  const word = r.u16()
  lockStatus(record, word, version)
  battery(record, r.u8())
  const low = { cell: r.u16(), lac: r.u16() }
  record.cell = { mcc: null, mnc: null, lac: low.lac, cellId: low.cell }
  const signal = r.u8()
  record.gsmSignal = signal === 99 ? null : signal
  if (length >= 52) network(r, record, low)
  const serial = frame[frame.length - 1]!
  record.serial = serial
  return { records: [record], replies: acknowledge(version, word, serial), issues: [] }
}

/** What follows the 17 bytes in short records, by the kind of unit (high nibble of byte 6). */
const unitTails: Readonly<Record<number, (r: Reader, record: SealRecord) => void>> = {
  1: (r, record) => {
    record.satellites = r.u8()
    record.raw.power = r.u8()
    record.raw.flags = r.u8()
    record.altitudeM = r.u16()
    record.cell = { mcc: null, mnc: null, cellId: r.u16(), lac: r.u16() }
    record.gsmSignal = r.u8()
  },
  2: (r, record) => {
    record.raw.status = r.hex(5)
    record.odometerKm = r.u32()
    record.raw.fuel = r.u8()
  },
  3: (r, record) => {
    record.raw.fuel = [r.u8(), r.u8(), r.u8()]
    record.odometerKm = r.u32()
    record.raw.status = r.hex(3)
  },
}

const recordBytes = 27
const headBytes = 9

const shortFrame = (frame: Uint8Array, deviceId: string): Decoded => {
  const kind = frame[6]! >> 4
  const length = frame[7]! * 256 + frame[8]!
  const records: SealRecord[] = []
  for (let at = headBytes; at + recordBytes <= headBytes + length; at += recordBytes) {
    const record = blank('jt600', deviceId)
    const r = reader(frame.subarray(at, at + recordBytes))
    fix(r, record)
    const tail = unitTails[kind]
    if (tail) tail(r, record)
    else record.raw.tail = r.hex(10)
    record.origin = length > recordBytes ? 'replay' : 'live'
    record.serial = frame[frame.length - 1]!
    records.push(record)
  }
  const odd = length % recordBytes
  return { records, replies: [], issues: odd ? [warning('supervision.bytes_skipped', '', { protocol: 'jt600', bytes: odd })] : [] }
}

/** Length of the frame that a `$` begins; null while that cannot be told. */
export const binaryLength = (buffer: Uint8Array): number | null =>
  buffer.length < 10 ? null : buffer[8] === 0 ? 10 + buffer[8]! * 256 + buffer[9]! : 10 + buffer[7]! * 256 + buffer[8]!

export const decodeBinary = (frame: Uint8Array, session: Session): Decoded => {
  const r = reader(frame, 1)
  const deviceId = r.hex(5)
  session.deviceId = deviceId
  return frame[8] === 0 ? longFrame(frame, deviceId) : shortFrame(frame, deviceId)
}
