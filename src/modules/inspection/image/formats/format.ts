/**
 * A format of files: how it is recognised by its first bytes, what its header says, and how its pixels are read. To add one, write a
 * file here and name it in `index.ts`. A reader never trusts a length or an offset of the file.
 */
import type { Outcome } from '#kernel/outcome.ts'
import type { FileFormat } from '../../schema/image.ts'
import type { Scan } from '../scan.ts'

export type Header = {
  widthPx: number
  heightPx: number
  /** of each sample */
  depthBits: 8 | 16
  /** 1 grey, 3 colours; transparency and palettes are resolved while reading */
  channels: 1 | 3
  /** pages of a TIFF, frames of a DICOM file */
  pages: number
  /** the pages are slices of one reconstruction */
  volume: boolean
  /** where the file says it */
  mmPerPx: number | null
}

export type Format = {
  name: FileFormat
  contentType: string
  recognise: (bytes: Uint8Array) => boolean
  /** The header alone, without decompressing; refuses what is cut off or contradicts itself. */
  header: (bytes: Uint8Array) => Outcome<Header>
  /** All pixels: one scan a page, or a volume. Called after the limits have been checked. */
  read: (bytes: Uint8Array, header: Header) => Promise<Outcome<Scan[]>>
}

/** Whole numbers out of bytes; `null` where the file ends before. */
export const uint = (bytes: Uint8Array, at: number, size: 1 | 2 | 4, littleEndian = false): number | null => {
  if (at < 0 || at + size > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at, littleEndian) : view.getUint32(at, littleEndian)
}

export const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((b, i) => bytes[i] === b)
