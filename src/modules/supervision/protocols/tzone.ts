/**
 * TZONE asset units: `TZ|length u16|2424|hardware u16|firmware u32|IMEI|time|GPS block|LBS block|state block|…|index|CRC|0D0A`. The GPS
 * block has two layouts by hardware: TZ-AVL units give minutes by ten thousands, newer cargo units degrees by millionths.
 */
import { error } from '#kernel/issue.ts'
import type { SealRecord } from '../schema/record.ts'
import { hexOf, reader, type Reader } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol } from './codec.ts'
import { dateOf } from './gt06/gps.ts'
import { placeInto, timeInto } from './lines.ts'
import { kphOfKnots } from './units.ts'

const longest = 4096
/** what the length does not count: mark, itself, end of line */
const around = 6

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] !== 0x54 || (buffer.length > 1 && buffer[1] !== 0x5a)) {
    const next = buffer.indexOf(0x54, 1)
    return { skip: next < 0 ? buffer.length : next }
  }
  if (buffer.length < 4) return 'more'
  const total = around + buffer[2]! * 256 + buffer[3]!
  if (total > longest) return { skip: 2 }
  return buffer.length < total ? 'more' : { frame: buffer.subarray(0, total), used: total }
}

const cargoUnits = new Set([0x0407, 0x0406, 0x040a, 0x0410])
/** Its flags are not documented: where it is, and whether it knows, stays raw. */
const undocumented = 0x0413
const degree = 6_000_000
/** An older unit tells minutes with a digit less. */
const degreeOf: Readonly<Record<number, number>> = { 0x010b: 600_000 }

/** Satellites, latitude, longitude, time, speed by hundredths of a knot, odometer km, flags with the course. */
const vehiclePlace = (r: Reader, record: SealRecord, unit: number): void => {
  record.satellites = r.u8()
  const lat = r.u32() / unit
  const lon = r.u32() / unit
  timeInto(record, dateOf(r, 0))
  record.speedKph = kphOfKnots(r.u16() / 100)
  record.odometerKm = r.u24()
  const flags = r.u16()
  record.courseDeg = (flags & 0x01ff) % 360
  placeInto(record, flags & 0x0400 ? lat : -lat, flags & 0x0800 ? lon : -lon, record.satellites > 0)
}

/** Satellites, time, latitude, longitude, course, speed by tenths of a knot. */
const cargoPlace = (r: Reader, record: SealRecord): void => {
  record.satellites = r.u8()
  timeInto(record, dateOf(r, 0))
  placeInto(record, r.i32() / 1e6, r.i32() / 1e6, record.satellites > 0)
  record.courseDeg = r.u16() % 360
  record.speedKph = kphOfKnots(r.u16() / 10)
}

/** Alarm code, terminal information, then level and voltages by kind of unit: only the code is told alike. */
const sosAlarms = new Set([0xaa04, 0xaa01])

const decode: Protocol['decode'] = (frame, session): Decoded => {
  const r = reader(frame, 6)
  const hardware = r.u16()
  const firmware = r.u32()
  const imei = r.hex(8).replace(/^0/, '')
  if (!/^\d{15,16}$/.test(imei)) return nothing(error('supervision.frame_broken', '', { protocol: 'tzone', bytes: frame.length }))
  session.deviceId = imei
  const record: SealRecord = { ...blank('tzone', imei), kind: 'status', raw: { hardware, firmware } }
  record.eventTime = dateOf(r, 0)
  const gps = reader(r.bytes(r.u16()))
  if (gps.left() >= 18) {
    record.kind = 'position'
    if (cargoUnits.has(hardware)) cargoPlace(gps, record)
    else if (hardware === undocumented) record.raw.gps = hexOf(gps.bytes(gps.left()))
    else vehiclePlace(gps, record, degreeOf[hardware] ?? degree)
  }
  if (r.left() >= 2) {
    const cells = r.u16()
    record.raw.cells = hexOf(r.bytes(Math.min(cells, r.left())))
  }
  record.raw.rest = hexOf(r.bytes(r.left()))
  const alarm = Number.parseInt(String(record.raw.rest).slice(4, 8), 16)
  if (sosAlarms.has(alarm)) record.alarms.push('SOS')
  return { records: [record], replies: [], issues: [] }
}

export const tzone: Protocol = { name: 'tzone', title: 'TZONE asset units', transports: ['tcp'], longest, cut, decode }
