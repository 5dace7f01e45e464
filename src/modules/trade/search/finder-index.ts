/**
 * The inverted index of the finder. A piece is one description or one keyword phrase of an entry; a heading is the bag of all pieces at and
 * below it. Lists lie in typed arrays (compressed rows: `start[i]..start[i+1]`), so that the whole nomenclature takes some megabytes. Pure.
 */
import type { Entry, Relation } from './entries.ts'
import { wordsOf } from './words.ts'

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
  /** stems of a word or phrase, joined by a blank → what may stand for it, and how well (0..1) */
  relations: ReadonlyMap<string, readonly { stems: readonly string[]; weight: number }[]>
  /** how an unknown name begins or ends → headings, the likeliest first; the longest affix first */
  affixes: readonly { affix: string; atEnd: boolean; headings: readonly number[] }[]
  /** stems of a material or rough kind → headings of its other articles */
  residual: ReadonlyMap<string, readonly number[]>
}

/** What is known beyond the texts of the nomenclature. */
export type Lore = { relations?: readonly Relation[]; endings?: readonly Relation[]; residual?: readonly Relation[] }

/** Field weights: words of the heading itself, of what lies below it, of its chapter; keywords say more than descriptions. */
const weights = { heading: { description: 1, keyword: 1.2 }, below: { description: 0.6, keyword: 0.7 }, chapter: 0.25 } as const
const saturation = 1.2
const lengthInfluence = 0.35
const synonym = 0.75
const kind = 0.3

const toRows = (lists: readonly (readonly number[])[]): Rows => {
  const start = new Int32Array(lists.length + 1)
  for (let i = 0; i < lists.length; i++) start[i + 1] = start[i]! + lists[i]!.length
  const items = new Int32Array(start[lists.length]!)
  for (let i = 0; i < lists.length; i++) items.set(lists[i]!, start[i]!)
  return { start, items }
}

/** Turns rows around: piece → terms becomes term → pieces. */
const turnRows = (rows: Rows, size: number): Rows => {
  const start = new Int32Array(size + 1)
  for (const item of rows.items) start[item + 1]!++
  for (let i = 0; i < size; i++) start[i + 1]! += start[i]!
  const items = new Int32Array(rows.items.length)
  const next = start.slice(0, size)
  for (let row = 0; row + 1 < rows.start.length; row++)
    for (let at = rows.start[row]!; at < rows.start[row + 1]!; at++) items[next[rows.items[at]!]!++] = row
  return { start, items }
}

const stemsOf = (text: string): string[] => [...new Set(wordsOf(text).map((w) => w.stem))]

const relationsOf = (relations: readonly Relation[]): FinderIndex['relations'] => {
  const map = new Map<string, { stems: readonly string[]; weight: number }[]>()
  const add = (from: readonly string[], stems: readonly string[], weight: number): void => {
    const key = from.join(' ')
    if (key === '' || stems.length === 0 || key === stems.join(' ')) return
    const list = map.get(key) ?? []
    list.push({ stems, weight })
    map.set(key, list)
  }
  for (const { words, kindOf } of relations) {
    const left = words.map(stemsOf)
    if (kindOf) for (const from of left) for (const to of kindOf) add(from, stemsOf(to), kind)
    else for (const from of left) for (const to of left) if (from !== to) add(from, to, synonym)
  }
  return map
}

const headingsOf = (codes: readonly string[], headingAt: ReadonlyMap<string, number>): number[] => codes.flatMap((code) => headingAt.get(code) ?? [])

const affixesOf = (endings: readonly Relation[], headingAt: ReadonlyMap<string, number>): FinderIndex['affixes'] =>
  endings
    .flatMap(({ words, kindOf = [] }) =>
      words.map((word) => ({ affix: word.replaceAll('-', ''), atEnd: word.startsWith('-'), headings: headingsOf(kindOf, headingAt) })),
    )
    .sort((a, b) => b.affix.length - a.affix.length)

const residualOf = (residual: readonly Relation[], headingAt: ReadonlyMap<string, number>): FinderIndex['residual'] =>
  new Map(residual.flatMap(({ words, kindOf = [] }) => words.map((word) => [stemsOf(word).join(' '), headingsOf(kindOf, headingAt)] as const)))

type Pieces = { terms: Map<string, number>; lists: number[][]; entry: number[]; entryPiece: Int32Array }

const readPieces = (entries: readonly Entry[]): Pieces => {
  const terms = new Map<string, number>()
  const lists: number[][] = []
  const entry: number[] = []
  const entryPiece = new Int32Array(entries.length + 1)
  const idOf = (stem: string): number => {
    const known = terms.get(stem)
    if (known !== undefined) return known
    terms.set(stem, terms.size)
    return terms.size - 1
  }
  entries.forEach((e, i) => {
    entryPiece[i] = lists.length
    for (const text of [e.description, ...e.keywords]) {
      lists.push(stemsOf(text).map(idOf))
      entry.push(i)
    }
  })
  entryPiece[entries.length] = lists.length
  return { terms, lists, entry, entryPiece }
}

type Bag = Map<number, number>
const bagsOf = (entries: readonly Entry[], entryHeading: Int32Array, pieces: Pieces, chapterOf: (heading: number) => string | undefined): Bag[] => {
  const bags: Bag[] = []
  const add = (bag: Bag, term: number, weight: number): void => void bag.set(term, (bag.get(term) ?? 0) + weight)
  pieces.lists.forEach((list, piece) => {
    const at = pieces.entry[piece]!
    const field = entries[at]!.code.length === 4 ? weights.heading : weights.below
    const weight = piece === pieces.entryPiece[at] ? field.description : field.keyword
    const bag = (bags[entryHeading[at]!] ??= new Map())
    for (const term of list) add(bag, term, weight)
  })
  bags.forEach((bag, heading) => {
    for (const stem of stemsOf(chapterOf(heading) ?? '')) {
      const term = pieces.terms.get(stem)
      if (term !== undefined) add(bag, term, weights.chapter)
    }
  })
  return bags
}

const headingRows = (bags: readonly Bag[], size: number): FinderIndex['termHeadings'] => {
  const lists: number[][] = Array.from({ length: size }, () => [])
  const impacts: number[][] = Array.from({ length: size }, () => [])
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, w) => sum + w, 0))
  const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length)
  bags.forEach((bag, heading) => {
    const norm = saturation * (1 - lengthInfluence + (lengthInfluence * lengths[heading]!) / mean)
    for (const [term, weight] of bag) {
      lists[term]!.push(heading)
      impacts[term]!.push(((saturation + 1) * weight) / (norm + weight))
    }
  })
  return { ...toRows(lists), impact: Float32Array.from(impacts.flat()) }
}

/** Builds the index. `chapters` (two digits) give headings their context; lines of eight digits lie below their heading. */
export const createIndex = (all: readonly Entry[], { relations = [], endings = [], residual = [] }: Lore = {}): FinderIndex => {
  const chapters = new Map(all.filter((e) => e.code.length === 2).map((e) => [e.code, e.description]))
  const entries = all.filter((e) => e.code.length >= 4).sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const headings = [...new Set(entries.map((e) => e.code.slice(0, 4)))]
  const headingAt = new Map(headings.map((h, i) => [h, i]))
  const entryHeading = Int32Array.from(entries, (e) => headingAt.get(e.code.slice(0, 4))!)
  const headingStart = new Int32Array(headings.length + 1).fill(entries.length)
  entries.forEach((_, i) => (headingStart[entryHeading[i]!] = Math.min(headingStart[entryHeading[i]!]!, i)))
  const pieces = readPieces(entries)
  const size = pieces.terms.size
  const termHeadings = headingRows(
    bagsOf(entries, entryHeading, pieces, (heading) => chapters.get(headings[heading]!.slice(0, 2))),
    size,
  )
  const idf = Float32Array.from({ length: size }, (_, t) => {
    const found = termHeadings.start[t + 1]! - termHeadings.start[t]!
    return Math.log(1 + (headings.length - found + 0.5) / (found + 0.5))
  })
  const pieceTerms = toRows(pieces.lists)
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
    pieceEntry: Int32Array.from(pieces.entry),
    pieceTerms,
    pieceIdf: Float32Array.from(pieces.lists, (list) => list.reduce((sum, t) => sum + idf[t]!, 0)),
    termPieces: turnRows(pieceTerms, size),
    termHeadings,
    relations: relationsOf(relations),
    affixes: affixesOf(endings, headingAt),
    residual: residualOf(residual, headingAt),
  }
}
