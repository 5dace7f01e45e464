/** Cuts a bag out of a picture and fits it into the square that a network reads, on white, keeping its proportions. Pure. */
import type { Box, Raster } from './raster.ts'
import type { Ground } from './ground.ts'

/** How a box of the picture lies in the square: picture = box corner + (square − pad) / scale. */
export type Placing = { box: Box; scale: number; padX: number; padY: number }
export type Letterboxed = { picture: Raster; placing: Placing }

// A bag of few pixels is not blown up beyond this: there is nothing more in it to see.
const greatestScale = 1.5

type Taps = { first: Int32Array; count: Int32Array; weights: Float32Array; widest: number }

/** Weights of a triangle filter as wide as the reduction (bilinear where enlarging): what each place of the line takes of the source. */
const taps = (from: number, to: number): Taps => {
  const ratio = from / to
  const support = Math.max(1, ratio)
  const widest = Math.ceil(support * 2) + 2
  const first = new Int32Array(to)
  const count = new Int32Array(to)
  const weights = new Float32Array(to * widest)
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio
    const start = Math.max(0, Math.floor(centre - support))
    const end = Math.min(from, Math.ceil(centre + support))
    let sum = 0
    for (let s = start; s < end; s++) sum += weights[i * widest + s - start] = Math.max(0, 1 - Math.abs((s + 0.5 - centre) / support))
    for (let k = 0; k < end - start; k++) weights[i * widest + k]! /= sum
    first[i] = start
    count[i] = end - start
  }
  return { first, count, weights, widest }
}

/** Every value of a channel over the ground's: what share of the open beam came through, of 255. */
const shareOf = (ground: number): Float64Array => Float64Array.from({ length: 256 }, (_, v) => Math.min(255, v * (255 / ground)))

/** Rows of the box, narrowed to `width` places, as floats of three channels, divided by the ground. */
const narrow = (picture: Raster, [x0, y0, w, h]: Box, ground: Ground, width: number): Float32Array => {
  const { first, count, weights, widest } = taps(w, width)
  const out = new Float32Array(h * width * 3)
  const [red, green, blue] = ground.map(shareOf) as [Float64Array, Float64Array, Float64Array]
  const { data } = picture
  for (let y = 0, o = 0; y < h; y++) {
    const row = ((y0 + y) * picture.width + x0) * 3
    for (let x = 0; x < width; x++, o += 3) {
      let r = 0
      let g = 0
      let b = 0
      let i = row + first[x]! * 3
      const end = x * widest + count[x]!
      for (let k = x * widest; k < end; k++, i += 3) {
        const weight = weights[k]!
        r += weight * red[data[i]!]!
        g += weight * green[data[i + 1]!]!
        b += weight * blue[data[i + 2]!]!
      }
      out[o] = r
      out[o + 1] = g
      out[o + 2] = b
    }
  }
  return out
}

/** Narrowed rows, lowered to `height` rows: each is a weighted sum of whole rows, so that memory is read in order. */
const lower = (rows: Float32Array, from: number, height: number, rowLength: number, each: (y: number, sums: Float64Array) => void): void => {
  const { first, count, weights, widest } = taps(from, height)
  const sums = new Float64Array(rowLength)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let k = 0; k < count[y]!; k++) {
      const weight = weights[y * widest + k]!
      const at = (first[y]! + k) * rowLength
      for (let x = 0; x < rowLength; x++) sums[x]! += weight * rows[at + x]!
    }
    each(y, sums)
  }
}

/** The box of a picture on a white square of `side` pixels, its ground made white. */
export const letterbox = (picture: Raster, box: Box, ground: Ground, side: number): Letterboxed => {
  const scale = Math.min(side / box[2], side / box[3], greatestScale)
  const width = Math.max(1, Math.min(side, Math.round(box[2] * scale)))
  const height = Math.max(1, Math.min(side, Math.round(box[3] * scale)))
  const padX = (side - width) >> 1
  const padY = (side - height) >> 1
  const rows = narrow(picture, box, ground, width)
  const data = new Uint8Array(side * side * 3).fill(255)
  lower(rows, box[3], height, width * 3, (y, sums) => {
    const at = ((y + padY) * side + padX) * 3
    for (let x = 0; x < sums.length; x++) data[at + x] = Math.round(sums[x]!)
  })
  return { picture: { width: side, height: side, data }, placing: { box, scale, padX, padY } }
}

/** A box of the square in the picture's own pixels, cut off at the edges of the bag's box. */
export const toPicture = ([x, y, w, h]: Box, { box, scale, padX, padY }: Placing): Box => {
  const left = Math.min(Math.max((x - padX) / scale, 0), box[2])
  const top = Math.min(Math.max((y - padY) / scale, 0), box[3])
  const right = Math.min(Math.max((x + w - padX) / scale, 0), box[2])
  const bottom = Math.min(Math.max((y + h - padY) / scale, 0), box[3])
  return [box[0] + left, box[1] + top, right - left, bottom - top]
}
