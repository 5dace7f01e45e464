/** What is shown of a scan: a picture for people, planes for the workstation. Derived from the original whenever it is wanted. */
import sharp from 'sharp'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { coarser } from './coarser.ts'
import type { Plane } from '../schema/image.ts'
import { type Energies, pseudoColour } from './pseudo-colour.ts'
import type { Raster } from './raster.ts'
import type { Scan } from './scan.ts'

const toByte = (sample: number): number => (sample + 128) / 257

/** Grey samples as a grey picture. */
const greyRaster = (width: number, height: number, samples: Uint16Array): Raster => {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data[i * 3] = data[i * 3 + 1] = data[i * 3 + 2] = toByte(samples[i]!)
  return { width, height, data }
}

/** The scan as colours: as painted by the scanner, painted from its two energies, or (one energy, the middle slice of a volume) in grey. */
export const rasterOf = (scan: Scan, energies?: Energies): Raster => {
  switch (scan.kind) {
    case 'colour':
      return scan.raster
    case 'grey':
      return greyRaster(scan.grey.width, scan.grey.height, scan.grey.data)
    case 'dual-energy':
      return pseudoColour(scan.dual, energies)
    case 'volume': {
      const { width, height, slices, data } = scan.volume
      const from = Math.floor(slices / 2) * width * height
      return greyRaster(width, height, data.subarray(from, from + width * height))
    }
  }
}

/** The samples of one plane: rows from the top, little-endian, without a gap; depth in bits of one sample. */
export type PlaneBytes = { width: number; height: number; slices: number; depthBits: 8 | 16; channels: 1 | 3; bytes: Buffer }

const bytesOf = (samples: Uint16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)

/** A plane of the scan; refused where the scan has none of that name. */
export const planeOf = (scan: Scan, plane: Plane, energies?: Energies): Outcome<PlaneBytes> => {
  const grey = (width: number, height: number, samples: Uint16Array, slices = 1): Outcome<PlaneBytes> =>
    accept({ width, height, slices, depthBits: 16, channels: 1, bytes: bytesOf(samples) })
  if (plane === 'rgb' && scan.kind !== 'volume') {
    const { width, height, data } = rasterOf(scan, energies)
    return accept({ width, height, slices: 1, depthBits: 8, channels: 3, bytes: Buffer.from(data.buffer, data.byteOffset, data.byteLength) })
  }
  if (scan.kind === 'dual-energy' && (plane === 'low' || plane === 'high')) return grey(scan.dual.width, scan.dual.height, scan.dual[plane])
  if (scan.kind === 'grey' && plane === 'grey') return grey(scan.grey.width, scan.grey.height, scan.grey.data)
  if (scan.kind === 'volume' && plane === 'grey') return grey(scan.volume.width, scan.volume.height, scan.volume.data, scan.volume.slices)
  return refuse(error('inspection.plane_absent', '/plane', { plane }))
}

/** Painting costs by the pixel: of a large measurement no more is painted than is shown. */
const smallEnough = (scan: Scan, side: number): Scan => {
  if (scan.kind !== 'dual-energy') return scan
  const by = Math.floor(Math.max(scan.dual.width, scan.dual.height) / side)
  return by > 1 ? { ...scan, dual: coarser(scan.dual, by) } : scan
}

/** A JPEG of at most `side` pixels on its longer side, never enlarged. */
export const previewOf = (scan: Scan, side: number, energies?: Energies): Promise<Buffer> => {
  const { width, height, data } = rasterOf(smallEnough(scan, side), energies)
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer()
}
