/**
 * JT/T 808 frames: `7E|id u16|attributes u16|[version]|terminal id|serial|body|XOR|7E`, 7E and 7D escaped between the delimiters. Jointech's
 * E7 frames have other escapes and a longer id. Frames that somebody has unescaped already are taken as well, told by their length.
 */
import { concat, hexOf, u16, xorOf } from '../bytes.ts'
import type { Cut } from '../codec.ts'

const delimiter = 0x7e
const jointechDelimiter = 0xe7
const parenthesis = 0x28
const closing = 0x29
export const longest = 8192

export type Header = {
  message: number
  attributes: number
  /** 2019 edition: its version byte */
  version: number | null
  idHex: string
  serial: number
  /** serial of one byte: Jointech's 55xx */
  shortSerial: boolean
  fragment: { total: number; part: number } | null
  body: Uint8Array
  checksumOk: boolean
  /** length of the body as the attributes have it */
  declared: number
}

const isJointech = (message: number): boolean => message >> 8 === 0x55

const sizeOfHead = (inner: Uint8Array, idBytes?: number): { id: number; at: number; size: number } => {
  const message = inner[0]! * 256 + inner[1]!
  const attributes = inner[2]! * 256 + inner[3]!
  const versioned = (attributes & 0x4000) !== 0
  const id = idBytes ?? (versioned && !isJointech(message) ? 10 : 6)
  const at = versioned && id === 10 ? 5 : 4
  const serial = isJointech(message) ? 1 : 2
  return { id, at, size: at + id + serial + (attributes & 0x2000 && !isJointech(message) ? 4 : 0) }
}

/** Reads what lies between the delimiters, unescaped. Throws RangeError where it is too short for a header. */
export const headerOf = (inner: Uint8Array, idBytes?: number): Header => {
  if (inner.length < 12) throw new RangeError('too short for a header')
  const { id, at, size } = sizeOfHead(inner, idBytes)
  const view = new DataView(inner.buffer, inner.byteOffset, inner.byteLength)
  const message = view.getUint16(0)
  const attributes = view.getUint16(2)
  const shortSerial = isJointech(message)
  const serialAt = at + id
  const fragmented = (attributes & 0x2000) !== 0 && !shortSerial
  if (inner.length < size + 1) throw new RangeError('too short for its header')
  return {
    message,
    attributes,
    version: at === 5 ? inner[4]! : null,
    idHex: hexOf(inner.subarray(at, at + id)),
    serial: shortSerial ? inner[serialAt]! : view.getUint16(serialAt),
    shortSerial,
    fragment: fragmented ? { total: view.getUint16(serialAt + 2), part: view.getUint16(serialAt + 4) } : null,
    body: inner.subarray(size, inner.length - 1),
    checksumOk: xorOf(inner) === 0,
    declared: attributes & 0x03ff,
  }
}

/** Pairs of bytes that stand for one: `second` after the escape byte. */
const unescape = (bytes: Uint8Array, pairs: readonly (readonly [number, number, number])[]): Uint8Array => {
  const out = new Uint8Array(bytes.length)
  let n = 0
  for (let i = 0; i < bytes.length; i++) {
    const pair = pairs.find(([escape, second]) => bytes[i] === escape && bytes[i + 1] === second)
    out[n++] = pair ? pair[2] : bytes[i]!
    if (pair) i++
  }
  return out.subarray(0, n)
}

const standard = [
  [0x7d, 0x02, 0x7e],
  [0x7d, 0x01, 0x7d],
] as const
const jointechs = [
  [0xe6, 0x02, 0xe7],
  [0xe6, 0x01, 0xe6],
  [0x3e, 0x02, 0x3d],
  [0x3e, 0x01, 0x3e],
] as const

const wholeLength = (inner: Uint8Array): number => sizeOfHead(inner).size + ((inner[2]! * 256 + inner[3]!) & 0x03ff) + 1

/** The content of a frame, unescaped unless it is already: told by which of the two has the length and checksum it claims. */
export const innerOf = (frame: Uint8Array): { inner: Uint8Array; idBytes?: number } => {
  const between = frame.subarray(1, frame.length - 1)
  if (frame[0] === jointechDelimiter) return { inner: unescape(between, jointechs), idBytes: 7 }
  const plain = unescape(between, standard)
  if (plain.length === between.length || between.length < 12) return { inner: plain }
  const already = wholeLength(between) === between.length && xorOf(between) === 0
  return { inner: already ? between : plain }
}

const endOf = (buffer: Uint8Array, mark: number): number => buffer.subarray(0, longest).indexOf(mark, 1)

/** A frame that was unescaped may hold its own delimiter: where its length and checksum say so, it ends where they say. */
const unescapedLength = (buffer: Uint8Array): number | null => {
  if (buffer.length < 15) return null
  const length = wholeLength(buffer.subarray(1)) + 2
  if (buffer[length - 1] !== delimiter) return null
  if (xorOf(buffer.subarray(1, length - 1)) === 0) return length
  // A wrong checksum: the length is believed where the next delimiter would cut a frame that contradicts its own.
  const first = unescape(buffer.subarray(1, endOf(buffer, delimiter)), standard)
  return first.length < 12 || wholeLength(first) !== first.length ? length : null
}

export const cut = (buffer: Uint8Array): Cut => {
  const first = buffer[0]
  if (first === parenthesis) {
    const end = endOf(buffer, closing)
    return end < 0 ? (buffer.length >= longest ? { skip: 1 } : 'more') : { frame: buffer.subarray(0, end + 1), used: end + 1 }
  }
  if (first !== delimiter && first !== jointechDelimiter) {
    const next = buffer.findIndex((b) => b === delimiter || b === jointechDelimiter || b === parenthesis)
    return { skip: next < 0 ? buffer.length : next }
  }
  const known = first === delimiter ? unescapedLength(buffer) : null
  const end = known === null ? endOf(buffer, first) : known - 1
  if (end < 0) return buffer.length >= longest ? { skip: 1 } : 'more'
  // two delimiters in a row: the first ended something that was lost
  if (end === 1) return { skip: 1 }
  return { frame: buffer.subarray(0, end + 1), used: end + 1 }
}

/** What goes on the wire: everything between the delimiters escaped. */
export const escapeFrame = (frame: Uint8Array): Uint8Array =>
  concat(
    [delimiter],
    [...frame.subarray(1, frame.length - 1)].flatMap((b) => (b === 0x7e ? [0x7d, 0x02] : b === 0x7d ? [0x7d, 0x01] : [b])),
    [delimiter],
  )

/** A frame to the device, not yet escaped. `serial` is ours; replies in a version-2019 conversation carry its version byte and long id. */
export const frameOf = (
  message: number,
  to: { idHex: string; version: number | null; shortSerial?: boolean },
  body: Uint8Array | number[],
  serial = 0,
): Uint8Array => {
  const attributes = body.length | (to.version === null ? 0 : 0x4000)
  const head = [...u16(message), ...u16(attributes), ...(to.version === null ? [] : [to.version])]
  const inner = concat(head, Buffer.from(to.idHex, 'hex'), to.shortSerial ? [serial & 0xff] : u16(serial), body)
  return concat([delimiter], inner, [xorOf(inner), delimiter])
}
