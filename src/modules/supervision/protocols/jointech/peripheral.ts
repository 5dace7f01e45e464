/** Sub-locks and sensors that a Jointech lock hears by radio: `(id,n,n,WLNET,5,2,<binary>)`, the binary part escaped. */
import type { Reader } from '../bytes.ts'
import { ascii, reader } from '../bytes.ts'
import { blank, type Decoded } from '../codec.ts'
import { instantOfDigits, percent, round } from '../units.ts'
import { fix } from './binary.ts'

const escapes: Readonly<Record<number, number>> = { 0x15: 0x28, 0x14: 0x29, 0x11: 0x2c, 0x00: 0x3d }

const unescaped = (bytes: Uint8Array): Uint8Array => {
  const out: number[] = []
  for (let i = 0; i < bytes.length; i++) {
    const plain = bytes[i] === 0x3d ? escapes[bytes[i + 1]!] : undefined
    out.push(plain ?? bytes[i]!)
    if (plain !== undefined) i++
  }
  return new Uint8Array(out)
}

const subLockEvents: readonly (string | undefined)[] = [
  'LOCKED',
  'BLUETOOTH',
  'COVER_OR_NFC',
  'LORA',
  'ROPE_CUT',
  'BUTTON',
  'TIMER',
  'CHARGING',
  'ROPE_PULLED',
  'RFID',
  undefined,
  undefined,
  undefined,
  undefined,
  'LOST',
]

/** Tenths of a degree; the top nibble says that it is below zero; all ones mean that it is not measured. */
const temperature = (word: number): number | null => (word === 0xffff ? null : round(((word & 0x0fff) * (word >> 12 ? -1 : 1)) / 10, 1))

type Sensor = ReturnType<typeof head>

const head = (r: Reader) => ({
  time: instantOfDigits(r.hex(6), 'DMY'),
  id: r.hex(5).toUpperCase(),
  serial: r.u8(),
  voltageV: round(r.u16() / 100, 2),
  batteryPct: percent(r.u8()),
  rssiDbm: -r.u8(),
  type: r.u8(),
})

const subLock = (r: Reader, sensor: Sensor, record: Decoded['records'][number]): void => {
  const word = r.u16()
  const events = subLockEvents.filter((name, n): name is string => name !== undefined && ((word >> n) & 1) === 1)
  const status = r.u16()
  record.subLocks.push({
    id: sensor.id,
    locked: (status & 1) === 1,
    voltageV: sensor.voltageV,
    batteryPct: sensor.batteryPct,
    rssiDbm: sensor.rssiDbm,
    events,
    eventTime: sensor.time,
  })
  if (events.includes('ROPE_CUT')) record.alarms.push('ROPE_CUT')
  if (events.includes('LOST')) record.alarms.push('SUBLOCK_LOST')
  Object.assign(record.raw, { eventHex: word.toString(16).padStart(4, '0'), statusHex: status.toString(16).padStart(4, '0'), lockCycles: r.u16() })
  record.raw.gateway = r.u8()
}

export const decodePeripheral = (deviceId: string, binary: Uint8Array): Decoded => {
  const r = reader(unescaped(binary))
  const record = blank('jt701', deviceId)
  record.kind = 'peripheral'
  fix(r, record)
  const sensor = head(r)
  record.eventTime = sensor.time ?? record.fixTime
  record.serial = sensor.serial
  record.raw.sensor = sensor
  if (sensor.type === 4) subLock(r, sensor, record)
  else if (sensor.type === 1 && r.left() >= 3)
    Object.assign(record.raw, { temperatureC: temperature(r.u16()), humidityPct: percent(r.u8()), rest: r.hex(r.left()) })
  else record.raw.rest = r.hex(r.left())
  return { records: [record], replies: [ascii(`(P69,0,${sensor.serial})`)], issues: [] }
}
