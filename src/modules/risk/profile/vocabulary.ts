/** What a profile's text may use, with what it means: for completion while somebody types. */
import { fields, shortNamesOf } from './fields.ts'
import type { Vocabulary } from '../schema/profile.ts'

const keywords: readonly [word: string, about: string][] = [
  ['profile', 'begins a profile: profile "Name" … when …'],
  ['scope', 'national, or office and its code'],
  ['lane', 'red, yellow, blue or green: what a hit leads to'],
  ['percent', 'share of hits that select, 0 to 100'],
  ['maxRun', 'after so many hits in a row that did not select, the next one does'],
  ['valid', 'first and last day: 2026-01-01..2026-12-31'],
  ['when', 'before the condition'],
  ['instruct', 'what the officer is to look at, in double quotes'],
  ['and', 'both hold'],
  ['or', 'at least one holds'],
  ['not', 'does not hold; what is unknown stays unknown'],
  ['in', 'is one of ("A", "B"), or of a named list: in list "name"'],
  ['list', 'a named list: in list "name", under list "name"'],
  ['under', 'a code that begins with this: hs under "6203"'],
  ['matches', 'a pattern with * and ?: vehicle matches "TR*"'],
  ['contains', 'a text within a text, or a code within a list'],
  ['similar', 'a name like this one, 0.8 like unless told: importerName similar "Acme" 0.9'],
  ['between', 'from and to, both included: rate between 5 and 10'],
  ['exists', 'was declared at all'],
  ['any item', 'holds for at least one goods item'],
  ['all items', 'holds for every goods item'],
  ['count items', 'how many goods items it holds for'],
  ['sum items', 'the total over goods items'],
  ['history', 'what came before: history(importer, hs4, 365d).share(origin)'],
  ['where', 'inside history: only what this holds for'],
]

const measures: Vocabulary['measures'] = [
  { name: 'count', about: 'how many' },
  { name: 'sum', about: 'total of a field' },
  { name: 'average', about: 'mean of a field' },
  { name: 'share', about: 'share of those with the same value of a field' },
  { name: 'distinct', about: 'how many different values of a field' },
  { name: 'hitRate', about: 'share of the examined with a finding, as known the day before' },
]

export const vocabularyOf = (lists: Vocabulary['lists']): Vocabulary => ({
  fields: fields.map(({ name, scope, type, about }) => ({ name, short: shortNamesOf(name), scope, type, about })),
  keywords: keywords.map(([word, about]) => ({ word, about })),
  measures,
  lists,
})
