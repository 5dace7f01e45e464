/**
 * Teltonika (codecs 8, 8E, 10, 7 for positions, 12 and 13 for commands): over TCP a login by IMEI, then packets
 * `u32 0|u32 length|codec|n|records|n|CRC-16/ARC as u32`; over UDP a datagram that carries its IMEI.
 */
import { error, type Issue, warning } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import type { AlarmName, SealRecord } from '../schema/record.ts'
import { ascii, concat, crcArc, fromHex, hexOf, reader, type Reader, textOf, u16, u32 } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol, type Session } from './codec.ts'
import { latitude, longitude, neverSet, percent } from './units.ts'

const longest = 65_536
const keepAlive = 0xff
const digits = /^\d{8,20}$/

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] === keepAlive) return { frame: buffer.subarray(0, 1), used: 1 }
  if (buffer.length < 4) return 'more'
  const r = reader(buffer)
  if (r.u32() === 0) {
    if (buffer.length < 8) return 'more'
    const declared = r.u32()
    // anonymised captures have no length
    const total = declared === 0 ? buffer.length : declared + 12
    if (total > longest || total < 13) return { skip: 1 }
    return buffer.length < total ? 'more' : { frame: buffer.subarray(0, total), used: total }
  }
  const length = buffer[0]! * 256 + buffer[1]!
  const isLogin = buffer.subarray(2, 2 + length).every((b) => b >= 0x30 && b <= 0x39)
  if (length > longest || (!isLogin && buffer.length > 5 && buffer[4] !== 1)) return { skip: 1 }
  return buffer.length < 2 + length ? 'more' : { frame: buffer.subarray(0, 2 + length), used: 2 + length }
}

/** `wide`: a fifth group, of elements of 16 bytes, which some firmware sends. */
type Codec = { ids: 'u8' | 'u16'; counts: 'u8' | 'u16'; variable: boolean; generation: boolean; wide?: boolean }
const codecs: Readonly<Record<number, Codec>> = {
  0x08: { ids: 'u8', counts: 'u8', variable: false, generation: false },
  0x8e: { ids: 'u16', counts: 'u16', variable: true, generation: false },
  0x10: { ids: 'u16', counts: 'u8', variable: false, generation: true },
}

const batteryVoltage = 67
const batteryLevel = 113
const externalVoltage = 66
const odometer = 16
const signal = 21
const ignition = 239
const alarmsById: Readonly<Record<number, AlarmName>> = { 246: 'TOW', 247: 'CRASH', 249: 'JAMMED', 252: 'POWER_CUT' }

/** What an input or output element says, by its id; all of them are kept in `raw.io`. */
const element = (record: SealRecord, io: Record<string, number | string>, id: number, value: number | string): void => {
  io[String(id)] = value
  if (typeof value !== 'number') return
  if (id === batteryVoltage) record.batteryV = value / 1000
  else if (id === batteryLevel) record.batteryPct = percent(value)
  else if (id === externalVoltage) record.raw.powerV = value / 1000
  else if (id === odometer) record.odometerKm = value / 1000
  else if (id === signal) record.gsmSignal = value
  else if (id === ignition) record.raw.ignition = value === 1
  else if (alarmsById[id] && value > 0) record.alarms.push(alarmsById[id])
}

const valueOf = (r: Reader, size: number): number | string => {
  if (size === 1) return r.u8()
  if (size === 2) return r.u16()
  if (size === 4) return r.u32()
  const wide = r.u64()
  return wide <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(wide) : wide.toString()
}

const elements = (r: Reader, record: SealRecord, codec: Codec): void => {
  const io: Record<string, number | string> = {}
  record.raw.event = r[codec.ids]()
  if (codec.generation) record.raw.generation = r.u8()
  r[codec.counts]()
  for (const size of [1, 2, 4, 8]) for (let n = r[codec.counts](); n > 0; n--) element(record, io, r[codec.ids](), valueOf(r, size))
  if (codec.wide) for (let n = r[codec.counts](); n > 0; n--) element(record, io, r[codec.ids](), r.hex(16))
  if (codec.variable) for (let n = r[codec.counts](); n > 0; n--) element(record, io, r.u16(), r.hex(r.u16()))
  if (Object.keys(io).length > 0) record.raw.io = io
}

const when = (record: SealRecord, ms: number): void => {
  record.fixTime = new Date(ms).toISOString()
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
}

const position = (r: Reader, deviceId: string | null, codec: Codec): SealRecord => {
  const record = blank('teltonika', deviceId)
  when(record, Number(r.u64()))
  record.raw.priority = r.u8()
  record.lon = longitude(r.i32() / 1e7)
  record.lat = latitude(r.i32() / 1e7)
  record.altitudeM = r.i16()
  record.courseDeg = r.u16() % 360
  record.satellites = r.u8()
  record.speedKph = r.u16()
  record.valid = record.satellites > 0 && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
  elements(r, record, codec)
  if (record.alarms.length > 0) record.origin = 'alarm'
  return record
}

/** Seconds of codec 7 count from 2007. */
const epochOf2007 = 1_167_609_600

const float = (r: Reader): number => {
  const bytes = r.bytes(4)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0)
}

/** Codec 7 (GH3000): masks say which fields there are. */
const maskedPosition = (r: Reader, deviceId: string | null): SealRecord => {
  const record = blank('teltonika', deviceId)
  const time = ((r.u32() & 0x3fffffff) + epochOf2007) * 1000
  const mask = r.u8()
  record.kind = 'status'
  record.eventTime = new Date(time).toISOString()
  if (mask & 1) {
    const fields = r.u8()
    if (fields & 1) {
      record.lat = latitude(float(r))
      record.lon = longitude(float(r))
      record.valid = record.lat !== null && record.lon !== null
      record.fixSource = record.valid ? 'gnss' : 'none'
      record.kind = 'position'
      when(record, time)
    }
    if (fields & 2) record.altitudeM = r.u16()
    if (fields & 4) record.courseDeg = (r.u8() * 360) / 256
    if (fields & 8) record.speedKph = r.u8()
    if (fields & 16) record.satellites = r.u8()
    if (fields & 32) record.cell = { mcc: null, mnc: null, lac: r.u16(), cellId: r.u16() }
    if (fields & 64) record.gsmSignal = r.u8()
    if (fields & 128) record.raw.operator = r.u32()
  }
  const io: Record<string, number | string> = {}
  for (const [flag, size] of [
    [2, 1],
    [4, 2],
    [8, 4],
  ] as const)
    if (mask & flag) for (let n = r.u8(); n > 0; n--) io[String(r.u8())] = valueOf(r, size)
  if (Object.keys(io).length > 0) record.raw.io = io
  return record
}

// oxlint-disable-next-line no-control-regex -- tabs and line ends are text too
const printable = /^[\x09\x0a\x0d\x20-\x7e]*$/

/** Codecs 12 and 13: the answer to a command, or part of a picture, whose next part is asked for. */
const answer = (r: Reader, codec: number, deviceId: string | null): Decoded => {
  r.skip(1)
  const type = r.u8()
  const length = r.u32()
  const record: SealRecord = { ...blank('teltonika', deviceId), kind: 'reply', raw: { codec, type } }
  if (codec === 0x0d && length >= 4) record.eventTime = new Date(r.u32() * 1000).toISOString()
  const data = r.bytes(Math.max(0, Math.min(codec === 0x0d ? length - 4 : length, r.left())))
  if (codec === 0x0c && type === 0x0d) {
    record.raw.bytes = data.length
    if (data[0] !== 2 || data.length < 11) return { records: [record], replies: [], issues: [] }
    const part = reader(data, 1)
    const [file, offset, size] = [part.u32(), part.u32(), part.u16()]
    return { records: [record], replies: [packet(codec, type, concat([2], u32(file), u32(offset + size), u16(size)))], issues: [] }
  }
  const text = textOf(data)
  record.raw.text = printable.test(text) ? text : hexOf(data)
  return { records: [record], replies: [], issues: [] }
}

const packet = (codec: number, type: number, data: Uint8Array): Uint8Array => {
  const body = concat([codec, 1, type], u32(data.length), data, [1])
  return concat(u32(0), u32(body.length), body, u32(crcArc(body)))
}

const read = (r: Reader, layout: Codec | undefined, deviceId: string | null): SealRecord[] => {
  const count = r.u8()
  const records: SealRecord[] = []
  for (let n = 0; n < count; n++) records.push(layout ? position(r, deviceId, layout) : maskedPosition(r, deviceId))
  return records
}

/** Records are counted again behind them: where that does not come out, they have the group of 16 bytes. */
const positions = (r: Reader, codec: number, deviceId: string | null): SealRecord[] => {
  const layout = codecs[codec]
  const start = r.at
  try {
    const records = read(r, layout, deviceId)
    if (!layout || codec !== 8 || r.left() < 5 || r.u8() === records.length) return records
  } catch (fault) {
    if (!(fault instanceof RangeError) || codec !== 8) throw fault
  }
  r.at = start
  return read(r, { ...layout!, wide: true }, deviceId)
}

const known = (codec: number): boolean => codec === 7 || Object.hasOwn(codecs, codec)
const unknown = (codec: number): Issue => warning('supervision.message_unknown', '', { protocol: 'teltonika', type: `codec ${codec.toString(16)}` })

const overTcp = (frame: Uint8Array, session: Session): Decoded => {
  const r = reader(frame, 8)
  const codec = r.u8()
  const content = frame.subarray(8, frame.length - 4)
  const sum = new DataView(frame.buffer, frame.byteOffset + frame.length - 4, 4).getUint32(0)
  const issues: Issue[] = crcArc(content) === sum ? [] : [warning('supervision.checksum_wrong', '', { protocol: 'teltonika' })]
  if (codec === 0x0c || codec === 0x0d) {
    const found = answer(r, codec, session.deviceId)
    return { ...found, issues: [...issues, ...found.issues] }
  }
  if (!known(codec)) return nothing(...issues, unknown(codec))
  const records = positions(r, codec, session.deviceId)
  return { records, replies: [new Uint8Array(u32(records.length))], issues }
}

const overUdp = (frame: Uint8Array, session: Session): Decoded => {
  const r = reader(frame, 5)
  const packetId = r.u8()
  const imei = r.text(r.u16())
  if (!digits.test(imei)) return nothing(error('supervision.frame_broken', '', { protocol: 'teltonika', bytes: frame.length }))
  session.deviceId = imei
  const codec = r.u8()
  if (!known(codec)) return nothing(unknown(codec))
  const records = positions(r, codec, imei)
  return { records, replies: [concat(u16(5), u16(0), [1, packetId, records.length])], issues: [] }
}

const decode: Protocol['decode'] = (frame, session) => {
  if (frame.length === 1) return { records: [{ ...blank('teltonika', session.deviceId), kind: 'heartbeat' }], replies: [], issues: [] }
  if (reader(frame).u32() === 0) return overTcp(frame, session)
  const text = textOf(frame.subarray(2))
  if (!digits.test(text)) return overUdp(frame, session)
  session.deviceId = text
  return { records: [{ ...blank('teltonika', text), kind: 'login' }], replies: [new Uint8Array([1])], issues: [] }
}

const encode: Protocol['encode'] = ({ name, params }) => {
  const data =
    name === 'text' && typeof params.text === 'string'
      ? ascii(params.text)
      : name === 'binary' && typeof params.hex === 'string'
        ? fromHex(params.hex)
        : null
  if (name !== 'text' && name !== 'binary') return refuse(error('supervision.command_unknown', '/command', { command: name, known: 'text, binary' }))
  const parameter = name === 'text' ? 'text' : 'hex'
  if (!data || data.length === 0) return refuse(error('supervision.command_parameter', `/params/${parameter}`, { command: name, parameter }))
  return accept(packet(0x0c, 5, data))
}

export const teltonika: Protocol = { name: 'teltonika', title: 'Teltonika', transports: ['tcp', 'udp'], longest, cut, decode, encode }
