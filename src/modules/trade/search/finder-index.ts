/**
 * The inverted index of the finder. A piece is one description or one keyword phrase of an entry; a heading is the bag of all pieces at and
 * below it. Lists lie in typed arrays (compressed rows: `start[i]..start[i+1]`), so that the whole nomenclature takes some megabytes. Pure.
 */
import type { Entry } from './entries.ts'
import { affixesOf, relationsOf, residualOf, type Affixes, type Lore, type Relations } from './lore.ts'
import { stemsOf } from './words.ts'

export type Rows = { start: Int32Array; items: Int32Array }

export type FinderIndex = {
  /** headings and what lies below them, ordered by code; an entry's level is the length of its code */
  entries: readonly Entry[]
  headings: readonly string[]
  chapters: ReadonlyMap<string, string>
  headingAt: ReadonlyMap<string, number>
  /** heading → first entry; the next heading's begins where this one ends */
  headingStart: Int32Array
  terms: ReadonlyMap<string, number>
  /** how telling a term is: ln(1 + headings without it / headings with it) */
  idf: Float32Array
  entryHeading: Int32Array
  /** entry → its first piece: the description, then the keywords */
  entryPiece: Int32Array
  pieceEntry: Int32Array
  pieceTerms: Rows
  pieceIdf: Float32Array
  termPieces: Rows
  termHeadings: Rows & { impact: Float32Array }
  relations: Relations
  /** how an unknown name begins or ends → headings, the likeliest first; the longest affix first */
  affixes: Affixes
  /** headings of parts and accessories only */
  partHeadings: readonly number[]
  /** heading → all its subheadings, those without a text too */
  codesBelow: ReadonlyMap<string, readonly string[]>
  /** stems of a material or rough kind → headings of its other articles */
  residual: ReadonlyMap<string, readonly number[]>
}

/** Field weights: words of the heading itself, of what lies below it, of its chapter; keywords say more than descriptions. */
const weights = { heading: { description: 1, keyword: 1.2 }, below: { description: 0.6, keyword: 0.7 }, chapter: 0.25 } as const
const saturation = 1.2
const lengthInfluence = 0.35

/** Turns rows around: piece → terms becomes term → pieces. `from`: where each item stood before. */
const turnRows = (rows: Rows, size: number): { rows: Rows; from: Int32Array } => {
  const start = new Int32Array(size + 1)
  for (const item of rows.items) start[item + 1]!++
  for (let i = 0; i < size; i++) start[i + 1]! += start[i]!
  const items = new Int32Array(rows.items.length)
  const from = new Int32Array(rows.items.length)
  const next = start.slice(0, size)
  for (let row = 0; row + 1 < rows.start.length; row++)
    for (let at = rows.start[row]!; at < rows.start[row + 1]!; at++) {
      const to = next[rows.items[at]!]!++
      items[to] = row
      from[to] = at
    }
  return { rows: { start, items }, from }
}

type Pieces = { terms: Map<string, number>; rows: Rows; entry: Int32Array; entryPiece: Int32Array }

// Flat lists throughout: an array for each of a hundred thousand pieces would cost more than the index itself.
const readPieces = (entries: readonly Entry[]): Pieces => {
  const terms = new Map<string, number>()
  const [start, items, entry]: [number[], number[], number[]] = [[0], [], []]
  const entryPiece = new Int32Array(entries.length + 1)
  const idOf = (stem: string): number => {
    const known = terms.get(stem)
    if (known !== undefined) return known
    terms.set(stem, terms.size)
    return terms.size - 1
  }
  const read = (text: string, at: number): void => {
    for (const stem of stemsOf(text)) items.push(idOf(stem))
    start.push(items.length)
    entry.push(at)
  }
  entries.forEach((e, i) => {
    entryPiece[i] = entry.length
    read(e.description, i)
    for (const keyword of e.keywords) read(keyword, i)
  })
  entryPiece[entries.length] = entry.length
  return { terms, rows: { start: Int32Array.from(start), items: Int32Array.from(items) }, entry: Int32Array.from(entry), entryPiece }
}

type Bags = { rows: Rows; weight: Float32Array }

/** Heading → its terms with their weights: what stands in it, below it and in its chapter. Pieces come ordered by heading. */
const bagsOf = (entries: readonly Entry[], entryHeading: Int32Array, pieces: Pieces, chapterTerms: readonly (readonly number[])[]): Bags => {
  const [start, items, weight]: [number[], number[], number[]] = [[0], [], []]
  const { rows, entry, entryPiece } = pieces
  const bag = new Map<number, number>()
  const add = (term: number, by: number): void => void bag.set(term, (bag.get(term) ?? 0) + by)
  let piece = 0
  chapterTerms.forEach((terms, heading) => {
    bag.clear()
    for (; piece < entry.length && entryHeading[entry[piece]!] === heading; piece++) {
      const at = entry[piece]!
      const field = entries[at]!.code.length === 4 ? weights.heading : weights.below
      const by = piece === entryPiece[at] ? field.description : field.keyword
      for (let i = rows.start[piece]!; i < rows.start[piece + 1]!; i++) add(rows.items[i]!, by)
    }
    for (const term of terms) add(term, weights.chapter)
    for (const [term, by] of bag) {
      items.push(term)
      weight.push(by)
    }
    start.push(items.length)
  })
  return { rows: { start: Int32Array.from(start), items: Int32Array.from(items) }, weight: Float32Array.from(weight) }
}

const impactsOf = ({ rows, weight }: Bags): Float32Array => {
  const { start } = rows
  const lengths = Float32Array.from({ length: start.length - 1 }, (_, h) => weight.subarray(start[h], start[h + 1]).reduce((sum, w) => sum + w, 0))
  const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length)
  const impact = new Float32Array(weight.length)
  lengths.forEach((length, heading) => {
    const norm = saturation * (1 - lengthInfluence + (lengthInfluence * length) / mean)
    for (let i = start[heading]!; i < start[heading + 1]!; i++) impact[i] = ((saturation + 1) * weight[i]!) / (norm + weight[i]!)
  })
  return impact
}

const headingRows = (bags: Bags, size: number): FinderIndex['termHeadings'] => {
  const values = impactsOf(bags)
  const { rows, from } = turnRows(bags.rows, size)
  return { ...rows, impact: Float32Array.from(from, (at) => values[at]!) }
}

const codesBelow = (codes: readonly string[]): Map<string, string[]> => Map.groupBy([...new Set(codes)].sort(), (code) => code.slice(0, 4))

const sumOver = ({ start, items }: Rows, row: number, values: Float32Array): number => {
  let sum = 0
  for (let i = start[row]!; i < start[row + 1]!; i++) sum += values[items[i]!]!
  return sum
}

/** Builds the index. `chapters` (two digits) give headings their context; lines of eight digits lie below their heading. */
export const createIndex = (all: readonly Entry[], { relations = [], endings = [], residual = [], codes = [] }: Lore = {}): FinderIndex => {
  const chapters = new Map(all.filter((e) => e.code.length === 2).map((e) => [e.code, e.description]))
  const entries = all.filter((e) => e.code.length >= 4).sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const headings = [...new Set(entries.map((e) => e.code.slice(0, 4)))]
  const headingAt = new Map(headings.map((h, i) => [h, i]))
  const entryHeading = Int32Array.from(entries, (e) => headingAt.get(e.code.slice(0, 4))!)
  const headingStart = new Int32Array(headings.length + 1).fill(entries.length)
  entries.forEach((_, i) => (headingStart[entryHeading[i]!] = Math.min(headingStart[entryHeading[i]!]!, i)))
  const pieces = readPieces(entries)
  const size = pieces.terms.size
  const termsOf = (text: string): number[] => stemsOf(text).flatMap((stem) => pieces.terms.get(stem) ?? [])
  const chapterTerms = headings.map((heading) => termsOf(chapters.get(heading.slice(0, 2)) ?? ''))
  const termHeadings = headingRows(bagsOf(entries, entryHeading, pieces, chapterTerms), size)
  const idf = Float32Array.from({ length: size }, (_, t) => {
    const found = termHeadings.start[t + 1]! - termHeadings.start[t]!
    return Math.log(1 + (headings.length - found + 0.5) / (found + 0.5))
  })
  const pieceTerms = pieces.rows
  return {
    entries,
    headings,
    chapters,
    headingAt,
    headingStart,
    terms: pieces.terms,
    idf,
    entryHeading,
    entryPiece: pieces.entryPiece,
    pieceEntry: pieces.entry,
    pieceTerms,
    pieceIdf: Float32Array.from(pieces.entry, (_, piece) => sumOver(pieceTerms, piece, idf)),
    termPieces: turnRows(pieceTerms, size).rows,
    termHeadings,
    relations: relationsOf(relations),
    affixes: affixesOf(endings, headingAt),
    partHeadings: headings.flatMap((_, i) => (/^(?:Other )?(?:parts|accessories)\b/i.test(entries[headingStart[i]!]!.description) ? [i] : [])),
    residual: residualOf(residual, headingAt),
    codesBelow: codesBelow([...codes, ...entries.filter((e) => e.code.length > 4).map((e) => e.code.slice(0, 6))]),
  }
}
