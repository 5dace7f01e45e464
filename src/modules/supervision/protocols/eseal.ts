/** "eSeal" reusable container seals: lines `##S,eSeal,…,E##` over TCP. Other lines than reports are answers to commands. */
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import type { AlarmName, SealRecord } from '../schema/record.ts'
import { ascii, textOf } from './bytes.ts'
import { blank, type Cut, type Decoded, nothing, type Protocol } from './codec.ts'
import { course, latitude, longitude, neverSet, numberOf } from './units.ts'

const head = '##S,'
const tail = 'E##'
const longest = 2048

const cut = (buffer: Uint8Array): Cut => {
  const text = textOf(buffer.subarray(0, longest))
  if (!text.startsWith(head)) {
    if (head.startsWith(text)) return 'more'
    const next = text.indexOf('##S,', 1)
    return { skip: next < 0 ? text.length : next }
  }
  const end = text.indexOf(tail, head.length)
  if (end < 0) return text.length >= longest ? { skip: head.length } : 'more'
  const line = /^[\r\n]*/.exec(text.slice(end + tail.length))![0]
  return { frame: buffer.subarray(0, end + tail.length), used: end + tail.length + line.length }
}

const reports = /^(Startup|Normal|Button-Normal|Termination|Event-(Door|Shock|Drop|Lock|RC-Unlock))$/
const alarmOf: Readonly<Record<string, AlarmName>> = { 'Event-Shock': 'SHOCK', 'Event-Drop': 'DROP' }

const lockEventOf = (type: string): SealRecord['lockEvent'] =>
  type === 'Event-Lock' || type === 'Event-RC-Unlock'
    ? {
        method: type === 'Event-RC-Unlock' ? 'remote' : null,
        outcome: type === 'Event-Lock' ? 'LOCKED' : 'UNLOCKED',
        cardNo: null,
        passwordOk: null,
        wrongCount: null,
        fenceId: null,
      }
    : null

const place = (record: SealRecord, text: string, fixed: boolean): void => {
  const found = /^([\d.]+)([NS])\s+([\d.]+)([EW])$/.exec(text.trim())
  if (!found) return
  record.lat = latitude(Number(found[1]) * (found[2] === 'S' ? -1 : 1))
  record.lon = longitude(Number(found[3]) * (found[4] === 'W' ? -1 : 1))
  record.valid = fixed && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
}

const instant = (date: string, time: string): string | null => {
  const at = Date.parse(`${date}T${time}Z`)
  return /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d:\d\d$/.test(time) && !Number.isNaN(at) ? new Date(at).toISOString() : null
}

const report = (deviceId: string, f: string[]): Decoded => {
  const [
    ,
    ,
    ,
    customer,
    firmware,
    type = '',
    index = '',
    date = '',
    time = '',
    interval,
    fixed,
    where = '',
    bearing,
    speed,
    door,
    g,
    nfc,
    volt,
    rssi,
  ] = f
  const record = blank('eseal', deviceId)
  record.fixTime = instant(date, time)
  record.eventTime = record.fixTime
  record.clockSuspect = neverSet(record.fixTime)
  place(record, where, fixed === 'A')
  record.courseDeg = course(numberOf(bearing) ?? NaN)
  record.speedKph = numberOf(speed)
  record.batteryV = numberOf(volt)
  record.serial = numberOf(index)
  record.lockEvent = lockEventOf(type)
  if (record.lockEvent) {
    record.kind = 'lock'
    record.sealState = { locked: type === 'Event-Lock', ropeInserted: null, ropeCut: null, backCover: null, motorStuck: null }
  }
  record.origin = type.startsWith('Event-') ? 'alarm' : 'live'
  const alarm = type === 'Event-Door' && door === 'Open' ? 'DOOR_OPEN' : alarmOf[type]
  if (alarm) record.alarms.push(alarm)
  Object.assign(record.raw, {
    type,
    customer,
    firmware,
    intervalMin: numberOf(interval),
    door: door ?? null,
    accelerationG: numberOf(g),
    nfc: nfc ?? null,
    rssiDbm: numberOf(rssi),
  })
  const prefix = `##${f.slice(0, 5).join(',')}`
  return { records: [record], replies: [ascii(`${prefix},${type} ACK,${index},E##\r\n`)], issues: [] }
}

const decode: Protocol['decode'] = (frame, session) => {
  const f = textOf(frame).slice(2, -2).split(',')
  const deviceId = f[2]
  if (f[1] !== 'eSeal' || !deviceId) return nothing(error('supervision.frame_broken', '', { protocol: 'eseal', bytes: frame.length }))
  session.deviceId = deviceId
  if (reports.test(f[5] ?? '')) return report(deviceId, f)
  const answer: SealRecord = { ...blank('eseal', deviceId), kind: 'reply', raw: { type: f[5] ?? null, fields: f.slice(6, -1) } }
  return { records: [answer], replies: [], issues: [] }
}

const texts: Readonly<Record<string, string>> = { unlock: 'RC-Unlock', 'power-off': 'RC-Power Control,Power OFF' }

const encode: Protocol['encode'] = ({ name, deviceId, params }) => {
  const text = texts[name]
  if (!text) return refuse(error('supervision.command_unknown', '/command', { command: name, known: Object.keys(texts).join(', ') }))
  if (!deviceId || !/^\w{1,20}$/.test(deviceId)) return refuse(error('supervision.device_missing', '/deviceId', { command: name }))
  return accept(ascii(`##S,eSeal,${deviceId},${String(params.customer ?? '256')},${String(params.firmware ?? '3.0.8')},${text},E##`))
}

/** A seal that was opened from afar reports the event; the bare answer to the command does not say that the door moved. */
const answers: Protocol['answers'] = ({ name }, record) =>
  name === 'unlock' && record.raw.type === 'Event-RC-Unlock' ? { done: true, told: {} } : null

export const eseal: Protocol = { name: 'eseal', title: 'eSeal reusable container seals', transports: ['tcp'], longest, cut, decode, encode, answers }
