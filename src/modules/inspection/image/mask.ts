/**
 * Binary masks: closing, opening and connected components, on byte grids (1 inside, 0 outside). Pure. Every bag on every belt goes
 * through here before the network sees it, so kernels work on 32 cells at once and components are joined by runs and not by cells.
 */

/** 32 cells to a word, the first in its lowest bit, `stride` words a row. Bits behind the end of a row are 0. */
export type Mask = { width: number; height: number; stride: number; words: Uint32Array }

export type Component = { area: number; left: number; top: number; right: number; bottom: number }

export const emptyMask = (width: number, height: number): Mask => {
  const stride = Math.ceil(width / 32)
  return { width, height, stride, words: new Uint32Array(stride * height) }
}

/** The bits of a row's last word that stand for cells. */
const lastBits = (width: number): number => (width % 32 === 0 ? 0xffff_ffff : 2 ** (width % 32) - 1)

const opposite = (mask: Mask): Mask => {
  const words = mask.words.map((word, i) => ~word & ((i + 1) % mask.stride === 0 ? lastBits(mask.width) : 0xffff_ffff))
  return { ...mask, words }
}

/** Every cell within `radius` of a cell of its row. */
const alongRows = ({ stride, words, width }: Mask, radius: number): Uint32Array => {
  const out = Uint32Array.from(words)
  for (let i = 0; i < words.length; i++) {
    const [at, word] = [i % stride, words[i]!]
    const [before, after] = [at > 0 ? words[i - 1]! : 0, at < stride - 1 ? words[i + 1]! : 0]
    if ((word | before | after) === 0) continue
    let all = word
    for (let k = 1; k <= radius; k++) all |= (word << k) | (before >>> (32 - k)) | (word >>> k) | (after << (32 - k))
    out[i] = at === stride - 1 ? all & lastBits(width) : all
  }
  return out
}

/** Every cell within `radius` of a cell of its column. */
const alongColumns = ({ stride, height }: Mask, words: Uint32Array, radius: number): Uint32Array => {
  const out = Uint32Array.from(words)
  for (let y = 0; y < height; y++)
    for (let near = Math.max(0, y - radius); near <= Math.min(height - 1, y + radius); near++)
      for (let w = 0; w < stride; w++) out[y * stride + w]! |= words[near * stride + w]!
  return out
}

/** A step along each axis is a square kernel; beyond 31 cells it is taken in several. Beyond the edge the picture goes on as it ends. */
const grow = (mask: Mask, radius: number): Mask => {
  const step = Math.min(31, radius)
  const grown = { ...mask, words: alongColumns(mask, alongRows(mask, step), step) }
  return radius > step ? grow(grown, radius - step) : grown
}

const shrink = (mask: Mask, radius: number): Mask => opposite(grow(opposite(mask), radius))

/** Joins what lies closer than two radii. */
export const close = (mask: Mask, radius: number): Mask => (radius < 1 ? mask : shrink(grow(mask, radius), radius))

/** Drops what is thinner than the kernel. */
export const open = (mask: Mask, radius: number): Mask => (radius < 1 ? mask : grow(shrink(mask, radius), radius))

/** A row's cells that hang together: from `left` up to, not including, `end`. `joined` is a run of the same component, or itself. */
type Run = { y: number; left: number; end: number; joined: number }

const firstOf = (runs: Run[], run: number): number => {
  let at = run
  while (runs[at]!.joined !== at) at = runs[at]!.joined = runs[runs[at]!.joined]!.joined
  return at
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word)

/** The first cell from `x` on that is set (or, with `flip` of all bits, not set); the row's width where there is none. */
const nextCell = ({ width, stride, words }: Mask, y: number, x: number, flip: 0 | -1): number => {
  for (let at = x >>> 5, keep = -1 << (x & 31); at < stride; at++, keep = -1) {
    const word = (words[y * stride + at]! ^ flip) & keep
    if (word !== 0) return Math.min(width, at * 32 + lowestBit(word))
  }
  return width
}

const runsOf = (mask: Mask): Run[] => {
  const runs: Run[] = []
  for (let y = 0; y < mask.height; y++)
    for (let left = nextCell(mask, y, 0, 0); left < mask.width;) {
      const end = nextCell(mask, y, left, -1)
      runs.push({ y, left, end, joined: runs.length })
      left = nextCell(mask, y, end, 0)
    }
  return runs
}

/** Joins each run with those of the row above that it touches, corners included; the earlier one names the component. */
const joinRuns = (runs: Run[]): void => {
  let above = 0
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!
    while (runs[above]!.y < run.y - 1 || (runs[above]!.y === run.y - 1 && runs[above]!.end < run.left)) above++
    for (let i = above; i < at && runs[i]!.y === run.y - 1 && runs[i]!.left <= run.end; i++) {
      const [a, b] = [firstOf(runs, i), firstOf(runs, at)]
      if (a !== b) runs[Math.max(a, b)]!.joined = Math.min(a, b)
    }
  }
}

/** Connected regions (eight neighbours), in reading order of their first cell. */
export const components = (mask: Mask): Component[] => {
  const runs = runsOf(mask)
  joinRuns(runs)
  const found = new Map<number, Component>()
  for (const [at, { y, left, end }] of runs.entries()) {
    const first = firstOf(runs, at)
    const c = found.get(first)
    if (!c) found.set(first, { area: end - left, left, top: y, right: end - 1, bottom: y })
    else {
      c.area += end - left
      c.left = Math.min(c.left, left)
      c.right = Math.max(c.right, end - 1)
      c.bottom = y
    }
  }
  return [...found.values()]
}
