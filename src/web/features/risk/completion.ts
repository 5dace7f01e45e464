/** What may come next in the text of a profile: suggestions at the caret. Pure. */
import type { Vocabulary } from '#schema/risk'

export type Suggestion = { insert: string; label: string; kind: string; about: string }
export type Completion = { /** where the word begins that a suggestion takes the place of */ from: number; suggestions: Suggestion[] }

const most = 12
const nothing: Completion = { from: 0, suggestions: [] }
const wordPattern = /[A-Za-z_][\w.-]*$/

/** Is the caret between double quotes? A quote is doubled or escaped nowhere in the language, so their number tells. */
const isQuoted = (before: string): boolean => (before.match(/"/g)?.length ?? 0) % 2 === 1

/** Begins with the word first, then contains it; each in the order of the vocabulary. */
const matching = (all: readonly Suggestion[], word: string): Suggestion[] => {
  const wanted = word.toLowerCase()
  const starts = all.filter((s) => s.insert.toLowerCase().startsWith(wanted))
  const holds = all.filter((s) => !starts.includes(s) && s.label.toLowerCase().includes(wanted))
  return [...starts, ...holds].filter((s) => s.insert.toLowerCase() !== wanted).slice(0, most)
}

const listNames = (v: Vocabulary): Suggestion[] => v.lists.map((l) => ({ insert: l.name, label: l.name, kind: `${l.entries}`, about: l.about }))
const measures = (v: Vocabulary): Suggestion[] => v.measures.map((m) => ({ insert: m.name, label: m.name, kind: '', about: m.about }))
const names = (v: Vocabulary): Suggestion[] => [
  ...v.fields.map((f) => {
    const insert = f.short[0] ?? f.name
    return { insert, label: insert === f.name ? f.name : `${insert} · ${f.name}`, kind: f.type, about: f.about }
  }),
  ...v.keywords.map((k) => ({ insert: k.word, label: k.word, kind: '', about: k.about })),
]

/** Suggestions at a caret. `asked`: somebody wants them without having typed a letter. */
export const completionAt = (vocabulary: Vocabulary, text: string, caret: number, asked = false): Completion => {
  const before = text.slice(0, caret)
  if (isQuoted(before)) {
    const open = /\bin\s+list\s+"([^"\n]*)$/.exec(before)
    return open ? { from: caret - open[1]!.length, suggestions: matching(listNames(vocabulary), open[1]!) } : nothing
  }
  const afterHistory = /\)\s*\.(\w*)$/.exec(before)
  if (afterHistory) return { from: caret - afterHistory[1]!.length, suggestions: matching(measures(vocabulary), afterHistory[1]!) }
  const word = wordPattern.exec(before)?.[0] ?? ''
  if (word === '' && !asked) return nothing
  return { from: caret - word.length, suggestions: matching(names(vocabulary), word) }
}

/** The text with a suggestion in the place of the word, and where the caret stands then. */
export const complete = (text: string, caret: number, from: number, { insert }: Suggestion): { text: string; caret: number } => ({
  text: text.slice(0, from) + insert + text.slice(caret),
  caret: from + insert.length,
})

export type Mark = { from: number; to: number }

/** What to underline: the word at each place of an issue, or one character where there is none. Overlapping ones are one. */
export const marksOf = (text: string, places: readonly (number | null)[]): Mark[] => {
  const marks = places
    .filter((at) => at !== null)
    .toSorted((a, b) => a - b)
    .map((at): Mark => {
      const from = Math.min(at, Math.max(0, text.length - 1))
      const word = /^"[^"\n]*"?|^[\w.-]+/.exec(text.slice(from))?.[0] ?? ''
      return { from, to: from + Math.max(1, word.length) }
    })
  return marks.reduce<Mark[]>((merged, mark) => {
    const last = merged.at(-1)
    return last && mark.from < last.to ? [...merged.slice(0, -1), { ...last, to: Math.max(last.to, mark.to) }] : [...merged, mark]
  }, [])
}
