/**
 * Cuts a belt frame into bags. A frame shown whole to a network loses what is in the bags, so each bag is looked at by itself.
 * Works on a reduced grid whose cells keep the greatest difference from the ground, so that thin outlines survive. Pure.
 */
import { findGround, type Ground } from './ground.ts'
import { close, components, emptyMask, type Mask, open } from './mask.ts'
import type { Box, Raster } from './raster.ts'

/** One bag on the belt. `cut` says that the picture's left or right edge goes through it: the belt shows it again. */
export type Bag = { box: Box; cut: boolean }
export type Segmentation = { ground: Ground; bags: Bag[] }

// Noise and JPEG differ from the ground by no more than this, of 255.
const noise = 28
const gridSide = 480
const closeShare = 0.02
const leastArea = 0.015
const marginShare = 0.03

/** Cells in which any pixel differs from the ground by more than noise does. */
const differences = ({ width, height, data }: Raster, [r, g, b]: Ground, cell: number): Mask => {
  const grid = emptyMask(Math.ceil(width / cell), Math.ceil(height / cell))
  const { words, stride } = grid
  for (let y = 0; y < height; y++) {
    const row = ((y / cell) | 0) * stride
    const rowEnd = (y + 1) * width * 3
    for (let x = 0, i = y * width * 3; i < rowEnd; x++, i += cell * 3) {
      const [word, bit] = [row + (x >>> 5), 1 << (x & 31)]
      if (words[word]! & bit) continue
      const end = Math.min(i + cell * 3, rowEnd)
      for (let p = i; p < end; p += 3) {
        const dr = data[p]! - r
        const dg = data[p + 1]! - g
        const db = data[p + 2]! - b
        // The sign is set where any of the six is negative.
        const within = (noise - dr) | (noise + dr) | (noise - dg) | (noise + dg) | (noise - db) | (noise + db)
        if (within < 0) {
          words[word]! |= bit
          break
        }
      }
    }
  }
  return grid
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
