/** JPEG (ISO/IEC 10918): 8 bits, one or three components, baseline and progressive. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Format, type Header, startsWith, uint } from './format.ts'
import { readPages } from './pixels.ts'

const refusal = (code: string, detail: string) => refuse(error(code, '', { format: 'JPEG', detail }))

/** Start of frame: C0 to CF without the tables DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const hasNoLength = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)

const frame = (bytes: Uint8Array, at: number): Outcome<Header> => {
  const [depth, heightPx, widthPx, components] = [uint(bytes, at, 1), uint(bytes, at + 1, 2), uint(bytes, at + 3, 2), uint(bytes, at + 5, 1)]
  if (components === null) return refusal('inspection.image_truncated', 'frame')
  if (!widthPx || !heightPx) return refusal('inspection.image_broken', 'no size')
  if (depth !== 8) return refusal('inspection.image_unsupported', `${depth} bits`)
  return accept({ widthPx, heightPx, depthBits: 8, channels: components === 1 ? 1 : 3, pages: 1, volume: false, mmPerPx: null })
}

const header = (bytes: Uint8Array): Outcome<Header> => {
  for (let at = 2; ;) {
    const lead = uint(bytes, at, 1)
    const marker = uint(bytes, at + 1, 1)
    if (lead === null || marker === null) return refusal('inspection.image_truncated', 'no frame')
    if (lead !== 0xff) return refusal('inspection.image_broken', 'no marker')
    // FF may be repeated as filling before a marker
    if (marker === 0xff) at++
    else if (hasNoLength(marker)) at += 2
    else if (marker === 0xd9 || marker === 0xda) return refusal('inspection.image_broken', 'no frame')
    else if (isFrame(marker)) return frame(bytes, at + 4)
    else {
      const length = uint(bytes, at + 2, 2)
      if (length === null || length < 2) return refusal(length === null ? 'inspection.image_truncated' : 'inspection.image_broken', 'segment')
      at += 2 + length
    }
  }
}

export const jpeg: Format = {
  name: 'jpeg',
  contentType: 'image/jpeg',
  recognise: (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]),
  header,
  read: (bytes, h) => readPages(bytes, h, 'JPEG'),
}
