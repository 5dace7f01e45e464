import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { alike, fitted, flipped, matrixOf, pannedBy, toImage, toScreen, turnedBy, zoomedAt, type Point, type View } from './view.ts'

const window = { width: 800, height: 600 }
const close = (a: Point, b: Point, within = 1e-6): void =>
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) < within, `${JSON.stringify(a)} ${JSON.stringify(b)}`)

const view = fc.record({
  centre: fc.record({ x: fc.double({ min: -50, max: 3000, noNaN: true }), y: fc.double({ min: -50, max: 3000, noNaN: true }) }),
  // not whole: whole scales are laid on the grid of the screen, by half a pixel at most
  scale: fc.double({ min: 0.05, max: 20, noNaN: true }).filter((scale) => !Number.isInteger(scale)),
  turn: fc.constantFrom(0, 90, 180, 270, 15, 200),
  isFlippedX: fc.boolean(),
  isFlippedY: fc.boolean(),
})
const point = fc.record({ x: fc.double({ min: -100, max: 900, noNaN: true }), y: fc.double({ min: -100, max: 900, noNaN: true }) })

test('screen and image are one another’s inverse, however the image is turned and flipped', () => {
  fc.assert(fc.property(view, point, (v, p) => close(toScreen(matrixOf(v, window), toImage(matrixOf(v, window), p)), p, 1e-5)))
})

test('what is under the pointer stays there while one zooms, and follows it while one pans', () => {
  fc.assert(
    fc.property(view, point, fc.double({ min: 0.3, max: 3, noNaN: true }), (v, p, factor) => {
      const zoomed = zoomedAt(v, window, p, factor)
      if (Number.isInteger(zoomed.scale)) return
      close(toScreen(matrixOf(zoomed, window), toImage(matrixOf(v, window), p)), p, 1e-4)
      const panned = pannedBy(v, { x: 30, y: -12 })
      close(toScreen(matrixOf(panned, window), toImage(matrixOf(v, window), p)), { x: p.x + 30, y: p.y - 12 }, 1e-4)
    }),
  )
})

test('the whole image fits, also turned', () => {
  for (const turn of [0, 90, 30]) {
    const image = { width: 2000, height: 500 }
    const matrix = matrixOf(fitted(image, window, { turn, isFlippedX: false, isFlippedY: false }), window)
    for (const corner of [
      { x: 0, y: 0 },
      { x: 2000, y: 0 },
      { x: 0, y: 500 },
      { x: 2000, y: 500 },
    ]) {
      const { x, y } = toScreen(matrix, corner)
      assert.ok(x > -1e-6 && y > -1e-6 && x < 800 + 1e-6 && y < 600 + 1e-6, `${turn}: ${x}, ${y}`)
    }
  }
})

test('a quarter turn goes clockwise; flipping is as one sees it, before and after a turn', () => {
  const start: View = fitted({ width: 100, height: 100 }, { width: 100, height: 100 })
  const at = (v: View, x: number, y: number): Point => toScreen(matrixOf(v, { width: 100, height: 100 }), { x, y })
  close(at(turnedBy(start, 90), 0, 0), { x: 100, y: 0 })
  for (const turn of [0, 90, 200]) {
    const before = at(turnedBy(start, turn), 10, 30)
    close(at(flipped(turnedBy(start, turn), 'across'), 10, 30), { x: 100 - before.x, y: before.y })
    close(at(flipped(turnedBy(start, turn), 'upright'), 10, 30), { x: before.x, y: 100 - before.y })
  }
})

test('at 1:1 pixels of the image lie on pixels of the screen', () => {
  const odd: View = { centre: { x: 50.37, y: 20.21 }, scale: 1, turn: 90, isFlippedX: false, isFlippedY: false }
  const { x, y } = toScreen(matrixOf(odd, window), { x: 0, y: 0 })
  assert.ok(Number.isInteger(x) && Number.isInteger(y))
})

test('another view of the same thing shows the same part as large, and back again', () => {
  const [top, side] = [
    { width: 2000, height: 800 },
    { width: 1000, height: 600 },
  ]
  const here: View = { centre: { x: 500, y: 200 }, scale: 2, turn: 90, isFlippedX: true, isFlippedY: false }
  const there = alike(here, top, side)
  assert.deepEqual([there.centre, there.scale], [{ x: 250, y: 150 }, 4])
  assert.deepEqual(alike(there, side, top), here)
})
