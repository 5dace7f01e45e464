/** The colours in which two measured transmissions are shown, to people and to detectors that were trained on a console's colours. Pure. */
import { type Beam, beams } from '../physics/beam.ts'
import { paint } from '../physics/colour.ts'
import { type Calibration, calibrate } from '../physics/wedge.ts'
import type { Raster } from './raster.ts'
import type { DualEnergy } from './scan.ts'

export type Energies = readonly [lowKeV: number, highKeV: number]

const meanKeV = (beam: Beam, shares: readonly number[]): number => beam.keV.reduce((sum, keV, bin) => sum + keV * shares[bin]!, 0)

/** The beam whose mean energies are nearest in ratio; a belt scanner's where the scanner does not say. */
const beamFor = (energies: Energies | undefined): Beam => {
  if (!energies) return beams.belt
  const [low, high] = energies
  const apart = (beam: Beam): number => Math.abs(Math.log(low / meanKeV(beam, beam.low))) + Math.abs(Math.log(high / meanKeV(beam, beam.high)))
  return Object.values(beams).reduce((best, beam) => (apart(beam) < apart(best) ? beam : best))
}

/** Every channel of the beams that are known, as if it were the higher one. */
const channels = Object.values(beams).flatMap((beam): { beam: Beam; keV: number }[] => [
  { beam, keV: meanKeV(beam, beam.high) },
  { beam: { ...beam, name: `${beam.name}/low`, high: beam.low }, keV: meanKeV(beam, beam.low) },
])

const calibrations = new Map<string, Calibration>()
/** The wedges of a beam are the same for ever: worked out once. */
const calibrationOf = (beam: Beam): Calibration => {
  const known = calibrations.get(beam.name) ?? calibrate(beam)
  calibrations.set(beam.name, known)
  return known
}

/** The calibration by which transmissions at these energies are read; that of a belt scanner where the scanner does not say. */
export const calibrationFor = (energies: Energies | undefined): Calibration => calibrationOf(beamFor(energies))

/** For one measured energy: the wedges of the known channel whose mean energy is nearest in ratio, tabulated as its high channel. */
export const calibrationOfOne = (keV: number): Calibration => {
  const apart = (channel: { keV: number }): number => Math.abs(Math.log(keV / channel.keV))
  return calibrationOf(channels.reduce((best, one) => (apart(one) < apart(best) ? one : best)).beam)
}

export const pseudoColour = (dual: DualEnergy, energies?: Energies): Raster => paint(dual, calibrationFor(energies))
