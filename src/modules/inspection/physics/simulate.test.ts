import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { bag } from './scenes/bag.ts'
import { carton } from './scenes/carton.ts'
import { container } from './scenes/container.ts'
import { type ThreatKind, threats } from './scenes/threats.ts'
import { wares } from './scenes/wares.ts'
import { simulateScan } from './simulate.ts'

/** Everything of a scan, its planes by their hash: comparing them sample by sample takes minutes. */
const printed = ({ dual, picture, ...about }: ReturnType<typeof simulateScan>): unknown => ({
  ...about,
  planes: [dual.low, dual.high, picture.data].map((plane) => createHash('sha256').update(plane).digest('hex')),
})

const kinds = Object.keys(threats) as ThreatKind[]

test('whatever threat is asked for is in the bag, once, and in none that is not asked for one', () => {
  for (let seed = 1; seed <= 12; seed++) {
    assert.equal(bag(seed).things.filter((thing) => thing.threat).length, 0)
    for (const kind of kinds)
      assert.deepEqual(
        bag(seed, kind)
          .things.filter((thing) => thing.threat)
          .map((thing) => thing.cls),
        [kind],
      )
  }
})

test('a bag comes out the same twice, lies in the picture, and its threat is where the truth says', () => {
  for (const [i, threat] of (['gun', 'drugs', 'currency'] as const).entries()) {
    const scan = simulateScan({ kind: 'bag', seed: 100 + i, threat })
    if (i === 0) assert.deepEqual(printed(scan), printed(simulateScan({ kind: 'bag', seed: 100, threat })))
    const { width, height, low } = scan.dual
    assert.deepEqual([scan.picture.width, scan.picture.height], [width, height])
    const found = scan.truth.find((one) => one.threat)!
    const [x, y, w, h] = found.box
    assert.ok(x >= 0 && y >= 0 && x + w <= width && y + h <= height)
    const mean = (inside: boolean): number => {
      let [sum, n] = [0, 0]
      for (let i = 0; i < low.length; i++) {
        const [px, py] = [i % width, Math.floor(i / width)]
        if ((px >= x && px < x + w && py >= y && py < y + h) === inside) [sum, n] = [sum + low[i]!, n + 1]
      }
      return sum / n
    }
    assert.ok(mean(true) < mean(false), `${threat}: ${mean(true)} in its box, ${mean(false)} outside`)
    assert.ok(found.massG > 20 && found.massG < 5000, `${threat} weighs ${found.massG} g`)
  }
})

test('cartons and containers hold what they are told to hold, and the foreign bodies', () => {
  for (const chapter of new Set(wares.map((ware) => ware.chapter))) {
    for (const make of [carton, container]) {
      const made = make({ seed: 4, chapter, threat: 'drugs' })
      assert.equal(made.chapter, chapter)
      assert.deepEqual(
        made.scene.things.map((thing) => thing.threat),
        [false, false, true],
      )
    }
  }
  assert.equal(carton({ seed: 4, foreign: 3 }).scene.things.filter((thing) => thing.cls === 'foreign body').length, 3)
  assert.throws(() => carton({ seed: 1, chapter: '93' }), RangeError)
})

test('a container weighs what a lorry may carry, and its picture shows the consignment', () => {
  const scan = simulateScan({ kind: 'container', seed: 12, chapter: '61', threat: 'cigarettes' })
  const goods = scan.truth.find((one) => one.cls === 'goods of chapter 61')!
  assert.ok(goods.massG > 1e6 && goods.massG < 3e7, `${goods.massG} g`)
  const [x, y, w, h] = scan.truth.find((one) => one.threat)!.box
  assert.ok(w > 100 && h > 60 && x > 0 && y + h < scan.dual.height)
})
