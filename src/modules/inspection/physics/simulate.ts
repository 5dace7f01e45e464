/** A scan that no scanner made: scene, projection, detector and picture in one call. The same order gives the same bits on every machine. */
import type { Raster } from '../image/raster.ts'
import type { DualEnergy } from '../image/scan.ts'
import { type Beam, beams } from './beam.ts'
import { cargoPaint, consolePaint, paint, type PaintOptions } from './colour.ts'
import { type CtScan, computeTomography } from './ct.ts'
import { type DetectorModel, expose, typicalDetector } from './detector.ts'
import { project, type Truth } from './projection.ts'
import type { Scene } from './scene.ts'
import { bag } from './scenes/bag.ts'
import { carton } from './scenes/carton.ts'
import { container } from './scenes/container.ts'
import type { ThreatKind } from './scenes/threats.ts'
import { type Calibration, calibrate } from './wedge.ts'

export type SimulatedKind = 'bag' | 'carton' | 'container'
/** `chapter` chooses the goods of cartons and containers, `foreign` strews bodies of stone, glass or metal into a carton. */
export type Order = { kind: SimulatedKind; seed: number; threat?: ThreatKind; chapter?: string; foreign?: number }

/** `chapter` is what the goods really are, null for a bag; `energiesKeV` the mean of each channel. */
export type SimulatedScan = {
  dual: DualEnergy
  picture: Raster
  truth: Truth[]
  chapter: string | null
  beam: string
  energiesKeV: [low: number, high: number]
  mmPerPx: number
}

type Made = { scene: Scene; chapter: string | null }
type Maker = { beam: Beam; paint: PaintOptions; detector: DetectorModel; make: (order: Order) => Made }

const makers: Readonly<Record<SimulatedKind, Maker>> = {
  bag: {
    beam: beams.belt,
    paint: consolePaint,
    detector: typicalDetector,
    make: ({ seed, threat }) => ({ scene: bag(seed, threat), chapter: null }),
  },
  carton: { beam: beams.belt, paint: consolePaint, detector: typicalDetector, make: carton },
  // Collimated line arrays far behind the load catch little scatter.
  container: { beam: beams.cargo, paint: cargoPaint, detector: { ...typicalDetector, scatter: 0.0005, scatterRadiusPx: 40 }, make: container },
}

const calibrations = new Map<string, Calibration>()
/** The wedges of a kind of scan are the same for ever: worked out once. */
export const calibrationFor = (kind: SimulatedKind): Calibration => {
  const { beam } = makers[kind]
  const known = calibrations.get(beam.name) ?? calibrate(beam)
  calibrations.set(beam.name, known)
  return known
}

const meanKeV = (beam: Beam, shares: readonly number[]): number => Math.round(beam.keV.reduce((sum, keV, bin) => sum + keV * shares[bin]!, 0))

export const simulateScan = (order: Order): SimulatedScan => {
  const { beam, make, detector, paint: options } = makers[order.kind]
  const { scene, chapter } = make(order)
  const projection = project(scene, beam)
  const dual = expose(projection, beam, order.seed, detector)
  return {
    dual,
    picture: paint(dual, calibrationFor(order.kind), options),
    truth: projection.truth,
    chapter,
    beam: beam.name,
    energiesKeV: [meanKeV(beam, beam.low), meanKeV(beam, beam.high)],
    mmPerPx: scene.field.mmPerPx,
  }
}

/** A packed bag in a CT scanner, voxels of 5 mm. Takes seconds: run it in a worker. */
export const simulateCt = (seed: number, threat?: ThreatKind): CtScan => {
  const { things } = bag(seed, threat)
  return computeTomography({ things, field: { widthPx: 136, heightPx: 100, mmPerPx: 5 } }, { views: 204, hann: true, seed })
}
