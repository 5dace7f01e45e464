/** A scan that no scanner made: scene, projection, detector and picture in one call. The same order gives the same bits on every machine. */
import type { Raster } from '../image/raster.ts'
import type { DualEnergy } from '../image/scan.ts'
import { type Beam, beams } from './beam.ts'
import { paint } from './colour.ts'
import { expose } from './detector.ts'
import { project, type Truth } from './projection.ts'
import type { Scene } from './scene.ts'
import { bag } from './scenes/bag.ts'
import type { ThreatKind } from './scenes/threats.ts'
import { type Calibration, calibrate } from './wedge.ts'

export type SimulatedKind = 'bag'
export type Order = { kind: SimulatedKind; seed: number; threat?: ThreatKind }

/** `energiesKeV`: mean of each channel. */
export type SimulatedScan = {
  dual: DualEnergy
  picture: Raster
  truth: Truth[]
  beam: string
  energiesKeV: [low: number, high: number]
  mmPerPx: number
}

const makers: Readonly<Record<SimulatedKind, { beam: Beam; scene: (order: Order) => Scene }>> = {
  bag: { beam: beams.belt, scene: ({ seed, threat }) => bag(seed, threat) },
}

const calibrations = new Map<string, Calibration>()
/** The wedges of a beam are the same for ever: worked out once. */
const calibrationOf = (beam: Beam): Calibration => {
  const known = calibrations.get(beam.name) ?? calibrate(beam)
  calibrations.set(beam.name, known)
  return known
}

const meanKeV = (beam: Beam, shares: readonly number[]): number => Math.round(beam.keV.reduce((sum, keV, bin) => sum + keV * shares[bin]!, 0))

export const simulateScan = (order: Order): SimulatedScan => {
  const { beam, scene } = makers[order.kind]
  const made = scene(order)
  const projection = project(made, beam)
  const dual = expose(projection, beam, order.seed)
  return {
    dual,
    picture: paint(dual, calibrationOf(beam)),
    truth: projection.truth,
    beam: beam.name,
    energiesKeV: [meanKeV(beam, beam.low), meanKeV(beam, beam.high)],
    mmPerPx: made.field.mmPerPx,
  }
}
