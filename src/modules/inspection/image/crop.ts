/** Cuts a bag out of a picture and fits it into the square that a network reads, on white, keeping its proportions. Pure. */
import type { Box, Raster } from './raster.ts'
import type { Ground } from './ground.ts'

/** How a box of the picture lies in the square: picture = box corner + (square − pad) / scale. */
export type Placing = { box: Box; scale: number; padX: number; padY: number }
export type Letterboxed = { picture: Raster; placing: Placing }

// A bag of few pixels is not blown up beyond this: there is nothing more in it to see.
const greatestScale = 1.5

// Every bag of every belt goes through here, so it is done in whole numbers, two values in one word: weights have 8 bits and sum to
// one, so that a weighted sum of bytes stays within the 16 bits of its half. What is lost is below the noise of any JPEG.
const unit = 256
const halves = 0x00ff_00ff

/** What each place of a line takes of the source: `most` weights from `first` on, in units of 1/256 that sum to one; the last may be 0. */
type Taps = { first: Int32Array; weights: Int32Array; most: number }

/** Whole weights that sum to `unit`: the sums so far are rounded, so that what rounding takes from one weight it gives to the next. */
const wholeWeights = (shares: readonly number[]): number[] => {
  const all = shares.reduce((a, b) => a + b, 0)
  let [sum, given] = [0, 0]
  return shares.map((share) => {
    sum += share
    const weight = Math.round((sum / all) * unit) - given
    given += weight
    return weight
  })
}

/** A triangle filter as wide as the reduction (bilinear where enlarging); an even number of taps, because two are taken at once. */
const taps = (from: number, to: number): Taps => {
  const ratio = from / to
  const support = Math.max(1, ratio)
  const most = 2 * Math.ceil((Math.ceil(support * 2) + 1) / 2)
  const [first, weights] = [new Int32Array(to), new Int32Array(to * most)]
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio
    const start = Math.max(0, Math.floor(centre - support))
    const end = Math.min(from, Math.ceil(centre + support))
    const shares = Array.from({ length: end - start }, (_, k) => Math.max(0, 1 - Math.abs((start + k + 0.5 - centre) / support)))
    weights.set(wholeWeights(shares), i * most)
    first[i] = start
  }
  return { first, weights, most }
}

/** The box by itself, each row beginning at a whole word: `stride` words a row. */
const wordsOf = ({ data, width }: Raster, [x, y, w, h]: Box): { words: Int32Array; stride: number } => {
  const stride = Math.ceil((w * 3) / 4)
  const bytes = new Uint8Array(stride * 4 * h)
  for (let row = 0; row < h; row++) {
    const from = ((y + row) * width + x) * 3
    bytes.set(data.subarray(from, from + w * 3), row * stride * 4)
  }
  return { words: new Int32Array(bytes.buffer), stride }
}

/** Rows lowered to one: bytes 0 and 2 of each word into `even`, 1 and 3 into `odd`, 16 bits each. Rows below the last weigh nothing. */
const lowerRows = (even: Int32Array, odd: Int32Array, words: Int32Array, first: number, weights: Int32Array): void => {
  const stride = even.length
  even.fill(0)
  odd.fill(0)
  for (let k = 0, a = first * stride; k < weights.length && a < words.length; k += 2, a += 2 * stride) {
    const b = Math.min(a + stride, words.length - stride)
    const wa = weights[k]!
    const wb = weights[k + 1]!
    for (let x = 0; x < stride; x++) {
      const va = words[a + x]!
      const vb = words[b + x]!
      even[x]! += Math.imul(wa, va & halves) + Math.imul(wb, vb & halves)
      odd[x]! += Math.imul(wa, (va >>> 8) & halves) + Math.imul(wb, (vb >>> 8) & halves)
    }
  }
}

/** The lowered row as bytes, one to a word, shifted left by 0 or 16 bits and added: two rows are narrowed at once. */
const unfold = (pair: Int32Array, even: Int32Array, odd: Int32Array, shift: number): void => {
  for (let x = 0, i = 0; x < even.length; x++, i += 4) {
    const e = even[x]! + 0x0080_0080
    const o = odd[x]! + 0x0080_0080
    pair[i]! |= ((e >>> 8) & 255) << shift
    pair[i + 1]! |= ((o >>> 8) & 255) << shift
    pair[i + 2]! |= (e >>> 24) << shift
    pair[i + 3]! |= (o >>> 24) << shift
  }
}

/** A pair of rows, narrowed: three channels of the upper row in the low halves of `out`, of the lower in the high ones. */
const narrowPair = (out: Int32Array, pair: Int32Array, { first, weights, most }: Taps): void => {
  for (let x = 0, o = 0, k = 0; x < first.length; x++, o += 3) {
    let r = 0
    let g = 0
    let b = 0
    for (let i = first[x]! * 3; k < (x + 1) * most; k += 2, i += 6) {
      const wa = weights[k]!
      const wb = weights[k + 1]!
      r += Math.imul(wa, pair[i]!) + Math.imul(wb, pair[i + 3]!)
      g += Math.imul(wa, pair[i + 1]!) + Math.imul(wb, pair[i + 4]!)
      b += Math.imul(wa, pair[i + 2]!) + Math.imul(wb, pair[i + 5]!)
    }
    out[o] = r
    out[o + 1] = g
    out[o + 2] = b
  }
}

/** The box on `width` × `height` pixels, two rows at a time, from the top. Rows first: they lie in memory as they are read, and fewer are left to be narrowed. */
const reduce = (picture: Raster, box: Box, width: number, height: number, each: (pair: Int32Array, y: number) => void): void => {
  const [low, narrow] = [taps(box[3], height), taps(box[2], width)]
  const { words, stride } = wordsOf(picture, box)
  const [even, odd] = [new Int32Array(stride), new Int32Array(stride)]
  const pair = new Int32Array(stride * 4 + narrow.most * 3)
  const out = new Int32Array(width * 3)
  for (let y = 0; y < height; y += 2) {
    pair.fill(0)
    for (let of = y; of < Math.min(y + 2, height); of++) {
      lowerRows(even, odd, words, low.first[of]!, low.weights.subarray(of * low.most, (of + 1) * low.most))
      unfold(pair, even, odd, (of - y) * 16)
    }
    narrowPair(out, pair, narrow)
    each(out, y)
  }
}

/** One of a pair of rows over the ground: the share of the open beam that came through, as bytes from `at` on. Brighter than the ground is white too. */
const whiten = (data: Uint8Array, at: number, pair: Int32Array, shift: number, ground: Ground): void => {
  const [red, green, blue] = ground.map((v) => 255 / (v * unit)) as [number, number, number]
  for (let i = 0; i < pair.length; i += 3) {
    data[at + i] = Math.min(255.4, ((pair[i]! >>> shift) & 0xffff) * red) + 0.5
    data[at + i + 1] = Math.min(255.4, ((pair[i + 1]! >>> shift) & 0xffff) * green) + 0.5
    data[at + i + 2] = Math.min(255.4, ((pair[i + 2]! >>> shift) & 0xffff) * blue) + 0.5
  }
}

/** The box of a picture on a white square of `side` pixels, its ground made white. */
export const letterbox = (picture: Raster, box: Box, ground: Ground, side: number): Letterboxed => {
  const scale = Math.min(side / box[2], side / box[3], greatestScale)
  const width = Math.max(1, Math.min(side, Math.round(box[2] * scale)))
  const height = Math.max(1, Math.min(side, Math.round(box[3] * scale)))
  const padX = (side - width) >> 1
  const padY = (side - height) >> 1
  const data = new Uint8Array(side * side * 3).fill(255)
  const at = (y: number): number => ((y + padY) * side + padX) * 3
  reduce(picture, box, width, height, (pair, y) => {
    whiten(data, at(y), pair, 0, ground)
    if (y + 1 < height) whiten(data, at(y + 1), pair, 16, ground)
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
