/**
 * Reads what somebody typed: which words name the good, which only say what it is for, made of or packed in, and which are denied. Long
 * texts (rulings, data sheets) are cut at their legal reasoning, and what comes late in them weighs less. Pure.
 */
import { wordsOf } from './words.ts'

/** A word of the query with what it counts; `head` marks the word that names the good. */
export type Asked = { raw: string; stem: string; weight: number; at: number; head: boolean }
export type Question = { words: Asked[]; denied: string[]; partOf: boolean; long: boolean }

/** From here on a text argues; it no longer describes. */
const argument =
  /\b(?:hmrc )?(?:justification|classification rationale|rationale)\b|\bclassification (?:has been|was|is) determined\b|\bgeneral (?:interpretative|interpretive) rules?\b|\bthe applicable (?:sub)?heading\b|\bthe holding\b/i

/** What introduces words that do not name the good, and what these still count. The longest begins first. */
const turns: readonly (readonly [RegExp, number])[] = [
  [/^(?:other than|excluding|exclud\w*|except(?:ing)?(?: for)?|but not|does not|do not|is not|are not|not|without|free of|free from|no)\b/, 0],
  [/^(?:packaging|packaged|packed|supplied|presented|put up|shipped|delivered|imported|sold) (?:in|as|with|on)\b/, 0.15],
  [/^(?:packaging|packaged|packed)\b/, 0.15],
  [/^(?:ingredients?|contains|contents|containing)\b/, 0.45],
  [/^(?:(?:intended|designed|suitable|used|for use|use|ideal|made) (?:for|in|with|as|to|by|on)|used|uses?\b(?=:))/, 0.5],
  [/^(?:made|manufactured|constructed|composed|consisting|comprising|formed) (?:up )?(?:of|from|out of)\b/, 0.8],
  [/^(?:for|to)\b/, 0.55],
  [/^(?:with|having|featuring|including|includes|incorporating|and includes)\b/, 0.5],
  [/^(?:in|on|by|at|inside|into|onto)\b/, 0.45],
  [/^(?:of|from|based on)\b/, 0.85],
]
const partWords = /\b(?:parts?|accessor(?:y|ies)|spares?|components?|fittings?|attachments?)\b/i
const longFrom = 160

type Segment = { text: string; weight: number; turned: boolean }

/** A sentence in segments, each with the weight of what introduces it. A comma or a dash ends what was turned, except in a list. */
const segmentsOf = (sentence: string): Segment[] => {
  const out: Segment[] = []
  let weight = 1
  let turned = false
  let words: string[] = []
  const flush = (): void => {
    if (words.length > 0) out.push({ text: words.join(' '), weight, turned })
    words = []
  }
  const tokens = sentence.split(/\s+/).filter((t) => t !== '')
  for (let i = 0; i < tokens.length; i++) {
    const rest = tokens
      .slice(i, i + 3)
      .join(' ')
      .toLowerCase()
    const turn = turns.find(([shape]) => shape.test(rest))
    if (turn && (i > 0 || turn[1] === 0)) {
      flush()
      weight = turn[1]
      turned = true
      i += turn[0].exec(rest)![0].trim().split(' ').length - 1
      continue
    }
    const token = tokens[i]!
    words.push(token)
    if (/[,;:(–-]$/.test(token) || tokens[i + 1]?.startsWith('(')) {
      flush()
      if (weight > 0.45) {
        weight = Math.min(0.85, weight)
        turned = true
      } else if (weight === 0) weight = 0.85
    }
  }
  flush()
  return out
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+(?=\S)|\n+|\s•\s/).filter((s) => s.trim() !== '')
const opening = /^\s*(?:product|description|item|goods?)\s*:\s*/i

/** Later sentences of a long text explain; they count less and less. */
const sentenceWeight = (at: number): number => (at === 0 ? 1 : at === 1 ? 0.45 : 0.3)

type Collected = { asked: Map<string, Asked & { count: number }>; denied: Set<string>; at: number }

const collect = (into: Collected, segment: Segment, factor: number, names: boolean): void => {
  const words = wordsOf(segment.text)
  const last = words.findLast((w) => !partWords.test(w.raw)) ?? words.at(-1)
  for (const w of words) {
    if (segment.weight === 0) {
      into.denied.add(w.stem)
      continue
    }
    const head = names && w === last
    const weight = segment.weight * factor * (head ? 1.35 : 1)
    const known = into.asked.get(w.stem)
    if (!known) into.asked.set(w.stem, { raw: w.raw, stem: w.stem, weight, at: into.at + w.at, head, count: 1 })
    else {
      known.count++
      known.weight = Math.max(known.weight, weight)
      known.head ||= head
    }
  }
  into.at += words.length + 1
}

/** What a text asks for. Never throws; a text without any usable word gives no words. */
export const readQuestion = (text: string, long = text.length >= longFrom): Question => {
  const cut = argument.exec(text)
  const described = (cut && cut.index > 20 ? text.slice(0, cut.index) : text).replace(opening, '').slice(0, 6000)
  const into: Collected = { asked: new Map(), denied: new Set(), at: 0 }
  sentencesOf(described).forEach((sentence, at) => {
    const segments = segmentsOf(sentence)
    const naming = segments.find((s) => !s.turned && s.weight > 0) ?? segments.find((s) => s.weight > 0)
    for (const segment of segments) collect(into, segment, long ? sentenceWeight(at) : 1, segment === naming && at === 0)
  })
  const words = [...into.asked.values()].filter((w) => !into.denied.has(w.stem) || w.head)
  return {
    words: words.map(({ count, ...w }) => ({ ...w, weight: w.weight * (1 + 0.25 * Math.log(count)) })),
    denied: [...into.denied],
    partOf: !long && partWords.test(described),
    long,
  }
}
