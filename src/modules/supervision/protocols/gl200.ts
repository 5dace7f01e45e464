/**
 * Queclink @Track (GL, GV, GMT, CV units): comma-separated text `+RESP:GTxxx,version,id,name,…,sent,count$`. Message types differ in what
 * stands before and after a position, but a position itself is always the same seven fields, and is found by their form.
 */
import { warning } from '#kernel/issue.ts'
import type { AlarmName, SealRecord } from '../schema/record.ts'
import { ascii, textOf } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol } from './codec.ts'
import { course, instantOfDigits, latitude, longitude, neverSet, numberOf } from './units.ts'

const longest = 8192
const plus = 0x2b
const ends = new Set([0x24, 0x00])

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] !== plus) {
    const next = buffer.indexOf(plus)
    return { skip: next < 0 ? buffer.length : next }
  }
  const limit = Math.min(buffer.length, longest)
  for (let i = 1; i < limit; i++) if (ends.has(buffer[i]!)) return { frame: buffer.subarray(0, i), used: i + 1 }
  return buffer.length >= longest ? { skip: 1 } : 'more'
}

/** Accuracy, speed km/h, course, altitude m, longitude, latitude, time; then as a rule MCC, MNC, LAC, cell in hexadecimal. */
const place =
  /(?<=,)(\d{0,3}(?:\.\d)?),(\d{1,3}\.\d)?,(\d{1,3})?,(-?\d{1,5}\.\d)?,(-?\d{1,3}\.\d{5,6}),(-?\d{1,2}\.\d{5,6}),(\d{14})(?:,0?(\d{3}),0?(\d{2,3}),([0-9A-F]{1,4}),([0-9A-F]{1,8}))?/gi

const instant = (text: string | undefined): string | null =>
  text !== undefined && /^20\d{12}$/.test(text) ? instantOfDigits(text.slice(2), 'YMD') : null

const alarmOf: Readonly<Record<string, AlarmName>> = {
  SOS: 'SOS',
  SPD: 'SPEEDING',
  TOW: 'TOW',
  DIS: 'FAULT',
  JDR: 'JAMMED',
  JDS: 'JAMMED',
  MPF: 'POWER_CUT',
  BPL: 'LOW_BATTERY',
  TMP: 'TEMPERATURE',
  LSW: 'SEAL_TAMPERED',
  TSW: 'SEAL_TAMPERED',
}

const hex = (text: string | undefined): number | null => (text === undefined ? null : Number.parseInt(text, 16))

const positionOf = (found: RegExpMatchArray, base: SealRecord, type: string): SealRecord => {
  const record: SealRecord = { ...base, kind: 'position', alarms: [...base.alarms], raw: { ...base.raw } }
  const [, accuracy, speed, bearing, altitude, lon, lat, time, mcc, mnc, lac, cell] = found
  record.fixTime = instant(time)
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
  record.lat = latitude(Number(lat))
  record.lon = longitude(Number(lon))
  // Zero is "no horizontal accuracy given"; only bus data says with it that there was no fix.
  record.valid = record.lat !== null && record.lon !== null && !(type === 'CAN' && accuracy === '0')
  record.fixSource = record.valid ? 'gnss' : 'none'
  record.speedKph = numberOf(speed)
  record.courseDeg = course(numberOf(bearing) ?? NaN)
  record.altitudeM = numberOf(altitude)
  if (mcc !== undefined) record.cell = { mcc: Number(mcc), mnc: Number(mnc), lac: hex(lac), cellId: hex(cell) }
  record.raw.accuracy = numberOf(accuracy)
  return record
}

/** INF carries state of the unit: signal, battery voltage and level at fixed places. */
const information = (f: readonly string[], record: SealRecord): void => {
  record.gsmSignal = numberOf(f[6])
  const volts = f.find((x) => /^[34]\.\d{1,2}$/.test(x))
  record.batteryV = numberOf(volts)
}

const idOf = ([, first = '', second = '']: readonly string[]): string | null =>
  /^\d{15}$/.test(first) ? first : /^[0-9A-F]{10,20}$/i.test(second) ? second : null

const decode: Protocol['decode'] = (frame, session): Decoded => {
  const text = textOf(frame).replace(/\$$/, '')
  const head = /^\+(RESP|BUFF|ACK|EVT|INF|SACK):GT([A-Z0-9]{3}),/.exec(text)
  if (!head) return nothing(warning('supervision.message_unknown', '', { protocol: 'gl200', type: text.slice(0, 12).replace(/[^\x20-\x7e]/g, '.') }))
  const [, source, type = ''] = head
  const f = text.split(',')
  const deviceId = idOf(f) ?? session.deviceId
  session.deviceId = deviceId
  const base: SealRecord = {
    ...blank('gl200', deviceId),
    kind: 'status',
    origin: source === 'BUFF' ? 'replay' : 'live',
    raw: { source, type, version: f[1] ?? null },
  }
  const count = f.at(-1)
  base.serial = hex(/^[0-9A-F]{4}$/i.test(count ?? '') ? count : undefined)
  base.eventTime = instant(f.at(-2))
  if (source === 'ACK' && type === 'HBD') {
    return { records: [{ ...base, kind: 'heartbeat' }], replies: [ascii(`+SACK:GTHBD,${f[1] ?? ''},${count ?? ''}$`)], issues: [] }
  }
  const alarm = alarmOf[type]
  if (alarm) base.alarms.push(alarm)
  const found = [...text.matchAll(place)].map((m) => positionOf(m, base, type))
  if (found.length > 0) return { records: found, replies: [], issues: [] }
  if (type === 'INF') information(f, base)
  base.raw.fields = f.slice(3)
  return { records: [{ ...base, kind: source === 'ACK' ? 'reply' : 'status' }], replies: [], issues: [] }
}

export const gl200: Protocol = { name: 'gl200', title: 'Queclink @Track', transports: ['tcp', 'udp'], longest, cut, decode }
