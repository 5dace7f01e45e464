/** Topin and 365GPS: frames like GT06's without serial and checksum, `7878|length|number|body|0D0A`; the length is not to be trusted. */
import { warning } from '#kernel/issue.ts'
import type { AlarmName, SealRecord } from '../schema/record.ts'
import { concat, hexOf, reader, u16 } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol, type Session } from './codec.ts'
import { dateOf, placeOf, timeInto } from './gt06/gps.ts'
import { placeInto } from './lines.ts'
import { instantOfDigits, percent } from './units.ts'

const longest = 1024
const mark = 0x78

/** Fixed sizes of bodies that may hold a line end by chance. */
const bodySize: Readonly<Record<number, number>> = { 0x01: 8, 0x10: 18, 0x11: 18 }

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] !== mark || (buffer.length > 1 && buffer[1] !== mark)) {
    const next = buffer.indexOf(mark, 1)
    return { skip: next < 0 ? buffer.length : next }
  }
  for (let i = 4 + (bodySize[buffer[3] ?? 0] ?? 0); i + 1 < Math.min(buffer.length, longest); i++)
    if (buffer[i] === 0x0d && buffer[i + 1] === 0x0a) return { frame: buffer.subarray(0, i + 2), used: i + 2 }
  return buffer.length >= longest ? { skip: 2 } : 'more'
}

const alarms: Readonly<Record<number, AlarmName>> = { 0x94: 'VIBRATION', 0x99: 'SOS' }

/** 08 with a body: degrees as a byte and millionths in three, twice; then speed, half the course, satellites. */
const wholeDegrees = (record: SealRecord, body: Uint8Array): void => {
  const r = reader(body)
  timeInto(record, dateOf(r, 0))
  placeInto(record, r.u8() + r.u24() / 1e6, r.u8() + r.u24() / 1e6, true)
  r.skip(8)
  record.speedKph = r.u8()
  record.courseDeg = (r.u8() * 2) % 360
  record.satellites = r.u8()
}

const recordOf = (number: number, body: Uint8Array, session: Session): SealRecord => {
  const record: SealRecord = { ...blank('topin', session.deviceId), kind: 'status', raw: { type: number.toString(16).padStart(2, '0') } }
  if (number === 0x01) record.kind = 'login'
  else if (number === 0x08 && body.length < 20) record.kind = 'heartbeat'
  else if (number === 0x08) {
    record.kind = 'position'
    wholeDegrees(record, body)
  } else if (number === 0x10 || number === 0x11) {
    record.kind = 'position'
    const r = reader(body)
    timeInto(record, dateOf(r, 0))
    placeOf(r, record)
  } else if (number === 0x13 && body.length >= 2) {
    record.batteryPct = percent(body[0]!)
    record.raw.firmware = body[1]
  } else if (alarms[number]) record.alarms.push(alarms[number])
  else {
    // wireless networks and cells: a time by digits and no place
    record.eventTime = instantOfDigits(hexOf(body.subarray(0, 6)), 'YMD')
    record.raw.data = hexOf(body)
  }
  return record
}

const frameOf = (length: number, number: number, body: Uint8Array | number[]): Uint8Array => concat([mark, mark, length, number], body, [0x0d, 0x0a])

const timeAnswer = (now: string): Uint8Array => {
  const t = new Date(now)
  return frameOf(7, 0x30, [...u16(t.getUTCFullYear()), t.getUTCMonth() + 1, t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds()])
}

const withTime = new Set([0x10, 0x11, 0x17, 0x18, 0x69])

const decode: Protocol['decode'] = (frame, session, now): Decoded => {
  if (frame.length < 6) return nothing(warning('supervision.message_unknown', '', { protocol: 'topin', type: hexOf(frame) }))
  const [length, number] = [frame[2]!, frame[3]!]
  const body = frame.subarray(4, frame.length - 2)
  if (number === 0x01) session.deviceId = hexOf(body.subarray(0, 8)).replace(/^0/, '')
  const record = recordOf(number, body, session)
  if (number === 0x01) return { records: [record], replies: [frameOf(length, 1, [1]), timeAnswer(now)], issues: [] }
  if (number === 0x13) return { records: [record], replies: [frame.slice()], issues: [] }
  return { records: [record], replies: withTime.has(number) ? [frameOf(length, number, body.subarray(0, 6))] : [], issues: [] }
}

export const topin: Protocol = { name: 'topin', title: 'Topin and 365GPS', transports: ['tcp'], longest, cut, decode }
