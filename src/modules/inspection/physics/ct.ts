/**
 * Computed tomography of a scene: parallel projections over half a turn, filtered back-projection, and from two energies the density and the
 * effective atomic number of every voxel (Kak and Slaney 1988, chapter 3).
 */
import type { Volume } from '../image/scan.ts'
import { type Beam, beams } from './beam.ts'
import { expose, type DetectorModel } from './detector.ts'
import { project } from './projection.ts'
import { type Scene, type Thing, turned } from './scene.ts'
import { applyInverse, reach, turn } from './solids.ts'
import { calibrate, read } from './wedge.ts'

/** `views` should be at least 1.5 × the width of the field in pixels, lest fine things fray. `hann` trades sharpness for calm. */
export type CtOptions = { views: number; hann: boolean; seed: number }

/** Line integrals of one slice, `detectors` after each other for every view. */
export type Sinogram = { views: number; detectors: number; data: Float32Array }

/** A thing's extent in voxels. */
export type CtTruth = { cls: string; threat: boolean; box: [x: number, y: number, z: number, width: number, height: number, depth: number] }

/** Slices follow the belt (y), rows run in depth (z), columns across (x). Rescaled: g/cm³, and effective atomic number. */
export type CtScan = { density: Volume; zEff: Volume; truth: CtTruth[]; mmPerVoxel: number; beam: string }

/** Collimated and cooled: what a CT detector lets in of scatter and noise is small. */
const ctDetector: DetectorModel = { scatter: 0, scatterRadiusPx: 0, blurPx: 0, electronicPhotons: 2 }

/** Ramp filter in space, unit spacing: ¼ at 0, −1/(π n)² at odd n, 0 at even n; with Hann window, the mean of each tap and its neighbours. */
export const rampKernel = (detectors: number, hann: boolean): Float64Array => {
  const ramp = (n: number): number => (n === 0 ? 0.25 : n % 2 === 0 ? 0 : -1 / (Math.PI * n) ** 2)
  return Float64Array.from({ length: 2 * detectors - 1 }, (_, i) => {
    const n = i - detectors + 1
    return hann ? 0.5 * ramp(n) + 0.25 * (ramp(n - 1) + ramp(n + 1)) : ramp(n)
  })
}

const filtered = ({ views, detectors, data }: Sinogram, kernel: Float64Array): Float32Array => {
  const out = new Float32Array(data.length)
  for (let view = 0; view < views; view++)
    for (let to = 0; to < detectors; to++) {
      let sum = 0
      for (let from = 0; from < detectors; from++) sum += data[view * detectors + from]! * kernel[to - from + detectors - 1]!
      out[view * detectors + to] = sum
    }
  return out
}

/** One slice, `detectors` squared, in attenuation per pixel; views are spread evenly over half a turn. */
export const backProject = (sinogram: Sinogram, kernel: Float64Array): Float32Array => {
  const { views, detectors } = sinogram
  const rows = filtered(sinogram, kernel)
  const slice = new Float32Array(detectors * detectors)
  const centre = (detectors - 1) / 2
  for (let view = 0; view < views; view++) {
    const angle = (view * Math.PI) / views
    const cos = Math.cos(angle)
    const sin = Math.sin(angle)
    for (let z = 0; z < detectors; z++) {
      let place = -centre * cos + (z - centre) * sin + centre
      for (let x = 0; x < detectors; x++, place += cos) {
        const at = Math.floor(place)
        if (at < 0 || at + 1 >= detectors) continue
        const from = rows[view * detectors + at]!
        slice[z * detectors + x] = slice[z * detectors + x]! + from + (rows[view * detectors + at + 1]! - from) * (place - at)
      }
    }
  }
  for (let i = 0; i < slice.length; i++) slice[i] = (slice[i]! * Math.PI) / views
  return slice
}

/** Sinograms of all slices of a scene, both channels, with the noise of the photons counted. */
const scanned = (scene: Scene, beam: Beam, { views, seed }: CtOptions): { low: Sinogram[]; high: Sinogram[] } => {
  const { widthPx, heightPx } = scene.field
  const empty = (): Sinogram[] => Array.from({ length: heightPx }, () => ({ views, detectors: widthPx, data: new Float32Array(views * widthPx) }))
  const out = { low: empty(), high: empty() }
  for (let view = 0; view < views; view++) {
    const things = turned(scene.things, turn('y', (view * Math.PI) / views))
    const dual = expose(project({ ...scene, things }, beam), beam, seed * 4096 + view, ctDetector)
    for (const channel of ['low', 'high'] as const)
      for (let y = 0; y < heightPx; y++)
        for (let x = 0; x < widthPx; x++) out[channel][y]!.data[view * widthPx + x] = -Math.log(Math.max(1, dual[channel][y * widthPx + x]!) / 65_535)
  }
  return out
}

const truthOf = (thing: Thing, { field }: Scene): CtTruth => {
  const corner = (row: readonly [number, number, number], axis: 0 | 1 | 2, end: 0 | 1): number => {
    const ends = thing.bodies.map(({ shape, pose }) => reach(shape, applyInverse(pose.rotation, row))[end] + pose.at[axis])
    return (end === 0 ? Math.min(...ends) : Math.max(...ends)) / field.mmPerPx
  }
  const [x, y, z] = [corner([1, 0, 0], 0, 0), corner([0, 1, 0], 1, 0), corner([0, 0, 1], 2, 0)]
  const size = [corner([1, 0, 0], 0, 1) - x, corner([0, 1, 0], 1, 1) - y, corner([0, 0, 1], 2, 1) - z] as const
  return { cls: thing.cls, threat: thing.threat, box: [x + field.widthPx / 2, y + field.heightPx / 2, z + field.widthPx / 2, ...size] }
}

/** Air and the noise about it: no atomic number is told of so little matter, in g/cm³. */
const thin = 0.08

/** Scans a scene and reconstructs it. The field's pixel is the voxel; its width is also the depth that is reconstructed. Grain is left out. */
export const computeTomography = (scene: Scene, options: CtOptions, beam: Beam = beams.mono4080): CtScan => {
  const smooth = {
    ...scene,
    things: scene.things.map((thing) => ({ ...thing, bodies: thing.bodies.map((body) => ({ ...body, grain: undefined })) })),
  }
  const { widthPx: n, heightPx: slices, mmPerPx } = scene.field
  const [sinograms, kernel, calibration] = [scanned(smooth, beam, options), rampKernel(n, options.hann), calibrate(beam)]
  const [density, zEff] = [new Uint16Array(n * n * slices), new Uint16Array(n * n * slices)]
  for (let y = 0; y < slices; y++) {
    const [low, high] = [backProject(sinograms.low[y]!, kernel), backProject(sinograms.high[y]!, kernel)]
    for (let i = 0; i < low.length; i++) {
      // Attenuation over a centimetre, so that areal density is density.
      const { z, gPerCm2 } = read(calibration, (Math.max(0, low[i]!) * 10) / mmPerPx, (Math.max(0, high[i]!) * 10) / mmPerPx)
      density[y * n * n + i] = Math.min(65_535, Math.round(gPerCm2 * 1000))
      zEff[y * n * n + i] = gPerCm2 < thin ? 0 : Math.round(z * 100)
    }
  }
  const volume = (data: Uint16Array, slope: number): Volume => ({ width: n, height: n, slices, data, rescale: { slope, intercept: 0 } })
  const truth = scene.things.map((thing) => truthOf(thing, scene))
  return { density: volume(density, 0.001), zEff: volume(zEff, 0.01), truth, mmPerVoxel: mmPerPx, beam: beam.name }
}
