/**
 * Ranks headings for a question: the bag of all words at and below a heading (BM25F), and the piece (description or keyword phrase) that
 * says most nearly what was asked. Then the subheading below each. Pure.
 */
import type { FinderIndex } from './finder-index.ts'
import { nearness, type Meaning } from './meaning.ts'
import type { Question } from './query.ts'
import { soughtIn, type Sought } from './terms.ts'

export type Reason = { words: string[]; in: 'keyword' | 'description' | 'meaning'; of: string; text: string }
export type Found = { code: string; heading: string; guessed?: true; description: string; score: number; reasons: Reason[] }
export type Ranking = { found: Found[]; unknown: string[]; matched: string[] }

/** Chosen on one half of the case file and on keywords of our own that were held out (all chapters); the other half had been seen while
 * texts were written. All are flat maxima. */
export const influence = {
  piece: 1.15,
  second: 0.25,
  coverage: 0.85,
  coverageLong: 0.7,
  description: 0.75,
  below: 0.85,
  order: 0.2,
  head: 0.35,
  chapter: 0.12,
  meaning: 0.3,
  meaningLong: 0.1,
  parts: 0.9,
  residual: 0.35,
  residualNext: 0.8,
}

type Scores = { best: Float32Array; second: Float32Array; bestPiece: Int32Array }

const bagScores = (index: FinderIndex, terms: readonly Sought[]): Float32Array => {
  const bag = new Float32Array(index.headings.length)
  const { start, items, impact } = index.termHeadings
  for (const { term, weight } of terms) for (let i = start[term]!; i < start[term + 1]!; i++) bag[items[i]!]! += weight * impact[i]!
  return bag
}

/** Words of the piece that stand in the question in the same order, as neighbours: a phrase is worth more than its words. */
const inOrder = (index: FinderIndex, piece: number, places: ReadonlyMap<number, Sought>): number => {
  const { start, items } = index.pieceTerms
  let pairs = 0
  let before: Sought | undefined
  for (let i = start[piece]!; i < start[piece + 1]!; i++) {
    const now = places.get(items[i]!)
    if (now && before && now.at > before.at && now.at - before.at <= 2) pairs++
    before = now
  }
  return pairs
}

const pieceScore = (index: FinderIndex, piece: number, sum: number, told: number, places: ReadonlyMap<number, Sought>, long: boolean): number => {
  const entry = index.pieceEntry[piece]!
  const description = piece === index.entryPiece[entry]
  const { start, items } = index.pieceTerms
  const size = start[piece + 1]! - start[piece]!
  const covered = Math.min(1, told / Math.max(0.1, index.pieceIdf[piece]!))
  let score = sum * covered ** (long ? influence.coverageLong : description ? 0.5 : influence.coverage)
  if (description) score *= influence.description
  if (index.entries[entry]!.code.length > 4) score *= influence.below
  if (size > 1) score *= 1 + influence.order * Math.min(2, inOrder(index, piece, places))
  if (!description && places.get(items[start[piece + 1]! - 1]!)?.head) score *= 1 + influence.head * covered
  return score
}

let desk = { sums: new Float32Array(0), told: new Float32Array(0) }
/** Two numbers for each piece, all zero: kept from question to question, since nobody waits in between; who took them leaves zeros. */
const takeDesk = (size: number): typeof desk => {
  if (desk.sums.length < size) desk = { sums: new Float32Array(size), told: new Float32Array(size) }
  return desk
}

const pieceScores = (index: FinderIndex, terms: readonly Sought[], long: boolean): Scores => {
  const { sums, told } = takeDesk(index.pieceEntry.length)
  const touched: number[] = []
  const { start, items } = index.termPieces
  for (const { term, weight } of terms)
    for (let i = start[term]!; i < start[term + 1]!; i++) {
      const piece = items[i]!
      if (sums[piece] === 0) touched.push(piece)
      sums[piece]! += weight
      told[piece]! += index.idf[term]!
    }
  const places = new Map(terms.map((t) => [t.term, t]))
  const n = index.headings.length
  const out = { best: new Float32Array(n), second: new Float32Array(n), bestPiece: new Int32Array(n).fill(-1) }
  for (const piece of touched) {
    const heading = index.entryHeading[index.pieceEntry[piece]!]!
    const bound = sums[piece]! * 2
    if (bound < out.second[heading]!) continue
    const score = pieceScore(index, piece, sums[piece]!, told[piece]!, places, long)
    if (score > out.best[heading]!) {
      out.second[heading] = out.best[heading]!
      out.best[heading] = score
      out.bestPiece[heading] = piece
    } else if (score > out.second[heading]!) out.second[heading] = score
  }
  for (const piece of touched) sums[piece] = told[piece] = 0
  return out
}

/** What a chapter's best headings say of it; a heading among related ones is the likelier. */
const chapterScores = (index: FinderIndex, score: Float32Array): Map<string, number> => {
  const best = new Map<string, number[]>()
  index.headings.forEach((heading, i) => {
    if (score[i] === 0) return
    const chapter = heading.slice(0, 2)
    const list = best.get(chapter) ?? []
    list.push(score[i]!)
    best.set(chapter, list)
  })
  return new Map(
    [...best].map(([chapter, list]) => [
      chapter,
      list
        .sort((a, b) => b - a)
        .slice(0, 4)
        .reduce((sum, s, at) => sum + s / (at + 1), 0),
    ]),
  )
}

const addMeaning = (index: FinderIndex, meaning: Meaning, question: Question, score: Float32Array): void => {
  const near = nearness(index, meaning, question.words)
  if (!near) return
  const worth = (question.long ? influence.meaningLong : influence.meaning) * (Math.max(0, ...score) || 1)
  for (let h = 0; h < score.length; h++) score[h]! += worth * near[h]!
}

/** A good that is said to be of a material may always be one of the other articles of that material: these stand below what was meant, but there. */
const addResiduals = (index: FinderIndex, question: Question, score: Float32Array): void => {
  const top = Math.max(0, ...score)
  const words = question.words.filter((w) => w.weight >= (question.long ? 0.8 : 0.3))
  const given = new Map<number, number>()
  const take = (key: string, weight: number): void =>
    index.residual.get(key)?.forEach((heading, at) => {
      const worth = Math.min(1, weight) * influence.residualNext ** at
      given.set(heading, Math.max(given.get(heading) ?? 0, worth))
    })
  words.forEach((w, i) => {
    take(w.stem, w.weight)
    if (words[i + 1]) take(`${w.stem} ${words[i + 1]!.stem}`, w.weight)
    for (const { stems } of index.relations.get(w.stem) ?? []) take(stems.join(' '), w.weight)
  })
  for (const [heading, weight] of given) score[heading]! += influence.residual * weight * top
}

type Below = { entry: number; piece: number; score: number }

/** How well an entry below a heading says what was asked, and which of its pieces does. */
const belowScore = (index: FinderIndex, entry: number, places: ReadonlyMap<number, Sought>): Below => {
  const { start, items } = index.pieceTerms
  let top = { piece: -1, score: 0 }
  let score = 0
  for (let p = index.entryPiece[entry]!; p < index.entryPiece[entry + 1]!; p++) {
    let [sum, told] = [0, 0]
    for (let i = start[p]!; i < start[p + 1]!; i++) {
      const found = places.get(items[i]!)
      if (found) [sum, told] = [sum + found.weight, told + index.idf[items[i]!]!]
    }
    const worth = sum === 0 ? 0 : sum * (told / Math.max(0.1, index.pieceIdf[p]!)) ** 0.6
    score += worth * 0.1
    if (worth > top.score) top = { piece: p, score: worth }
  }
  return { entry, piece: top.piece, score: score + top.score }
}

const bestBelow = (index: FinderIndex, heading: number, places: ReadonlyMap<number, Sought>): Below | undefined => {
  let best: Below | undefined
  for (let e = index.headingStart[heading]!; e < index.headingStart[heading + 1]!; e++) {
    if (index.entries[e]!.code.length === 4) continue
    const below = belowScore(index, e, places)
    if (below.score > (best?.score ?? 0)) best = below
  }
  return best
}

/** The subheading that words lead to; else the last, which takes what the others do not name (`guessed`); else the heading. */
const codeOf = (index: FinderIndex, heading: string, below: Below | undefined): { code: string; guessed?: true } => {
  if (below) return { code: index.entries[below.entry]!.code.slice(0, 6) }
  const codes = index.codesBelow.get(heading) ?? []
  return { code: codes.at(-1) ?? heading, ...(codes.length > 1 && { guessed: true }) }
}

const reasonOf = (index: FinderIndex, piece: number, places: ReadonlyMap<number, Sought>): Reason | undefined => {
  if (piece < 0) return undefined
  const entry = index.pieceEntry[piece]!
  const { code, description, keywords } = index.entries[entry]!
  const at = piece - index.entryPiece[entry]!
  const { start, items } = index.pieceTerms
  const words = [...items.subarray(start[piece], start[piece + 1])].flatMap((t) => places.get(t)?.raw ?? [])
  return { words: [...new Set(words)], in: at === 0 ? 'description' : 'keyword', of: code, text: at === 0 ? description : keywords[at - 1]! }
}

/** No word of its own led there: a material, a rough kind, an ending, or nearness in meaning did. */
const byMeaning = (index: FinderIndex, heading: number, question: Question): Reason => ({
  words: question.words.map((w) => w.raw).slice(0, 6),
  in: 'meaning',
  of: index.headings[heading]!,
  text: index.entries[index.headingStart[heading]!]!.description,
})

const described = (index: FinderIndex, heading: number, entry: number | undefined): string => {
  const first = index.entries[index.headingStart[heading]!]!
  const own = entry === undefined ? undefined : index.entries[entry]
  if (!own || own === first || own.description === first.description) return first.description
  return first.code.length === 4 ? `${first.description}: ${own.description}` : own.description
}

export const rank = (index: FinderIndex, question: Question, limit: number, meaning?: Meaning): Ranking => {
  const { terms, unknown, named } = soughtIn(index, question, meaning && ((raw) => meaning.vectorOf(raw) !== undefined))
  const places = new Map(terms.map((t) => [t.term, t]))
  const bag = bagScores(index, terms)
  const { best, second, bestPiece } = pieceScores(index, terms, question.long)
  const score = new Float32Array(index.headings.length)
  for (let h = 0; h < score.length; h++) score[h] = bag[h]! + influence.piece * best[h]! + influence.second * second[h]!
  for (const { heading, weight } of named) score[heading]! += weight
  addResiduals(index, question, score)
  if (meaning) addMeaning(index, meaning, question, score)
  if (!question.partOf) for (const h of index.partHeadings) score[h]! *= influence.parts
  const chapters = chapterScores(index, score)
  for (let h = 0; h < score.length; h++) if (score[h]! > 0) score[h]! += influence.chapter * (chapters.get(index.headings[h]!.slice(0, 2)) ?? 0)
  const order = [...score.keys()].filter((h) => score[h]! > 0).sort((a, b) => score[b]! - score[a]! || a - b)
  const found = order.slice(0, limit).map((h): Found => {
    const below = bestBelow(index, h, places)
    const heading = index.headings[h]!
    const { code, guessed } = codeOf(index, heading, below)
    const why = reasonOf(index, bestPiece[h]!, places) ?? byMeaning(index, h, question)
    const more = below && reasonOf(index, below.piece, places)
    // The second is told where it names a word that the first does not.
    const reasons = [why, more?.words.some((w) => !why?.words.includes(w)) ? more : undefined]
    return {
      code,
      heading,
      ...(guessed && { guessed }),
      description: described(index, h, below?.entry),
      score: Math.round(score[h]! * 100) / 100,
      reasons: reasons.filter((r) => r !== undefined),
    }
  })
  return { found, unknown, matched: [...new Set(terms.map((t) => t.raw))] }
}
