/**
 * Binary masks: closing, opening and connected components, on byte grids (1 inside, 0 outside). Pure. Every bag on every belt goes
 * through here before the network sees it, so rows are swept in memory order and components are joined by runs and not by cells.
 */

export type Mask = { width: number; height: number; data: Uint8Array }

export type Component = { area: number; left: number; top: number; right: number; bottom: number }

/** Cells within `radius` of a cell of value `wanted` in the same row become `wanted`, all others its opposite. */
const sweepRows = (from: Uint8Array, width: number, height: number, radius: number, wanted: number): Uint8Array => {
  const to = new Uint8Array(from.length).fill(1 - wanted)
  for (let y = 0; y < height; y++) {
    const at = y * width
    let reach = -1
    for (let x = 0; x < width; x++) {
      if (from[at + x] === wanted) reach = x + radius
      if (x <= reach) to[at + x] = wanted
    }
    reach = width
    for (let x = width - 1; x >= 0; x--) {
      if (from[at + x] === wanted) reach = x - radius
      if (x >= reach) to[at + x] = wanted
    }
  }
  return to
}

/** The same along columns; each column remembers its own reach, so that memory is still read in order. */
const sweepColumns = (from: Uint8Array, width: number, height: number, radius: number, wanted: number): Uint8Array => {
  const to = new Uint8Array(from.length).fill(1 - wanted)
  const reach = new Int32Array(width).fill(-1)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (from[i] === wanted) reach[x] = y + radius
      if (y <= reach[x]!) to[i] = wanted
    }
  reach.fill(height)
  for (let y = height - 1, i = from.length - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, i--) {
      if (from[i] === wanted) reach[x] = y - radius
      if (y >= reach[x]!) to[i] = wanted
    }
  return to
}

/** A pass along each axis is a square kernel. Growing spreads what is inside, shrinking what is outside; beyond the edge the picture goes on as it ends. */
const spread = ({ width, height, data }: Mask, radius: number, grow: boolean): Mask => {
  const wanted = grow ? 1 : 0
  const rows = sweepRows(data, width, height, radius, wanted)
  return { width, height, data: sweepColumns(rows, width, height, radius, wanted) }
}

/** Joins what lies closer than two radii. */
export const close = (mask: Mask, radius: number): Mask => (radius < 1 ? mask : spread(spread(mask, radius, true), radius, false))

/** Drops what is thinner than the kernel. */
export const open = (mask: Mask, radius: number): Mask => (radius < 1 ? mask : spread(spread(mask, radius, false), radius, true))

/** A row's cells that hang together: from `left` up to, not including, `end`. `joined` is a run of the same component, or itself. */
type Run = { y: number; left: number; end: number; joined: number }

const firstOf = (runs: Run[], run: number): number => {
  let at = run
  while (runs[at]!.joined !== at) at = runs[at]!.joined = runs[runs[at]!.joined]!.joined
  return at
}

const runsOf = ({ width, height, data }: Mask): Run[] => {
  const runs: Run[] = []
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width;) {
      if (!data[row + x]) {
        x++
        continue
      }
      const left = x
      while (x < width && data[row + x]) x++
      runs.push({ y, left, end: x, joined: runs.length })
    }
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
