/** Jointech's 5501 (live) and 5502 (from the store): the fields of a JT701 fix, then state of the lock. Times are UTC. */
import type { SealRecord } from '../../schema/record.ts'
import { hexOf, reader } from '../bytes.ts'
import { blank } from '../codec.ts'
import { fix } from '../jointech/binary.ts'
import { percent } from '../units.ts'

const charging = new Set([0xaa, 0xab])

const readItems = (r: ReturnType<typeof reader>, record: SealRecord): void => {
  while (r.left() >= 2) {
    const id = r.u8()
    const length = r.u8()
    if (length > r.left()) return
    const bytes = r.bytes(length)
    const item = reader(bytes)
    if (id === 0x02 && length === 2) record.altitudeM = item.i16()
    else if (id === 0x0c && length === 6) record.raw.tilt = [item.i16(), item.i16(), item.i16()]
    else if (id === 0x10 && length === 1) record.wakeSource = String(item.u8())
    else if (id === 0x0b && length > 0) record.raw.lockCommand = bytes[0]
    else if (id === 0xfc && length === 1) record.fenceId = item.u8()
    else record.raw[`item${id.toString(16).padStart(2, '0')}`] = hexOf(bytes)
  }
}

export const lockReport = (body: Uint8Array, message: number, deviceId: string): SealRecord => {
  const record = blank('jt808', deviceId)
  record.origin = message === 0x5502 ? 'replay' : 'live'
  const r = reader(body)
  fix(r, record)
  record.gsmSignal = r.u8()
  record.satellites = r.u8()
  record.odometerKm = r.u32()
  const battery = r.u8()
  record.charging = charging.has(battery)
  record.batteryPct = percent(charging.has(battery) ? null : battery)
  record.cell = { mcc: null, mnc: null, cellId: r.u32(), lac: r.u16() }
  record.raw.product = r.u8()
  record.raw.status = r.u16()
  record.raw.alarm = r.u16()
  readItems(r, record)
  return record
}
