import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '#kernel/random.ts'
import type { Raster } from './image/raster.ts'
import type { DualEnergy } from './image/scan.ts'
import { type Cutout, cutColour, placeWithin, projectColour, projectDual, simulatedCutout, turnedCutout } from './tip.ts'

/** A flat host of one transmission, with the grain of so many photons. */
const hostOf = (transmission: number, photons: number): DualEnergy => {
  const random = seeded(1, 'host')
  const plane = (): Uint16Array =>
    Uint16Array.from({ length: 200 * 160 }, () => {
      // twelve uniform numbers make a normal one
      const normal = Array.from({ length: 12 }, () => random.next()).reduce((sum, value) => sum + value, -6)
      return Math.round((transmission + Math.sqrt(transmission / photons) * normal) * 65_535)
    })
  return { width: 200, height: 160, low: plane(), high: plane() }
}
const square = (pass: number, side = 40): Cutout => ({
  cls: 'test',
  width: side,
  height: side,
  mask: new Float32Array(side * side).fill(1),
  passes: [new Float32Array(side * side).fill(pass), new Float32Array(side * side).fill(Math.sqrt(pass))],
})
const how = { x: 60, y: 50, k: 1, feather: 0, seed: 3 }
const values = (plane: Uint16Array): number[] => {
  const found: number[] = []
  for (let y = 54; y < 86; y++) for (let x = 64; x < 96; x++) found.push(plane[y * 200 + x]! / 65_535)
  return found
}
const mean = (of: number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length

test('transmissions multiply, by the thickness factor, and only there', () => {
  for (const k of [0.6, 1, 1.3]) {
    const host = hostOf(0.6, 40_000)
    const { dual, truth } = projectDual(host, square(0.5), { ...how, k })
    assert.ok(Math.abs(mean(values(dual.low)) - 0.6 * 0.5 ** k) < 0.002)
    assert.ok(Math.abs(mean(values(dual.high)) - 0.6 * 0.5 ** (k / 2)) < 0.002)
    assert.deepEqual(truth, { isTip: true, cls: 'test', box: [60, 50, 40, 40], k })
    assert.deepEqual(dual.low.subarray(0, 50 * 200), host.low.subarray(0, 50 * 200))
  }
})

test('the grain is that of a bag which really held the threat', () => {
  const { dual } = projectDual(hostOf(0.6, 20_000), square(0.3), how)
  const found = values(dual.low)
  const variance = mean(found.map((value) => (value - mean(found)) ** 2))
  assert.ok(Math.abs(variance / ((0.6 * 0.3) / 20_000) - 1) < 0.25, `${variance * 20_000} of ${0.18}`)
})

test('a cut-out taken from one picture darkens another as it did its own', () => {
  const flat = (level: number): Raster => ({ width: 120, height: 90, data: new Uint8Array(120 * 90 * 3).fill(level) })
  const source = flat(240)
  for (let y = 30; y < 50; y++) for (let x = 40; x < 70; x++) source.data.set([60, 120, 180], (y * 120 + x) * 3)
  const cutout = cutColour(source, [36, 26, 38, 28], 'Knife')
  const { picture, truth } = projectColour(flat(200), cutout, { x: 20, y: 10, k: 1, feather: 1, seed: 1 })
  const [at, outside] = [(10 + 14) * 120 + 20 + 19, (10 + 1) * 120 + 20 + 1]
  assert.deepEqual([...picture.data.subarray(at * 3, at * 3 + 3)], [50, 100, 150])
  assert.deepEqual([...picture.data.subarray(outside * 3, outside * 3 + 3)], [200, 200, 200])
  assert.deepEqual(truth.box, [24, 14, 30, 20])
})

test('turning four times by a right angle comes back, mirroring twice too, and scale is kept', () => {
  const gun = simulatedCutout('gun', 5, 1.25)
  const sum = (of: Float32Array): number => of.reduce((total, value) => total + value, 0)
  const turned = turnedCutout(gun, { angle: Math.PI / 2, mirror: false, scale: 1 })
  assert.ok(Math.abs(turned.width - gun.height) <= 3 && Math.abs(turned.height - gun.width) <= 3)
  assert.ok(Math.abs(sum(turned.mask) / sum(gun.mask) - 1) < 0.03)
  const larger = turnedCutout(gun, { angle: 0.4, mirror: true, scale: 1.2 })
  assert.ok(Math.abs(sum(larger.mask) / sum(gun.mask) - 1.44) < 0.05)
  assert.ok(Math.min(...gun.passes[0]!) < 0.1 && Math.max(...gun.passes[1]!) <= 1)
})

test('a threat is placed wholly on the bag, or not at all', () => {
  const bag = new Uint8Array(200 * 160)
  for (let y = 20; y < 120; y++) bag.fill(1, y * 200 + 30, y * 200 + 150)
  for (let seed = 0; seed < 30; seed++) {
    const { x, y } = placeWithin(bag, { width: 200, height: 160 }, square(0.5), seeded(seed, 'place'))!
    assert.ok(x >= 30 && y >= 20 && x + 40 <= 150 && y + 40 <= 120, `${x}, ${y}`)
  }
  assert.equal(placeWithin(bag, { width: 200, height: 160 }, square(0.5, 140), seeded(1, 'place')), undefined)
})
