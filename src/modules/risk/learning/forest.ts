/**
 * Trees as arrays. The right child stands behind the left one, so one index leads to both; a leaf leads to itself. `threshold` is the last
 * byte that goes left; `missingRight` sends the byte 0 (missing) to the right instead of the left, where its value would put it.
 */
export type Tree = {
  feature: Int16Array
  threshold: Uint8Array
  missingRight: Uint8Array
  /** index of the left child; the node's own index at a leaf */
  left: Int32Array
  /** log odds that a leaf adds */
  value: Float64Array
  /** training rows (of the sample) that came by */
  cover: Float64Array
  /** loss that the split saved */
  gain: Float64Array
}

export type Forest = { base: number; features: number; trees: Tree[] }

export const isLeaf = (tree: Tree, node: number): boolean => tree.left[node] === node

/** Does this byte go left at this node? */
export const goesLeft = (tree: Tree, node: number, byte: number): boolean =>
  byte === 0 ? tree.missingRight[node] === 0 : byte <= tree.threshold[node]!

/** Adds a tree's leaf values to the margins of all rows of column-major bytes. */
export const addTree = (tree: Tree, bytes: Uint8Array, rows: number, margins: Float64Array, scale = 1): void => {
  const { feature, threshold, missingRight, left, value } = tree
  for (let r = 0; r < rows; r++) {
    let node = 0
    for (let next = left[0]!; next !== node; next = left[node]!) {
      const byte = bytes[feature[node]! * rows + r]!
      node = byte === 0 ? next + missingRight[node]! : byte <= threshold[node]! ? next : next + 1
    }
    margins[r]! += value[node]! * scale
  }
}

/** Several forests of the same features as one: the mean of their margins. */
export const meanOf = (forests: readonly Forest[]): Forest => {
  const scale = 1 / forests.length
  return {
    base: forests.reduce((t, f) => t + f.base, 0) * scale,
    features: forests[0]!.features,
    trees: forests.flatMap((f) => f.trees.map((t) => ({ ...t, value: t.value.map((v) => v * scale) }))),
  }
}

/** Loss saved by each feature's splits, summed over the forest. */
export const gainOf = (forest: Forest): Float64Array => {
  const gains = new Float64Array(forest.features)
  for (const tree of forest.trees) for (let n = 0; n < tree.left.length; n++) if (!isLeaf(tree, n)) gains[tree.feature[n]!]! += tree.gain[n]!
  return gains
}
