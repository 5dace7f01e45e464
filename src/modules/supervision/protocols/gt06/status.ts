/** Status bytes of GT06: terminal information, battery by sixths, GSM, alarm. */
import type { AlarmName, SealRecord } from '../../schema/record.ts'
import type { Reader } from '../bytes.ts'

const inBits: readonly (AlarmName | undefined)[] = [undefined, 'VIBRATION', 'POWER_CUT', 'LOW_BATTERY', 'SOS', undefined, undefined, 'REMOVED']

const byCode: Readonly<Record<number, AlarmName>> = {
  0x01: 'SOS',
  0x02: 'POWER_CUT',
  0x03: 'VIBRATION',
  0x04: 'FENCE_IN',
  0x05: 'FENCE_OUT',
  0x06: 'SPEEDING',
  0x09: 'VIBRATION',
  0x0c: 'SEAL_TAMPERED',
  0x0e: 'LOW_BATTERY',
  0x0f: 'LOW_BATTERY',
  0x13: 'SEAL_TAMPERED',
  0x14: 'DOOR_OPEN',
  0x19: 'POWER_LOW',
}

const levels = 6

const add = (record: SealRecord, alarm: AlarmName | undefined): void => {
  if (alarm && !record.alarms.includes(alarm)) record.alarms.push(alarm)
}

export const alarmInto = (record: SealRecord, code: number): void => {
  if (code === 0) return
  record.raw.alarmCode = code
  add(record, byCode[code])
}

/** Terminal information byte, battery level 0–6, GSM signal. */
export const statusInto = (r: Reader, record: SealRecord): void => {
  const status = r.u8()
  Object.assign(record.raw, { status, armed: (status & 1) === 1, ignition: (status & 2) !== 0, fuelCut: (status & 0x80) !== 0 })
  record.charging = (status & 4) !== 0
  add(record, inBits[(status >> 3) & 7])
  const level = r.u8()
  record.batteryPct = level <= levels ? Math.floor((level * 100) / levels) : level <= 100 ? level : null
  record.gsmSignal = r.u8()
}
