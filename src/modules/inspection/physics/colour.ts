/** Pseudo-colour of two transmission planes: hue from the material, brightness from the attenuation, as screening consoles paint it. */
import type { Raster } from '../image/raster.ts'
import type { DualEnergy } from '../image/scan.ts'
import { boxBlur, gaussian } from './filter.ts'
import { type Calibration, read } from './wedge.ts'

/**
 * `opaqueBelow`: high-channel transmission under which nothing is said of the material. `edge`: strength of edge enhancement, 0 for none.
 * `smoothPx`: neighbours on each side from which the material is read, because R of one pixel is too noisy. `stableFrom`: low-channel
 * attenuation below which R is mostly noise, and colour fades to grey. `halfLight`: attenuation × this is the loss of light on screen.
 */
export type PaintOptions = { opaqueBelow: number; edge: number; smoothPx: number; stableFrom: number; halfLight: number }

export const consolePaint: PaintOptions = { opaqueBelow: 0.02, edge: 0.6, smoothPx: 1, stableFrom: 0.05, halfLight: 0.72 }
/** At millions of volts R tells little: many neighbours are taken together, and thin matter stays grey. */
export const cargoPaint: PaintOptions = { opaqueBelow: 0.006, edge: 0.5, smoothPx: 3, stableFrom: 0.7, halfLight: 0.26 }

type Colour = readonly [r: number, g: number, b: number]

/** Full colour by effective atomic number: organic orange below 10, light metals and salts green, metals blue from 18. */
const palette: readonly (readonly [z: number, colour: Colour])[] = [
  [5, [244, 152, 46]],
  [7.6, [232, 142, 34]],
  [9, [196, 152, 36]],
  [10.2, [128, 170, 52]],
  [12, [64, 168, 62]],
  [15, [34, 156, 86]],
  [18, [30, 140, 156]],
  [20.5, [30, 112, 208]],
  [26, [28, 78, 204]],
  [30, [26, 60, 190]],
]

const hueOf = (z: number): Colour => {
  const above = palette.findIndex(([level]) => level >= z)
  if (above === 0) return palette[0]![1]
  if (above < 0) return palette.at(-1)![1]
  const [[z0, a], [z1, b]] = [palette[above - 1]!, palette[above]!]
  const share = (z - z0) / (z1 - z0)
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]
}

/** Colours every tenth of an atomic number, so that a pixel costs a look. */
const hues = Array.from({ length: 260 }, (_, i) => hueOf(5 + i / 10))
const hueAt = (z: number): Colour => hues[Math.min(hues.length - 1, Math.round((z - 5) * 10))]!

const grey: Colour = [186, 182, 172]

/** White where nothing is, full colour at half light, black where nothing passes. */
const shade = (channel: number, light: number): number => {
  if (light >= 0.5) return 255 + (channel - 255) * Math.pow(2 * (1 - light), 0.8)
  return channel * Math.pow(2 * light, 0.9)
}

/** −ln of every possible sample of the detector. */
const logs = Float32Array.from({ length: 65_536 }, (_, value) => -Math.log(Math.max(1, value) / 65_535))

const attenuations = (plane: Uint16Array): Float32Array => {
  const out = new Float32Array(plane.length)
  for (let i = 0; i < plane.length; i++) out[i] = logs[plane[i]!]!
  return out
}

/** The mean attenuation, sharpened: what a console calls edge enhancement. */
const sharpened = (a: Float32Array, b: Float32Array, { width, height }: DualEnergy, edge: number): Float32Array => {
  const mean = new Float32Array(a.length)
  for (let i = 0; i < a.length; i++) mean[i] = (a[i]! + b[i]!) / 2
  if (edge === 0) return mean
  const soft = gaussian(mean, width, height, 1.4)
  for (let i = 0; i < a.length; i++) soft[i] = Math.max(0, mean[i]! + edge * (mean[i]! - soft[i]!))
  return soft
}

/** Paints a scan. Opacity is decided before the material: behind much lead R lies. A pixel that only a K edge explains is painted as metal. */
export const paint = (dual: DualEnergy, calibration: Calibration, options: PaintOptions = consolePaint): Raster => {
  const { width, height } = dual
  const { smoothPx, stableFrom, halfLight } = options
  const [low, high] = [attenuations(dual.low), attenuations(dual.high)]
  const [lowMean, highMean] = [boxBlur(low, width, height, smoothPx), boxBlur(high, width, height, smoothPx)]
  const depth = sharpened(low, high, dual, options.edge)
  const opaque = -Math.log(options.opaqueBelow)
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < depth.length; i++) {
    if (highMean[i]! > opaque) continue
    const sure = Math.min(1, lowMean[i]! / stableFrom)
    const hue = sure < 0.1 ? grey : hueAt(read(calibration, lowMean[i]!, highMean[i]!).z)
    const light = Math.exp(-depth[i]! * halfLight)
    for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.round(shade(grey[c]! + (hue[c]! - grey[c]!) * sure, light))
  }
  return { width, height, data }
}
