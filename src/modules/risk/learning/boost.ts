/** Gradient boosting of the logistic loss over binned columns (Friedman 2001; second order as Chen and Guestrin 2016). Same input, same bits. */
import type { Binned } from './bins.ts'
import { addTree, type Forest } from './forest.ts'
import { createWorkshop, growTree } from './grow.ts'
import { choose, seeded } from '#kernel/random.ts'

export type BoostOptions = {
  /** most trees */
  rounds: number
  learningRate: number
  leaves: number
  maxDepth: number
  l2: number
  /** least sum of hessians of a child */
  minHessian: number
  /** least loss saved by a split */
  minGain: number
  /** share of rows that a tree sees, without putting back */
  rowSample: number
  /** share of columns that a tree sees */
  columnSample: number
  /** trees without a better validation loss before it stops; 0 never stops */
  patience: number
  seed: number
}

export const defaultOptions: BoostOptions = {
  rounds: 200,
  learningRate: 0.1,
  leaves: 48,
  maxDepth: 10,
  l2: 5,
  minHessian: 2,
  minGain: 0,
  rowSample: 0.7,
  columnSample: 0.6,
  patience: 30,
  seed: 1,
}

/** Labels are 0 or 1; weights count a row more or less (class, revenue, inverse propensity). */
export type Examples = { data: Binned; labels: Uint8Array; weights?: Float64Array }

export type Boosted = { forest: Forest; /** trees at the lowest validation loss, or all */ best: number; losses: number[] }

export const probability = (margin: number): number => 1 / (1 + Math.exp(-margin))

/** Mean weighted logistic loss in nats. */
export const lossOf = (margins: Float64Array, labels: Uint8Array, weights?: Float64Array): number => {
  let [loss, total] = [0, 0]
  for (let i = 0; i < margins.length; i++) {
    const m = labels[i] ? margins[i]! : -margins[i]!
    const w = weights ? weights[i]! : 1
    loss += w * (m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m)
    total += w
  }
  return total > 0 ? loss / total : 0
}

const baseOf = ({ labels, weights }: Examples): number => {
  let [positive, total] = [0, 0]
  for (let i = 0; i < labels.length; i++) {
    const w = weights ? weights[i]! : 1
    total += w
    if (labels[i]) positive += w
  }
  const share = Math.min(1 - 1e-6, Math.max(1e-6, total > 0 ? positive / total : 0.5))
  return Math.log(share / (1 - share))
}

const derive = ({ labels, weights }: Examples, margins: Float64Array, gradients: Float64Array, hessians: Float64Array): void => {
  for (let i = 0; i < labels.length; i++) {
    const p = probability(margins[i]!)
    const w = weights ? weights[i]! : 1
    gradients[i] = w * (p - labels[i]!)
    hessians[i] = w * p * (1 - p)
  }
}

/**
 * `monotone`: −1, 0 or 1 a feature. `valid` stops early and is looked at for nothing else. `enough` is asked before each tree how many are
 * wanted at most: another thread may find that out meanwhile. Trees grow in order, so stopping sooner changes none of them.
 */
export const boost = (
  train: Examples,
  options: BoostOptions,
  monotone?: Int8Array,
  valid?: Examples,
  enough: () => number = () => options.rounds,
): Boosted => {
  const { rows, features } = train.data
  const random = seeded(options.seed, 'boost')
  const shop = createWorkshop(train.data)
  const base = baseOf(train)
  const [margins, gradients, hessians] = [new Float64Array(rows).fill(base), new Float64Array(rows), new Float64Array(rows)]
  const held = new Float64Array(valid?.data.rows ?? 0).fill(base)
  const rules = { ...options, monotone: monotone ?? new Int8Array(features) }
  const forest: Forest = { base, features, trees: [] }
  const losses: number[] = []
  let best = 0
  for (let round = 0; round < Math.min(options.rounds, enough()); round++) {
    derive(train, margins, gradients, hessians)
    const sample = choose(random, rows, Math.max(1, Math.round(rows * options.rowSample)))
    const columns = choose(random, features, Math.max(1, Math.round(features * options.columnSample)))
    shop.rows.set(sample)
    const tree = growTree({ data: train.data, shop, gradients, hessians, features: columns, rules }, sample.length)
    forest.trees.push(tree)
    addTree(tree, train.data.bytes, rows, margins)
    if (!valid) continue
    addTree(tree, valid.data.bytes, valid.data.rows, held)
    losses.push(lossOf(held, valid.labels, valid.weights))
    if (losses.at(-1)! < losses[best]!) best = round
    if (options.patience > 0 && round - best >= options.patience) break
  }
  return { forest, best: valid ? best + 1 : forest.trees.length, losses }
}
