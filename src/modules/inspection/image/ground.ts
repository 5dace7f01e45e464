/**
 * The ground of an X-ray picture: the colour of open air. Belts paint it white, light grey or grey, and a network would learn the
 * scanner by it; so it is found, and everything is divided by it. Transmissions multiply (Beer–Lambert), so division is the right
 * way to white. Pure.
 */
import type { Raster } from './raster.ts'

export type Ground = readonly [r: number, g: number, b: number]

const white: Ground = [255, 255, 255]
// Air is bright and has no hue; the palest goods are yellowish or bluish by more than this.
const darkest = 150
const widestSpread = 18
const step = 4

const isAir = (data: Uint8Array, i: number): boolean => {
  const r = data[i]!
  const g = data[i + 1]!
  const b = data[i + 2]!
  const low = Math.min(r, g, b)
  return low >= darkest && Math.max(r, g, b) - low <= widestSpread
}

/** The most frequent of the values counted, each bin taken with its neighbours, so that JPEG noise does not split a peak. */
const mode = (counts: Uint32Array): number => {
  let best = 255
  let most = -1
  for (let v = 255; v >= 0; v--) {
    const n = (counts[v - 1] ?? 0) + counts[v]! * 2 + (counts[v + 1] ?? 0)
    if (n > most) {
      most = n
      best = v
    }
  }
  return best
}

/** The ground's colour: the commonest bright neutral colour of the picture's border, of the whole picture where the border shows none, white where there is no air. */
export const findGround = ({ width, height, data }: Raster): Ground => {
  const collect = (pixels: Iterable<number>): Ground | null => {
    const counts = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)]
    let seen = 0
    let air = 0
    for (const i of pixels) {
      seen++
      if (!isAir(data, i)) continue
      air++
      for (let c = 0; c < 3; c++) counts[c]![data[i + c]!]!++
    }
    return air >= seen * 0.05 && air > 0 ? [mode(counts[0]!), mode(counts[1]!), mode(counts[2]!)] : null
  }
  const border = function* () {
    for (let x = 0; x < width; x++) {
      yield x * 3
      yield ((height - 1) * width + x) * 3
    }
    for (let y = 0; y < height; y++) {
      yield y * width * 3
      yield (y * width + width - 1) * 3
    }
  }
  const sample = function* () {
    for (let y = 0; y < height; y += step) for (let x = 0; x < width; x += step) yield (y * width + x) * 3
  }
  return collect(border()) ?? collect(sample()) ?? white
}
