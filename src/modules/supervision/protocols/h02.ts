/** H02 and its relatives: text `*XX,id,type,…#` and binary `$` frames of BCD digits. Angles in degrees and minutes, speed in knots. */
import { warning } from '#kernel/issue.ts'
import type { AlarmName, SealRecord } from '../schema/record.ts'
import { ascii, reader, textOf } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol } from './codec.ts'
import { course, degreesOfDigits, instantOfDigits, kphOfKnots, latitude, longitude, neverSet, numberOf } from './units.ts'

const longest = 4096
const star = 0x2a
const dollar = 0x24
const hash = 0x23
const shortest = 32
const binaryLengths = [shortest, 45, 42]

const isStart = (b: number | undefined): boolean => b === undefined || b === star || b === dollar || b === 0x0d || b === 0x0a

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] === star) {
    const end = buffer.subarray(0, longest).indexOf(hash)
    return end < 0 ? (buffer.length >= longest ? { skip: 1 } : 'more') : { frame: buffer.subarray(0, end + 1), used: end + 1 }
  }
  if (buffer[0] === dollar) {
    if (buffer.length < shortest) return 'more'
    // No length and no end: a frame ends where the next one begins.
    const length = binaryLengths.find((n) => buffer.length === n || (buffer.length > n && isStart(buffer[n]))) ?? Math.min(buffer.length, 64)
    return { frame: buffer.subarray(0, length), used: length }
  }
  const next = buffer.findIndex((b) => b === star || b === dollar)
  return { skip: next < 0 ? buffer.length : next }
}

/** Alarms are bits that are zero. */
const alarmBits: readonly (readonly [number, AlarmName])[] = [
  [0, 'VIBRATION'],
  [1, 'SOS'],
  [2, 'SPEEDING'],
  [18, 'SOS'],
  [19, 'POWER_CUT'],
]
const alarmsInto = (record: SealRecord, word: number): void => {
  record.raw.statusHex = (word >>> 0).toString(16).padStart(8, '0')
  record.alarms = [...new Set(alarmBits.filter(([n]) => ((word >>> n) & 1) === 0).map(([, name]) => name))]
}

/** `2232.9961`, `37573392` (no point), `-23-29.0095` (degrees and minutes apart). */
const angle = (text: string, degreeDigits: 2 | 3): number => {
  const apart = /^-?(\d{1,3})-(\d{1,2}\.\d+)$/.exec(text)
  if (apart) return Number(apart[1]) + Number(apart[2]) / 60
  if (/^\d{7,10}$/.test(text)) return degreesOfDigits(text, degreeDigits)
  const found = /^-?(\d{0,3}?)(\d{1,2}\.\d+)$/.exec(text)
  return found ? Number(found[1] || 0) + Number(found[2]) / 60 : NaN
}

const instant = (time: string, date: string): string | null => instantOfDigits(date + time, 'DMY')

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

/** Time, A or V, latitude, N or S, longitude, E or W, speed, course, sometimes satellites, date. VP1 has no time. */
const place = /(?:,(\d{6})?,([AVB0]?)|,([AV])),(-?[\d.-]+),([NS]),(-?[\d.-]+),([EW]),\s*([\d.]+),([\d.]*)(?:,(\d{1,2}))?,(\d{6})?(?=[,#])/

/** Noon of the day stands for nothing: VP1 tells the date only, and upstream servers take its beginning. */
const beginning = '000000'

const positionOf = (found: RegExpExecArray, record: SealRecord, type: string): void => {
  const [, time, state, stateAlone, lat = '', ns, lon = '', ew, speed, bearing, satellites, date] = found
  if (date !== undefined) when(record, instant(time ?? (type === 'VP1' ? beginning : ''), date))
  const fixed = (state ?? stateAlone) === 'A' || state === '0'
  placeInto(record, angle(lat, 2) * (ns === 'S' ? -1 : 1), angle(lon, 3) * (ew === 'W' ? -1 : 1), fixed)
  record.speedKph = kphOfKnots(numberOf(speed) ?? 0)
  record.courseDeg = course(numberOf(bearing) ?? NaN)
  record.satellites = numberOf(satellites)
}

const clock = (now: string): string => now.replace(/\D/g, '').slice(0, 14)
const acknowledged = new Set(['V1', 'NBR'])
/** Neighbouring cells and texts: a record without a place. */
const placeless = new Set(['NBR', 'V3', 'VP1', 'SMS', 'LINK', 'V0', 'UPGRADE'])

const text = (frame: Uint8Array, now: string): Decoded => {
  const said = textOf(frame)
  const [maker = '', id = '', type = ''] = said.slice(1, -1).split(',')
  const deviceId = /^\w{1,20}$/.test(id) ? id : null
  const record: SealRecord = { ...blank('h02', deviceId), kind: 'status', raw: { maker, type } }
  if (type === 'HTBT') return { records: [{ ...record, kind: 'heartbeat' }], replies: [ascii(`*${maker},${id},HTBT#`)], issues: [] }
  const found = place.exec(said)
  const status = /,([0-9A-F]{8})(?=[,#])/i.exec(found ? said.slice(found.index) : said)
  if (status) alarmsInto(record, Number.parseInt(status[1]!, 16))
  const reply = acknowledged.has(type) && deviceId ? [ascii(`*${maker},${id},V4,${type},${clock(now)}#`)] : []
  if (found) {
    record.kind = 'position'
    positionOf(found, record, type)
    if (record.lat !== null && record.lon !== null) return { records: [record], replies: reply, issues: [] }
  }
  if (!placeless.has(type)) return { records: [{ ...record, kind: 'heartbeat', raw: { ...record.raw, text: said } }], replies: [], issues: [] }
  const time = said.split(',').find((x) => /^\d{6}$/.test(x))
  const date = said.split(',').findLast((x) => /^\d{6}$/.test(x))
  record.eventTime = time && date ? instant(time, date) : null
  record.raw.text = said
  return { records: [record], replies: reply, issues: [] }
}

const levels = 6

/** Id of five bytes, or of eight where the digits that follow are a date only then. */
const idLength = (frame: Uint8Array): number => {
  const at = (n: number): string | null => {
    const r = reader(frame, 1 + n)
    const time = r.hex(3)
    return instant(time, r.hex(3))
  }
  return at(5) === null && frame.length >= 35 && at(8) !== null ? 8 : 5
}

const binary = (frame: Uint8Array): Decoded => {
  const size = idLength(frame)
  const r = reader(frame, 1)
  const record = blank('h02', size === 8 ? r.hex(8).slice(0, 15) : r.hex(5))
  const time = r.hex(3)
  when(record, instant(time, r.hex(3)))
  const lat = degreesOfDigits(r.hex(4), 2)
  const battery = r.u8()
  const rest = r.hex(5)
  const flags = Number.parseInt(rest.slice(9), 16)
  const lon = degreesOfDigits(rest.slice(0, 9), 3)
  placeInto(record, flags & 4 ? lat : -lat, flags & 8 ? lon : -lon, (flags & 2) !== 0)
  const motion = r.hex(3)
  record.speedKph = kphOfKnots(numberOf(motion.slice(0, 3)) ?? 0)
  record.courseDeg = course(numberOf(motion.slice(3)) ?? NaN)
  alarmsInto(record, r.u32())
  record.batteryPct = battery <= levels ? Math.floor((battery * 100) / levels) : battery <= 100 ? battery : null
  return { records: [record], replies: [], issues: [] }
}

const decode: Protocol['decode'] = (frame, session, now) => {
  if (frame[0] !== star && frame[0] !== dollar) return nothing(warning('supervision.message_unknown', '', { protocol: 'h02', type: '' }))
  const found = frame[0] === star ? text(frame, now) : binary(frame)
  for (const record of found.records) session.deviceId = record.deviceId = record.deviceId ?? session.deviceId
  return found
}

export const h02: Protocol = { name: 'h02', title: 'H02 and relatives', transports: ['tcp', 'udp'], longest, cut, decode }
