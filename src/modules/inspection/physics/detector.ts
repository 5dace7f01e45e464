/** From line integrals to what a detector delivers: two planes of 16-bit transmission with scatter, blur and the grain of counted photons. */
import { type Random, seeded } from '#kernel/random.ts'
import type { DualEnergy } from '../image/scan.ts'
import type { Beam } from './beam.ts'
import { boxBlur, gaussian } from './filter.ts'
import { normals, poisson } from './noise.ts'
import type { Projection } from './projection.ts'

/** Share of the signal that is scatter, over how wide it spreads, the detector's own blur, electronic noise in photons. */
export type DetectorModel = { scatter: number; scatterRadiusPx: number; blurPx: number; electronicPhotons: number }

export const typicalDetector: DetectorModel = { scatter: 0.015, scatterRadiusPx: 24, blurPx: 0.55, electronicPhotons: 6 }

/** 65,535 is the open beam, the convention of every dual-energy scan. */
const open = 65_535

/** Ideal transmissions of both channels, without scatter, blur or noise. */
export const transmissions = ({ integrals }: Projection, beam: Beam): { low: Float32Array; high: Float32Array } => {
  const bins = beam.keV.length
  const [low, high] = [new Float32Array(integrals.length / bins), new Float32Array(integrals.length / bins)]
  for (let pixel = 0; pixel < low.length; pixel++) {
    let [l, h] = [0, 0]
    for (let bin = 0; bin < bins; bin++) {
      const integral = integrals[pixel * bins + bin]!
      const passes = integral === 0 ? 1 : Math.exp(-integral)
      l += beam.low[bin]! * passes
      h += beam.high[bin]! * passes
    }
    low[pixel] = l
    high[pixel] = h
  }
  return { low, high }
}

/** Scatter as a wide veil, normalised so that the open beam stays 1; then the detector's blur. */
const blurred = (plane: Float32Array, width: number, height: number, model: DetectorModel): Float32Array => {
  const sharp = model.blurPx > 0 ? gaussian(plane, width, height, model.blurPx) : Float32Array.from(plane)
  if (model.scatter === 0) return sharp
  const veil = boxBlur(plane, width, height, model.scatterRadiusPx, 2)
  for (let i = 0; i < sharp.length; i++) sharp[i] = (sharp[i]! + model.scatter * veil[i]!) / (1 + model.scatter)
  return sharp
}

const counted = (plane: Float32Array, photons: number, model: DetectorModel, random: Random): Uint16Array => {
  const normal = normals(random)
  const out = new Uint16Array(plane.length)
  for (let i = 0; i < plane.length; i++) {
    const signal = poisson(random, normal, photons * plane[i]!) + model.electronicPhotons * normal()
    out[i] = Math.max(0, Math.min(open, Math.round((open * signal) / photons)))
  }
  return out
}

/** What the scanner writes of a projection; the same seed gives the same bits. */
export const expose = (projection: Projection, beam: Beam, seed: number, model: DetectorModel = typicalDetector): DualEnergy => {
  const { widthPx: width, heightPx: height } = projection.field
  const ideal = transmissions(projection, beam)
  const plane = (channel: 'low' | 'high'): Uint16Array =>
    counted(blurred(ideal[channel], width, height, model), beam.photons, model, seeded(seed, `detector/${channel}`))
  return { width, height, low: plane('low'), high: plane('high') }
}
