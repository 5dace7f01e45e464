import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matching } from './code-search.ts'

const countries = [
  { code: 'CI', name: 'Côte d’Ivoire' },
  { code: 'CN', name: 'China' },
  { code: 'MA', name: 'Morocco' },
  { code: 'OM', name: 'Oman' },
  { code: 'RO', name: 'Romania' },
  { code: 'MK', name: 'North Macedonia' },
]
const found = (text: string): string[] => matching(countries, text).map((option) => option.code)

test('codes go before names, beginnings of names before beginnings of words, these before what merely contains', () => {
  assert.deepEqual(found('ma'), ['MA', 'MK', 'OM', 'RO'])
  assert.deepEqual(found('mo'), ['MA'])
  assert.deepEqual(found('CN'), ['CN'])
})

test('accents and case do not matter; nothing typed offers all; nonsense offers nothing', () => {
  assert.deepEqual(found('cote'), ['CI'])
  assert.equal(found('').length, countries.length)
  assert.deepEqual(found('zzz'), [])
})
