/** Comparisons of texts whose time is bounded by the product of two bounded lengths: no expression of an officer ever becomes a backtracking pattern. */

/** Letters of a text or pattern that are compared; what follows does not count. */
export const comparedLetters = 200

/**
 * The latest texts with what was made of them: several patterns of a profile ask the same text of the same item one after the other. More
 * entries than an item and its declaration have texts, so none is worked out twice for one item (cost.ts counts on that).
 */
const remembered = 64
const remembering = <T>(make: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = make(text)
    if (known.size >= remembered) known.delete(known.keys().next().value!)
    known.set(text, made)
    return made
  }
}

const plain = (text: string): string => text.slice(0, comparedLetters).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const plainOf = remembering(plain)

/** `*` stands for any characters, `?` for one; case and accents do not count. Greedy with one way back (Krauss 2008). */
export const globMatcher = (pattern: string): ((text: string) => boolean) => {
  const p = plain(pattern)
  return (given) => {
    const t = plainOf(given)
    let [i, j, star, back] = [0, 0, -1, 0]
    while (i < t.length) {
      if (p[j] === '*') {
        star = j++
        back = i
      } else if (j < p.length && (p[j] === '?' || p[j] === t[i])) {
        i++
        j++
      } else if (star >= 0) {
        j = star + 1
        i = ++back
      } else return false
    }
    while (p[j] === '*') j++
    return j === p.length
  }
}

const bigrams = (text: string): ReadonlyMap<string, number> => {
  const words = ` ${plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
  const counts = new Map<string, number>()
  for (let i = 0; i + 1 < words.length; i++) {
    const pair = words.slice(i, i + 2)
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}
const bigramsOf = remembering(bigrams)

/** Likeness of names, 0 to 1: Dice's coefficient over pairs of letters, without case, accents and punctuation. */
export const similarity = (name: string): ((other: string) => number) => {
  const own = bigrams(name)
  const size = [...own.values()].reduce((t, n) => t + n, 0)
  return (other) => {
    let [common, total] = [0, size]
    for (const [pair, n] of bigramsOf(other)) {
      common += Math.min(n, own.get(pair) ?? 0)
      total += n
    }
    return total === 0 ? 0 : (2 * common) / total
  }
}
