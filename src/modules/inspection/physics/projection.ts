/** From solids to line integrals: for every pixel and every photon energy of a beam, Σ μ·t along the ray, and the truth of what lies where. */
import type { Box } from '../image/raster.ts'
import { type Beam, perMm } from './beam.ts'
import { materials, type MaterialName } from './materials.ts'
import { folds } from './noise.ts'
import type { Body, Field, Grain, Scene, Thing } from './scene.ts'
import { applyInverse, chordOf, crossings, type Pose, reach, type Rotation, type Shape, sidesOf } from './solids.ts'

/** What really is in the picture. Mass is that of the part within the field, from the chords themselves. */
export type Truth = { cls: string; threat: boolean; box: Box; massG: number; materials: MaterialName[] }

/** Line integrals, `beam.keV.length` after each other for every pixel. */
export type Projection = { field: Field; integrals: Float32Array; truth: Truth[] }

type Window = { x0: number; x1: number; y0: number; y1: number }
type Extent = { left: number; right: number; top: number; bottom: number; massG: number }

const rowOf = (r: Rotation, row: 0 | 1 | 2): readonly [number, number, number] => [r[row * 3]!, r[row * 3 + 1]!, r[row * 3 + 2]!]

/** Pixels whose centres a body can reach. */
const windowOf = ({ shape, pose }: Body, field: Field): Window => {
  const [left, right] = reach(shape, rowOf(pose.rotation, 0))
  const [top, bottom] = reach(shape, rowOf(pose.rotation, 1))
  const column = (mm: number): number => (mm + pose.at[0]) / field.mmPerPx + field.widthPx / 2 - 0.5
  const row = (mm: number): number => (mm + pose.at[1]) / field.mmPerPx + field.heightPx / 2 - 0.5
  return {
    x0: Math.max(0, Math.floor(column(left))),
    x1: Math.min(field.widthPx - 1, Math.ceil(column(right))),
    y0: Math.max(0, Math.floor(row(top))),
    y1: Math.min(field.heightPx - 1, Math.ceil(row(bottom))),
  }
}

/** Slimmer than this many pixels, a body is sampled three by three in each, lest wires break into dots. */
const slimPx = 6

const samplesFor = ({ x0, x1, y0, y1 }: Window, body: Body, field: Field): number => {
  const { shape } = body
  const slim = shape.kind === 'cylinder' || shape.kind === 'capsule' ? 2 * shape.radius : Math.min(x1 - x0, y1 - y0) * field.mmPerPx
  return slim < slimPx * field.mmPerPx ? 3 : 1
}

/** A chord by where the ray meets the field, in millimetres. */
type FieldChord = (xMm: number, yMm: number) => number

/** A prism seen along its axis: a row of the field crosses the outline at few places, which are worked out once a row. */
const flatPrism = ({ rings, halfDepth }: Extract<Shape, { kind: 'prism' }>, { rotation, at }: Pose): FieldChord => {
  const outline = rings.map((ring) =>
    ring.map(([x, y]) => [rotation[0] * x + rotation[1] * y + at[0], rotation[3] * x + rotation[4] * y + at[1]] as const),
  )
  const sides = sidesOf(outline)
  let row = Number.NaN
  let places: number[] = []
  return (xMm, yMm) => {
    if (yMm !== row) {
      row = yMm
      places = crossings(sides, 0, yMm, 1, 0)
    }
    let passed = 0
    while (passed < places.length && places[passed]! <= xMm) passed++
    return passed % 2 === 1 ? 2 * halfDepth : 0
  }
}

const shapeChord = (shape: Shape, pose: Pose): FieldChord => {
  const r = pose.rotation
  const direction = applyInverse(r, [0, 0, 1])
  if (shape.kind === 'prism' && Math.abs(direction[2]) > 1 - 1e-12) return flatPrism(shape, pose)
  const chord = chordOf(shape, direction)
  const [atX, atY, atZ] = pose.at
  return (xMm, yMm) => {
    const a = xMm - atX
    const b = yMm - atY
    return chord(r[0] * a + r[3] * b - r[6] * atZ, r[1] * a + r[4] * b - r[7] * atZ, r[2] * a + r[5] * b - r[8] * atZ)
  }
}

/** Grain hangs on the body, not on the ray: it is that of the ray's point nearest to the body's middle. */
const grainAt = ({ rotation: r, at }: Pose, { amplitude, scaleMm, seed }: Grain): FieldChord => {
  return (xMm, yMm) => {
    const a = xMm - at[0]
    const b = yMm - at[1]
    return 1 + amplitude * folds((r[0] * a + r[3] * b) / scaleMm, (r[1] * a + r[4] * b) / scaleMm, seed)
  }
}

/** Chord of solid less cavity, with its grain. */
const bodyChord = ({ pose, shape, cavity, grain }: Body): FieldChord => {
  const outer = shapeChord(shape, pose)
  const inner = cavity && shapeChord(cavity, pose)
  const grained = grain && grainAt(pose, grain)
  if (!inner && !grained) return outer
  return (xMm, yMm) => {
    const length = outer(xMm, yMm)
    if (length === 0) return 0
    return (length - (inner ? inner(xMm, yMm) : 0)) * (grained ? grained(xMm, yMm) : 1)
  }
}

/** Mean chord over n × n points of a pixel. Every row of points has a chord of its own, which remembers its row. */
const sampled = (body: Body, n: number, mmPerPx: number): FieldChord => {
  if (n === 1) return bodyChord(body)
  const offsets = Array.from({ length: n }, (_, i) => ((i + 0.5) / n - 0.5) * mmPerPx)
  const chords = offsets.map(() => bodyChord(body))
  return (xMm, yMm) => {
    let sum = 0
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += chords[i]!(xMm + offsets[j]!, yMm + offsets[i]!)
    return sum / (n * n)
  }
}

const addBody = (body: Body, field: Field, beam: Beam, integrals: Float32Array, extent: Extent): void => {
  const window = windowOf(body, field)
  const chord = sampled(body, samplesFor(window, body, field), field.mmPerPx)
  const material = materials[body.material]
  const packing = body.packing ?? 1
  const rates = perMm(material, beam).map((rate) => rate * packing)
  let total = 0
  for (let y = window.y0; y <= window.y1; y++) {
    const yMm = (y + 0.5 - field.heightPx / 2) * field.mmPerPx
    for (let x = window.x0; x <= window.x1; x++) {
      const mm = chord((x + 0.5 - field.widthPx / 2) * field.mmPerPx, yMm)
      if (mm <= 0) continue
      total += mm
      const at = (y * field.widthPx + x) * rates.length
      for (let bin = 0; bin < rates.length; bin++) integrals[at + bin] = integrals[at + bin]! + mm * rates[bin]!
      extent.left = Math.min(extent.left, x)
      extent.right = Math.max(extent.right, x)
      extent.top = Math.min(extent.top, y)
      extent.bottom = Math.max(extent.bottom, y)
    }
  }
  // mm of chord × pixel area in mm² → cm³ → g
  extent.massG += (total * field.mmPerPx ** 2 * material.gPerCm3 * packing) / 1000
}

const truthOf = (thing: Thing, extent: Extent): Truth[] => {
  if (extent.right < extent.left) return []
  const { left, right, top, bottom, massG } = extent
  const box: Box = [left, top, right - left + 1, bottom - top + 1]
  return [{ cls: thing.cls, threat: thing.threat, box, massG, materials: [...new Set(thing.bodies.map((body) => body.material))] }]
}

/** Line integrals of a scene along z, and the truth of every thing that the field sees. */
export const project = (scene: Scene, beam: Beam): Projection => {
  const { field, things } = scene
  const integrals = new Float32Array(field.widthPx * field.heightPx * beam.keV.length)
  const truth: Truth[] = []
  for (const thing of things) {
    const extent: Extent = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity, massG: 0 }
    for (const body of thing.bodies) addBody(body, field, beam, integrals, extent)
    truth.push(...truthOf(thing, extent))
  }
  return { field, integrals, truth }
}
