/** Seeded chance: the same seed and stream name give the same numbers on every machine (xoshiro128**, Blackman and Vigna 2018). */

export type Random = {
  /** uniform in [0, 1), 32 bits */
  next: () => number
  /** whole number in [0, limit) */
  below: (limit: number) => number
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k))

/** FNV-1a over UTF-16 units, finished by the murmur3 mixer: spreads neighbouring seeds far apart. */
const mix = (text: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/** A generator of its own for every purpose: streams of one seed do not disturb each other. */
export const seeded = (seed: number, stream: string): Random => {
  let [a, b, c, d] = [0, 1, 2, 3].map((n) => mix(`${seed}/${stream}/${n}`)) as [number, number, number, number]
  // All four zero is the only state that never moves.
  if ((a | b | c | d) === 0) d = 1
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9)
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return (result >>> 0) / 2 ** 32
  }
  return { next, below: (limit) => Math.floor(next() * limit) }
}

/** Two independent standard normal numbers (Box and Muller 1958), from two of the stream. */
export const normalPair = ({ next }: Pick<Random, 'next'>): [number, number] => {
  const length = Math.sqrt(-2 * Math.log(1 - next()))
  const angle = 2 * Math.PI * next()
  return [length * Math.cos(angle), length * Math.sin(angle)]
}

/** Chooses `count` of the numbers 0 … size−1, ascending, each set equally likely (selection sampling, Knuth 3.4.2 S). */
export const choose = (random: Random, size: number, count: number): Int32Array => {
  const chosen = new Int32Array(count)
  let taken = 0
  for (let i = 0; i < size && taken < count; i++) if (random.next() * (size - i) < count - taken) chosen[taken++] = i
  return chosen
}
