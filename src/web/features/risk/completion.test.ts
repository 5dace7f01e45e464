import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Vocabulary } from '#schema/risk'
import { complete, completionAt, marksOf } from './completion.ts'

const vocabulary: Vocabulary = {
  fields: [
    { name: 'item.hs', short: ['hs'], scope: 'item', type: 'code', about: 'Commodity code' },
    { name: 'party.importer', short: ['importer'], scope: 'declaration', type: 'text', about: 'Importer' },
    { name: 'item.imageScore', short: [], scope: 'item', type: 'number', about: 'Image' },
  ],
  keywords: [
    { word: 'history', about: 'What was before' },
    { word: 'in', about: 'One of' },
  ],
  measures: [
    { name: 'count', about: 'How many' },
    { name: 'share', about: 'Which part' },
  ],
  lists: [{ name: 'watched-firms', number: 1, entries: 12, about: 'Firms' }],
}
const at = (text: string): { from: number; inserts: string[] } => {
  const caret = text.indexOf('|')
  const { from, suggestions } = completionAt(vocabulary, text.replace('|', ''), caret)
  return { from, inserts: suggestions.map((s) => s.insert) }
}

for (const [text, inserts] of [
  ['when h|', ['hs', 'history']],
  ['when hs|', []],
  ['when impo|', ['importer']],
  ['when party.|', ['importer']],
  ['when image|', ['item.imageScore']],
  ['when |', []],
  ['when importer in list "wa|', ['watched-firms']],
  ['when importer = "wa|', []],
  ['when importer in list "watched-firms" and im|', ['importer', 'item.imageScore']],
  ['history(importer, 30d).c|', ['count']],
  ['history(importer, 30d).|', ['count', 'share']],
] as const)
  test(`suggestions for ${text}`, () => assert.deepEqual(at(text).inserts, inserts))

test('a suggestion takes the place of the word, and the caret stands after it', () => {
  assert.deepEqual(complete('when imp = "x"', 8, 5, { insert: 'importer', label: '', kind: '', about: '' }), {
    text: 'when importer = "x"',
    caret: 13,
  })
})

test('asked for, suggestions come without a letter', () => {
  assert.ok(completionAt(vocabulary, 'when ', 5, true).suggestions.length > 3)
})

test('issues are underlined as words, once where they overlap, and at the end of the text', () => {
  const text = 'when importr = "x" and'
  assert.deepEqual(marksOf(text, [5, 15, 7, null]), [
    { from: 5, to: 12 },
    { from: 15, to: 18 },
  ])
  assert.deepEqual(marksOf(text, [22]), [{ from: 21, to: 22 }])
  assert.deepEqual(marksOf('', [0]), [{ from: 0, to: 1 }])
})
