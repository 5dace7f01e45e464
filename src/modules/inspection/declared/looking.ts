/** How a scan is looked at before it is held against a declaration: at which scale, through which beam, within which walls. Pure. */
import { coarser } from '../image/coarser.ts'
import { calibrationFor, type Energies } from '../image/pseudo-colour.ts'
import type { Box } from '../image/raster.ts'
import type { DualEnergy } from '../image/scan.ts'
import { cargoLooking, measure, type Measured, parcelLooking } from '../measure.ts'

/** The scale at which limits were found to hold (`bench match`); a finer picture is brought to it, which also quiets its noise. */
const parcelMmPerPx = 2
const mostPx = 1280

/** ISO 668: a container with its rails is so high; what its frame takes at the sides and top, and frame, floor and feet of pallets below. */
const containerMm = { height: 2580, side: 130, below: 290 }
/** Attenuation of the high channel that one wall of steel, half seen, already has. */
const wall = 0.05

/** Where goods can be in a container: within its posts, rails and floor. The whole picture where no container is seen. */
export const insideOf = ({ width, height, high }: DualEnergy, mmPerPx: number | undefined): Box => {
  const dark = 65_535 * Math.exp(-wall)
  const count = (length: number, at: (i: number) => number, across: number): [number, number] => {
    const isWall = (i: number): boolean => {
      let n = 0
      for (let k = 0; k < across; k++) if (high[at(i) + k * (across === height ? width : 1)]! < dark) n++
      return n > across / 3
    }
    let [first, last] = [0, length - 1]
    while (first < last && !isWall(first)) first++
    while (last > first && !isWall(last)) last--
    return [first, last]
  }
  const [left, right] = count(width, (x) => x, height)
  const [top, bottom] = count(height, (y) => y * width, width)
  if (right - left < 64 || bottom - top < 64) return [0, 0, width, height]
  const mm = mmPerPx ?? containerMm.height / (bottom - top + 1)
  const [side, below] = [Math.round(containerMm.side / mm), Math.round(containerMm.below / mm)]
  const box: Box = [left + side, top + side, right - left + 1 - 2 * side, bottom - top + 1 - side - below]
  return box[2] > 32 && box[3] > 32 ? box : [0, 0, width, height]
}

/** What was measured, in pixels of a picture `by` times coarser than the image. */
export type Looked = { measured: Measured; by: number }

/** Measures two transmissions. `mmPerPx` undefined: nothing is weighed, and `massKg` means nothing. */
export const lookAt = (dual: DualEnergy, energies: Energies | undefined, mmPerPx: number | undefined): Looked => {
  const calibration = calibrationFor(energies)
  const isPortal = calibration.power === 1
  const forScale = isPortal || mmPerPx === undefined ? 1 : Math.round(parcelMmPerPx / mmPerPx)
  const by = Math.max(1, forScale, Math.ceil(Math.max(dual.width, dual.height) / mostPx))
  const picture = by === 1 ? dual : coarser(dual, by)
  const scale = mmPerPx === undefined ? undefined : mmPerPx * by
  const looking = isPortal ? cargoLooking(scale ?? 1, insideOf(picture, scale)) : parcelLooking(scale ?? 1)
  return { measured: measure(picture, calibration, looking), by }
}
