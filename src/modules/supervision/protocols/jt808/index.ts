/** JT/T 808 with the additions of electronic locks (HHD G-360P/G-508P padlocks, Jointech JT705/JT709). */
import { error, type Issue, warning } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import type { SealRecord } from '../../schema/record.ts'
import { ascii, concat, hexOf, reader, textOf, u16, u32 } from '../bytes.ts'
import { blank, type Command, type Decoded, nothing, type Protocol, type Session } from '../codec.ts'
import { instantOfDigits } from '../units.ts'
import { cut, escapeFrame, frameOf, type Header, headerOf, innerOf, longest } from './frame.ts'
import { lockReport } from './lock-report.ts'
import { defaultZoneMinutes, positionOf } from './position.ts'
import { idHexOf, terminalOf } from './terminal.ts'

const registration = 0x0100
const acknowledged = new Set([0x0002, 0x0102, 0x0200, 0x0210, 0x0704, 0x0900, 0x1007, 0x6006])
/** Messages that say nothing but "I am here". */
const login = new Set([0x0100, 0x0102])
const heartbeat = new Set([0x0002, 0x1007])

const repliesTo = (h: Header, digits: string): Uint8Array[] => {
  const to = { idHex: h.idHex, version: h.version }
  if (h.message === registration) return [frameOf(0x8100, to, concat(u16(h.serial), [0], ascii(digits)))]
  if (h.shortSerial) return h.attributes & 0x8000 ? [frameOf(0x4401, { ...to, shortSerial: true }, [...u16(h.message), 0], 1)] : []
  return acknowledged.has(h.message) ? [frameOf(0x8001, to, [...u16(h.serial), ...u16(h.message), 0])] : []
}

type Reading = { h: Header; deviceId: string; zone: number; model: string | null }
const position = (body: Uint8Array, { deviceId, zone, model }: Reading): SealRecord => positionOf(body, 'jt808', deviceId, zone, model)

const stored = ({ h, ...rest }: Reading): SealRecord[] => {
  const r = reader(h.body)
  const count = r.u16()
  const replay = r.u8() === 1
  const records: SealRecord[] = []
  while (r.left() >= 2 && records.length < count) {
    const record = position(r.bytes(r.u16()), { h, ...rest })
    if (replay) record.origin = 'replay'
    records.push(record)
  }
  return records
}

const several = (reading: Reading): SealRecord[] => {
  const r = reader(reading.h.body)
  const records: SealRecord[] = []
  while (r.left() >= 1) records.push(position(r.bytes(r.u8()), reading))
  return records
}

const said = (reading: Reading, kind: SealRecord['kind'], raw: Record<string, unknown>): SealRecord => ({
  ...blank('jt808', reading.deviceId),
  kind,
  raw,
})

/** 0702: an identity card was read at the device; it tells when, and no place. */
const cardReport = (reading: Reading): SealRecord => {
  const r = reader(reading.h.body)
  const record = said(reading, 'status', { message: '0702' })
  const event = r.u8()
  record.eventTime = instantOfDigits(r.hex(6), 'YMD', reading.zone)
  const card = r.left() > 1 ? r.bytes(r.left()) : new Uint8Array(0)
  Object.assign(record.raw, { event, data: hexOf(card) })
  return record
}

/** 0900: transparent data. Units with sensors put a whole position report with readings behind its type byte 0x54. */
const transparent = (reading: Reading): SealRecord => {
  const { body } = reading.h
  if (reading.model === 'GL100' && body[0] === 0x54 && body.length >= 30) {
    // as 0200 but without an alarm word
    const record = position(concat(u32(0), body.subarray(1, 25)), reading)
    record.raw.readings = hexOf(body.subarray(25))
    return record
  }
  return said(reading, 'status', { message: '0900', data: hexOf(body) })
}

const recordsOf = (reading: Reading): SealRecord[] => {
  const { message, body } = reading.h
  const name = message.toString(16).padStart(4, '0')
  if (message === 0x0200) return [position(body, reading)]
  if (message === 0x0704) return stored(reading)
  if (message === 0x0210) return several(reading)
  if (message === 0x5501 || message === 0x5502) return [lockReport(body, message, reading.deviceId)]
  if (message === 0x0702) return [cardReport(reading)]
  if (message === 0x0900) return [transparent(reading)]
  if (message === 0x6006) return [said(reading, 'reply', { message: name, text: textOf(body.subarray(1)).replace(/\0/g, '') })]
  if (login.has(message)) return [said(reading, 'login', { message: name })]
  if (heartbeat.has(message)) return [said(reading, 'heartbeat', { message: name })]
  return [said(reading, 'reply', { message: name, data: hexOf(body) })]
}

const decode = (frame: Uint8Array, session: Session): Decoded => {
  if (frame[0] === 0x28) {
    const words = textOf(frame)
    const id = /^\((\d+),/.exec(words)?.[1] ?? session.deviceId
    return { records: [{ ...blank('jt808', id), kind: 'reply', raw: { text: words } }], replies: [], issues: [] }
  }
  const { inner, idBytes } = innerOf(frame)
  const h = headerOf(inner, idBytes)
  const { digits, plain } = terminalOf(h.idHex)
  session.deviceId = plain
  const issues: Issue[] = h.checksumOk ? [] : [warning('supervision.checksum_wrong', '', { protocol: 'jt808' })]
  if (h.fragment)
    return nothing(
      ...issues,
      warning('supervision.message_unknown', '', { protocol: 'jt808', type: `part ${h.fragment.part} of ${h.fragment.total}` }),
    )
  const records = recordsOf({ h, deviceId: plain, zone: session.zoneMinutes ?? defaultZoneMinutes, model: session.model })
  for (const record of records) {
    record.serial = h.serial
    if (digits !== plain) record.aliasIds.push(digits)
  }
  return { records, replies: repliesTo(h, digits), issues }
}

type Params = Command['params']
const bytesOf = (text: string): number[] => [...ascii(text)]
const whole = (value: Params[string] | undefined, most: number): number | null =>
  Number.isInteger(Number(value)) && Number(value) >= 0 && Number(value) <= most ? Number(value) : null
const wrong = (command: string, parameter: string) => refuse(error('supervision.command_parameter', `/params/${parameter}`, { command, parameter }))

/** Bodies of commands: message id and bytes. */
const commands: Readonly<Record<string, (p: Params) => { message: number; body: number[] } | string>> = {
  'terminal-control': (p) => {
    const code = whole(p.code ?? 0xf0, 255)
    return code === null ? 'code' : { message: 0x8105, body: [code] }
  },
  text: (p) => {
    const flag = whole(p.flag ?? 1, 255)
    return typeof p.text !== 'string' || p.text === '' ? 'text' : flag === null ? 'flag' : { message: 0x8300, body: [flag, ...bytesOf(p.text)] }
  },
  transparent: (p) => (typeof p.text === 'string' && p.text !== '' ? { message: 0x8900, body: [0xf0, ...bytesOf(p.text)] } : 'text'),
  interval: (p) => {
    const seconds = whole(p.seconds, 86_400)
    return seconds === null || seconds < 5 ? 'seconds' : { message: 0x0310, body: [1, 6, 4, ...u32(seconds)] }
  },
  arm: (p) => ({ message: 0x0310, body: [1, 24, 1 + bytesOf(String(p.user ?? '')).length, 1, ...bytesOf(String(p.user ?? ''))] }),
  disarm: (p) => ({ message: 0x0310, body: [1, 24, 1 + bytesOf(String(p.user ?? '')).length, 0, ...bytesOf(String(p.user ?? ''))] }),
  restart: () => ({ message: 0x0310, body: [1, 23, 1, 3] }),
}

const encode: Protocol['encode'] = ({ name, deviceId = '', params }) => {
  const command = commands[name]
  if (!command) return refuse(error('supervision.command_unknown', '/command', { command: name, known: Object.keys(commands).join(', ') }))
  const idHex = idHexOf(deviceId)
  if (idHex === null) return refuse(error('supervision.device_missing', '/deviceId', { command: name }))
  const made = command(params)
  if (typeof made === 'string') return wrong(name, made)
  return accept(escapeFrame(frameOf(made.message, { idHex, version: null }, made.body)))
}

export const jt808: Protocol = {
  name: 'jt808',
  title: 'JT/T 808 with lock additions',
  transports: ['tcp'],
  longest,
  cut,
  decode,
  encode,
  wire: escapeFrame,
}
