import assert from 'node:assert/strict'
import { test } from 'node:test'
import { binColumns, byteOf, edgesOf, type Binned } from './bins.ts'
import { boost, defaultOptions, type BoostOptions } from './boost.ts'
import { addTree, goesLeft, isLeaf, meanOf, type Forest } from './forest.ts'
import { marginsOf } from './fit.ts'
import { areaUnderCurve } from './metrics.ts'
import { seeded } from '#kernel/random.ts'
import { contributions, expectedMargin } from './shap.ts'

const options = (change: Partial<BoostOptions> = {}): BoostOptions => ({
  ...defaultOptions,
  rounds: 20,
  leaves: 8,
  minHessian: 1,
  seed: 7,
  ...change,
})

/** A noisy rule of the first two of four columns; a tenth of column 2 is missing where the label is likely. */
const rowsOf = (n: number, stream: string): { columns: Float64Array[]; labels: Uint8Array; data: Binned; edges: Float64Array[] } => {
  const random = seeded(3, stream)
  const columns = [0, 1, 2, 3].map(() => Float64Array.from({ length: n }, () => Math.round(random.next() * 1000) / 1000))
  const labels = Uint8Array.from({ length: n }, (_, r) => (random.next() < (columns[0]![r]! > 0.6 !== columns[1]![r]! > 0.5 ? 0.85 : 0.1) ? 1 : 0))
  for (let r = 0; r < n; r++) if (labels[r] && random.next() < 0.3) columns[2]![r] = Number.NaN
  const edges = columns.map((c) => edgesOf(c))
  return { columns, labels, data: binColumns(columns, edges, n), edges }
}

const train = rowsOf(2000, 'train')
const rowBytes = (data: Binned, row: number) => (f: number) => data.bytes[f * data.rows + row]!

test('same rows, options and seed: the same trees, bit for bit; another seed, other trees', () => {
  const make = (seed: number) =>
    JSON.stringify(boost({ data: train.data, labels: train.labels }, options({ seed })).forest, (_, v) =>
      ArrayBuffer.isView(v) ? Array.from(v as Float64Array) : v,
    )
  assert.equal(make(7), make(7))
  assert.notEqual(make(7), make(8))
})

test('it learns what is there: an exclusive or, and that a missing value tells', () => {
  const later = rowsOf(1000, 'later')
  const data = binColumns(later.columns, train.edges, 1000)
  const { forest } = boost({ data: train.data, labels: train.labels }, options({ rounds: 60 }))
  assert.ok(areaUnderCurve(marginsOf(forest, data), later.labels) > 0.85)
  const two = forest.trees.some((t) => t.left.some((_, n) => !isLeaf(t, n) && t.feature[n] === 2))
  assert.ok(two, 'no tree asks for the column whose gaps tell')
})

test('early stopping cuts where the validation loss was lowest, and only the patience is waited', () => {
  const valid = rowsOf(600, 'valid')
  const data = binColumns(valid.columns, train.edges, 600)
  const { best, losses } = boost({ data: train.data, labels: train.labels }, options({ rounds: 400, learningRate: 0.3, patience: 10 }), undefined, {
    data,
    labels: valid.labels,
  })
  assert.equal(best, losses.indexOf(Math.min(...losses)) + 1)
  assert.equal(losses.length, best + 10)
})

test('a monotone constraint holds everywhere, against what the data say', () => {
  const n = 3000
  const random = seeded(5, 'monotone')
  const columns = [0, 1].map(() => Float64Array.from({ length: n }, () => random.below(40)))
  const labels = Uint8Array.from({ length: n }, (_, r) =>
    random.next() < 0.2 + 0.5 * Math.abs(Math.sin(columns[0]![r]! / 4)) + 0.2 * (columns[1]![r]! > 20 ? 1 : 0) ? 1 : 0,
  )
  const edges = columns.map((c) => edgesOf(c))
  const data = binColumns(columns, edges, n)
  const wiggles = (direction: number): number => {
    const { forest } = boost({ data, labels }, options({ rounds: 40 }), Int8Array.of(direction, 0))
    let against = 0
    for (let other = 0; other < 40; other += 5) {
      const grid = [Float64Array.from({ length: 40 }, (_, i) => i), new Float64Array(40).fill(other)]
      const margins = marginsOf(forest, binColumns(grid, edges, 40))
      for (let i = 1; i < 40; i++) if ((margins[i]! - margins[i - 1]!) * (direction || 1) < -1e-12) against++
    }
    return against
  }
  assert.ok(wiggles(0) > 0, 'without a constraint the margin must follow the wave, or this shows nothing')
  assert.equal(wiggles(1), 0)
  assert.equal(wiggles(-1), 0)
})

test('weights count: rows without weight teach nothing, a heavy class draws all margins up', () => {
  const weights = Float64Array.from(train.labels, (_, r) => (r < 1000 ? 1 : 0))
  const half = Uint8Array.from(train.labels, (y, r) => (r < 1000 ? y : 1 - y))
  const margins = (labels: Uint8Array) => marginsOf(boost({ data: train.data, labels, weights }, options()).forest, train.data)
  assert.deepEqual(margins(train.labels), margins(half))
  const heavy = Float64Array.from(train.labels, (y) => (y ? 5 : 1))
  const mean = (m: Float64Array): number => m.reduce((t, x) => t + x, 0) / m.length
  const light = marginsOf(boost({ data: train.data, labels: train.labels }, options()).forest, train.data)
  assert.ok(mean(marginsOf(boost({ data: train.data, labels: train.labels, weights: heavy }, options()).forest, train.data)) > mean(light) + 0.5)
})

test('the packed scorer answers what the trees answer, also for rows that no block of four holds', () => {
  const { forest } = boost({ data: train.data, labels: train.labels }, options())
  for (const rows of [1, 3, 517, 1026]) {
    const some = binColumns(
      train.columns.map((c) => c.slice(0, rows)),
      train.edges,
      rows,
    )
    const slow = new Float64Array(rows).fill(forest.base)
    for (const tree of forest.trees) addTree(tree, some.bytes, rows, slow)
    assert.deepEqual(marginsOf(forest, some), slow)
  }
  const both = marginsOf(meanOf([forest, forest]), train.data)
  marginsOf(forest, train.data).forEach((m, r) => assert.ok(Math.abs(m - both[r]!) < 1e-9))
})

/** Shapley values by their definition: all subsets of features, absent ones averaged by cover. */
const enumerated = (forest: Forest, byte: (f: number) => number): number[] => {
  const value = (known: number): number => {
    const at = (t: Forest['trees'][number], node: number): number => {
      if (isLeaf(t, node)) return t.value[node]!
      const left = t.left[node]!
      if (known & (1 << t.feature[node]!)) return at(t, goesLeft(t, node, byte(t.feature[node]!)) ? left : left + 1)
      return (t.cover[left]! * at(t, left) + t.cover[left + 1]! * at(t, left + 1)) / t.cover[node]!
    }
    return forest.trees.reduce((sum, t) => sum + at(t, 0), forest.base)
  }
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const size = (set: number): number => set.toString(2).replaceAll('0', '').length
  const m = forest.features
  return Array.from({ length: m }, (_, f) => {
    let sum = 0
    for (let set = 0; set < 1 << m; set++)
      if (!(set & (1 << f))) sum += ((factorial(size(set)) * factorial(m - size(set) - 1)) / factorial(m)) * (value(set | (1 << f)) - value(set))
    return sum
  })
}

test('contributions are the Shapley values by their definition, and add up to the margin', () => {
  const { forest } = boost({ data: train.data, labels: train.labels }, options({ rounds: 5 }))
  const margins = marginsOf(forest, train.data)
  const expected = expectedMargin(forest)
  let missing = 0
  for (let row = 0; row < 60; row++) {
    const byte = rowBytes(train.data, row)
    if (byte(2) === 0) missing++
    const exact = enumerated(forest, byte)
    const given = contributions(forest, byte)
    given.forEach((x, f) => assert.ok(Math.abs(x - exact[f]!) < 1e-9, `row ${row}, feature ${f}: ${x} instead of ${exact[f]}`))
    assert.ok(Math.abs(expected + given.reduce((t, x) => t + x, 0) - margins[row]!) < 1e-9)
  }
  assert.ok(missing > 0)
})

test('bins: at most 255, ascending, every value in the bin whose edges hold it, missing in none', () => {
  const random = seeded(1, 'bins')
  for (const values of [
    Float64Array.from({ length: 5000 }, () => random.next() ** 4),
    Float64Array.of(1, 2, 2, Number.NaN, 3),
    new Float64Array(9).fill(4),
    new Float64Array(3).fill(Number.NaN),
  ]) {
    const edges = edgesOf(values)
    assert.ok(edges.length <= 254)
    for (let i = 1; i < edges.length; i++) assert.ok(edges[i]! > edges[i - 1]!)
    for (const v of values) {
      const byte = byteOf(edges, v)
      if (Number.isNaN(v)) assert.equal(byte, 0)
      else assert.ok((byte === 1 || edges[byte - 2]! < v) && (byte === edges.length + 1 || v <= edges[byte - 1]!))
    }
  }
  assert.ok(edgesOf(Float64Array.from({ length: 5000 }, (_, i) => i)).length > 200)
})
