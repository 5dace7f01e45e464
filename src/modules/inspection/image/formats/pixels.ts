/** Pixels of PNG, JPEG and TIFF by libvips. */
import sharp, { type Sharp } from 'sharp'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import type { Scan } from '../scan.ts'
import type { Header } from './format.ts'

// libvips checks again what our own reading of the header has found.
const options = { failOn: 'error', limitInputPixels: 70_000_000, unlimited: false, sequentialRead: true } as const

const stretch = (bytes: Uint8Array): Uint16Array => {
  const out = new Uint16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i]! * 257
  return out
}

/** Without `toColourspace('grey16')` and `depth: 'ushort'` together libvips silently answers 8 bits. */
const greyPage = async (image: Sharp, h: Header): Promise<Scan> => {
  const { widthPx: width, heightPx: height } = h
  if (h.depthBits === 8) {
    const bytes = await image.flatten({ background: '#fff' }).toColourspace('b-w').raw().toBuffer()
    return { kind: 'grey', grey: { width, height, data: stretch(bytes) }, depthBits: 8 }
  }
  const bytes = await image.removeAlpha().toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer()
  // A copy, because the samples may begin at an odd address of libvips' buffer.
  return { kind: 'grey', grey: { width, height, data: new Uint16Array(new Uint8Array(bytes).buffer) }, depthBits: 16 }
}

const colourPage = async (image: Sharp, { widthPx: width, heightPx: height }: Header): Promise<Scan> => {
  const data = await image.flatten({ background: '#fff' }).toColourspace('srgb').raw().toBuffer()
  return { kind: 'colour', raster: { width, height, data } }
}

const samplesOf = (scan: Scan): number =>
  scan.kind === 'colour' ? scan.raster.data.length / 3 : scan.kind === 'grey' ? scan.grey.data.length : Number.NaN

/** Every page as a scan of its own; what libvips cannot read is refused in its words. */
export const readPages = async (bytes: Uint8Array, h: Header, format: string): Promise<Outcome<Scan[]>> => {
  try {
    const scans: Scan[] = []
    for (let page = 0; page < h.pages; page++) {
      const image = sharp(bytes, h.pages > 1 ? { ...options, page } : options)
      scans.push(await (h.channels === 1 ? greyPage(image, h) : colourPage(image, h)))
    }
    // A page of another size than the first would be read askew.
    if (scans.some((s) => samplesOf(s) !== h.widthPx * h.heightPx))
      return refuse(error('inspection.image_broken', '', { format, detail: 'the number of pixels is not what the header says' }))
    return accept(scans)
  } catch (fault) {
    const detail = (fault as Error).message.split('\n')[0]!.slice(0, 120)
    return refuse(error(/premature|truncat|end of/i.test(detail) ? 'inspection.image_truncated' : 'inspection.image_broken', '', { format, detail }))
  }
}
