/** Passwords that devices tell in clear (P52 of a JT701, TLV 0x67 of JT/T 808) are taken out before anything is kept. */
import type { SealRecord } from '../schema/record.ts'
import type { Frame } from '../store/positions.ts'
import type { Arrival } from './watcher.ts'

export type Told = { deviceId: string; password: string }

const mask = (bytes: Uint8Array, password: string): Uint8Array => {
  const copy = Buffer.from(bytes)
  for (let at = copy.indexOf(password, 0, 'latin1'); at >= 0; at = copy.indexOf(password, at + 1, 'latin1')) copy.fill('*', at, at + password.length)
  return copy
}

/** Masks passwords in the records and their frames, in place, and answers with what registered devices have told. */
export const conceal = (batch: readonly { frame: Frame; records: readonly SealRecord[] }[], arrivals: readonly Arrival[]): Told[] => {
  const told: Told[] = []
  for (const { device, record } of arrivals) {
    const { password } = record.raw
    if (typeof password === 'string' && /^\d{6}$/.test(password)) told.push({ deviceId: device.id, password })
  }
  for (const { frame, records } of batch)
    for (const { raw } of records)
      if (typeof raw.password === 'string' && raw.password !== '') {
        frame.bytes = mask(frame.bytes, raw.password)
        raw.password = '*'.repeat(raw.password.length)
      }
  return told
}
