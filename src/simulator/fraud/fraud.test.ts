import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weekOfTrade } from './trade.ts'
import { inventWorld, kinds } from './world.ts'

const weeks = 26
const world = inventWorld(11, weeks)
const year = Array.from({ length: weeks }, (_, w) => weekOfTrade(world, w))

test('the same seed gives the same trade, another seed other trade', () => {
  assert.deepEqual(weekOfTrade(inventWorld(11, weeks), 7), year[7])
  assert.notDeepEqual(weekOfTrade(inventWorld(12, weeks), 7), year[7])
})

test('every kind of fraud occurs, each with a loss of duty, and honest trade has none', () => {
  const all = year.flat()
  for (const kind of kinds) {
    const found = all.filter((c) => c.kind === kind)
    assert.ok(found.length >= 20, `${kind}: ${found.length}`)
    assert.ok(found.every((c) => c.dutyLoss > 0))
  }
  assert.ok(all.every((c) => c.kind !== null || c.dutyLoss === 0))
  const share = all.filter((c) => c.kind).length / all.length
  assert.ok(share > 0.02 && share < 0.08, `prevalence ${share}`)
})

test('what each kind falsifies can be seen in what is declared', () => {
  const all = year.flat()
  const usual = new Map(world.commodities.map((c) => [c.code, c]))
  for (const c of all) {
    if (c.kind === 'splitting') assert.ok(c.value < 150 && c.ratePercent === 0)
    if (c.kind === 'false-origin') assert.ok(c.preference && world.origins.some((o) => o.code === c.origin && o.preferential))
    if (c.kind === 'phantom-firm') assert.ok(c.importerAgeWeeks < 2)
    if (c.kind === 'misclassification') assert.equal(c.ratePercent, usual.get(c.hs6)!.ratePercent)
  }
  const cheap = all.filter((c) => c.kind === 'undervaluation').map((c) => c.value / c.netMassKg / usual.get(c.hs6)!.pricePerKg)
  assert.ok(cheap.reduce((t, x) => t + x, 0) / cheap.length < 0.75)
})

test('rings move: what is fraudulent in the first weeks is not what is in the last', () => {
  const waysOf = (w: readonly number[]): Set<string> => new Set(w.flatMap((i) => year[i]!.filter((c) => c.kind).map((c) => `${c.kind} ${c.hs6}`)))
  const [early, late] = [waysOf([0, 1, 2]), waysOf([23, 24, 25])]
  assert.ok([...late].filter((way) => early.has(way)).length <= late.size / 3)
})
