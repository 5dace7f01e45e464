/** CT: a volume of 16-bit voxels, its slices along the three axes, and its greatest values along a direction. Pure; the shader is render/volume.ts. */
import type { GreyPixels } from './pixels.ts'

/** Voxels in the order x (fastest), y, z; `spacingMm` is the distance of their centres along each. 0 = air, 65535 = densest. */
export type Volume = {
  size: readonly [number, number, number]
  spacingMm: readonly [number, number, number]
  /** the distance of the slices was measured, not assumed */ hasSliceDistance: boolean
  voxels: Uint16Array
}

/** Values of a maker, whatever their range, over all 16 bits: the least becomes 0, the greatest 65535, in a straight line. */
export const stretched = (values: Uint16Array): Uint16Array => {
  let [least, most] = [65_535, 0]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const scale = most > least ? 65_535 / (most - least) : 0
  return values.map((value) => Math.round((value - least) * scale))
}

export const planes = ['axial', 'coronal', 'sagittal'] as const
export type Plane = (typeof planes)[number]

/** Which axes of the volume run to the right and down in a slice, and which one is walked through. */
const axesOf: Record<Plane, readonly [right: 0 | 1 | 2, down: 0 | 1 | 2, through: 0 | 1 | 2]> = {
  axial: [0, 1, 2],
  coronal: [0, 2, 1],
  sagittal: [1, 2, 0],
}

export const slicesIn = ({ size }: Volume, plane: Plane): number => size[axesOf[plane][2]]

/** Distance of the pixels of a slice, to the right and down; null where it runs through slices whose distance nobody knows. */
export const slicePitchMm = ({ spacingMm, hasSliceDistance }: Volume, plane: Plane): readonly [number, number] | null => {
  const [right, down] = axesOf[plane]
  return hasSliceDistance || down !== 2 ? [spacingMm[right], spacingMm[down]] : null
}

/** One slice at full depth. */
export const sliceOf = ({ size, voxels }: Volume, plane: Plane, index: number): GreyPixels => {
  const [right, down, through] = axesOf[plane]
  const strides = [1, size[0], size[0] * size[1]] as const
  const [width, height] = [size[right], size[down]]
  const grey = new Uint16Array(width * height)
  const start = Math.min(size[through] - 1, Math.max(0, index)) * strides[through]
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) grey[y * width + x] = voxels[start + y * strides[down] + x * strides[right]]!
  return { kind: 'grey', width, height, isDensity: true, grey }
}

/** Which slice of each plane is shown: together a point of the volume. */
export type Place = Readonly<Record<Plane, number>>

export const middleOf = (volume: Volume): Place => ({
  axial: Math.floor(slicesIn(volume, 'axial') / 2),
  coronal: Math.floor(slicesIn(volume, 'coronal') / 2),
  sagittal: Math.floor(slicesIn(volume, 'sagittal') / 2),
})

/** The plane that is walked through along each axis. */
const planeAlong = ['sagittal', 'coronal', 'axial'] as const

/** Shows a point of a slice, in its pixels, in the two other planes. */
export const placeAt = (volume: Volume, place: Place, plane: Plane, { x, y }: { x: number; y: number }): Place => {
  const [right, down] = axesOf[plane]
  const within = (value: number, axis: 0 | 1 | 2): number => Math.min(volume.size[axis] - 1, Math.max(0, Math.floor(value)))
  return { ...place, [planeAlong[right]]: within(x, right), [planeAlong[down]]: within(y, down) }
}

/** Where the two other planes cut this one, in its pixels. */
export const cutOf = (place: Place, plane: Plane): { x: number; y: number } => {
  const [right, down] = axesOf[plane]
  return { x: place[planeAlong[right]] + 0.5, y: place[planeAlong[down]] + 0.5 }
}

/** A place in a volume: a rectangle of the axial slices and the slices in which it lies, first and number. */
type Placed = { box: readonly [number, number, number, number]; slices?: readonly [number, number] }

/** What of such places is to be seen in one slice of a plane, as rectangles of it. Without slices it lies in all. */
export const inSlice = <T extends Placed>(placed: readonly T[], { size }: Pick<Volume, 'size'>, plane: Plane, index: number): T[] =>
  placed.flatMap((one) => {
    const [x, y, width, height] = one.box
    const [first, count] = one.slices ?? [0, size[2]]
    const from = [x, y, first]
    const length = [width, height, count]
    const [right, down, through] = axesOf[plane]
    if (index + 1 <= from[through]! || index >= from[through]! + length[through]!) return []
    return [{ ...one, box: [from[right]!, from[down]!, length[right]!, length[down]!] }]
  })

/** How a volume is looked at: turned about the upright axis, then tilted, in degrees. */
export type Turn = { yaw: number; pitch: number }

/** Right, down and forward of the eye in the volume's own axes, each of length 1. */
export const eyeOf = ({ yaw, pitch }: Turn): readonly [Vector, Vector, Vector] => {
  const [y, p] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180]
  const right: Vector = [Math.cos(y), Math.sin(y), 0]
  const forward: Vector = [-Math.sin(y) * Math.cos(p), Math.cos(y) * Math.cos(p), Math.sin(p)]
  const down: Vector = [Math.sin(y) * Math.sin(p), -Math.cos(y) * Math.sin(p), Math.cos(p)]
  return [right, down, forward]
}
export type Vector = readonly [number, number, number]

/** Longest edge in mm = 1; what all lengths below are measured in. */
export const extentOf = ({ size, spacingMm }: Volume): Vector => {
  const edges = size.map((voxels, axis) => voxels * spacingMm[axis]!)
  const longest = Math.max(...edges)
  return edges.map((edge) => edge / longest) as unknown as Vector
}

/** Steps of a ray through the whole of a volume. */
export const raySteps = 256
/** Half the width of the picture, in longest edges: the whole diagonal is seen however it is turned. */
export const halfView = 0.9

/** Greatest value (0…65535) along parallel rays, on a square of `side` pixels; nearest voxels. */
export const greatestAlong = (volume: Volume, turn: Turn, side: number): Uint16Array => {
  const [right, down, forward] = eyeOf(turn)
  const extent = extentOf(volume)
  const [nx, ny, nz] = volume.size
  const out = new Uint16Array(side * side)
  for (let v = 0; v < side; v += 1)
    for (let u = 0; u < side; u += 1) {
      const [a, b] = [((u + 0.5) / side) * 2 * halfView - halfView, ((v + 0.5) / side) * 2 * halfView - halfView]
      let greatest = 0
      for (let step = 0; step < raySteps; step += 1) {
        const c = ((step + 0.5) / raySteps) * 2 * halfView - halfView
        const x = Math.floor(((a * right[0] + b * down[0] + c * forward[0]) / extent[0] + 0.5) * nx)
        const y = Math.floor(((a * right[1] + b * down[1] + c * forward[1]) / extent[1] + 0.5) * ny)
        const z = Math.floor(((a * right[2] + b * down[2] + c * forward[2]) / extent[2] + 0.5) * nz)
        if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue
        greatest = Math.max(greatest, volume.voxels[(z * ny + y) * nx + x]!)
      }
      out[v * side + u] = greatest
    }
  return out
}
