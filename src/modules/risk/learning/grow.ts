/** One tree, leaf by leaf: always the leaf whose split saves most (Shi 2007, as in LightGBM). A sibling's histogram is the parent's less the other's. */
import type { Binned } from './bins.ts'
import type { Tree } from './forest.ts'
import { bestSplit, weightOf, type Layout, type Split, type SplitRules } from './split.ts'

export type GrowRules = SplitRules & { leaves: number; maxDepth: number; learningRate: number }

/** Buffers that all trees of a forest share. Histograms are taken from `pool` and given back. */
export type Workshop = {
  layout: Layout
  rows: Int32Array
  spare: Int32Array
  /** gradients and hessians of the rows of one node, in their order */
  g: Float64Array
  h: Float64Array
  pool: Float64Array[]
}

export const createWorkshop = (data: Binned): Workshop => {
  const slots = Int32Array.from(data.edges, (e) => e.length + 2)
  const starts = new Int32Array(slots.length)
  let length = 0
  slots.forEach((n, f) => {
    starts[f] = length
    length += n
  })
  const n = data.rows
  return {
    layout: { starts, slots, length },
    rows: new Int32Array(n),
    spare: new Int32Array(n),
    g: new Float64Array(n),
    h: new Float64Array(n),
    pool: [],
  }
}

type Leaf = {
  node: number
  from: number
  to: number
  depth: number
  gradient: number
  hessian: number
  low: number
  high: number
  histogram: Float64Array
  split: Split | undefined
}

type Growing = {
  data: Binned
  shop: Workshop
  gradients: Float64Array
  hessians: Float64Array
  features: Int32Array
  rules: GrowRules
}

const fill = ({ data, shop, gradients, hessians, features }: Growing, from: number, to: number): Float64Array => {
  const { layout, rows, g, h } = shop
  const { bytes } = data
  const histogram = shop.pool.pop() ?? new Float64Array(layout.length * 2)
  histogram.fill(0)
  for (let i = from; i < to; i++) {
    g[i] = gradients[rows[i]!]!
    h[i] = hessians[rows[i]!]!
  }
  for (let k = 0; k < features.length; k++) {
    const column = features[k]! * data.rows
    const start = layout.starts[features[k]!]!
    for (let i = from; i < to; i++) {
      const at = (start + bytes[column + rows[i]!]!) << 1
      histogram[at]! += g[i]!
      histogram[at + 1]! += h[i]!
    }
  }
  return histogram
}

const subtract = (from: Float64Array, what: Float64Array): void => {
  for (let i = 0; i < from.length; i++) from[i]! -= what[i]!
}

/** Moves the rows that go left before those that go right, both in their order; answers where the right ones begin. */
const partition = ({ data, shop }: Growing, leaf: Leaf, split: Split): number => {
  const { rows, spare } = shop
  const column = split.feature * data.rows
  let left = leaf.from
  let right = 0
  for (let i = leaf.from; i < leaf.to; i++) {
    const row = rows[i]!
    const byte = data.bytes[column + row]!
    if (byte === 0 ? split.missingRight === 0 : byte <= split.threshold) rows[left++] = row
    else spare[right++] = row
  }
  for (let i = 0; i < right; i++) rows[left + i] = spare[i]!
  return left
}

const emptyTree = (leaves: number): Tree => {
  const size = 2 * leaves - 1
  return {
    feature: new Int16Array(size),
    threshold: new Uint8Array(size),
    missingRight: new Uint8Array(size),
    left: Int32Array.from({ length: size }, (_, i) => i),
    value: new Float64Array(size),
    cover: new Float64Array(size),
    gain: new Float64Array(size),
  }
}

const cut = (tree: Tree, size: number): Tree => ({
  feature: tree.feature.slice(0, size),
  threshold: tree.threshold.slice(0, size),
  missingRight: tree.missingRight.slice(0, size),
  left: tree.left.slice(0, size),
  value: tree.value.slice(0, size),
  cover: tree.cover.slice(0, size),
  gain: tree.gain.slice(0, size),
})

type Bounds = { low: number; high: number }

/** Bounds of the children: at a constrained split both keep to their side of the middle of the two weights. */
const childBounds = (leaf: Leaf, split: Split, rules: GrowRules): [Bounds, Bounds] => {
  const { low, high } = leaf
  const direction = rules.monotone[split.feature]!
  if (direction === 0) return [leaf, leaf]
  const left = weightOf(split.leftGradient, split.leftHessian, rules.l2, low, high)
  const right = weightOf(leaf.gradient - split.leftGradient, leaf.hessian - split.leftHessian, rules.l2, low, high)
  const middle = (left + right) / 2
  const below = { low, high: middle }
  const above = { low: middle, high }
  return direction > 0 ? [below, above] : [above, below]
}

const look = (growing: Growing, leaf: Leaf): Leaf => {
  const { shop, features, rules } = growing
  if (leaf.depth < rules.maxDepth) leaf.split = bestSplit(leaf.histogram, shop.layout, features, leaf, rules)
  return leaf
}

/** Splits a leaf in two; the smaller child's histogram is counted, the other one's is the parent's less that. */
const divide = (growing: Growing, leaf: Leaf, split: Split, first: number): [Leaf, Leaf] => {
  const { rules } = growing
  const middle = partition(growing, leaf, split)
  const [forLeft, forRight] = childBounds(leaf, split, rules)
  const smallLeft = middle - leaf.from <= leaf.to - middle
  const small = smallLeft ? fill(growing, leaf.from, middle) : fill(growing, middle, leaf.to)
  const large = leaf.histogram
  subtract(large, small)
  const common = { depth: leaf.depth + 1, split: undefined }
  const left: Leaf = {
    ...common,
    node: first,
    from: leaf.from,
    to: middle,
    gradient: split.leftGradient,
    hessian: split.leftHessian,
    low: forLeft.low,
    high: forLeft.high,
    histogram: smallLeft ? small : large,
  }
  const right: Leaf = {
    ...common,
    node: first + 1,
    from: middle,
    to: leaf.to,
    gradient: leaf.gradient - split.leftGradient,
    hessian: leaf.hessian - split.leftHessian,
    low: forRight.low,
    high: forRight.high,
    histogram: smallLeft ? large : small,
  }
  return [left, right]
}

const rootOf = (growing: Growing, count: number): Leaf => {
  const histogram = fill(growing, 0, count)
  let [gradient, hessian] = [0, 0]
  for (let i = 0; i < count; i++) {
    gradient += growing.shop.g[i]!
    hessian += growing.shop.h[i]!
  }
  return look(growing, { node: 0, from: 0, to: count, depth: 0, gradient, hessian, low: -Infinity, high: Infinity, histogram, split: undefined })
}

/** The open leaf that saves most; the older one where two save the same. */
const mostPromising = (open: readonly Leaf[]): number => {
  let best = -1
  for (let i = 0; i < open.length; i++) if (open[i]!.split && (best < 0 || open[i]!.split!.gain > open[best]!.split!.gain)) best = i
  return best
}

/** Grows one tree over the first `count` rows of the workshop. */
export const growTree = (growing: Growing, count: number): Tree => {
  const { rules, shop } = growing
  const tree = emptyTree(rules.leaves)
  const open: Leaf[] = [rootOf(growing, count)]
  let size = 1
  for (let at = mostPromising(open); at >= 0 && open.length < rules.leaves; at = mostPromising(open)) {
    const leaf = open[at]!
    const split = leaf.split!
    tree.feature[leaf.node] = split.feature
    tree.threshold[leaf.node] = split.threshold
    tree.missingRight[leaf.node] = split.missingRight
    tree.left[leaf.node] = size
    tree.gain[leaf.node] = split.gain
    tree.cover[leaf.node] = leaf.to - leaf.from
    const [left, right] = divide(growing, leaf, split, size)
    size += 2
    open[at] = look(growing, left)
    open.push(look(growing, right))
  }
  for (const leaf of open) {
    tree.cover[leaf.node] = leaf.to - leaf.from
    tree.value[leaf.node] = rules.learningRate * weightOf(leaf.gradient, leaf.hessian, rules.l2, leaf.low, leaf.high)
    shop.pool.push(leaf.histogram)
  }
  return cut(tree, size)
}
