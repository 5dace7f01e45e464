/** From the words of a question to terms of the index: as they stand, in one word or two, by their synonyms and kinds, or as they were meant. Pure. */
import type { FinderIndex } from './finder-index.ts'
import type { Asked, Question } from './query.ts'
import { stemOf } from './words.ts'

/** A term with what it counts (its idf is in it), the word it was found for, and how. */
export type Sought = { term: number; weight: number; raw: string; at: number; head: boolean; by: 'word' | 'compound' | 'related' | 'spelling' }

/** Words beyond the most telling of a text are not looked for. */
const mostTerms = 60
const compoundWeight = 0.9
const spellingWeight = 0.75

/** `sweetcorn` where only `sweet corn` is known: the split whose rarer half is the most telling. */
const splitOf = (index: FinderIndex, raw: string): number[] => {
  let best: number[] = []
  let most = 0
  for (let at = 3; at <= raw.length - 3; at++) {
    const left = index.terms.get(stemOf(raw.slice(0, at)))
    const right = index.terms.get(stemOf(raw.slice(at)))
    if (left === undefined || right === undefined) continue
    const told = Math.min(raw.length - at, at) + Math.min(index.idf[left]!, index.idf[right]!) / 10
    if (told > most) [best, most] = [[left, right], told]
  }
  return best
}

/** Letters to insert, remove, change or swap between two words, at most `max`; more is told as `max + 1`. */
export const distance = (a: string, b: string, max: number): number => {
  if (Math.abs(a.length - b.length) > max) return max + 1
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j]!, before[j - 2]! + 1)
    }
    if (Math.min(...next) > max) return max + 1
    before = row
    row = next
  }
  return Math.min(max + 1, row[b.length]!)
}

/** What an unknown word may have been meant for: same first letter, one slip, or two in a long word. The commoner wins. */
const meantBy = (index: FinderIndex, stem: string): number | undefined => {
  if (stem.length < 5) return undefined
  const max = stem.length >= 8 ? 2 : 1
  let best: number | undefined
  let least = max + 1
  for (const [word, term] of index.terms) {
    if (word[0] !== stem[0] || Math.abs(word.length - stem.length) > max) continue
    const far = distance(stem, word, max)
    if (far < least || (far === least && far <= max && best !== undefined && index.idf[term]! < index.idf[best]!)) [best, least] = [term, far]
  }
  return best
}

const stemTerms = (index: FinderIndex, stems: readonly string[]): number[] =>
  stems.flatMap((s) => {
    const term = index.terms.get(s)
    return term === undefined ? [] : [term]
  })

/** Related words of runs of one to three words of the question. */
const relatedTo = (index: FinderIndex, words: readonly Asked[]): Sought[] => {
  const out: Sought[] = []
  words.forEach((w, i) => {
    for (let length = 1; length <= 3 && i + length <= words.length; length++) {
      const run = words.slice(i, i + length)
      if (run.at(-1)!.at - w.at > length + 1) break
      for (const { stems, weight } of index.relations.get(run.map((r) => r.stem).join(' ')) ?? [])
        for (const term of stemTerms(index, stems))
          out.push({
            term,
            weight: (weight * run.reduce((sum, r) => sum + r.weight, 0) * index.idf[term]!) / length,
            raw: run.map((r) => r.raw).join(' '),
            at: w.at,
            head: run.some((r) => r.head),
            by: 'related',
          })
    }
  })
  return out
}

/** A heading that the beginning or ending of an unknown name leads to. */
export type Named = { heading: number; weight: number; raw: string }

const nameWeight = 4
const leastBesides = 3

const namedBy = (index: FinderIndex, w: Asked): Named[] => {
  const found = index.affixes.find(
    ({ affix, atEnd }) => w.raw.length >= affix.length + leastBesides && (atEnd ? w.raw.endsWith(affix) : w.raw.startsWith(affix)),
  )
  return (found?.headings ?? []).map((heading, at) => ({ heading, weight: (w.weight * nameWeight) / (1 + at / 2), raw: w.raw }))
}

/** All terms that a question seeks, each once with its best weight, and the words that nothing is known of. */
export const soughtIn = (
  index: FinderIndex,
  question: Question,
  isWord: (raw: string) => boolean = () => false,
): { terms: Sought[]; unknown: string[]; named: Named[] } => {
  const found = new Map<number, Sought>()
  const unknown: string[] = []
  const named: Named[] = []
  const add = (sought: Sought): void => {
    const known = found.get(sought.term)
    if (!known || known.weight < sought.weight) found.set(sought.term, sought)
  }
  const as = (w: Asked, term: number, by: Sought['by'], factor: number): Sought => ({
    term,
    weight: w.weight * index.idf[term]! * factor,
    raw: w.raw,
    at: w.at,
    head: w.head,
    by,
  })
  const { words } = question
  words.forEach((w, i) => {
    const term = index.terms.get(w.stem)
    const next = words[i + 1]
    const joined = next && next.at - w.at <= 1 ? index.terms.get(stemOf(w.raw + next.raw)) : undefined
    if (term !== undefined) add(as(w, term, 'word', 1))
    if (joined !== undefined) add({ ...as(w, joined, 'compound', compoundWeight), raw: `${w.raw} ${next!.raw}`, head: w.head || next!.head })
    if (term !== undefined || joined !== undefined) return
    const byName = namedBy(index, w)
    named.push(...byName)
    if (byName.length > 0) return
    const parts = splitOf(index, w.raw)
    for (const part of parts) add(as(w, part, 'compound', compoundWeight))
    if (parts.length > 0 || index.relations.has(w.stem)) return
    const meant = question.long || isWord(w.raw) ? undefined : meantBy(index, w.stem)
    if (meant === undefined) unknown.push(w.raw)
    else add(as(w, meant, 'spelling', spellingWeight))
  })
  for (const related of relatedTo(index, words)) add(related)
  const terms = [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, mostTerms)
  return { terms, unknown, named }
}
