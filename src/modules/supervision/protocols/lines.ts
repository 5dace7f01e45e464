/** What protocols of text lines share: a frame from its first mark to its last, and places written as degrees and minutes. */
import type { SealRecord } from '../schema/record.ts'
import { textOf } from './bytes.ts'
import type { Cut } from './codec.ts'
import { latitude, longitude, neverSet } from './units.ts'

const longest = 2048

/** Cuts from `start` to `end`; the end belongs to the frame where `keep` says so. Line ends between frames are dropped. */
export const between = (start: string, end: string, keep: boolean) => {
  const cut = (buffer: Uint8Array): Cut => {
    const text = textOf(buffer.subarray(0, longest))
    if (!text.startsWith(start)) {
      if (start.startsWith(text)) return 'more'
      const next = text.indexOf(start, 1)
      return { skip: next < 0 ? text.length : next }
    }
    const at = text.indexOf(end, start.length)
    if (at < 0) return text.length >= longest ? { skip: start.length } : 'more'
    const size = at + (keep ? end.length : 0)
    const blank = /^[\r\n]*/.exec(text.slice(at + end.length))![0].length
    return { frame: buffer.subarray(0, size), used: at + end.length + blank }
  }
  return { cut, longest }
}

export const placeInto = (record: SealRecord, lat: number, lon: number, fixed: boolean): void => {
  record.lat = latitude(lat)
  record.lon = longitude(lon)
  record.valid = fixed && record.lat !== null && record.lon !== null
  record.fixSource = record.valid ? 'gnss' : 'none'
}

export const timeInto = (record: SealRecord, at: string | null): void => {
  record.fixTime = at
  record.eventTime = at
  record.clockSuspect = neverSet(at)
}
