/** Pictures as the tensor that a network reads: float32 [N,3,H,W], RGB/255. Pure. */
import type { Raster } from '../image/raster.ts'
import type { Second } from '../schema/model-card.ts'

/** Pictures of one size for one run of the network: float32 [N,3,H,W]. `count` pictures; with a second view of each N is twice that. */
export type Batch = { count: number; data: Float32Array; dims: [number, number, number, number] }

// Larger batches are no faster on one thread and cost memory.
const batchAtMost = 4

const shares = Float32Array.from({ length: 256 }, (_, v) => v / 255)

/** Pictures of one size, one after the other, each followed by its second view where there is one. */
export const tensorOf = (pictures: readonly Raster[], second: Second | null): Batch => {
  const { width, height } = pictures[0]!
  const plane = width * height
  if (second === 'turn' && width !== height) throw new RangeError('only squares can be turned')
  const each = second ? 2 : 1
  const data = new Float32Array(pictures.length * each * 3 * plane)
  for (const [n, picture] of pictures.entries()) {
    if (picture.width !== width || picture.height !== height) throw new RangeError('pictures of one batch are of one size')
    const at = n * each * 3 * plane
    for (let i = 0, p = 0; i < plane; i++, p += 3) {
      data[at + i] = shares[picture.data[p]!]!
      data[at + plane + i] = shares[picture.data[p + 1]!]!
      data[at + 2 * plane + i] = shares[picture.data[p + 2]!]!
    }
    if (second) secondView[second](data, at, at + 3 * plane, width, 3 * height)
  }
  return { count: pictures.length, data, dims: [pictures.length * each, 3, height, width] }
}

type Copy = (data: Float32Array, from: number, to: number, width: number, rows: number) => void

const mirrorRows: Copy = (data, from, to, width, rows) => {
  for (let y = 0; y < rows; y++) {
    const source = from + y * width
    const target = to + y * width
    for (let x = 0; x < width; x++) data[target + x] = data[source + width - 1 - x]!
  }
}

/** By a quarter against the clock, so that what was the right edge is the upper one: planes of `width` × `width`, one below the other. */
const turnPlanes: Copy = (data, from, to, width, rows) => {
  for (let top = 0; top < rows; top += width)
    for (let y = 0; y < width; y++) {
      const target = to + (top + y) * width
      const column = from + top * width + width - 1 - y
      for (let x = 0; x < width; x++) data[target + x] = data[column + x * width]!
    }
}

const secondView: Record<Second, Copy> = { mirror: mirrorRows, turn: turnPlanes }

/** All pictures, in order, in batches that a network takes well. */
export const batchesOf = (pictures: readonly Raster[], second: Second | null): Batch[] =>
  Array.from({ length: Math.ceil(pictures.length / batchAtMost) }, (_, i) => tensorOf(pictures.slice(i * batchAtMost, (i + 1) * batchAtMost), second))
