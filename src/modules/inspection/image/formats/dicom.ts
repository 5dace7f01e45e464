/**
 * DICOM files (PS3.10), and with them the envelope of DICOS (NEMA IIC 1): CT and DX, uncompressed little-endian samples. No genuine DICOS
 * file was at hand; what is read here was written by `dicom-write.ts` and by a DICOM library, so DICOS of a vendor is unverified.
 */
import dicomParser, { type DataSet } from 'dicom-parser'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import type { Scan } from '../scan.ts'
import { type Format, type Header, startsWith } from './format.ts'

const tag = {
  transferSyntax: 'x00020010',
  sopClass: 'x00080016',
  samples: 'x00280002',
  photometric: 'x00280004',
  frames: 'x00280008',
  rows: 'x00280010',
  columns: 'x00280011',
  pixelSpacing: 'x00280030',
  imagerSpacing: 'x00181164',
  bitsAllocated: 'x00280100',
  bitsStored: 'x00280101',
  signed: 'x00280103',
  intercept: 'x00281052',
  slope: 'x00281053',
  pixels: 'x7fe00010',
} as const

const littleEndian: ReadonlySet<string> = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1'])
/** CT Image, Enhanced CT Image, DICOS CT Image: their frames are slices of one volume. */
const volumes: ReadonlySet<string> = new Set(['1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.5.1.4.1.1.2.1', '1.2.840.10008.5.1.4.1.1.501.1'])

const refusal = (code: string, detail: string) => refuse(error(code, '', { format: 'DICOM', detail }))

type Facts = Header & { bitsStored: number; signed: boolean; inverted: boolean; rescale: { slope: number; intercept: number } }

const spacingOf = (d: DataSet): number | null => {
  const mm = d.floatString(tag.pixelSpacing) ?? d.floatString(tag.imagerSpacing)
  return mm !== undefined && mm > 0 && mm <= 100 ? mm : null
}

const factsOf = (d: DataSet): Outcome<Facts> => {
  const [heightPx, widthPx, allocated] = [d.uint16(tag.rows), d.uint16(tag.columns), d.uint16(tag.bitsAllocated)]
  const frames = d.intString(tag.frames) ?? 1
  const bitsStored = d.uint16(tag.bitsStored) ?? allocated
  if (heightPx === undefined && widthPx === undefined) return refusal('inspection.image_broken', 'it holds no picture')
  if (!heightPx || !widthPx || !bitsStored || !(frames >= 1)) return refusal('inspection.image_broken', 'no size')
  if ((allocated !== 8 && allocated !== 16) || bitsStored > allocated)
    return refusal('inspection.image_unsupported', `${bitsStored} of ${allocated} bits`)
  if ((d.uint16(tag.samples) ?? 1) !== 1) return refusal('inspection.image_unsupported', 'colours')
  const rescale = { slope: d.floatString(tag.slope) ?? 1, intercept: d.floatString(tag.intercept) ?? 0 }
  const volume = frames > 1 && volumes.has(d.string(tag.sopClass) ?? '')
  const inverted = d.string(tag.photometric) === 'MONOCHROME1'
  const signed = d.uint16(tag.signed) === 1
  const depthBits = allocated
  return accept({ widthPx, heightPx, depthBits, channels: 1, pages: frames, mmPerPx: spacingOf(d), volume, bitsStored, signed, inverted, rescale })
}

/** The syntax is looked at first, because the parser would inflate a deflated file of any size. */
const parse = (bytes: Uint8Array, untilTag?: string): Outcome<DataSet> => {
  try {
    const syntax = dicomParser.readPart10Header(bytes).string(tag.transferSyntax) ?? ''
    if (!littleEndian.has(syntax)) return refusal('inspection.image_unsupported', `transfer syntax ${syntax.slice(0, 64)}`)
    return accept(dicomParser.parseDicom(bytes, untilTag ? { untilTag } : {}))
  } catch (fault) {
    const detail = typeof fault === 'string' ? fault : ((fault as { message?: string }).message ?? String(fault))
    return refusal(
      /past the end|beyond|overran|buffer/i.test(detail) ? 'inspection.image_truncated' : 'inspection.image_broken',
      detail.slice(0, 120),
    )
  }
}

const header = (bytes: Uint8Array): Outcome<Header> => {
  const data = parse(bytes, tag.pixels)
  return data.ok ? factsOf(data.value) : data
}

/** Stored values as whole numbers above 0: a signed value is moved up by half the range. */
const samplesOf = (bytes: Uint8Array, at: number, count: number, f: Facts): Uint16Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  const greatest = 2 ** f.bitsStored - 1
  const half = f.signed ? 2 ** (f.bitsStored - 1) : 0
  const out = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    const stored = f.depthBits === 8 ? view.getUint8(i) : view.getUint16(i * 2, true)
    const value = ((stored & greatest) + half) & greatest
    out[i] = f.inverted ? greatest - value : value
  }
  return out
}

const scansOf = (samples: Uint16Array, f: Facts): Scan[] => {
  const { widthPx: width, heightPx: height, depthBits } = f
  const half = f.signed ? 2 ** (f.bitsStored - 1) : 0
  const rescale = { slope: f.rescale.slope, intercept: f.rescale.intercept - half * f.rescale.slope }
  if (f.volume) return [{ kind: 'volume', volume: { width, height, slices: f.pages, data: samples, rescale }, depthBits }]
  // A picture is a transmission: its brightest value is the open beam, however many bits are used.
  const greatest = 2 ** f.bitsStored - 1
  const stretched = f.bitsStored === 16 ? samples : samples.map((v) => Math.round((v * 65_535) / greatest))
  const each = width * height
  return Array.from({ length: f.pages }, (_, n): Scan => ({
    kind: 'grey',
    grey: { width, height, data: stretched.subarray(n * each, (n + 1) * each) },
    depthBits,
  }))
}

const read: Format['read'] = async (bytes) => {
  const data = parse(bytes)
  if (!data.ok) return data
  const facts = factsOf(data.value)
  if (!facts.ok) return facts
  const pixels = data.value.elements[tag.pixels]
  const count = facts.value.widthPx * facts.value.heightPx * facts.value.pages
  const needed = (count * facts.value.depthBits) / 8
  if (!pixels || pixels.encapsulatedPixelData) return refusal('inspection.image_broken', 'no uncompressed pixels')
  if (pixels.length < needed || pixels.dataOffset + needed > bytes.length) return refusal('inspection.image_truncated', 'pixels')
  return accept(scansOf(samplesOf(bytes, pixels.dataOffset, count, facts.value), facts.value))
}

export const dicom: Format = {
  name: 'dicom',
  contentType: 'application/dicom',
  recognise: (bytes) => bytes.length > 132 && startsWith(bytes.subarray(128, 132), [0x44, 0x49, 0x43, 0x4d]),
  header,
  read,
}
