/**
 * Calibration of a beam from step wedges, as a scanner does it: how low over high attenuation (R) runs with thickness for polyethylene,
 * aluminium and iron. From it follow the effective atomic number of a pixel and the areal density of what lies in the ray.
 */
import { type Beam, perMm, transmission } from './beam.ts'
import { effectiveAtomicNumber, materials, zPower } from './materials.ts'

/** At high-channel attenuation A: low-channel attenuation and g/cm² of each wedge, tabulated every `step` of A. */
type Wedge = { z: number; low: Float64Array; gPerCm2: Float64Array }
/**
 * `power`: by which power of the atomic number R runs: 2.94 where the photoelectric effect tells materials apart (R grows with Z), 1 where
 * pair production does, above a million volts (R falls with Z).
 */
export type Calibration = { power: number; wedges: readonly Wedge[] }

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
  power: beam.keV[0]! < 500 ? zPower : 1,
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
 * Reads a pair of attenuations (−ln T) against the wedges. Atomic number runs with R in the calibration's power; the areal density is that of
 * the wedges on either side in the same proportion.
 */
export const read = ({ power, wedges }: Calibration, low: number, high: number): Reading => {
  const middle = along(wedges[1]!.low, high)
  const rising = power > 1
  if (rising && low < along(wedges[0]!.low, high) * edgeMargin) return { z: 82, gPerCm2: along(wedges[2]!.gPerCm2, high), beyondEdge: true }
  const heavy = rising ? low > middle : low < middle
  const [a, b] = heavy ? [wedges[1]!, wedges[2]!] : [wedges[0]!, wedges[1]!]
  const [from, to] = [along(a.low, high), along(b.low, high)]
  const share = from === to ? 0 : (low - from) / (to - from)
  const powered = a.z ** power + (b.z ** power - a.z ** power) * Math.min(1.6, share)
  const within = Math.min(1, Math.max(0, share))
  return {
    z: Math.min(30, Math.max(5, powered > 0 ? powered ** (1 / power) : 0)),
    gPerCm2: along(a.gPerCm2, high) * (1 - within) + along(b.gPerCm2, high) * within,
    beyondEdge: false,
  }
}

/** g/cm² of iron that attenuates so in the high channel: of all goods but the heaviest metals the least that can. */
export const leastGPerCm2 = ({ wedges }: Calibration, high: number): number => along(wedges[2]!.gPerCm2, high)

/** g/cm² that attenuate so in the high channel, if the matter is any from polyethylene to iron. */
export const gPerCm2Between = ({ wedges }: Calibration, high: number): readonly [least: number, most: number] => {
  const all = wedges.map(({ gPerCm2 }) => along(gPerCm2, high))
  return [Math.min(...all), Math.max(...all)]
}
