/** GT06: the protocol of Concox, Jimi and related truck units and lock trackers. Layouts go by protocol number, some by model. */
import { error, type Issue, warning } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import type { SealRecord } from '../../schema/record.ts'
import { ascii, concat, hexOf, reader, type Reader, textOf, u16, u32 } from '../bytes.ts'
import { blank, type Decoded, type Protocol, type Session } from '../codec.ts'
import { instantOfDigits, latitude, longitude } from '../units.ts'
import { build, cut, type Frame, frameOf, longest } from './frame.ts'
import { cellOf, dateOf, modulePlace, placeOf, timeInto } from './gps.ts'
import { alarmInto, statusInto } from './status.ts'

type Reading = { f: Frame; session: Session; zone: number }
const record = ({ session, f }: Reading, kind: SealRecord['kind'] = 'position'): SealRecord => ({
  ...blank('gt06', session.deviceId),
  kind,
  serial: f.serial,
  raw: { type: f.protocol.toString(16).padStart(2, '0') },
})
const unread = (reading: Reading, kind: SealRecord['kind'] = 'status'): SealRecord => {
  const said = record(reading, kind)
  said.raw.data = hexOf(reading.f.body)
  return said
}

/** Answered by nobody: answers to our own commands, picture data, informational messages. */
const silent = new Set([0x19, 0x21, 0x34, 0x38, 0x80, 0x81, 0x82, 0x84, 0x8c, 0x94, 0x9b, 0xf3, 0xfd])
const withStatus = new Set([0x16, 0x26, 0x27])
/** Positions whose block begins the body. */
const positions = new Set([0x10, 0x11, 0x12, 0x16, 0x17, 0x1a, 0x1e, 0x22, 0x26, 0x27, 0x2d, 0x31, 0x32, 0x37, 0x38, 0xa0])
/** Neighbouring cells and wireless networks: a time and no place. */
const cellsOnly = new Set([0x18, 0x24, 0x28, 0x2c, 0x2e, 0x8c, 0xa1, 0xa2, 0xf3])

const smallestPlace = 18
/** Several numbers stand for two messages: the byte after the time tells them apart, a position begins with its own length (12 and more). */
const looksLikePosition = (body: Uint8Array): boolean => {
  if (body.length < smallestPlace || body[6]! >> 4 < 0x0c) return false
  const r = reader(body, 7)
  return r.u32() <= 90 * 1_800_000 && r.u32() <= 180 * 1_800_000
}

const statusBytes = 5
const cellBytes = 8

/**
 * A cell behind a byte of length, which counts itself with some makers and not with others; cell ids have three bytes or four. What
 * leaves the five bytes of status is right.
 */
const cellWithLength = (r: Reader, found: SealRecord, length: number): boolean => {
  if (length < cellBytes) return false
  const size = [length, cellBytes, cellBytes + 1, cellBytes + 2].find((n) => r.left() - n === statusBytes) ?? cellBytes
  if (r.left() < size) return false
  cellOf(reader(r.bytes(size)), found)
  return true
}

const afterPlace = (r: Reader, found: SealRecord, protocol: number): void => {
  if (withStatus.has(protocol)) {
    const length = r.left() > 0 ? r.u8() : 0
    if (!cellWithLength(r, found, length) || r.left() < 4) return
    statusInto(r, found)
    alarmInto(found, r.u8())
    if (found.alarms.length > 0) found.origin = 'alarm'
  } else if ((protocol === 0x12 || protocol === 0x22) && r.left() >= 8) {
    cellOf(r, found)
    if (protocol === 0x22 && r.left() >= 3) {
      found.raw.ignition = r.u8() === 1
      found.raw.uploadMode = r.u8()
      if (r.u8() === 1) found.origin = 'replay'
    }
  }
}

/** Reads a position block at `at`; what follows it is read where its layout is known. */
const positionAt = (reading: Reading, at: number): SealRecord => {
  const found = record(reading)
  const r = reader(reading.f.rest, at)
  timeInto(found, dateOf(r, reading.zone))
  placeOf(r, found)
  afterPlace(reader(reading.f.body, Math.min(r.at, reading.f.body.length)), found, reading.f.protocol)
  return found
}

/** A time without a place: the fix's time stays unknown. */
const timed = (reading: Reading, at = 0): SealRecord => {
  const found = unread(reading)
  const r = reader(reading.f.body, at)
  if (r.left() >= 6) found.eventTime = dateOf(r, reading.zone)
  return found
}

const login = (reading: Reading): SealRecord[] => {
  const { f, session } = reading
  const r = reader(f.rest)
  session.deviceId = r.hex(8).replace(/^0/, '')
  session.zoneMinutes = 0
  const said = record(reading, 'login')
  if (f.body.length >= 12) {
    said.raw.model = r.u16().toString(16)
    const zone = r.u16()
    const hours = zone >> 4
    session.zoneMinutes = (Math.floor(hours / 100) * 60 + (hours % 100)) * (zone & 8 ? -1 : 1)
  }
  return [said]
}

/** 95: an alarm of a camera unit, with a place in the newer form and in the longer old one. */
const cameraAlarm = (reading: Reading): SealRecord => {
  const { body } = reading.f
  const newer = body[0] === 0xff && body[1] === 0xff
  const r = reader(body, newer ? 3 : 0)
  const time = dateOf(r, reading.zone)
  if (!newer && r.left() < 10) {
    const short = unread(reading)
    short.eventTime = time
    return short
  }
  const found = record(reading)
  found.origin = 'alarm'
  timeInto(found, time)
  placeOf(r, found, { satellites: newer, speed: false })
  if (newer) found.speedKph = r.u16()
  else found.raw.event = r.u8()
  found.raw.rest = hexOf(r.bytes(r.left()))
  return found
}

/** 70: modules of a type, a length and data; 0x33 is a position. */
const modules = (reading: Reading): SealRecord => {
  const found = record(reading, 'status')
  const r = reader(reading.f.body)
  while (r.left() >= 4) {
    const type = r.u16()
    const data = r.bytes(r.u16())
    if (type === 0x33 && data.length >= smallestPlace) {
      found.kind = 'position'
      modulePlace(reader(data), found)
    } else if (type === 0x18 && data.length === 2) found.batteryV = reader(data).u16() / 100
    else found.raw[`module${type.toString(16)}`] = hexOf(data)
  }
  return found
}

const wherePattern = /Lat:([NS])([\d.]+),Lon:([EW])([\d.]+),Course:([\d.]+),Speed:([\d.]+),DateTime:(\d{4}-\d\d-\d\d) +(\d\d:\d\d:\d\d)/

/** 15, 21: text that answers a command; "where" is answered by a position in words. */
const answer = (reading: Reading): SealRecord => {
  const said = record(reading, 'reply')
  const text = textOf(reading.f.body).replace(/[^\x20-\x7e]/g, '')
  said.raw.text = text
  const where = wherePattern.exec(text)
  if (!where) return said
  const [, ns, lat, ew, lon, bearing, speed, date, time] = where
  said.kind = 'position'
  said.lat = latitude(Number(lat) * (ns === 'S' ? -1 : 1))
  said.lon = longitude(Number(lon) * (ew === 'W' ? -1 : 1))
  said.courseDeg = Number(bearing) % 360
  said.speedKph = Number(speed)
  const at = Date.parse(`${date}T${time}Z`)
  timeInto(said, Number.isNaN(at) ? null : new Date(at).toISOString())
  said.valid = said.lat !== null && said.lon !== null && said.fixTime !== null
  said.fixSource = said.valid ? 'gnss' : 'none'
  return said
}

/** 32 and 33 in long frames: a length before the place, which is zero when there is none. */
const withLength = (reading: Reading): SealRecord => {
  const r = reader(reading.f.body)
  const time = dateOf(r, reading.zone)
  const found = record(reading)
  if (r.u8() === 0) {
    found.kind = 'status'
    found.eventTime = time
    return found
  }
  timeInto(found, time)
  placeOf(r, found)
  return found
}

/** NT20 and XT40 put flags, their IMEI and the time of sending before the position. */
const imeiFirst = (reading: Reading): boolean => {
  const { body, protocol } = reading.f
  return (protocol === 0x22 || protocol === 0x25) && body.length >= 40 && body[0] === 1 && body[1]! < 0x10
}

const heartbeat = (reading: Reading): SealRecord => {
  const { body } = reading.f
  if (body.length < 5 || body.length > 7 || reader(body, 1).u8() > 6) return unread(reading, 'status')
  const found = record(reading, 'status')
  const r = reader(body)
  statusInto(r, found)
  if (r.left() > 0) alarmInto(found, r.u8())
  return found
}

const wireless = ({ f }: Reading): boolean => f.protocol === 0x69 || (f.protocol === 0x17 && !f.lengthOk)

const recordsOf = (reading: Reading): SealRecord[] => {
  const { f, session } = reading
  const { protocol, body } = f
  if (protocol === 0x01) return login(reading)
  if (protocol === 0x08 || protocol === 0x23 || protocol === 0x1f) return [record(reading, 'heartbeat')]
  if (protocol === 0x13) return [heartbeat(reading)]
  if (wireless(reading)) {
    const found = unread(reading)
    found.eventTime = instantOfDigits(hexOf(body.subarray(0, 6)), 'YMD')
    return [found]
  }
  if (f.extended && (protocol === 0x32 || protocol === 0x33)) return [withLength(reading)]
  if (imeiFirst(reading)) return [positionAt(reading, 15)]
  if (protocol === 0x61) return [positionAt(reading, 8)]
  if (protocol === 0x34) return [positionAt(reading, 4)]
  if (protocol === 0x95) return [cameraAlarm(reading)]
  if (protocol === 0x70) return [modules(reading)]
  if (protocol === 0x15 || protocol === 0x21) return [answer(reading)]
  if (positions.has(protocol)) return f.rest.length >= smallestPlace ? [positionAt(reading, 0)] : [unread(reading)]
  if (protocol === 0x36 && (session.model?.startsWith('VL') || body.length >= 40)) return [positionAt(reading, 0)]
  if ((protocol === 0xa3 || protocol === 0xa4) && body.length >= 30) return [positionAt(reading, 0)]
  if (cellsOnly.has(protocol)) return [looksLikePosition(body) ? positionAt(reading, 0) : timed(reading)]
  return [unread(reading, silent.has(protocol) ? 'reply' : 'status')]
}

/** Requests for an address and for the time, and the first part of a picture, have answers of their own. */
const specialReply = ({ f }: Reading, now: string): Uint8Array[] | null => {
  if (f.protocol === 0x2a) return [build(0x97, concat([11], u32(0), ascii('NA&&NA&&0##')), 0, true)]
  if (f.protocol === 0x8a) {
    const t = new Date(now)
    return [build(0x8a, [t.getUTCFullYear() - 2000, t.getUTCMonth() + 1, t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds()], 0)]
  }
  if (f.protocol === 0x35 && f.body.length >= 4) return [build(0x36, concat(f.body.subarray(f.body.length - 4), u32(0), u16(1024)), 0)]
  return null
}

const repliesTo = (reading: Reading, now: string): Uint8Array[] => {
  const { f } = reading
  const special = specialReply(reading, now)
  if (special) return special
  if (wireless(reading)) return [concat([0x78, 0x78, 0, f.protocol], f.body.subarray(0, 6), [0x0d, 0x0a])]
  if (silent.has(f.protocol) || (f.protocol === 0x24 && looksLikePosition(f.body))) return []
  return [build(f.protocol, [], f.serial, f.extended && (f.protocol === 0x32 || f.protocol === 0x33))]
}

const noRecord = new Set([0x19, 0x2a, 0x35, 0x81, 0x82, 0x84, 0x8a, 0xfd])

const decode: Protocol['decode'] = (frame, session, now): Decoded => {
  const f = frameOf(frame)
  const reading: Reading = { f, session, zone: session.zoneMinutes ?? 0 }
  const issues: Issue[] = f.checksumOk || wireless(reading) ? [] : [warning('supervision.checksum_wrong', '', { protocol: 'gt06' })]
  const records = noRecord.has(f.protocol) ? [unread(reading, 'reply')] : recordsOf(reading)
  return { records, replies: repliesTo(reading, now), issues }
}

const encode: Protocol['encode'] = ({ name, params }) => {
  if (name !== 'text') return refuse(error('supervision.command_unknown', '/command', { command: name, known: 'text' }))
  if (typeof params.text !== 'string' || params.text === '' || params.text.length > 200)
    return refuse(error('supervision.command_parameter', '/params/text', { command: name, parameter: 'text' }))
  const text = ascii(params.text)
  return accept(build(0x80, concat([text.length + 4], u32(Number(params.flag ?? 0)), text), Number(params.serial ?? 0)))
}

export const gt06: Protocol = { name: 'gt06', title: 'GT06 family (Concox, Jimi)', transports: ['tcp', 'udp'], longest, cut, decode, encode }
