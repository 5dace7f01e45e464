/** Pixels of a scan in memory. The origin is the upper left corner; rows follow each other without a gap. */
import type { Raster } from './raster.ts'

/** One measured channel: 0 is no signal, 65,535 the open beam. 8-bit sources are stretched (257 × value). */
export type Grey = { width: number; height: number; data: Uint16Array }

/** Two measured transmissions of the same rays, 65,535 being the open beam. */
export type DualEnergy = { width: number; height: number; low: Uint16Array; high: Uint16Array }

/** Slices of a reconstruction, one after the other; the values are the maker's unless the file says how to rescale them. */
export type Volume = { width: number; height: number; slices: number; data: Uint16Array; rescale: { slope: number; intercept: number } }

export type Scan =
  | { kind: 'colour'; raster: Raster }
  | { kind: 'grey'; grey: Grey; depthBits: 8 | 16 }
  | { kind: 'dual-energy'; dual: DualEnergy; depthBits: 8 | 16 }
  | { kind: 'volume'; volume: Volume; depthBits: 8 | 16 }

/** Width, height and slices of a scan. */
export const extentOf = (scan: Scan): { widthPx: number; heightPx: number; slices: number } => {
  const at = scan.kind === 'colour' ? scan.raster : scan.kind === 'grey' ? scan.grey : scan.kind === 'dual-energy' ? scan.dual : scan.volume
  return { widthPx: at.width, heightPx: at.height, slices: scan.kind === 'volume' ? scan.volume.slices : 1 }
}
