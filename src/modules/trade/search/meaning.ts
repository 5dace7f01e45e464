/**
 * Nearness in meaning, where word vectors are installed: a heading is the mean of its words, a question the mean of its own; what no text
 * names (`carousel`, `xylophone`) is still near to something. Helps the ranking by words, never replaces it. Pure.
 */
import type { FinderIndex } from './finder-index.ts'
import type { Asked } from './query.ts'
import { rawWordsOf, stemOf } from './words.ts'

/** Components of a word's direction as small integers, which hold until the next word is asked for; undefined for a word without one. */
export type VectorOf = (word: string) => Int8Array | undefined
export type Meaning = { vectorOf: VectorOf; headings: Float32Array; dimensions: number }

const ownWeight = 2
const belowWeight = 0.7
/** What the idf of a word counts that no text of the nomenclature has. */
const strange = 6
/** Headings ranked below this are told nothing of. */
const reach = 60

const addTo = (sum: Float32Array, at: number, vector: Int8Array, weight: number): void => {
  for (let i = 0; i < vector.length; i++) sum[at + i]! += vector[i]! * weight
}

const toUnit = (sum: Float32Array, at: number, dimensions: number): void => {
  let square = 0
  for (let i = at; i < at + dimensions; i++) square += sum[i]! ** 2
  if (square === 0) return
  const length = Math.sqrt(square)
  for (let i = at; i < at + dimensions; i++) sum[i]! /= length
}

type Words = ReadonlyMap<string, number>

const wordsOfHeading = (index: FinderIndex, heading: number): Words => {
  const counts = new Map<string, number>()
  for (let e = index.headingStart[heading]!; e < index.headingStart[heading + 1]!; e++) {
    const { code, description, keywords } = index.entries[e]!
    const weight = code.length === 4 ? ownWeight : belowWeight
    for (const text of [description, ...keywords]) for (const word of rawWordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + weight)
  }
  return counts
}

const idfOf = (index: FinderIndex, word: string): number => {
  const term = index.terms.get(stemOf(word))
  return term === undefined ? strange : index.idf[term]!
}

export const createMeaning = (index: FinderIndex, vectorOf: VectorOf, dimensions: number): Meaning => {
  const headings = new Float32Array(index.headings.length * dimensions)
  index.headings.forEach((_, heading) => {
    const at = heading * dimensions
    for (const [word, count] of wordsOfHeading(index, heading)) {
      const vector = vectorOf(word)
      if (vector) addTo(headings, at, vector, (1 + Math.log(count + 1)) * idfOf(index, word))
    }
    toUnit(headings, at, dimensions)
  })
  return { vectorOf, headings, dimensions }
}

/** How near each heading is, 1 for the nearest, 0 from the `reach`th on; undefined where no word of the question has a direction. */
export const nearness = (index: FinderIndex, { vectorOf, headings, dimensions }: Meaning, words: readonly Asked[]): Float32Array | undefined => {
  const asked = new Float32Array(dimensions)
  let any = false
  for (const w of words) {
    const vector = vectorOf(w.raw)
    if (!vector) continue
    any = true
    addTo(asked, 0, vector, w.weight * idfOf(index, w.raw))
  }
  if (!any) return undefined
  toUnit(asked, 0, dimensions)
  const near = new Float32Array(index.headings.length)
  for (let h = 0, at = 0; h < near.length; h++) {
    let sum = 0
    for (let i = 0; i < dimensions; i++) sum += headings[at++]! * asked[i]!
    near[h] = sum
  }
  const sorted = Float32Array.from(near).sort()
  const most = sorted.at(-1)!
  const least = sorted.at(-Math.min(reach, sorted.length))!
  if (most <= least) return undefined
  for (let h = 0; h < near.length; h++) near[h] = Math.max(0, (near[h]! - least) / (most - least))
  return near
}
