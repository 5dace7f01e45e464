/** Omni locks (XRB28): `*SCOR,OM,id,type,…#` over TCP. Places in degrees and minutes, no speed. */
import { error, warning } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import type { SealRecord } from '../schema/record.ts'
import { ascii, textOf } from './bytes.ts'
import { blank, type Decoded, nothing, type Protocol } from './codec.ts'
import { between, placeInto, timeInto } from './lines.ts'
import { degreesOfMinutes, instantOfDigits, numberOf, percent } from './units.ts'

const position = (record: SealRecord, f: readonly string[]): void => {
  const [, time = '', state, lat = '', ns, lon = '', ew, satellites, hdop, date = '', altitude] = f
  timeInto(record, instantOfDigits(date + time.slice(0, 6), 'DMY'))
  placeInto(record, degreesOfMinutes(lat) * (ns === 'S' ? -1 : 1), degreesOfMinutes(lon) * (ew === 'W' ? -1 : 1), state === 'A')
  record.satellites = numberOf(satellites)
  record.altitudeM = numberOf(altitude)
  record.raw.hdop = numberOf(hdop)
}

/** H0: lock state, volts by hundredths, GSM, battery. */
const heartbeat = (record: SealRecord, [locked, volts, signal, level]: readonly string[]): void => {
  record.kind = 'status'
  record.sealState = {
    locked: locked === '0' ? false : locked === '1' ? true : null,
    ropeInserted: null,
    ropeCut: null,
    backCover: null,
    motorStuck: null,
  }
  record.batteryV = (numberOf(volts) ?? NaN) / 100 || null
  record.gsmSignal = numberOf(signal)
  record.batteryPct = percent(numberOf(level))
}

const decode: Protocol['decode'] = (frame, session): Decoded => {
  const [maker = '', vendor, id = '', type = '', ...f] = textOf(frame).replace(/#$/, '').slice(1).split(',')
  if (!/^\d{10,20}$/.test(id)) return nothing(warning('supervision.message_unknown', '', { protocol: 'xrb28', type: type.slice(0, 10) }))
  session.deviceId = id
  const record: SealRecord = { ...blank('xrb28', id), raw: { maker, vendor, type } }
  if (type === 'D0') position(record, f)
  else if (type === 'H0') heartbeat(record, f)
  else {
    record.kind = 'reply'
    record.raw.fields = f
  }
  return { records: [record], replies: [], issues: [] }
}

/** An unlocking carries the user's number and the second of the request, which the lock repeats in its answer. */
const encode: Protocol['encode'] = ({ name, deviceId, params }) => {
  if (name !== 'unlock') return refuse(error('supervision.command_unknown', '/command', { command: name, known: 'unlock' }))
  if (!deviceId || !/^\d{10,20}$/.test(deviceId)) return refuse(error('supervision.device_missing', '/deviceId', { command: name }))
  const wrong = ['key', 'user', 'second'].filter((p) => !/^\d{1,10}$/.test(String(params[p] ?? '')))
  if (wrong.length > 0)
    return refuse(...wrong.map((parameter) => error('supervision.command_parameter', `/params/${parameter}`, { command: name, parameter })))
  return accept(ascii(`*SCOS,OM,${deviceId},L0,${params.key},${params.user},${params.second}#\n`))
}

export const xrb28: Protocol = { name: 'xrb28', title: 'Omni smart locks (XRB28)', transports: ['tcp'], ...between('*', '#', true), decode, encode }
