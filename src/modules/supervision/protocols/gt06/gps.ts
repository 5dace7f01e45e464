/** Position blocks of GT06 and its relatives. */
import type { SealRecord } from '../../schema/record.ts'
import type { Reader } from '../bytes.ts'
import { instantOfParts, latitude, longitude, neverSet } from '../units.ts'

/** One degree is 1,800,000 units: minutes times 30,000. */
const unitsPerDegree = 1_800_000

/** Six bytes: year since 2000, month, day, hour, minute, second. Null when they are no date. */
export const dateOf = (r: Reader, zoneMinutes: number): string | null => {
  const [year, month, day, hour, minute, second] = [r.u8(), r.u8(), r.u8(), r.u8(), r.u8(), r.u8()]
  return instantOfParts({ year: 2000 + year, month, day, hour, minute, second }, zoneMinutes)
}

const flagsInto = (record: SealRecord, flags: number, lat: number, lon: number): void => {
  record.courseDeg = (flags & 0x03ff) % 360
  record.lat = latitude(flags & 0x0400 ? lat : -lat)
  record.lon = longitude(flags & 0x0800 ? -lon : lon)
  record.valid = (flags & 0x1000) !== 0 && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
  if (flags & 0x4000) record.raw.ignition = (flags & 0x8000) !== 0
}

export type Layout = { satellites?: boolean; speed?: boolean }

/** Latitude, longitude, speed in km/h, flags with the course; with a byte of satellites before them as a rule. */
export const placeOf = (r: Reader, record: SealRecord, { satellites = true, speed = true }: Layout = {}): void => {
  if (satellites) record.satellites = r.u8() & 0x0f
  const lat = r.u32() / unitsPerDegree
  const lon = r.u32() / unitsPerDegree
  if (speed) record.speedKph = r.u8()
  flagsInto(record, r.u16(), lat, lon)
  if (!speed) record.speedKph = 0
}

export const timeInto = (record: SealRecord, fixTime: string | null): void => {
  record.fixTime = fixTime
  record.eventTime = fixTime
  record.clockSuspect = neverSet(fixTime)
}

/** MCC u16 (its high bit: MNC has two bytes), MNC, LAC u16, cell u24. */
export const cellOf = (r: Reader, record: SealRecord): void => {
  const mcc = r.u16()
  const mnc = mcc & 0x8000 ? r.u16() : r.u8()
  record.cell = { mcc: mcc & 0x7fff, mnc, lac: r.u16(), cellId: r.u24() }
}

/** Block of module 0x33: seconds since 1970, satellites, altitude, place. */
export const modulePlace = (r: Reader, record: SealRecord): void => {
  timeInto(record, new Date(r.u32() * 1000).toISOString())
  record.satellites = r.u8()
  record.altitudeM = r.i16()
  placeOf(r, record, { satellites: false })
}
