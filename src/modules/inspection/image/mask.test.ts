import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { close, type Component, components, emptyMask, type Mask, open } from './mask.ts'

/** A mask as people would write it: a byte a cell. */
type Cells = { width: number; height: number; data: Uint8Array }

const packed = ({ width, height, data }: Cells): Mask => {
  const mask = emptyMask(width, height)
  for (const [i, cell] of data.entries()) if (cell) mask.words[Math.floor(i / width) * mask.stride + ((i % width) >>> 5)]! |= 1 << ((i % width) & 31)
  return mask
}

const masks = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 13 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer())
  .map(([width, height, share, seed]): Cells => {
    // Random cells by a share, so that full, empty and broken masks all occur.
    const data = Uint8Array.from({ length: width * height }, (_, i) => Number(Math.abs(Math.sin(seed + i * 12.9898) * 43758.5453) % 1 < share))
    return { width, height, data }
  })

/** By the definition: over the square around each cell, cut off at the picture's edges. */
const byDefinition = ({ width, height, data }: Cells, radius: number, of: (cells: number[]) => number): Cells => {
  const around = (x: number, y: number): number[] => {
    const cells: number[] = []
    for (let ny = Math.max(0, y - radius); ny <= Math.min(height - 1, y + radius); ny++)
      for (let nx = Math.max(0, x - radius); nx <= Math.min(width - 1, x + radius); nx++) cells.push(data[ny * width + nx]!)
    return cells
  }
  return { width, height, data: data.map((_, i) => of(around(i % width, Math.floor(i / width)))) }
}
const grown = (m: Cells, radius: number): Cells => byDefinition(m, radius, (cells) => Math.max(...cells))
const shrunk = (m: Cells, radius: number): Cells => byDefinition(m, radius, (cells) => Math.min(...cells))

test('closing and opening are what their definitions say, up to the edges', () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 36 }), (cells, radius) => {
      assert.deepEqual(close(packed(cells), radius), packed(shrunk(grown(cells, radius), radius)))
      assert.deepEqual(open(packed(cells), radius), packed(grown(shrunk(cells, radius), radius)))
    }),
    { numRuns: 120, seed: 11 },
  )
})

/** Cells that hang together, one after the other. */
const byFlooding = ({ width, height, data }: Cells): Component[] => {
  const left = new Set([...data.keys()].filter((i) => data[i]))
  const found: Component[] = []
  for (const start of left) {
    const waiting = [start]
    left.delete(start)
    const cells: number[] = []
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      cells.push(at)
      const [x, y] = [at % width, Math.floor(at / width)]
      for (const [nx, ny] of [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [x + dx, y + dy] as const))) {
        const next = ny * width + nx
        if (nx >= 0 && nx < width && ny >= 0 && ny < height && left.delete(next)) waiting.push(next)
      }
    }
    const [xs, ys] = [cells.map((c) => c % width), cells.map((c) => Math.floor(c / width))]
    found.push({ area: cells.length, left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) })
  }
  return found
}

test('components are those that flooding finds, in reading order', () => {
  fc.assert(
    fc.property(masks, (cells) => assert.deepEqual(components(packed(cells)), byFlooding(cells))),
    { numRuns: 500, seed: 12 },
  )
})
