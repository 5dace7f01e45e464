/**
 * Values of columns as 64-bit hashes (two words of 32). A model keeps hashes of the codes and firms it has seen, never their names, and
 * finds a tuple of any length by one look. Two of a million tuples share a hash with a chance of about 3 in 10⁸.
 */

export type Hashes = { low: Uint32Array; high: Uint32Array }

const finish = (h: number): number => {
  let x = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

const fnv = (text: string, start: number): number => {
  let h = start
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return finish(h)
}

/** A word of an empty value; such a tuple part counts as a value of its own. */
const emptyText = '\u0000'

/** The hashes of a column of texts, row by row; equal texts are hashed once. */
export const hashColumn = (texts: readonly string[]): Hashes => {
  const low = new Uint32Array(texts.length)
  const high = new Uint32Array(texts.length)
  const first = new Map<string, number>()
  for (let r = 0; r < texts.length; r++) {
    const text = texts[r]!
    const known = first.get(text)
    if (known === undefined) {
      first.set(text, r)
      low[r] = fnv(text || emptyText, 0x811c9dc5)
      high[r] = fnv(text || emptyText, 0x9dc5811c)
    } else {
      low[r] = low[known]!
      high[r] = high[known]!
    }
  }
  return { low, high }
}

/** The hashes of tuples: order of the parts counts. */
export const combine = (parts: readonly Hashes[]): Hashes => {
  const [first, ...rest] = parts
  const low = first!.low.slice()
  const high = first!.high.slice()
  for (const part of rest)
    for (let r = 0; r < low.length; r++) {
      low[r] = finish(Math.imul(low[r]!, 0x2c1b3c6d) ^ Math.imul(part.low[r]!, 0x297a2d39))
      high[r] = finish(Math.imul(high[r]!, 0x3d4d51cb) ^ Math.imul(part.high[r]!, 0x1b56c4e9))
    }
  return { low, high }
}

/** Hash → entry number, open addressing. `places` holds entry + 1, 0 where free. */
export type Lookup = { count: number; low: Uint32Array; high: Uint32Array; places: Int32Array }

const placeOf = (places: Int32Array, entriesLow: Uint32Array, entriesHigh: Uint32Array, low: number, high: number): number => {
  const mask = places.length - 1
  let at = low & mask
  for (let entry = places[at]!; entry !== 0; entry = places[at]!) {
    if (entriesLow[entry - 1] === low && entriesHigh[entry - 1] === high) return at
    at = (at + 1) & mask
  }
  return at
}

const roomFor = (count: number): Int32Array => new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, count * 2))))

/** Entries in order of first sight, and each row's entry. */
export const indexRows = ({ low, high }: Hashes): { lookup: Lookup; ids: Int32Array } => {
  const places = roomFor(low.length)
  const [entriesLow, entriesHigh] = [new Uint32Array(low.length), new Uint32Array(low.length)]
  const ids = new Int32Array(low.length)
  let count = 0
  for (let r = 0; r < low.length; r++) {
    const at = placeOf(places, entriesLow, entriesHigh, low[r]!, high[r]!)
    if (places[at] === 0) {
      entriesLow[count] = low[r]!
      entriesHigh[count] = high[r]!
      places[at] = ++count
    }
    ids[r] = places[at]! - 1
  }
  return { lookup: { count, low: entriesLow.slice(0, count), high: entriesHigh.slice(0, count), places }, ids }
}

/** A lookup over given entries, as a stored model has them. */
export const lookupOf = (low: Uint32Array, high: Uint32Array): Lookup => {
  const places = roomFor(low.length)
  for (let entry = 0; entry < low.length; entry++) places[placeOf(places, low, high, low[entry]!, high[entry]!)] = entry + 1
  return { count: low.length, low, high, places }
}

/** The entry of a hash, or −1 when it was never seen. */
export const find = (lookup: Lookup, low: number, high: number): number =>
  lookup.places[placeOf(lookup.places, lookup.low, lookup.high, low, high)]! - 1
