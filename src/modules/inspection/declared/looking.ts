/** How a scan is looked at before it is held against a declaration: at which scale, through which beam, within which walls. Pure. */
import { coarser } from '../image/coarser.ts'
import { calibrationFor, calibrationOfOne, type Energies } from '../image/pseudo-colour.ts'
import type { Box } from '../image/raster.ts'
import type { DualEnergy, Grey } from '../image/scan.ts'
import { attenuation, fieldOfOne } from './field.ts'
import { cargoLooking, type Looking, parcelLooking } from './field.ts'
import { measure, type Measured, measureField } from './measure.ts'
import type { Limits } from '../schema/expectation.ts'
import { countUnits, type Shadow, type Units } from './units.ts'

/** The scale at which limits were found to hold (`bench match`); a finer picture is brought to it, which also quiets its noise. */
const parcelMmPerPx = 2
const mostPx = 1280
/** Coarser than this, the wall of a carton is not seen, and gaps alone part what stands together. */
const wallsSeenUpToMm = 4
/** By which a wall or a gap differs from its sides, in attenuation: some times the grain of such pictures. */
const leastContrast = 0.04

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

/**
 * What was measured, in pixels of a picture `by` times coarser than the image. `shadow`: its attenuation, for counting what stands in it. `mmPerPx` is that of the
 * coarser picture.
 */
export type Looked = { measured: Measured; by: number; mmPerPx: number | undefined; shadow: Shadow }

type Scale = { by: number; mmPerPx: number | undefined }
const scaleFor = ({ width, height }: { width: number; height: number }, mmPerPx: number | undefined, isCargo: boolean): Scale => {
  const forScale = isCargo || mmPerPx === undefined ? 1 : Math.round(parcelMmPerPx / mmPerPx)
  const by = Math.max(1, forScale, Math.ceil(Math.max(width, height) / mostPx))
  return { by, mmPerPx: mmPerPx === undefined ? undefined : mmPerPx * by }
}

const lookingFor = (picture: DualEnergy, mmPerPx: number | undefined, isCargo: boolean): Looking =>
  isCargo ? cargoLooking(mmPerPx ?? 1, insideOf(picture, mmPerPx)) : parcelLooking(mmPerPx ?? 1)

/** Panels of cardboard lie just above this; a container's walls are taken off before. */
const parcelAir = 0.03

/** Attenuation within the frame; what is as good as air is 0. */
const shadowOf = (
  { width, height }: DualEnergy,
  plane: Uint16Array,
  tare: number,
  { frame = [0, 0, width, height], openBelow }: Looking,
  isCargo: boolean,
): Shadow => {
  const [fx, fy, fw, fh] = frame
  const air = isCargo ? openBelow : parcelAir
  const out = attenuation(plane, tare)
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    if (out[i]! < air || x < fx || y < fy || x >= fx + fw || y >= fy + fh) out[i] = 0
  }
  return { width, height, attenuation: out }
}

/** Counts packages in what was looked at; `mmPerPx` is that of the looked-at picture. */
export const unitsOf = ({ shadow }: Looked, mmPerPx: number, leastSideMm: number): Units =>
  countUnits(shadow, { leastSidePx: Math.max(6, Math.round(leastSideMm / mmPerPx)), walls: mmPerPx <= wallsSeenUpToMm, contrast: leastContrast })

/** Measures two transmissions. `mmPerPx` undefined: nothing is weighed, and `massKg` means nothing. */
export const lookAt = (dual: DualEnergy, energies: Energies | undefined, mmPerPx: number | undefined): Looked => {
  const calibration = calibrationFor(energies)
  const isPortal = calibration.power === 1
  const { by, mmPerPx: scale } = scaleFor(dual, mmPerPx, isPortal)
  const picture = by === 1 ? dual : coarser(dual, by)
  const looking = lookingFor(picture, scale, isPortal)
  // Cardboard shows best at the lower energy; behind a container's walls the higher one is the calmer.
  const shadow = isPortal
    ? shadowOf(picture, picture.high, looking.tare[1], looking, isPortal)
    : shadowOf(picture, picture.low, looking.tare[0], looking, isPortal)
  return { measured: measure(picture, calibration, looking), by, mmPerPx: scale, shadow }
}

/** As `Looked`; `massKg` of all goods lies between these two, null where the energy or the scale is not known. */
export type LookedOnce = Looked & { massKg: Limits | null }

/** Measures one transmission. Of materials nothing is told: classes and shares of `measured` mean nothing. */
export const lookOnce = (grey: Grey, energyKeV: number | undefined, mmPerPx: number | undefined, isCargo: boolean): LookedOnce => {
  const both: DualEnergy = { ...grey, low: grey.data, high: grey.data }
  const { by, mmPerPx: scale } = scaleFor(grey, mmPerPx, isCargo)
  const picture = by === 1 ? both : coarser(both, by)
  const looking = lookingFor(picture, scale, isCargo)
  const { field, gPerCm2Sum } = fieldOfOne({ ...picture, data: picture.high }, energyKeV === undefined ? null : calibrationOfOne(energyKeV), looking)
  const kgPerGPerCm2 = scale === undefined ? null : (scale / 10) ** 2 / 1000
  return {
    measured: measureField(field, looking),
    by,
    mmPerPx: scale,
    shadow: shadowOf(picture, picture.high, looking.tare[1], looking, isCargo),
    massKg: gPerCm2Sum && kgPerGPerCm2 !== null ? [gPerCm2Sum[0] * kgPerGPerCm2, gPerCm2Sum[1] * kgPerGPerCm2] : null,
  }
}
