/** What every pixel of a picture holds: areal density, and, where two energies tell it, atomic number. Pure. */
import type { Box } from '../image/raster.ts'
import type { DualEnergy, Grey } from '../image/scan.ts'
import { boxBlur } from '../physics/filter.ts'
import { type Calibration, gPerCm2Between, leastGPerCm2, read } from '../physics/wedge.ts'

/**
 * `frame`: where goods can be, in pixels; the whole picture when absent. `tare`: attenuation of the walls in front of and behind them, low and
 * high. `openBelow`: what attenuates less, in the high channel, is air. `opaqueFrom`: what attenuates more, in the low or the high channel,
 * drowns in scatter and noise; it cannot be read and counts as metal.
 */
export type Looking = {
  mmPerPx: number
  frame?: Box
  tare: readonly [low: number, high: number]
  openBelow: number
  opaqueFrom: readonly [low: number, high: number]
  smoothPx: number
}

/** For belts and parcels at 160 kV, and for portals at millions of volts, whose containers have walls of two times 1.6 mm of steel. */
export const parcelLooking = (mmPerPx: number): Looking => ({ mmPerPx, tare: [0, 0], openBelow: 0.02, opaqueFrom: [3.9, 3.5], smoothPx: 1 })
export const cargoLooking = (mmPerPx: number, frame: Box): Looking => ({
  mmPerPx,
  frame,
  tare: [0.151, 0.091],
  openBelow: 0.35,
  opaqueFrom: [9.2, 5.1],
  smoothPx: 3,
})

/** `z` 0: not known. Areal density 0: air, or outside the frame. */
export type Field = { width: number; height: number; gPerCm2: Float32Array; z: Float32Array; opaqueShare: number; region: Box }

/** −ln T less what walls take; 0 and more is not made sure of: noise goes both ways. */
export const attenuation = (plane: Uint16Array, tare: number): Float32Array => {
  const out = new Float32Array(plane.length)
  for (let i = 0; i < plane.length; i++) out[i] = -Math.log(Math.max(1, plane[i]!) / 65_535) - tare
  return out
}

type Pixel = { gPerCm2: number; z: number; isOpaque: boolean }

/** Reads every pixel within the frame that is no air; `through` is the attenuation by which air is known. */
const gather = ({ width, height }: { width: number; height: number }, through: Float32Array, looking: Looking, at: (i: number) => Pixel): Field => {
  const [fx, fy, fw, fh] = looking.frame ?? [0, 0, width, height]
  const [gPerCm2, z] = [new Float32Array(through.length), new Float32Array(through.length)]
  let [left, top, right, bottom, opaque, goods] = [width, height, -1, -1, 0, 0]
  for (let y = fy; y < fy + fh; y++)
    for (let x = fx; x < fx + fw; x++) {
      const i = y * width + x
      if (through[i]! < looking.openBelow) continue
      const pixel = at(i)
      gPerCm2[i] = pixel.gPerCm2
      z[i] = pixel.z
      goods++
      if (pixel.isOpaque) opaque++
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  const region: Box = right < left ? [fx, fy, 0, 0] : [left, top, right - left + 1, bottom - top + 1]
  return { width, height, gPerCm2, z, opaqueShare: opaque / Math.max(1, goods), region }
}

const smoothed = ({ width, height }: { width: number; height: number }, plane: Uint16Array, tare: number, { smoothPx }: Looking): Float32Array =>
  boxBlur(attenuation(plane, tare), width, height, smoothPx)

/** Areal density and atomic number of every pixel within the frame; 0 where there is air. */
export const fieldOf = (dual: DualEnergy, calibration: Calibration, looking: Looking): Field => {
  const [low, high] = [smoothed(dual, dual.low, looking.tare[0], looking), smoothed(dual, dual.high, looking.tare[1], looking)]
  return gather(dual, high, looking, (i) => {
    const isOpaque = low[i]! > looking.opaqueFrom[0] || high[i]! > looking.opaqueFrom[1]
    if (isOpaque) return { gPerCm2: leastGPerCm2(calibration, high[i]!), z: 26, isOpaque }
    const { gPerCm2, z } = read(calibration, low[i]!, high[i]!)
    return { gPerCm2, z, isOpaque }
  })
}

/** `gPerCm2Sum`: over all pixels, between what they weigh if each pixel holds the matter that weakens the beam most, and least, for its mass; null without calibration. */
export type OneField = { field: Field; gPerCm2Sum: readonly [least: number, most: number] | null }

/**
 * One measured transmission. Without a calibration `gPerCm2` is attenuation itself, which runs with it as long as the matter is one; with it, the middle of
 * what the lightest and the heaviest of the calibration's materials would weigh.
 */
export const fieldOfOne = (grey: Grey, calibration: Calibration | null, looking: Looking): OneField => {
  const through = smoothed(grey, grey.data, looking.tare[1], looking)
  let [least, most] = [0, 0]
  const field = gather(grey, through, looking, (i) => {
    const isOpaque = through[i]! > looking.opaqueFrom[1]
    if (!calibration) return { gPerCm2: through[i]!, z: 0, isOpaque }
    const between = gPerCm2Between(calibration, through[i]!)
    least += between[0]
    most += between[1]
    return { gPerCm2: (between[0] + between[1]) / 2, z: 0, isOpaque }
  })
  return { field, gPerCm2Sum: calibration && [least, most] }
}
