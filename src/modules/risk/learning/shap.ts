/**
 * Exact contributions of features to one margin: path-dependent tree SHAP (Lundberg, Erion and Lee 2018, algorithm 2), absent features
 * averaged by the nodes' covers. Contributions and the expected margin add up to the margin.
 */
import { goesLeft, isLeaf, type Forest, type Tree } from './forest.ts'

/** One feature of the path: shares of flows where it is absent (`zero`) and present (`one`), and the permutation weight. */
type Step = { feature: number; zero: number; one: number; weight: number }

const extend = (path: readonly Step[], zero: number, one: number, feature: number): Step[] => {
  const longer = path.map((s) => ({ ...s }))
  const depth = longer.length
  longer.push({ feature, zero, one, weight: depth === 0 ? 1 : 0 })
  for (let i = depth - 1; i >= 0; i--) {
    longer[i + 1]!.weight += (one * longer[i]!.weight * (i + 1)) / (depth + 1)
    longer[i]!.weight = (zero * longer[i]!.weight * (depth - i)) / (depth + 1)
  }
  return longer
}

/** The path as if its step `at` had never been taken. */
const unwind = (path: readonly Step[], at: number): Step[] => {
  const last = path.length - 1
  const { one, zero } = path[at]!
  const shorter = path.map((s) => ({ ...s }))
  let next = shorter[last]!.weight
  for (let i = last - 1; i >= 0; i--) {
    if (one !== 0) {
      const before = shorter[i]!.weight
      shorter[i]!.weight = (next * (last + 1)) / ((i + 1) * one)
      next = before - (shorter[i]!.weight * zero * (last - i)) / (last + 1)
    } else shorter[i]!.weight = (shorter[i]!.weight * (last + 1)) / (zero * (last - i))
  }
  for (let i = at; i < last; i++) {
    const { feature, zero: z, one: o } = shorter[i + 1]!
    Object.assign(shorter[i]!, { feature, zero: z, one: o })
  }
  shorter.pop()
  return shorter
}

const unwoundSum = (path: readonly Step[], at: number): number => unwind(path, at).reduce((t, s) => t + s.weight, 0)

const walk = (tree: Tree, node: number, byteOf: (feature: number) => number, path: Step[], into: Float64Array): void => {
  if (isLeaf(tree, node)) {
    for (let i = 1; i < path.length; i++) {
      const { feature, one, zero } = path[i]!
      into[feature]! += unwoundSum(path, i) * (one - zero) * tree.value[node]!
    }
    return
  }
  const feature = tree.feature[node]!
  const left = tree.left[node]!
  const [hot, cold] = goesLeft(tree, node, byteOf(feature)) ? [left, left + 1] : [left + 1, left]
  const seen = path.findIndex((s, i) => i > 0 && s.feature === feature)
  const { zero, one } = seen > 0 ? path[seen]! : { zero: 1, one: 1 }
  const here = seen > 0 ? unwind(path, seen) : path
  walk(tree, hot, byteOf, extend(here, (zero * tree.cover[hot]!) / tree.cover[node]!, one, feature), into)
  walk(tree, cold, byteOf, extend(here, (zero * tree.cover[cold]!) / tree.cover[node]!, 0, feature), into)
}

const expectedOf = (tree: Tree, node = 0): number => {
  if (isLeaf(tree, node)) return tree.value[node]!
  const left = tree.left[node]!
  return (tree.cover[left]! * expectedOf(tree, left) + tree.cover[left + 1]! * expectedOf(tree, left + 1)) / tree.cover[node]!
}

/** Margin that is expected before anything is known of a row. */
export const expectedMargin = (forest: Forest): number => forest.trees.reduce((t, tree) => t + expectedOf(tree), forest.base)

/** Contribution of each feature to the margin of one row, in log odds. */
export const contributions = (forest: Forest, byteOf: (feature: number) => number): Float64Array => {
  const into = new Float64Array(forest.features)
  for (const tree of forest.trees) walk(tree, 0, byteOf, extend([], 1, 1, -1), into)
  return into
}
