import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { letterbox, toPicture } from './crop.ts'
import { findGround, type Ground } from './ground.ts'
import type { Box, Raster } from './raster.ts'
import { segment } from './segment.ts'

type Colour = [number, number, number]
const grey: Colour = [195, 197, 194]
const goods: Colour = [200, 120, 40]

const paint = (width: number, height: number, ground: Colour, boxes: readonly Box[]): Raster => {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < data.length; i++) data[i] = ground[i % 3]! + ((i * 7919) % 5) - 2
  for (const [x0, y0, w, h] of boxes)
    for (let y = y0; y < y0 + h; y++) for (let x = x0; x < x0 + w; x++) for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = goods[c]!
  return { width, height, data }
}

const frames: { name: string; boxes: Box[]; bags: number; cut: boolean[] }[] = [
  { name: 'an empty belt', boxes: [], bags: 0, cut: [] },
  { name: 'one bag', boxes: [[600, 300, 400, 300]], bags: 1, cut: [false] },
  { name: 'two bags apart', boxes: [[200, 300, 300, 300], [900, 200, 400, 500]], bags: 2, cut: [false, false] }, // prettier-ignore
  { name: 'a bag that the left edge cuts', boxes: [[0, 300, 300, 300], [900, 200, 400, 500]], bags: 2, cut: [true, false] }, // prettier-ignore
  { name: 'a bag that the right edge cuts', boxes: [[1425, 300, 300, 300]], bags: 1, cut: [true] },
  { name: 'a strap beside its bag is one with it', boxes: [[300, 300, 300, 300], [608, 300, 100, 200]], bags: 1, cut: [false] }, // prettier-ignore
  { name: 'crumbs are no bag', boxes: [[300, 300, 30, 30], [900, 500, 12, 12]], bags: 0, cut: [] }, // prettier-ignore
  { name: 'a scratch across the belt is no bag', boxes: [[0, 80, 1725, 1]], bags: 0, cut: [] },
]
for (const { name, boxes, bags, cut } of frames)
  test(`a belt frame: ${name}`, () => {
    const found = segment(paint(1725, 1038, grey, boxes)).bags
    assert.equal(found.length, bags)
    assert.deepEqual(
      found.map((b) => b.cut),
      cut,
    )
    for (const { box } of found) {
      assert.ok(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= 1725 && box[1] + box[3] <= 1038)
      const inside = boxes.filter((b) => b[0] >= box[0] && b[1] >= box[1] && b[0] + b[2] <= box[0] + box[2] && b[1] + b[3] <= box[1] + box[3])
      assert.ok(inside.length > 0, 'the box holds the goods it was drawn for')
    }
  })

test('the ground is the belt even where goods cover most of the border', () => {
  const picture = paint(400, 300, grey, [[0, 0, 400, 260]])
  const ground = findGround(picture)
  for (let c = 0; c < 3; c++) assert.ok(Math.abs(ground[c]! - grey[c]!) <= 2)
  assert.deepEqual(findGround(paint(400, 300, [20, 20, 60], [])), [255, 255, 255], 'no air: nothing to divide by')
})

test('a letterboxed bag stands on white, keeps its shares of transmission and its boxes find their way back', () => {
  const picture = paint(1000, 800, grey, [[300, 200, 400, 300]])
  const { ground, bags } = segment(picture)
  const cut = letterbox(picture, bags[0]!.box, ground, 320)
  const at = (x: number, y: number): number[] => [...cut.picture.data.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3)]
  assert.deepEqual(at(2, 2), [255, 255, 255])
  for (let c = 0; c < 3; c++) assert.ok(Math.abs(at(160, 160)[c]! - Math.min(255, (goods[c]! * 255) / grey[c]!)) <= 3)
  const { scale, padX, padY, box } = cut.placing
  const back = toPicture([padX + (350 - box[0]) * scale, padY + (250 - box[1]) * scale, 100 * scale, 60 * scale], cut.placing)
  for (const [i, want] of [350, 250, 100, 60].entries()) assert.ok(Math.abs(back[i]! - want) < 1e-6)
  assert.deepEqual(toPicture([-50, -50, 1000, 1000], cut.placing), box, 'nothing is found outside the bag')
})

/** The same by its definition, in floats: a triangle filter as wide as the reduction, then the share of the ground. */
const byDefinition = ({ width, data }: Raster, [x0, y0, w, h]: Box, [columns, rows]: [number, number], ground: Ground): number[] => {
  const weights = (from: number, to: number, at: number): number[] => {
    const support = Math.max(1, from / to)
    const all = Array.from({ length: from }, (_, s) => Math.max(0, 1 - Math.abs((s + 0.5 - (at + 0.5) * (from / to)) / support)))
    const sum = all.reduce((a, b) => a + b, 0)
    return all.map((v) => v / sum)
  }
  const across = Array.from({ length: columns }, (_, x) => weights(w, columns, x))
  const down = Array.from({ length: rows }, (_, y) => weights(h, rows, y))
  return down.flatMap((wy) =>
    across.flatMap((wx) =>
      ground.map((g, c) => {
        let value = 0
        for (const [y, a] of wy.entries()) if (a > 0) for (const [x, b] of wx.entries()) value += a * b * data[((y0 + y) * width + x0 + x) * 3 + c]!
        return Math.min(255, (value * 255) / g)
      }),
    ),
  )
}

test('a letterboxed box is what the triangle filter says, within two levels of 255', () => {
  const boxes = fc.tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 0, max: 3 }),
  )
  fc.assert(
    fc.property(boxes, fc.integer({ min: 5, max: 48 }), fc.integer(), fc.integer({ min: 150, max: 255 }), ([w, h, x, y], side, seed, bright) => {
      const noise = (i: number): number => Math.floor((Math.abs(Math.sin(seed + i * 12.9898) * 43758.5453) % 1) * 256)
      const picture = { width: w + 5, height: h + 4, data: Uint8Array.from({ length: (w + 5) * (h + 4) * 3 }, (_, i) => noise(i)) }
      const ground: Ground = [bright, bright - 2, bright - 5]
      const cut = letterbox(picture, [x, y, w, h], ground, side)
      const { scale, padX, padY } = cut.placing
      const size: [number, number] = [Math.max(1, Math.min(side, Math.round(w * scale))), Math.max(1, Math.min(side, Math.round(h * scale)))]
      const wanted = byDefinition(picture, [x, y, w, h], size, ground)
      for (const [i, value] of wanted.entries()) {
        const [column, row] = [Math.floor(i / 3) % size[0], Math.floor(i / 3 / size[0])]
        const got = cut.picture.data[((row + padY) * side + column + padX) * 3 + (i % 3)]!
        assert.ok(Math.abs(got - value) <= 2.5, `${column}, ${row}: ${got} for ${value}`)
      }
    }),
    { numRuns: 60, seed: 13 },
  )
})

test('letterboxing an even field leaves it even, at any size', () => {
  for (const [w, h] of [
    [7, 900],
    [900, 7],
    [33, 31],
    [640, 641],
  ] as const) {
    // prettier-ignore
    const even = { width: w, height: h, data: new Uint8Array(w * h * 3).fill(120) }
    const { picture, placing } = letterbox(even, [0, 0, w, h], [255, 255, 255], 64)
    const inner = new Set<number>()
    for (let y = placing.padY; y < 64 - placing.padY - 1; y++)
      for (let x = placing.padX; x < 64 - placing.padX - 1; x++) inner.add(picture.data[(y * 64 + x) * 3]!)
    assert.deepEqual([...inner], [120])
  }
})
