import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shareOfTime } from './cost.ts'
import { readProfile } from './profile.ts'

const currency = { code: 'VRC', digits: 2 }
const joined = (n: number, part: (i: number) => string): string => Array.from({ length: n }, (_, i) => part(i)).join(' or ')
const words = ['denim', 'cotton', 'wool', 'shoes', 'leather', 'brand', 'parts', 'toys', 'lamps', 'watches']
const letters = 'a'.repeat(100)

const cases: [name: string, text: string, accepted: boolean][] = [
  ['codes and figures', 'any item (hs under ("24", "2208") and value / mass < 3) and regime = "import"', true],
  ['one likeness of a name in each item', 'any item (description similar "Northern Supplies" 0.8)', true],
  ['patterns of usual words in each item', `any item (${joined(3, (i) => `description matches "*shoe${i}*"`)})`, true],
  ['ten words in each item', `any item (${joined(10, (i) => `description contains "${words[i]}"`)})`, true],
  ['many likenesses of the importer, asked once', joined(40, (i) => `importerName similar "Firm ${i}" 0.8`), true],
  ['likenesses with many names in each item', `any item (${joined(15, (i) => `description similar "Firm ${i}" 0.8`)})`, false],
  // Each of its letters may have to be tried at each place of a text that is nearly the same.
  ['a pattern that a text of one letter drags out', `any item (description matches "*${letters}b*")`, false],
  ['a costly count hidden in a comparison', `count items (${joined(6, (i) => `description similar "Firm ${i}" 0.8`)}) > 2`, false],
  ['a costly count hidden in a sum', `1 + count items (${joined(6, (i) => `description similar "Firm ${i}" 0.8`)}) > 2`, false],
  ['several walks over the items', joined(3, (i) => `any item (${joined(2, (k) => `description similar "Firm ${i}${k}" 0.8`)})`), false],
  ['words that one text drags out together', `any item (${joined(6, (i) => `description contains "denim${i}"`)})`, false],
]

for (const [name, text, accepted] of cases)
  test(`${accepted ? 'quick enough' : 'refused at once'}: ${name}`, () => {
    const read = readProfile(text, currency)
    assert.deepEqual(
      read.issues.filter((i) => i.severity === 'error').map((i) => i.code),
      accepted ? [] : ['risk.profile_slow'],
    )
    if (read.ok) assert.ok(shareOfTime(read.value.when) <= 1)
  })

test('the refusal says how far beyond its time the profile is', () => {
  const twice = readProfile(`any item (${joined(30, (i) => `description similar "Firm ${i}" 0.8`)})`, currency)
  assert.deepEqual(
    twice.issues.map((i) => i.params),
    [{ cost: 214 }],
  )
})
