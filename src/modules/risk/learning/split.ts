/** The best split of a node from its histogram: second-order gain with L2 (Chen and Guestrin 2016, eq. 7), missing tried on both sides. */

export type SplitRules = {
  l2: number
  minHessian: number
  minGain: number
  /** −1, 0 or 1 a feature: the margin may only fall, do anything, or only rise with the feature */
  monotone: Int8Array
}

export type Split = {
  feature: number
  threshold: number
  missingRight: number
  gain: number
  leftGradient: number
  leftHessian: number
}

/** Where each feature's slots begin in a histogram; a slot is a pair (gradient, hessian), slot 0 of a feature holds what is missing. */
export type Layout = { starts: Int32Array; slots: Int32Array; length: number }

/** What a node knows of itself when it looks for a split; `low` and `high` bound its weight (monotone constraints of its ancestors). */
export type NodeSums = { gradient: number; hessian: number; low: number; high: number }

export const weightOf = (gradient: number, hessian: number, l2: number, low: number, high: number): number => {
  const weight = -gradient / (hessian + l2)
  return weight < low ? low : weight > high ? high : weight
}

/** Loss saved by giving all rows of a node this weight instead of none (doubled, as usual). */
const saved = (gradient: number, hessian: number, l2: number, weight: number): number => -(2 * gradient * weight + (hessian + l2) * weight * weight)

const none: Split = { feature: -1, threshold: 0, missingRight: 0, gain: 0, leftGradient: 0, leftHessian: 0 }

type Scan = { histogram: Float64Array; start: number; slots: number; feature: number; node: NodeSums; parent: number; rules: SplitRules }

/** One feature without a constraint above it or on it: the closed form, kept apart because nearly all time is spent here. */
const scanFree = ({ histogram, start, slots, feature, node, parent, rules }: Scan, missingRight: number, best: Split): Split => {
  const { l2, minHessian } = rules
  const { gradient, hessian } = node
  let g = missingRight ? 0 : histogram[start]!
  let h = missingRight ? 0 : histogram[start + 1]!
  let [bestGain, at, bestG, bestH] = [best.gain, 0, 0, 0]
  // With missing to the right, all values left against missing right is a split too: the last bin is tried.
  const end = missingRight ? slots : slots - 1
  for (let b = 1; b < end; b++) {
    g += histogram[start + 2 * b]!
    h += histogram[start + 2 * b + 1]!
    const hr = hessian - h
    if (h < minHessian) continue
    if (hr < minHessian) break
    const gr = gradient - g
    const gain = (g * g) / (h + l2) + (gr * gr) / (hr + l2) - parent
    if (gain > bestGain) [bestGain, at, bestG, bestH] = [gain, b, g, h]
  }
  return at === 0 ? best : { feature, threshold: at, missingRight, gain: bestGain, leftGradient: bestG, leftHessian: bestH }
}

/** One feature under constraints: weights are clamped to the node's bounds, and a split in the wrong direction is none. */
const scanBound = ({ histogram, start, slots, feature, node, parent, rules }: Scan, missingRight: number, best: Split): Split => {
  const { l2, minHessian } = rules
  const direction = rules.monotone[feature]!
  let g = missingRight ? 0 : histogram[start]!
  let h = missingRight ? 0 : histogram[start + 1]!
  let found = best
  const end = missingRight ? slots : slots - 1
  for (let b = 1; b < end; b++) {
    g += histogram[start + 2 * b]!
    h += histogram[start + 2 * b + 1]!
    const hr = node.hessian - h
    if (h < minHessian) continue
    if (hr < minHessian) break
    const gr = node.gradient - g
    const left = weightOf(g, h, l2, node.low, node.high)
    const right = weightOf(gr, hr, l2, node.low, node.high)
    if ((right - left) * direction < 0) continue
    const gain = saved(g, h, l2, left) + saved(gr, hr, l2, right) - parent
    if (gain > found.gain) found = { feature, threshold: b, missingRight, gain, leftGradient: g, leftHessian: h }
  }
  return found
}

/** The split that saves most, or undefined. Ties go to the lowest feature, then to missing left, then to the lowest bin. */
export const bestSplit = (histogram: Float64Array, layout: Layout, features: Int32Array, node: NodeSums, rules: SplitRules): Split | undefined => {
  const { l2, minGain, monotone } = rules
  const bound = node.low > -Infinity || node.high < Infinity
  const parent = saved(node.gradient, node.hessian, l2, weightOf(node.gradient, node.hessian, l2, node.low, node.high))
  let best: Split = { ...none, gain: minGain }
  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!
    const start = layout.starts[feature]! * 2
    const scan: Scan = { histogram, start, slots: layout.slots[feature]!, feature, node, parent, rules }
    const one = bound || monotone[feature] !== 0 ? scanBound : scanFree
    best = one(scan, 0, best)
    if (histogram[start + 1]! > 0) best = one(scan, 1, best)
  }
  return best.feature < 0 ? undefined : best
}
