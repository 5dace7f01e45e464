/** Jido lock tracker: `*id,event,DDMMYY,hhmmss,lat,N|S,lon,E|W,fix,battery` on a line. */
import { warning } from '#kernel/issue.ts'
import { textOf } from './bytes.ts'
import { blank, nothing, type Protocol } from './codec.ts'
import { between, placeInto, timeInto } from './lines.ts'
import { degreesOfMinutes, instantOfDigits, numberOf, percent } from './units.ts'

/** Event 3 is a weak battery; others are not documented and stay raw. */
const lowBattery = 3

const decode: Protocol['decode'] = (frame, session) => {
  const [id = '', event, date = '', time = '', lat = '', ns, lon = '', ew, fixed, level] = textOf(frame)
    .replace(/[#\r\n]+$/, '')
    .slice(1)
    .split(',')
  if (!/^\d{8,20}$/.test(id)) return nothing(warning('supervision.message_unknown', '', { protocol: 'jido', type: id.slice(0, 10) }))
  session.deviceId = id
  const record = blank('jido', id)
  timeInto(record, instantOfDigits(date + time, 'DMY'))
  placeInto(record, degreesOfMinutes(lat) * (ns === 'S' ? -1 : 1), degreesOfMinutes(lon) * (ew === 'W' ? -1 : 1), fixed === '1')
  record.batteryPct = percent(numberOf(level))
  record.raw.event = numberOf(event)
  if (record.raw.event === lowBattery) record.alarms.push('LOW_BATTERY')
  return { records: [record], replies: [], issues: [] }
}

export const jido: Protocol = { name: 'jido', title: 'Jido lock tracker', transports: ['tcp'], ...between('*', '\n', false), decode }
