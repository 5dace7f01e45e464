/**
 * What a volume of densities tells of goods: their mass, the objects that hang together in space, and how much of the room about them they fill.
 * Pure.
 */
import type { Volume } from '../image/scan.ts'

/** Left, top, first slice, width, height, slices. */
export type Box3 = [x: number, y: number, slice: number, width: number, height: number, slices: number]

export type VoxelSize = { mmPerPx: number; mmPerSlice: number }

/** In voxels of the volume. `objects` largest first; `hull` is about all matter, null where there is none; `fillShare` of the hull is matter. */
export type VolumeMeasured = { massKg: number; fillShare: number; hull: Box3 | null; objects: Box3[]; bodies: Box3[] }

/** Less than this is air and the noise of a reconstruction, in g/cm³. */
const air = 0.08
/** From here on matter counts as goods: cardboard, foam and cloth about them are mostly lighter. Judgement. */
const goodsFrom = 0.3
/** Objects below this size are parts of others, or crumbs, in cm³. */
const leastObjectCm3 = 20
/** More voxels than this are joined to larger ones before they are searched: a hand's breadth of goods stays many voxels wide. */
const mostVoxels = 4_000_000
const mostObjects = 400

type Grid = { width: number; height: number; slices: number; density: Float32Array; by: number }

/** Mean densities in g/cm³ of cubes of `by` voxels; what is left over at the far edges is dropped. */
const densities = ({ width, height, slices, data, rescale }: Volume): Grid => {
  const by = Math.max(1, Math.ceil(Math.cbrt((width * height * slices) / mostVoxels)))
  const [w, h, d] = [Math.floor(width / by), Math.floor(height / by), Math.floor(slices / by)]
  const density = new Float32Array(w * h * d)
  for (let z = 0; z < d * by; z++)
    for (let y = 0; y < h * by; y++)
      for (let x = 0; x < w * by; x++)
        density[(Math.floor(z / by) * h + Math.floor(y / by)) * w + Math.floor(x / by)]! +=
          data[(z * height + y) * width + x]! * rescale.slope + rescale.intercept
  for (let i = 0; i < density.length; i++) density[i]! /= by ** 3
  return { width: w, height: h, slices: d, density, by }
}

type Found = { voxels: number; box: Box3 }

/** Connected groups (six neighbours) of voxels of at least that density. */
const groups = ({ width, height, slices, density, by }: Grid, least: number): Found[] => {
  const seen = new Uint8Array(density.length)
  const plane = width * height
  const found: Found[] = []
  for (let start = 0; start < density.length; start++) {
    if (seen[start] || density[start]! < least) continue
    const [from, to] = [
      [width, height, slices],
      [-1, -1, -1],
    ]
    let voxels = 0
    const waiting = [start]
    seen[start] = 1
    const visit = (next: number): void => {
      if (seen[next] || density[next]! < least) return
      seen[next] = 1
      waiting.push(next)
    }
    while (waiting.length > 0) {
      const i = waiting.pop()!
      const place = [i % width, Math.floor((i % plane) / width), Math.floor(i / plane)] as const
      voxels++
      for (const axis of [0, 1, 2] as const) {
        from[axis] = Math.min(from[axis]!, place[axis])
        to[axis] = Math.max(to[axis]!, place[axis])
      }
      if (place[0] > 0) visit(i - 1)
      if (place[0] < width - 1) visit(i + 1)
      if (place[1] > 0) visit(i - width)
      if (place[1] < height - 1) visit(i + width)
      if (place[2] > 0) visit(i - plane)
      if (place[2] < slices - 1) visit(i + plane)
    }
    const size = [0, 1, 2].map((axis) => (to[axis]! - from[axis]! + 1) * by)
    found.push({ voxels, box: [from[0]! * by, from[1]! * by, from[2]! * by, size[0]!, size[1]!, size[2]!] })
  }
  return found.toSorted((a, b) => b.voxels - a.voxels)
}

const hullOf = (boxes: readonly Box3[]): Box3 | null => {
  if (boxes.length === 0) return null
  const least = (axis: 0 | 1 | 2): number => Math.min(...boxes.map((box) => box[axis]))
  const size = (axis: 0 | 1 | 2): number => Math.max(...boxes.map((box) => box[axis] + box[axis + 3]!)) - least(axis)
  return [least(0), least(1), least(2), size(0), size(1), size(2)]
}

/** Measures a volume whose rescaled values are g/cm³. `bodies`: all that hangs together, packing included, of at least the size of an object. */
export const measureVolume = (volume: Volume, { mmPerPx, mmPerSlice }: VoxelSize): VolumeMeasured => {
  const grid = densities(volume)
  const cm3 = ((mmPerPx / 10) ** 2 * mmPerSlice * grid.by ** 3) / 10
  let [grams, matter] = [0, 0]
  for (const density of grid.density)
    if (density >= air) {
      grams += density * cm3
      matter++
    }
  const large = (least: number): Box3[] =>
    groups(grid, least)
      .filter(({ voxels }) => voxels * cm3 >= leastObjectCm3)
      .slice(0, mostObjects)
      .map(({ box }) => box)
  const bodies = large(air)
  const hull = hullOf(bodies)
  const room = hull ? (hull[3] * hull[4] * hull[5]) / grid.by ** 3 : 0
  return { massKg: grams / 1000, fillShare: room > 0 ? Math.min(1, matter / room) : 0, hull, objects: large(goodsFrom), bodies }
}
