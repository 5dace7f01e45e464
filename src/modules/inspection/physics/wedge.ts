/**
 * Calibration of a beam from step wedges, as a scanner does it: how low over high attenuation (R) runs with thickness for polyethylene,
 * aluminium and iron. From it follow the effective atomic number of a pixel and the areal density of what lies in the ray.
 */
import { type Beam, perMm, transmission } from './beam.ts'
import { effectiveAtomicNumber, materials, zPower } from './materials.ts'

/** At high-channel attenuation A: low-channel attenuation and g/cm² of each wedge, tabulated every `step` of A. */
type Wedge = { z: number; low: Float64Array; gPerCm2: Float64Array }
export type Calibration = { step: number; wedges: readonly Wedge[] }

const step = 0.05
const steps = 180

/** Millimetres of a material at which the high channel is weakened to exp(−A), by bisection: attenuation grows with thickness. */
const thicknessAt = (attenuation: number, rates: readonly number[], beam: Beam): number => {
  let [thin, thick] = [0, 1]
  const at = (mm: number): number =>
    -Math.log(
      transmission(
        beam.high,
        rates.map((rate) => rate * mm),
      ),
    )
  while (at(thick) < attenuation) thick *= 2
  for (let i = 0; i < 40; i++) {
    const middle = (thin + thick) / 2
    if (at(middle) < attenuation) thin = middle
    else thick = middle
  }
  return (thin + thick) / 2
}

const wedgeOf = (name: 'polyethylene' | 'aluminium' | 'iron', beam: Beam): Wedge => {
  const material = materials[name]
  const rates = perMm(material, beam)
  const [low, gPerCm2] = [new Float64Array(steps + 1), new Float64Array(steps + 1)]
  for (let i = 1; i <= steps; i++) {
    const mm = thicknessAt(i * step, rates, beam)
    const integrals = rates.map((rate) => rate * mm)
    low[i] = -Math.log(transmission(beam.low, integrals))
    gPerCm2[i] = (mm * material.gPerCm3) / 10
  }
  return { z: effectiveAtomicNumber(material), low, gPerCm2 }
}

/** The wedges of a beam. Costs some milliseconds: keep it. */
export const calibrate = (beam: Beam): Calibration => ({
  step,
  wedges: (['polyethylene', 'aluminium', 'iron'] as const).map((name) => wedgeOf(name, beam)),
})

/** Between the steps in a straight line; below the first, in proportion. */
const along = (table: Float64Array, attenuation: number): number => {
  const place = Math.min(steps - 1e-9, Math.max(0, attenuation / step))
  const at = Math.floor(place)
  return table[at]! + (table[at + 1]! - table[at]!) * (place - at)
}

/** What a ray met: effective atomic number (6 to 30) and g/cm², or that its R fits no matter lighter than iron: above a K edge. */
export type Reading = { z: number; gPerCm2: number; beyondEdge: boolean }

/** R this far under polyethylene's is no organic matter: only a K edge between the channels brings it there. */
const edgeMargin = 0.93

/**
 * Reads a pair of attenuations (−ln T) against the wedges. Atomic number runs with R in its power 2.94, as the photoelectric share does;
 * the areal density is that of the wedges on either side in the same proportion.
 */
export const read = (calibration: Calibration, low: number, high: number): Reading => {
  const levels = calibration.wedges.map((wedge) => along(wedge.low, high))
  if (low < levels[0]! * edgeMargin) return { z: 82, gPerCm2: along(calibration.wedges[2]!.gPerCm2, high), beyondEdge: true }
  const upper = low > levels[1]! ? 2 : 1
  const [a, b] = [calibration.wedges[upper - 1]!, calibration.wedges[upper]!]
  const span = levels[upper]! - levels[upper - 1]!
  const share = span > 0 ? (low - levels[upper - 1]!) / span : 0
  const power = a.z ** zPower + (b.z ** zPower - a.z ** zPower) * Math.min(1.6, share)
  const within = Math.min(1, Math.max(0, share))
  return {
    z: Math.min(30, Math.max(5, power > 0 ? power ** (1 / zPower) : 0)),
    gPerCm2: along(a.gPerCm2, high) * (1 - within) + along(b.gPerCm2, high) * within,
    beyondEdge: false,
  }
}
