import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cohen, concordance, type Judgements } from './agreement.ts'
import { cusum, cusumOfRates, histogram, psi } from './drift.ts'
import { auc, difference, measure, median, onSameItems, refresherDue, sensitivity, trend, type Trial, wilson } from './figures.ts'
import { quantile } from './normal.ts'

const near = (actual: number | null | undefined, expected: number, within: number, what = ''): void =>
  assert.ok(actual !== null && actual !== undefined && Math.abs(actual - expected) <= within, `${what} ${actual} is not ${expected}`)

const trials = (hits: number, misses: number, falseAlarms: number, rejects: number): Trial[] =>
  (
    [
      [hits, true, true],
      [misses, true, false],
      [falseAlarms, false, true],
      [rejects, false, false],
    ] as const
  ).flatMap(([count, threat, alarm], kind) =>
    Array.from({ length: count }, (_, n) => ({
      itemId: `${kind}-${n}`,
      column: 'tip' as const,
      threat,
      alarm,
      rating: alarm ? 1 : 0,
      ms: 1000 + n,
      at: `2026-06-01T06:00:00.${String(n).padStart(3, '0')}Z`,
    })),
  )

test('the quantile of the normal distribution agrees with its tables', () => {
  for (const [p, z] of [
    [0.5, 0],
    [0.975, 1.9599639845400536],
    [0.001, -3.090232306167813],
    [1e-9, -5.9978070150076865],
    [0.6, 0.2533471031357998],
  ] as const)
    near(quantile(p), z, 1e-12)
})

test("Wilson's intervals of the published claims, by hand", () => {
  for (const [count, n, low, high] of [
    [499, 528, 0.92223, 0.96149],
    [14, 300, 0.028, 0.0768],
    [513, 528, 0.95366, 0.98271],
    [73, 300, 0.19822, 0.29494],
    [0, 10, 0, 0.27753],
    [10, 10, 0.72247, 1],
  ] as const) {
    const rate = wilson(count, n)
    near(rate?.low, low, 1e-5, `${count}/${n}`)
    near(rate?.high, high, 1e-5, `${count}/${n}`)
  }
  assert.equal(wilson(0, 0), null)
})

test("d' and criterion with the log-linear correction, by hand", () => {
  for (const [hits, threats, falseAlarms, clears, d, c] of [
    [499, 528, 14, 300, 3.25418, 0.03574],
    [458, 528, 73, 300, 1.80396, -0.20908],
    [10, 10, 0, 10, 3.38124, 0],
  ] as const) {
    const signal = sensitivity(hits, threats, falseAlarms, clears)
    near(signal.dPrime, d, 1e-5)
    near(signal.criterion, c, 1e-5)
  }
})

test('figures of a confusion: detection, false alarms, accuracy, balanced', () => {
  const figures = measure('tip', trials(499, 29, 14, 286))!
  near(figures.detection?.value, 0.9451, 1e-4)
  near(figures.falseAlarm?.value, 0.0467, 1e-4)
  near(figures.accuracy.value, 785 / 828, 1e-12)
  near(figures.balanced, (499 / 528 + 286 / 300) / 2, 1e-12)
  // Two ratings only: the area is that of the one point.
  near(figures.auc, figures.balanced!, 1e-12)
  assert.equal(figures.n, 828)
  const clearOnly = measure('tip', trials(0, 0, 1, 3))!
  assert.deepEqual([clearOnly.detection, clearOnly.dPrime, clearOnly.auc, clearOnly.accuracy.count], [null, null, null, 3])
  assert.equal(measure('tip', []), null)
})

test('a figure never adds across columns', () => {
  assert.throws(() => measure('real', [...trials(1, 0, 0, 1)]), /column tip among those of column real/)
})

test('the area under the curve counts ties half', () => {
  const rated = (threat: boolean, rating: number) => ({ threat, rating })
  assert.equal(auc([rated(true, 3), rated(true, 2), rated(false, 1), rated(false, 2)]), 0.875)
  assert.equal(auc([rated(true, 1), rated(false, 1)]), 0.5)
  assert.equal(auc([rated(true, 1)]), null)
})

test('the median, and the difference of two proportions (Newcombe 1998, 56/70 against 48/80)', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
  const d = difference(wilson(56, 70)!, wilson(48, 80)!)
  near(d.value, 0.2, 1e-12)
  near(d.low, 0.0524, 5e-5)
  near(d.high, 0.3339, 5e-5)
})

test('who is compared is compared on the same items', () => {
  const all = trials(3, 0, 0, 3)
  const same = onSameItems({ ai: all, senior: all.slice(1), intermediate: all.slice(0, 4) })
  assert.equal(same.items, 3)
  for (const part of Object.values(same.trials)) assert.equal(part.length, 3)
})

test('detection that falls shows as a trend; a refresher is due when the lower end lies under the standard', () => {
  const at = (n: number) => `2026-06-01T06:00:00.${String(n).padStart(3, '0')}Z`
  const falling = trials(80, 0, 0, 0).map((t, n) => ({ ...t, at: at(n), alarm: n < 40 || n % 2 === 0 }))
  assert.equal(trend(falling)?.direction, 'worse')
  assert.equal(trend(falling.map((t) => ({ ...t, alarm: true })))?.direction, 'steady')
  assert.equal(refresherDue(wilson(18, 20), 0.8), true, '18 of 20: between 0.70 and 0.97')
  assert.equal(refresherDue(wilson(180, 200), 0.8), false)
  assert.equal(refresherDue(wilson(2, 4), 0.8), false, 'too few to say')
})

test("Cohen's kappa, by hand: 20, 5, 10 and 15 of 50", () => {
  const pair = (count: number, a: boolean, b: boolean) => Array.from({ length: count }, () => [a, b] as const)
  const k = cohen([...pair(20, true, true), ...pair(5, true, false), ...pair(10, false, true), ...pair(15, false, false)])!
  near(k.observed, 0.7, 1e-12)
  near(k.expected, 0.5, 1e-12)
  near(k.kappa, 0.4, 1e-12)
  near(k.low, 0.4 - 0.25404, 1e-4)
  near(k.high, 0.4 + 0.25404, 1e-4)
  assert.equal(cohen(pair(5, true, true))?.kappa, null, 'chance alone agrees')
  assert.equal(cohen([]), null)
})

test('the matrix of machine, readers and opened bag counts each combination, and pairs only what both have judged', () => {
  const item = (ai: boolean | null, first: boolean | null, second: boolean | null, opened: boolean | null): Judgements => ({
    ai,
    first,
    second,
    opened,
  })
  const matrix = concordance([
    item(true, true, null, true),
    item(true, true, null, true),
    item(true, false, true, true),
    item(false, null, null, null),
  ])
  assert.equal(matrix.n, 4)
  assert.deepEqual(matrix.cells[0], { ai: true, first: true, second: null, opened: true, count: 2 })
  const pair = (a: string, b: string) => matrix.pairs.find((p) => p.a === a && p.b === b)?.agreement
  assert.equal(pair('ai', 'first')?.n, 3)
  near(pair('ai', 'first')?.observed, 2 / 3, 1e-12)
  assert.equal(pair('first', 'second')?.n, 1)
})

test('a shift of one deviation is noticed within about ten values, and a steady stream is left alone', () => {
  const steady = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : -1))
  assert.ok(cusum(steady, 0, 1).every((c) => c.alarm === null))
  const shifted = cusum([...steady, ...Array.from({ length: 12 }, () => 1)], 0, 1)
  assert.equal(
    shifted.findIndex((c) => c.alarm === 'up'),
    110,
    'each adds half: more than 5 after the eleventh',
  )
  const days = [...Array.from({ length: 10 }, () => ({ count: 5, n: 100 })), ...Array.from({ length: 5 }, () => ({ count: 12, n: 100 }))]
  assert.deepEqual(
    cusumOfRates(days, 0.05).map((c) => c.alarm),
    [...Array.from({ length: 11 }, () => null), ...Array.from({ length: 4 }, () => 'up')],
  )
})

test('the stability index of two histograms, by hand', () => {
  assert.deepEqual(histogram([0, 0.05, 0.1, 0.999, 1], 10), [2, 1, 0, 0, 0, 0, 0, 0, 0, 2])
  assert.equal(psi([10, 10], [10, 10]), 0)
  // p = 10.5/21 each; q = 15.5/21 and 5.5/21
  near(psi([10, 10], [15, 5]), (5 / 21) * Math.log(15.5 / 10.5) - (5 / 21) * Math.log(5.5 / 10.5), 1e-12)
  assert.equal(psi([0], [1]), null)
})
