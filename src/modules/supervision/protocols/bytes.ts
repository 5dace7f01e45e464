/** Reading and writing of frames. Reads beyond the end throw RangeError, which the connection answers as a broken frame. */

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** Bytes of a hexadecimal text, blanks allowed; null when it is none. */
export const fromHex = (text: string): Uint8Array | null => {
  const bare = text.replace(/\s+/g, '')
  return bare.length % 2 === 0 && /^[0-9a-f]*$/i.test(bare) ? new Uint8Array(Buffer.from(bare, 'hex')) : null
}

export type Reader = {
  /** bytes read so far */
  at: number
  length: number
  u8: () => number
  u16: () => number
  u24: () => number
  u32: () => number
  i16: () => number
  i32: () => number
  u64: () => bigint
  hex: (count: number) => string
  text: (count: number) => string
  bytes: (count: number) => Uint8Array
  skip: (count: number) => void
  left: () => number
}

/** A reader of big-endian fields. */
export const reader = (bytes: Uint8Array, start = 0): Reader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const take = (count: number): number => {
    if (count < 0 || r.at + count > bytes.length) throw new RangeError(`${count} bytes were expected at ${r.at} of ${bytes.length}`)
    r.at += count
    return r.at - count
  }
  const r: Reader = {
    at: start,
    length: bytes.length,
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2)),
    u24: () => {
      const at = take(3)
      return view.getUint16(at) * 256 + view.getUint8(at + 2)
    },
    u32: () => view.getUint32(take(4)),
    i16: () => view.getInt16(take(2)),
    i32: () => view.getInt32(take(4)),
    u64: () => view.getBigUint64(take(8)),
    hex: (count) => hexOf(r.bytes(count)),
    text: (count) => textOf(r.bytes(count)),
    bytes: (count) => {
      const at = take(count)
      return bytes.subarray(at, at + count)
    },
    skip: (count) => void take(count),
    left: () => bytes.length - r.at,
  }
  return r
}

export const u16 = (n: number): number[] => [(n >>> 8) & 0xff, n & 0xff]
export const u32 = (n: number): number[] => [(n >>> 24) & 0xff, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]
export const concat = (...parts: (Uint8Array | number[])[]): Uint8Array => new Uint8Array(Buffer.concat(parts.map((p) => Buffer.from(p))))

const crcTable = (polynomial: number): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ polynomial : c >>> 1
    return c
  })
const x25Table = crcTable(0x8408)
const arcTable = crcTable(0xa001)

/** CRC-16/X-25 (reflected 0x1021, initial and final 0xFFFF): GT06. */
export const crcX25 = (bytes: Uint8Array): number => {
  let c = 0xffff
  for (const b of bytes) c = (c >>> 8) ^ x25Table[(c ^ b) & 0xff]!
  return c ^ 0xffff
}

/** CRC-16/ARC (reflected 0x8005, initial 0): Teltonika. */
export const crcArc = (bytes: Uint8Array): number => {
  let c = 0
  for (const b of bytes) c = (c >>> 8) ^ arcTable[(c ^ b) & 0xff]!
  return c
}

export const xorOf = (bytes: Uint8Array): number => bytes.reduce((x, b) => x ^ b, 0)
