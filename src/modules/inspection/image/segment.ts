/**
 * Cuts a belt frame into bags. A frame shown whole to a network loses what is in the bags, so each bag is looked at by itself.
 * Works on a reduced grid whose cells keep the greatest difference from the ground, so that thin outlines survive. Pure.
 */
import { findGround, type Ground } from './ground.ts'
import { close, components, type Mask, open } from './mask.ts'
import type { Box, Raster } from './raster.ts'

/** One bag on the belt. `cut` says that the picture's left or right edge goes through it: the belt shows it again. */
export type Bag = { box: Box; cut: boolean }
export type Segmentation = { ground: Ground; bags: Bag[] }

// A difference from the ground that noise and JPEG do not reach, of 255.
const leastDifference = 28
const gridSide = 480
const closeShare = 0.02
const leastArea = 0.015
const marginShare = 0.03

/** For every value of a channel: does it differ from the ground's by more than noise does? */
const farFrom = (ground: number): Uint8Array => Uint8Array.from({ length: 256 }, (_, v) => Number(Math.abs(v - ground) > leastDifference))

const differences = ({ width, height, data }: Raster, ground: Ground, cell: number): Mask => {
  const w = Math.ceil(width / cell)
  const h = Math.ceil(height / cell)
  const grid = new Uint8Array(w * h)
  const [r, g, b] = ground.map(farFrom) as [Uint8Array, Uint8Array, Uint8Array]
  for (let y = 0, i = 0; y < height; y++) {
    let at = ((y / cell) | 0) * w
    for (let x = 0, left = cell; x < width; x++, i += 3) {
      if (left-- === 0) {
        at++
        left = cell - 1
      }
      if (r[data[i]!]! | g[data[i + 1]!]! | b[data[i + 2]!]!) grid[at] = 1
    }
  }
  return { width: w, height: h, data: grid }
}

/** Bags of a picture, left to right, each box with 3 % margin and inside the picture. An empty belt has none. */
export const segment = (picture: Raster): Segmentation => {
  const { width, height } = picture
  const ground = findGround(picture)
  const cell = Math.max(1, Math.round(Math.max(width, height) / gridSide))
  const grid = differences(picture, ground, cell)
  const joined = close(grid, Math.max(1, Math.round((closeShare * Math.min(grid.width, grid.height)) / 2)))
  const solid = open(joined, Math.max(1, Math.round(2 / cell)))
  const bags = components(solid)
    .filter((c) => c.area >= leastArea * grid.width * grid.height)
    .toSorted((a, b) => a.left - b.left || a.top - b.top)
    .map((c): Bag => {
      const x0 = c.left * cell
      const y0 = c.top * cell
      const x1 = Math.min(width, (c.right + 1) * cell)
      const y1 = Math.min(height, (c.bottom + 1) * cell)
      const margin = Math.round(marginShare * Math.max(x1 - x0, y1 - y0))
      const left = Math.max(0, x0 - margin)
      const top = Math.max(0, y0 - margin)
      return {
        box: [left, top, Math.min(width, x1 + margin) - left, Math.min(height, y1 + margin) - top],
        cut: c.left === 0 || c.right === grid.width - 1,
      }
    })
  return { ground, bags }
}
