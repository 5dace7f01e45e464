/** Meitrack (K211G electronic locks among others): `$$<flag><length>,<id>,<command>,…*<sum>\r\n`; CCE carries binary records. */
import { warning } from '#kernel/issue.ts'
import type { AlarmName, SealRecord } from '../schema/record.ts'
import { ascii, hexOf, textOf } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol } from './codec.ts'
import { course, instantOfDigits, latitude, longitude, neverSet, numberOf, percent } from './units.ts'

const longest = 16_384
const dollar = 0x24
const head = /^\$\$.(\d{1,5}),/s

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] !== dollar || (buffer.length > 1 && buffer[1] !== dollar)) {
    const next = buffer.indexOf(dollar, 1)
    return { skip: next < 0 ? buffer.length : next }
  }
  const found = head.exec(textOf(buffer.subarray(0, 16)))
  if (!found) return buffer.length >= 16 ? { skip: 1 } : 'more'
  // The length counts from the comma to the end of line.
  const total = found[0].length - 1 + Number(found[1])
  if (total > longest) return { skip: 2 }
  return buffer.length < total ? 'more' : { frame: buffer.subarray(0, total), used: total }
}

const alarmOf: Readonly<Record<number, AlarmName>> = {
  1: 'SOS',
  17: 'LOW_BATTERY',
  18: 'POWER_LOW',
  19: 'SPEEDING',
  20: 'FENCE_IN',
  21: 'FENCE_OUT',
  23: 'POWER_CUT',
  28: 'GNSS_ANTENNA_CUT',
  36: 'TOW',
  44: 'JAMMED',
  78: 'CRASH',
  79: 'CRASH',
}

const eventInto = (record: SealRecord, event: number | null): void => {
  record.raw.event = event
  const alarm = event === null ? undefined : alarmOf[event]
  if (alarm) record.alarms.push(alarm)
}
const when = (record: SealRecord, at: string | null): void => {
  record.fixTime = at
  record.eventTime = at
  record.clockSuspect = neverSet(at)
}
const placeInto = (record: SealRecord, lat: number, lon: number, fixed: boolean): void => {
  record.lat = latitude(lat)
  record.lon = longitude(lon)
  record.valid = fixed && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
}

const hexNumber = (text: string | undefined): number | null => (text !== undefined && /^[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : null)

/** AAA and AFF: event, place, time, then motion and counters by position. */
const textRecord = (deviceId: string, f: readonly string[]): SealRecord => {
  const record = blank('meitrack', deviceId)
  const [event, lat, lon, time = '', state, satellites, signal, speed, bearing, hdop, altitude, odometer, runtime, cell = '', status, voltages = ''] =
    f
  eventInto(record, numberOf(event))
  placeInto(record, numberOf(lat) ?? NaN, numberOf(lon) ?? NaN, state === 'A')
  when(record, instantOfDigits(time, 'YMD'))
  record.satellites = numberOf(satellites)
  record.gsmSignal = numberOf(signal)
  record.speedKph = numberOf(speed)
  record.courseDeg = course(numberOf(bearing) ?? NaN)
  record.altitudeM = numberOf(altitude)
  const metres = numberOf(odometer)
  record.odometerKm = metres === null ? null : metres / 1000
  const [mcc, mnc, lac, id] = cell.split('|')
  record.cell = { mcc: numberOf(mcc), mnc: numberOf(mnc), lac: hexNumber(lac), cellId: hexNumber(id) }
  Object.assign(record.raw, { hdop: numberOf(hdop), runtimeS: numberOf(runtime), status: status ?? null, voltages: voltages.split('|') })
  return record
}

type Little = { at: number; view: DataView; bytes: Uint8Array }
const u8 = (r: Little): number => r.view.getUint8(r.at++)
const u16 = (r: Little): number => r.view.getUint16((r.at += 2) - 2, true)
const i16 = (r: Little): number => r.view.getInt16((r.at += 2) - 2, true)
const u32 = (r: Little): number => r.view.getUint32((r.at += 4) - 4, true)
const i32 = (r: Little): number => r.view.getInt32((r.at += 4) - 4, true)
const little = (bytes: Uint8Array): Little => ({ at: 0, bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) })
/** 0xFE begins an id of two bytes. */
const idOf = (r: Little): number => {
  const id = u8(r)
  return id === 0xfe ? 0xfe00 + u8(r) : id
}

const battery = 0xfe69
const epochOf2000 = Date.UTC(2000, 0, 1)
const keep = (record: SealRecord, id: number, value: unknown): void => {
  record.raw[`p${id.toString(16)}`] = value
}

const byteParameter = (record: SealRecord, id: number, value: number): void => {
  if (id === 0x01) eventInto(record, value)
  else if (id === 0x05) record.valid = value === 1
  else if (id === 0x06) record.satellites = value
  else if (id === 0x07) record.gsmSignal = value
  else if (id === battery) record.batteryPct = percent(value)
  else keep(record, id, value)
}

const wordParameter = (record: SealRecord, id: number, r: Little): void => {
  if (id === 0x0b) record.altitudeM = i16(r)
  else if (id === 0x08) record.speedKph = u16(r)
  else if (id === 0x09) record.courseDeg = course(u16(r))
  else if (id === 0x19) record.batteryV = u16(r) / 100
  else keep(record, id, u16(r))
}

const wideParameter = (record: SealRecord, id: number, r: Little): void => {
  if (id === 0x02) record.lat = latitude(i32(r) / 1e6)
  else if (id === 0x03) record.lon = longitude(i32(r) / 1e6)
  else if (id === 0x04) when(record, new Date(epochOf2000 + u32(r) * 1000).toISOString())
  else if (id === 0x0c) record.odometerKm = u32(r) / 1000
  else keep(record, id, u32(r))
}

const binaryRecord = (bytes: Uint8Array, deviceId: string): SealRecord => {
  const record = blank('meitrack', deviceId)
  const r = little(bytes)
  r.at += 2
  for (let n = u8(r); n > 0; n--) byteParameter(record, idOf(r), u8(r))
  for (let n = u8(r); n > 0; n--) wordParameter(record, idOf(r), r)
  for (let n = u8(r); n > 0; n--) wideParameter(record, idOf(r), r)
  for (let n = r.at < bytes.length ? u8(r) : 0; n > 0 && r.at < bytes.length; n--) {
    const id = idOf(r)
    const length = u8(r)
    keep(record, id, hexOf(bytes.subarray(r.at, r.at + length)))
    r.at += length
  }
  record.valid = record.valid && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
  return record
}

const binaryRecords = (bytes: Uint8Array, deviceId: string): SealRecord[] => {
  const r = little(bytes)
  const cached = u32(r)
  const count = u16(r)
  const records: SealRecord[] = []
  for (let n = 0; n < count; n++) {
    const length = u16(r)
    if (r.at + length > bytes.length) throw new RangeError('a record is longer than its frame')
    const record = binaryRecord(bytes.subarray(r.at, r.at + length), deviceId)
    if (cached > 0) record.raw.cached = cached
    records.push(record)
    r.at += length
  }
  return records
}

/** `@@` messages: the sum counts every byte up to and with the star. */
const message = (flag: string, deviceId: string, body: string): Uint8Array => {
  const content = `,${deviceId},${body}*`
  const text = `@@${flag}${content.length + 4}${content}`
  const sum = [...ascii(text)].reduce((total, b) => (total + b) & 0xff, 0)
  return ascii(`${text}${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`)
}

/** Where the text of the head ends: after the third comma. */
const headEnd = (frame: Uint8Array): number => {
  let at = -1
  for (let commas = 0; commas < 3; commas++) if ((at = frame.indexOf(0x2c, at + 1)) < 0) return -1
  return at + 1
}

const decode: Protocol['decode'] = (frame, session): Decoded => {
  const end = headEnd(frame)
  const [first = '', deviceId = '', command = ''] = textOf(end < 0 ? frame : frame.subarray(0, end)).split(',')
  if (!/^\d{8,20}$/.test(deviceId)) return nothing(warning('supervision.message_unknown', '', { protocol: 'meitrack', type: command.slice(0, 12) }))
  session.deviceId = deviceId
  const flag = first[2] ?? ''
  if (command.startsWith('CCE') && end > 0)
    return { records: binaryRecords(frame.subarray(end, frame.length - 5), deviceId), replies: [], issues: [] }
  const fields = textOf(frame)
    .replace(/\*[0-9A-F]{2}\s*$/i, '')
    .split(',')
    .slice(3)
  if (command === 'AAA' || command === 'AFF') {
    const record = textRecord(deviceId, command === 'AFF' ? fields.slice(1) : fields)
    return { records: [record], replies: [], issues: [] }
  }
  const said: SealRecord = {
    ...blank('meitrack', deviceId),
    kind: 'reply',
    raw: { command: command.split('*')[0], fields: command === 'D00' ? fields.slice(0, 3) : fields },
  }
  if (command.startsWith('D03')) return { records: [said], replies: [message('O', deviceId, 'D00,camera_picture.jpg,0')], issues: [] }
  if (command.startsWith('AAC')) return { records: [said], replies: [message(flag, deviceId, 'AAC,1')], issues: [] }
  return { records: [said], replies: [], issues: [] }
}

export const meitrack: Protocol = { name: 'meitrack', title: 'Meitrack', transports: ['tcp', 'udp'], longest, cut, decode }
