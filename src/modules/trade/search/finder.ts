/** The finder: a text in, ranked headings with reasons out; and whether a text fits a code. Pure. */
import type { DescriptionCheck, FinderAnswer } from '../schema/finder.ts'
import type { FinderIndex } from './finder-index.ts'
import { dividingQuestions, hopelessWords } from './questions.ts'
import { readQuestion } from './query.ts'
import type { Meaning } from './meaning.ts'
import { rank } from './rank.ts'

export type FinderOptions = { limit?: number; long?: boolean }
export type Finder = {
  find: (text: string, options?: FinderOptions) => FinderAnswer
  checkDescription: (code: string, text: string) => DescriptionCheck
}

/** A heading further down than this, of a chapter further down than that, does not fit (tariff specification §7). */
const headingWithin = 20
const chapterWithin = 5
const looked = 200

const check = (index: FinderIndex, meaning: Meaning | undefined, code: string, text: string): DescriptionCheck => {
  const heading = code.slice(0, 4)
  const question = readQuestion(text)
  const unsure: DescriptionCheck = { verdict: 'unsure', heading, suggestions: [] }
  if (!index.headingAt.has(heading) || hopelessWords(question)) return unsure
  const { found, matched } = rank(index, question, looked, meaning)
  // Where most of the words are strange to us, it is we who do not know, not the declarant.
  if (found.length === 0 || matched.length * 2 < question.words.length) return unsure
  const at = found.findIndex((f) => f.heading === heading)
  const place = at === -1 ? undefined : at + 1
  const chapters = [...new Set(found.map((f) => f.heading.slice(0, 2)))]
  const chapterAt = chapters.indexOf(heading.slice(0, 2))
  const fits = (place !== undefined && place <= headingWithin) || (chapterAt !== -1 && chapterAt < chapterWithin)
  return { verdict: fits ? 'fits' : 'doubtful', heading, ...(place && { place }), suggestions: fits ? [] : found.slice(0, 3) }
}

/** Without `meaning`, what no text names is not found. */
export const createFinder = (index: FinderIndex, meaning?: Meaning): Finder => ({
  find: (text, { limit = 10, long } = {}) => {
    const question = readQuestion(text, long)
    const words = hopelessWords(question)
    if (words) return { results: [], questions: [], asks: { code: 'what_is_it', words }, unknown: [] }
    const { found, unknown } = rank(index, question, Math.max(limit, 10), meaning)
    if (found.length === 0) return { results: [], questions: [], asks: { code: 'nothing_known', words: unknown }, unknown }
    return { results: found.slice(0, limit), questions: question.long ? [] : dividingQuestions(question, found), unknown }
  },
  checkDescription: (code, text) => check(index, meaning, code, text),
})
