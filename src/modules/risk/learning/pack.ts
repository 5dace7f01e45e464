/**
 * A forest packed for speed: four bytes of question and four of address a node. `((byte − shift) & 255) <= limit` asks about a value and
 * about missing (byte 0) at once, without a branch; four rows walk a tree side by side, so that one waits for memory while others step.
 */
import type { Forest } from './forest.ts'

export type Packed = {
  base: number
  features: number
  /** feature << 9 | shift << 8 | limit */
  questions: Int32Array
  /** left child; a leaf's own place, asked a question that always answers left */
  lefts: Int32Array
  values: Float64Array
  roots: Int32Array
  depths: Uint8Array
}

const depthOf = (left: Int32Array): number => {
  const depth = new Uint8Array(left.length)
  let deepest = 0
  // Children stand behind their parent, so one pass meets each parent first.
  for (let n = 0; n < left.length; n++)
    if (left[n] !== n) {
      const below = depth[n]! + 1
      depth[left[n]!] = below
      depth[left[n]! + 1] = below
      if (below > deepest) deepest = below
    }
  return deepest
}

export const packForest = ({ base, features, trees }: Forest): Packed => {
  const size = trees.reduce((t, tree) => t + tree.left.length, 0)
  const packed: Packed = {
    base,
    features,
    questions: new Int32Array(size),
    lefts: new Int32Array(size),
    values: new Float64Array(size),
    roots: new Int32Array(trees.length),
    depths: Uint8Array.from(trees, (t) => depthOf(t.left)),
  }
  let start = 0
  trees.forEach((tree, t) => {
    packed.roots[t] = start
    for (let n = 0; n < tree.left.length; n++) {
      const leaf = tree.left[n] === n
      const shift = leaf ? 0 : tree.missingRight[n]!
      const limit = leaf ? 255 : tree.threshold[n]! - shift
      packed.questions[start + n] = (tree.feature[n]! << 9) | (shift << 8) | limit
      packed.lefts[start + n] = start + tree.left[n]!
      packed.values[start + n] = tree.value[n]!
    }
    start += tree.left.length
  })
  return packed
}

const step = (questions: Int32Array, lefts: Int32Array, bytes: Uint8Array, row: number, node: number): number => {
  const q = questions[node]!
  const byte = (bytes[row + (q >> 9)]! - ((q >> 8) & 1)) & 255
  return byte <= (q & 255) ? lefts[node]! : lefts[node]! + 1
}

const blockRows = 512

/** Margins of rows whose bytes stand row by row (row-major, `features` each). */
export const scorePacked = (packed: Packed, bytes: Uint8Array, rows: number): Float64Array => {
  const { base, features, questions, lefts, values, roots, depths } = packed
  const margins = new Float64Array(rows).fill(base)
  for (let from = 0; from < rows; from += blockRows) {
    const to = Math.min(rows, from + blockRows)
    for (let t = 0; t < roots.length; t++) {
      const root = roots[t]!
      const depth = depths[t]!
      let r = from
      for (; r + 4 <= to; r += 4) {
        const at = r * features
        let [a, b, c, d] = [root, root, root, root]
        for (let k = 0; k < depth; k++) {
          a = step(questions, lefts, bytes, at, a)
          b = step(questions, lefts, bytes, at + features, b)
          c = step(questions, lefts, bytes, at + 2 * features, c)
          d = step(questions, lefts, bytes, at + 3 * features, d)
        }
        margins[r]! += values[a]!
        margins[r + 1]! += values[b]!
        margins[r + 2]! += values[c]!
        margins[r + 3]! += values[d]!
      }
      for (; r < to; r++) {
        let node = root
        for (let k = 0; k < depth; k++) node = step(questions, lefts, bytes, r * features, node)
        margins[r]! += values[node]!
      }
    }
  }
  return margins
}

/** Column-major bytes as rows. */
export const byRow = (bytes: Uint8Array, rows: number, features: number): Uint8Array => {
  const out = new Uint8Array(bytes.length)
  for (let f = 0; f < features; f++) for (let r = 0; r < rows; r++) out[r * features + f] = bytes[f * rows + r]!
  return out
}
