import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bag } from './scenes/bag.ts'
import { type ThreatKind, threats } from './scenes/threats.ts'
import { simulateScan } from './simulate.ts'

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
    if (i === 0) assert.deepEqual(scan, simulateScan({ kind: 'bag', seed: 100, threat }))
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
