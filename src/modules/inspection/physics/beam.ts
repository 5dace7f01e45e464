/** X-ray beams of two channels: which photon energies each sees, and with what share of its signal. */
import { massAttenuation, type Material } from './materials.ts'

/** Shares sum to 1 in each channel; `photons` reach a pixel behind nothing and set the grain of the picture. */
export type Beam = { name: string; keV: readonly number[]; low: readonly number[]; high: readonly number[]; photons: number }

/** Signal of a sandwich detector behind a 160 kV tube: front and back layer, five bins each. */
const belt: Beam = {
  name: 'belt160kv',
  keV: [40, 60, 80, 100, 150],
  low: [0.3, 0.4, 0.2, 0.08, 0.02],
  high: [0.01, 0.12, 0.27, 0.36, 0.24],
  photons: 60_000,
}

/** Two energies and nothing else: the pair on which lead's K edge cannot deceive. */
const mono4080: Beam = { name: 'mono40-80', keV: [40, 80], low: [1, 0], high: [0, 1], photons: 60_000 }

/** The pair with the lead trap: 100 keV lies above lead's K edge, 60 keV below. */
const mono60100: Beam = { name: 'mono60-100', keV: [60, 100], low: [1, 0], high: [0, 1], photons: 60_000 }

/** A cargo portal with interlaced accelerator pulses, taken as two energies. */
const cargo: Beam = { name: 'cargo1-3mev', keV: [1000, 3000], low: [1, 0], high: [0, 1], photons: 2_000_000 }

export const beams = { belt, mono4080, mono60100, cargo } as const

/** Attenuation per millimetre of a material in each bin of a beam. */
export const perMm = (material: Material, beam: Beam): number[] => beam.keV.map((keV) => (massAttenuation(material, keV) * material.gPerCm3) / 10)

/** Share of the signal that passes line integrals of attenuation (one a bin), without scatter: Beer and Lambert by bin. */
export const transmission = (shares: readonly number[], integrals: readonly number[]): number =>
  shares.reduce((sum, share, bin) => sum + share * Math.exp(-integrals[bin]!), 0)
