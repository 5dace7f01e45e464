/** Binary masks: closing, opening and connected components, on byte grids (1 inside, 0 outside). Pure. */

export type Mask = { width: number; height: number; data: Uint8Array }

export type Component = { area: number; left: number; top: number; right: number; bottom: number }

/** Every cell becomes 1 where any (or, eroding, all) cells within `radius` of its row or column are 1: one pass along each axis is a square kernel. */
const spread = ({ width, height, data }: Mask, radius: number, grow: boolean): Mask => {
  const pass = (from: Uint8Array, lines: number, length: number, lineStep: number, cellStep: number): Uint8Array => {
    const to = new Uint8Array(from.length)
    for (let l = 0; l < lines; l++) {
      const at = l * lineStep
      // How many cells of the wanted kind stand in the window; beyond the edge the picture goes on as it ends.
      let hits = 0
      const value = (i: number): number => from[at + Math.min(length - 1, Math.max(0, i)) * cellStep]!
      for (let i = -radius; i <= radius; i++) hits += value(i)
      for (let i = 0; i < length; i++) {
        to[at + i * cellStep] = grow ? Number(hits > 0) : Number(hits === radius * 2 + 1)
        hits += value(i + radius + 1) - value(i - radius)
      }
    }
    return to
  }
  return { width, height, data: pass(pass(data, height, width, width, 1), width, height, 1, width) }
}

/** Joins what lies closer than two radii. */
export const close = (mask: Mask, radius: number): Mask => (radius < 1 ? mask : spread(spread(mask, radius, true), radius, false))

/** Drops what is thinner than the kernel. */
export const open = (mask: Mask, radius: number): Mask => (radius < 1 ? mask : spread(spread(mask, radius, false), radius, true))

/** Connected regions (eight neighbours), in reading order of their first cell. */
export const components = ({ width, height, data }: Mask): Component[] => {
  const seen = new Uint8Array(data.length)
  const stack: number[] = []
  const found: Component[] = []
  for (let start = 0; start < data.length; start++) {
    if (!data[start] || seen[start]) continue
    const c = { area: 0, left: width, top: height, right: 0, bottom: 0 }
    seen[start] = 1
    stack.push(start)
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width
      const y = (at - x) / width
      c.area++
      c.left = Math.min(c.left, x)
      c.right = Math.max(c.right, x)
      c.top = Math.min(c.top, y)
      c.bottom = Math.max(c.bottom, y)
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx
          if (data[next] && !seen[next]) {
            seen[next] = 1
            stack.push(next)
          }
        }
    }
    found.push(c)
  }
  return found
}
