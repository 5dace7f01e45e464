import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrated, calibrationError, fitCalibration, fitIsotonic, fitPlatt } from './calibrate.ts'
import { decode, encode } from './codec.ts'
import { applyKey, fitKey, foldsOf, shareOf, smoothing } from './encoding.ts'
import { combine, find, hashColumn, indexRows, lookupOf } from './hashing.ts'
import { areaUnderCurve, atCut, averagePrecision, wilson } from './metrics.ts'
import { choose, seeded } from '#kernel/random.ts'

const n = 3000
const random = seeded(11, 'test')
const chance = Uint8Array.from({ length: n }, () => (random.next() < 0.3 ? 1 : 0))

test('no leak: a key of chance tells nothing out of fold, although its table knows every label', () => {
  const cells = Array.from({ length: n }, () => `K${random.below(1500)}`)
  const hashes = hashColumn(cells)
  const { table, encoded } = fitKey(hashes, foldsOf(n, 1), [chance], undefined)
  const within = applyKey(table, hashes, [shareOf(chance)], undefined)
  assert.ok(areaUnderCurve(within.rates[0]!, chance) > 0.85, 'with its own rows the table must tell the labels')
  assert.ok(Math.abs(areaUnderCurve(encoded.rates[0]!, chance) - 0.5) < 0.04)
})

test("a row's own fold never speaks for it: changing labels of a fold changes no rate in it", () => {
  const hashes = hashColumn(Array.from({ length: n }, (_, r) => `K${r % 50}`))
  const folds = foldsOf(n, 1)
  const other = chance.map((y, r) => (folds[r] === 2 ? 1 - y : y))
  // Priors differ too, so the rates are compared with the prior's part taken out.
  const rates = (labels: Uint8Array): Float64Array => {
    const { encoded } = fitKey(hashes, folds, [labels], undefined)
    return encoded.rates[0]!.map((rate, r) => rate * (Math.expm1(encoded.counts[r]!) + smoothing) - smoothing * shareOf(labels))
  }
  const [before, after] = [rates(chance), rates(other)]
  let moved = 0
  for (let r = 0; r < n; r++)
    if (folds[r] === 2) assert.ok(Math.abs(before[r]! - after[r]!) < 1e-6)
    else if (Math.abs(before[r]! - after[r]!) > 1e-6) moved++
  assert.ok(moved > 1000)
})

test('an unseen tuple has the rate of its coarser key, and without one the overall rate', () => {
  const labels = Uint8Array.from({ length: 100 }, (_, r) => (r < 50 ? 1 : 0))
  const code = Array.from({ length: 100 }, (_, r) => (r < 50 ? 'A' : 'B'))
  const place = Array.from({ length: 100 }, () => 'X')
  const folds = foldsOf(100, 1)
  const coarse = fitKey(hashColumn(code), folds, [labels], undefined)
  const fine = fitKey(combine([hashColumn(code), hashColumn(place)]), folds, [labels], coarse.encoded)
  const later = { code: hashColumn(['A', 'Z']), place: hashColumn(['Y', 'Y']) }
  const priors = [shareOf(labels)]
  const above = applyKey(coarse.table, later.code, priors, undefined)
  const found = applyKey(fine.table, combine([later.code, later.place]), priors, above)
  assert.equal(found.rates[0]![0], above.rates[0]![0])
  assert.ok(found.rates[0]![0]! > 0.9)
  assert.equal(found.rates[0]![1], 0.5)
  assert.equal(found.counts[0], 0)
})

test('hashes: equal cells are one entry, the order of parts counts, stored entries are found again', () => {
  const column = hashColumn(['01', '1', '', '01', 'é'])
  const { ids, lookup } = indexRows(column)
  assert.deepEqual([...ids], [0, 1, 2, 0, 3])
  const again = lookupOf(lookup.low, lookup.high)
  ids.forEach((id, r) => assert.equal(find(again, column.low[r]!, column.high[r]!), id))
  assert.equal(find(again, 1, 2), -1)
  const [a, b] = [hashColumn(['x']), hashColumn(['y'])]
  assert.notDeepEqual(combine([a, b]), combine([b, a]))
  const many = Array.from({ length: 50_000 }, (_, i) => String(i))
  assert.equal(indexRows(hashColumn(many)).lookup.count, many.length)
})

test('metrics by hand: ties share a rank, cuts keep file order, Wilson as printed in tables', () => {
  assert.equal(areaUnderCurve([3, 2, 2, 1], [1, 1, 0, 0]), 0.875)
  assert.ok(Number.isNaN(areaUnderCurve([1, 2], [1, 1])))
  assert.deepEqual(atCut([1, 1, 1, 1], [0, 1, 1, 0], 50), { percent: 50, selected: 2, precision: 0.5, recall: 0.5, ceiling: 1 })
  assert.ok(Math.abs(averagePrecision([4, 3, 2, 1], [1, 0, 1, 0]) - (1 / 2 + 1 / 3)) < 1e-12)
  const [low, high] = wilson(10, 100)
  assert.ok(Math.abs(low - 0.0552) < 1e-4 && Math.abs(high - 0.1744) < 1e-4)
  assert.deepEqual(wilson(0, 0), [0, 1])
})

test('calibration: probabilities rise with the margin and mean what they say', () => {
  const margins = Float64Array.from({ length: 6000 }, () => random.next() * 8 - 4)
  // True odds are half as steep as the margins claim.
  const labels = Uint8Array.from(margins, (m) => (random.next() < 1 / (1 + Math.exp(-m / 2 + 1)) ? 1 : 0))
  for (const calibration of [fitPlatt(margins, labels), fitIsotonic(margins, labels)]) {
    const grid = Array.from({ length: 200 }, (_, i) => calibrated(calibration, i / 20 - 5))
    for (let i = 1; i < grid.length; i++) assert.ok(grid[i]! >= grid[i - 1]!)
    assert.ok(
      calibrationError(
        margins.map((m) => calibrated(calibration, m)),
        labels,
      ).ece < 0.03,
    )
    assert.ok(grid.every((p) => p > 0 && p < 1))
  }
  assert.deepEqual(fitCalibration(margins.slice(0, 30), new Uint8Array(30)), { kind: 'none' })
  assert.equal(calibrated({ kind: 'none' }, 0), 0.5)
  const platt = fitPlatt(margins, labels)
  assert.ok(platt.kind === 'platt' && Math.abs(platt.slope - 0.5) < 0.06 && Math.abs(platt.intercept + 1) < 0.15)
})

test('a sample is ascending, of the size asked, and reaches every place', () => {
  const seen = new Set<number>()
  for (let i = 0; i < 200; i++) {
    const chosen = choose(random, 20, 5)
    assert.equal(new Set(chosen).size, 5)
    assert.deepEqual(
      [...chosen],
      [...chosen].toSorted((a, b) => a - b),
    )
    for (const c of chosen) seen.add(c)
  }
  assert.equal(seen.size, 20)
})

test('values with arrays come back as they were', () => {
  const value = { b: Float64Array.of(1.5, Number.NaN), a: [{ x: Uint8Array.of(1, 2, 3) }, 'text', null], c: Int32Array.of(-1), d: new Uint32Array(0) }
  const { json, bytes } = encode(value)
  assert.deepEqual(decode(json, bytes), value)
  const pool = Buffer.concat([Buffer.from([7, 7, 7]), bytes])
  assert.deepEqual(decode(json, pool.subarray(3)), value, 'a small file lies anywhere in a shared pool')
  assert.equal(encode({ c: value.c, d: value.d, a: value.a, b: value.b }).json, json)
  assert.throws(() => decode(json, bytes.slice(0, 8)), RangeError)
})
