/** Pictures as the tensor that a network reads: float32 [N,3,H,W], RGB/255. Pure. */
import type { Raster } from '../image/raster.ts'
import type { SecondView } from '../schema/model-card.ts'

/** Pictures of one size for one run of the network: float32 [N,3,H,W]. */
export type Batch = { data: Float32Array; dims: [number, number, number, number] }

// Larger batches are no faster on one thread and cost memory.
const batchAtMost = 4

const shares = Float32Array.from({ length: 256 }, (_, v) => v / 255)

/** Pictures of one size, one after the other. */
export const tensorOf = (pictures: readonly Raster[]): Batch => {
  const { width, height } = pictures[0]!
  const plane = width * height
  const data = new Float32Array(pictures.length * 3 * plane)
  for (const [n, picture] of pictures.entries()) {
    if (picture.width !== width || picture.height !== height) throw new RangeError('pictures of one batch are of one size')
    const at = n * 3 * plane
    for (let i = 0, p = 0; i < plane; i++, p += 3) {
      data[at + i] = shares[picture.data[p]!]!
      data[at + plane + i] = shares[picture.data[p + 1]!]!
      data[at + 2 * plane + i] = shares[picture.data[p + 2]!]!
    }
  }
  return { data, dims: [pictures.length, 3, height, width] }
}

/** All pictures, in order, in batches that a network takes well. */
export const batchesOf = (pictures: readonly Raster[]): Batch[] =>
  Array.from({ length: Math.ceil(pictures.length / batchAtMost) }, (_, i) => tensorOf(pictures.slice(i * batchAtMost, (i + 1) * batchAtMost)))

type Copy = (from: Float32Array, to: Float32Array, width: number) => void

const mirrorRows: Copy = (from, to, width) => {
  for (let row = 0; row < from.length; row += width) for (let x = 0; x < width; x++) to[row + x] = from[row + width - 1 - x]!
}

/** By a quarter against the clock, so that what was the right edge is the upper one: planes of `width` × `width`, one below the other. */
const turnPlanes: Copy = (from, to, width) => {
  for (let plane = 0; plane < from.length; plane += width * width)
    for (let y = 0; y < width; y++) for (let x = 0; x < width; x++) to[plane + y * width + x] = from[plane + x * width + width - 1 - y]!
}

const copies: Record<SecondView, Copy> = { mirror: mirrorRows, turn: turnPlanes }

/** Second views of some pictures of a batch, in the order asked for. */
export const secondViews = ({ data, dims: [, , height, width] }: Batch, which: readonly number[], view: SecondView): Batch => {
  if (view === 'turn' && width !== height) throw new RangeError('only squares can be turned')
  const each = 3 * height * width
  const seen = new Float32Array(which.length * each)
  for (const [k, n] of which.entries()) copies[view](data.subarray(n * each, (n + 1) * each), seen.subarray(k * each, (k + 1) * each), width)
  return { data: seen, dims: [which.length, 3, height, width] }
}
