/** Comparisons of texts whose time is bounded by the product of two bounded lengths: no expression of an officer ever becomes a backtracking pattern. */

const longest = 200
const plain = (text: string): string => text.slice(0, longest).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** `*` stands for any characters, `?` for one; case and accents do not count. Greedy with one way back (Krauss 2008). */
export const globMatcher = (pattern: string): ((text: string) => boolean) => {
  const p = plain(pattern)
  return (given) => {
    const t = plain(given)
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

const bigrams = (text: string): Map<string, number> => {
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

/** Likeness of names, 0 to 1: Dice's coefficient over pairs of letters, without case, accents and punctuation. */
export const similarity = (name: string): ((other: string) => number) => {
  const own = bigrams(name)
  const size = [...own.values()].reduce((t, n) => t + n, 0)
  return (other) => {
    let [common, total] = [0, size]
    for (const [pair, n] of bigrams(other)) {
      common += Math.min(n, own.get(pair) ?? 0)
      total += n
    }
    return total === 0 ? 0 : (2 * common) / total
  }
}
