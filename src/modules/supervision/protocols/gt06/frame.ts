/**
 * GT06 frames (Concox/Jimi and their many relatives): `7878|length u8|…` or `7979|length u16|…`, then protocol number, body, serial u16,
 * CRC-16/X-25 over length…serial, `0D0A`. Where a length does not lead to `0D0A` the frame ends at the next one.
 */
import { concat, crcX25, reader, u16 } from '../bytes.ts'
import type { Cut } from '../codec.ts'

const short = 0x78
const long = 0x79
export const longest = 16_384
/** serial, checksum and the end */
const trailer = 6

const isStart = (a: number | undefined, b: number | undefined): boolean => (a === short && b === short) || (a === long && b === long)

const nextEnd = (buffer: Uint8Array, from: number): number => {
  for (let i = from; i + 1 < buffer.length; i++) if (buffer[i] === 0x0d && buffer[i + 1] === 0x0a) return i + 2
  return -1
}

export const cut = (buffer: Uint8Array): Cut => {
  if (buffer.length < 2) return buffer[0] === short || buffer[0] === long ? 'more' : { skip: 1 }
  if (!isStart(buffer[0], buffer[1])) {
    let at = 1
    while (at < buffer.length && !(buffer[at] === short || buffer[at] === long)) at++
    return { skip: at }
  }
  if (buffer.length < 5) return 'more'
  const declared = buffer[0] === short ? 5 + buffer[2]! : 6 + buffer[2]! * 256 + buffer[3]!
  if (declared <= buffer.length && buffer[declared - 2] === 0x0d && buffer[declared - 1] === 0x0a)
    return { frame: buffer.subarray(0, declared), used: declared }
  const end = nextEnd(buffer, 4)
  // The end may lie inside the declared length by chance: wait for the rest first.
  if (end > 0 && (buffer.length >= declared || declared > longest)) return { frame: buffer.subarray(0, end), used: end }
  return buffer.length >= longest ? { skip: 2 } : 'more'
}

/** `body` ends before the serial; `rest` is all of it up to the end mark, for frames that were cut short. */
export type Frame = {
  extended: boolean
  protocol: number
  body: Uint8Array
  rest: Uint8Array
  serial: number
  checksumOk: boolean
  lengthOk: boolean
  whole: Uint8Array
}

/** Takes a frame apart. The serial stands six bytes before the end, whatever the length says. */
export const frameOf = (whole: Uint8Array): Frame => {
  const extended = whole[0] === long
  const at = extended ? 4 : 3
  const r = reader(whole, 2)
  const declared = extended ? r.u16() : r.u8()
  const lengthOk = declared + at + 2 === whole.length
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
  return {
    extended,
    protocol: r.u8(),
    body: whole.subarray(at + 1, Math.max(at + 1, whole.length - trailer)),
    rest: whole.subarray(at + 1, Math.max(at + 1, whole.length - 2)),
    serial: view.getUint16(whole.length - trailer),
    checksumOk: lengthOk && crcX25(whole.subarray(2, whole.length - 4)) === view.getUint16(whole.length - 4),
    lengthOk,
    whole,
  }
}

/** A frame to the device. */
export const build = (protocol: number, content: Uint8Array | number[], serial: number, extended = false): Uint8Array => {
  const length = content.length + 5
  const inner = concat(extended ? u16(length) : [length], [protocol], content, u16(serial))
  return concat(extended ? [long, long] : [short, short], inner, u16(crcX25(inner)), [0x0d, 0x0a])
}
