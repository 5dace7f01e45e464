/** PNG (ISO/IEC 15948): 8 and 16 bits, grey, colour, palette. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Format, type Header, startsWith, uint } from './format.ts'
import { readPages } from './pixels.ts'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
const broken = (detail: string): { ok: false; issues: ReturnType<typeof error>[] } =>
  refuse(error('inspection.image_broken', '', { format: 'PNG', detail }))

const grey = new Set([0, 4])

/** Follows the chunks to the end; a picture of which the end is missing is cut off. */
const header = (bytes: Uint8Array): Outcome<Header> => {
  const [widthPx, heightPx, depth, colour] = [uint(bytes, 16, 4), uint(bytes, 20, 4), uint(bytes, 24, 1), uint(bytes, 25, 1)]
  if (text(bytes, 12) !== 'IHDR' || !widthPx || !heightPx || depth === null || colour === null) return broken('no header')
  let pixels = 0
  for (let at = 8; ;) {
    const length = uint(bytes, at, 4)
    if (length === null || at + 12 + length > bytes.length) return refuse(error('inspection.image_truncated', '', { format: 'PNG' }))
    const type = text(bytes, at + 4)
    if (type === 'IDAT') pixels += length
    if (type === 'IEND') break
    at += 12 + length
  }
  if (pixels === 0) return broken('no pixels')
  return accept({ widthPx, heightPx, depthBits: depth === 16 ? 16 : 8, channels: grey.has(colour) ? 1 : 3, pages: 1, volume: false, mmPerPx: null })
}

export const png: Format = {
  name: 'png',
  contentType: 'image/png',
  recognise: (bytes) => startsWith(bytes, signature),
  header,
  read: (bytes, h) => readPages(bytes, h, 'PNG'),
}
