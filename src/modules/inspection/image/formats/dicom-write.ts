/**
 * Writes a measurement as DICOS (NEMA IIC 1): one frame a plane as DX, slices as CT. The envelope and the pixels, not the modules that
 * describe a security scanner; unverified against any vendor's reader.
 */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import type { Scan } from '../scan.ts'

const sopClass = { volume: '1.2.840.10008.5.1.4.1.1.501.1', picture: '1.2.840.10008.5.1.4.1.1.501.2.1' } as const
const explicitLittleEndian = '1.2.840.10008.1.2.1'

/** What a file says of itself beside its pixels. `id` is a UUID; it becomes the instance's identifier (ITU-T X.667: 2.25.<number>). */
export type Envelope = { id: string; takenAt: string; mmPerPx: number | null; scanner: string }

const framesOf = (scan: Scan): { width: number; height: number; frames: Uint16Array[] } | null => {
  switch (scan.kind) {
    case 'grey':
      return { ...scan.grey, frames: [scan.grey.data] }
    case 'dual-energy':
      return { ...scan.dual, frames: [scan.dual.low, scan.dual.high] }
    case 'volume': {
      const { width, height, slices, data } = scan.volume
      return { width, height, frames: Array.from({ length: slices }, (_, n) => data.subarray(n * width * height, (n + 1) * width * height)) }
    }
    case 'colour':
      return null
  }
}

const joined = (frames: readonly Uint16Array[]): ArrayBuffer => {
  const out = new Uint16Array(frames.reduce((n, f) => n + f.length, 0))
  let at = 0
  for (const frame of frames) {
    out.set(frame, at)
    at += frame.length
  }
  return out.buffer
}

/** The bytes of a DICOM file; refused for a picture that has colours and no measurement. */
export const writeDicom = async (scan: Scan, { id, takenAt, mmPerPx, scanner }: Envelope): Promise<Outcome<Uint8Array>> => {
  const picture = framesOf(scan)
  if (!picture) return refuse(error('inspection.image_unsupported', '', { format: 'DICOM', detail: 'colours without a measurement' }))
  // Loaded here, because few files are ever written and the library is large.
  const { DicomDict, DicomMetaDictionary } = (await import('dcmjs')).default.data
  const uid = `2.25.${BigInt(`0x${id.replaceAll('-', '')}`)}`
  const kind = scan.kind === 'volume' ? sopClass.volume : sopClass.picture
  const dataset = {
    SOPClassUID: kind,
    SOPInstanceUID: uid,
    Modality: scan.kind === 'volume' ? 'CT' : 'DX',
    ContentDate: takenAt.slice(0, 10).replaceAll('-', ''),
    ContentTime: takenAt.slice(11, 19).replaceAll(':', ''),
    StationName: scanner.slice(0, 16),
    Rows: picture.height,
    Columns: picture.width,
    NumberOfFrames: picture.frames.length,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    ...(mmPerPx !== null && { PixelSpacing: [mmPerPx, mmPerPx] }),
    ...(scan.kind === 'volume' && { RescaleSlope: scan.volume.rescale.slope, RescaleIntercept: scan.volume.rescale.intercept }),
    PixelData: [joined(picture.frames)],
    _vrMap: { PixelData: 'OW' },
  }
  const meta = {
    MediaStorageSOPClassUID: { vr: 'UI', Value: [kind] },
    MediaStorageSOPInstanceUID: { vr: 'UI', Value: [uid] },
    TransferSyntaxUID: { vr: 'UI', Value: [explicitLittleEndian] },
    ImplementationClassUID: { vr: 'UI', Value: ['2.25.275806184429178414023178440126155870817'] },
  }
  const file = new DicomDict(meta)
  file.dict = DicomMetaDictionary.denaturalizeDataset(dataset)
  return accept(new Uint8Array(file.write()))
}
