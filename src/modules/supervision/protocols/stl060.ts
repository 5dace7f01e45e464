/** STL060: `$1,id,model,plate,DD/MM/YY,hh:mm:ss,DDMM.mmmmN,DDDMM.mmmmE,knots,course,…,A|V#`; older firmware leaves out the points. */
import { warning } from '#kernel/issue.ts'
import { textOf } from './bytes.ts'
import { blank, nothing, type Protocol } from './codec.ts'
import { between, placeInto, timeInto } from './lines.ts'
import { course, degreesOfDigits, degreesOfMinutes, instantOfDigits, kphOfKnots, numberOf } from './units.ts'

const angle = (text: string, degreeDigits: 2 | 3): number => {
  const bare = text.slice(0, -1)
  const value = bare.includes('.') ? degreesOfMinutes(bare) : degreesOfDigits(bare, degreeDigits)
  return /[SW]$/.test(text) ? -value : value
}

const decode: Protocol['decode'] = (frame, session) => {
  const f = textOf(frame)
    .replace(/[#\r\n]+$/, '')
    .split(',')
  const [, id = '', model, plate, date = '', time = '', lat = '', lon = '', speed, bearing, ...rest] = f
  if (!/^\d{8,20}$/.test(id)) return nothing(warning('supervision.message_unknown', '', { protocol: 'stl060', type: id.slice(0, 10) }))
  session.deviceId = id
  const record = blank('stl060', id)
  timeInto(record, instantOfDigits(date.replaceAll('/', '') + time.replaceAll(':', ''), 'DMY'))
  placeInto(record, angle(lat, 2), angle(lon, 3), rest.at(-1) === 'A')
  record.speedKph = kphOfKnots(numberOf(speed) ?? 0)
  record.courseDeg = course(numberOf(bearing) ?? NaN)
  record.raw = { model, plate, fields: rest.slice(0, -1) }
  return { records: [record], replies: [], issues: [] }
}

export const stl060: Protocol = { name: 'stl060', title: 'STL060', transports: ['tcp'], ...between('$1,', '#', false), decode }
