/** Chance with a shape: normal and Poisson numbers from a seeded stream, and smooth noise over a plane. */
import { normalPair, type Random } from '#kernel/random.ts'

/** Standard normal numbers, two a draw. */
export const normals = (random: Random): (() => number) => {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const [first, second] = normalPair(random)
    spare = second
    return first
  }
}

/** Counts above this are normal to within what a pixel can show. */
const manyCounts = 60

/** Poisson counts: by multiplication of chances where few (Knuth 3.4.1), by the normal limit where many. */
export const poisson = (random: Random, normal: () => number, mean: number): number => {
  if (mean > manyCounts) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  const limit = Math.exp(-mean)
  let product = random.next()
  let count = 0
  while (product > limit) {
    product *= random.next()
    count++
  }
  return count
}

/** A number in [−1, 1) for each corner of a lattice. */
const corner = (x: number, y: number, seed: number): number => {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1
}

const ease = (t: number): number => t * t * (3 - 2 * t)

const layer = (x: number, y: number, seed: number): number => {
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [u, v] = [ease(x - x0), ease(y - y0)]
  const top = corner(x0, y0, seed) * (1 - u) + corner(x0 + 1, y0, seed) * u
  const bottom = corner(x0, y0 + 1, seed) * (1 - u) + corner(x0 + 1, y0 + 1, seed) * u
  return top * (1 - v) + bottom * v
}

/** Smooth noise, about −0.6 to 1.2, of soft swells with narrow crests where a second noise changes its sign: like creased cloth. */
export const folds = (x: number, y: number, seed: number): number => {
  const line = layer(x + 0.6 * layer(x * 0.7, y * 0.7, seed + 2), y, seed + 1)
  return 0.6 * layer(x * 0.8, y * 0.8, seed) + 0.8 * Math.exp(-((line / 0.11) ** 2)) - 0.15
}
