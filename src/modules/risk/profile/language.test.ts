import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { issueSentences } from '../../../web/i18n/en/issues.ts'
import { profileHash } from '../service/profile-hash.ts'
import { readProfile, readProfileFile } from './profile.ts'

const currency = { code: 'VRC', digits: 2 }
const read = (text: string) => readProfile(text, currency)
const tree = (text: string) => {
  const outcome = read(text)
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value
}
/** code@line:column of each issue */
const wrong = (text: string): string[] => {
  const { issues } = read(text)
  for (const issue of issues) for (const sentence of Object.values(issueSentences(issue))) assert.doesNotMatch(sentence, /\{\{|undefined/, issue.code)
  return issues.map((i) => `${i.code.replace('risk.profile_', '')}@${i.params?.['line'] ?? ''}:${i.params?.['column'] ?? ''}`)
}

const full = `# a comment
profile "Origin switch" scope national lane red percent 40 maxRun 5
valid 2026-01-01..2026-06-30
when any item (hs under "6203" and preference.claimed
  and origin != departure
  and history(importer, hs4, 365d).share(origin) < 0.05)
 and valuation.worstRatio < 0.6
instruct "Check origin \\"marks\\" against invoice."`

test('a whole profile is read with all its parts', () => {
  const { when, ...rest } = tree(full)
  assert.deepEqual(rest, {
    name: 'Origin switch',
    lane: 'red',
    percent: 40,
    maxRun: 5,
    validFrom: '2026-01-01',
    validTo: '2026-06-30',
    instruction: 'Check origin "marks" against invoice.',
  })
  assert.equal(when.kind, 'and')
  assert.equal(tree('profile "x" scope office "XV01" when trusted').office, 'XV01')
})

test('everything that is wrong is told at once, with its place', () => {
  assert.deepEqual(wrong('hs = 5 and\norigni = "CN" and value > 3 EUR and rate / (2 - 2) > 1 and trusted > 1'), [
    'type@1:6',
    'field_unknown@2:1',
    'currency@2:27',
    'division@2:47',
    'type@2:60',
    'type@2:70',
  ])
  assert.equal(read('origni = "CN"').issues[0]?.params?.['near'], 'origin')
})

test('by table: what cannot be read or makes no sense', () => {
  const cases: [string, string][] = [
    ['', 'syntax@1:1'],
    ['hs under', 'syntax@1:9'],
    ['hs = "1" and', 'syntax@1:13'],
    ['(hs = "1"', 'syntax@1:10'],
    ['hs = "1" hs', 'syntax@1:10'],
    ['hs = "1', 'text_open@1:6'],
    ['hs = $', 'character@1:6'],
    ['date > 2026-02-30', 'date@1:8'],
    ['hs under ""', 'prefix_empty@1:10'],
    ['any item (any item (rate > 1))', 'nested@1:11'],
    ['rate > 1 and any item (rate > 1)', 'item_outside@1:1'],
    ['history(importer, 5000d).count > 1', 'days@1:1'],
    ['history(importer, 30).count > 1', 'syntax@1:19'],
    ['history(importer, 30d).median(value) > 1', 'syntax@1:24'],
    ['history(importer, 30d where history(importer, 3d).count > 1).count > 1', 'nested@1:29'],
    ['history(importer, 30d).sum(office) > 1', 'type@1:28'],
    ['hs > "5"', 'type@1:1'],
    ['rate', 'type@1:1'],
    ['"x"', 'type@1:1'],
    ['mass + value > 1', 'type@1:8'],
    ['value * value > 1', 'type@1:9'],
    ['date + date > 1', 'type@1:1'],
    ['description similar "x" 2', 'similarity@1:13'],
    ['documents = "N935"', 'type@1:1'],
    ['profile "x" percent 400 when trusted', 'percent@1:1'],
    ['profile "x" maxRun 0 when trusted', 'run@1:1'],
    ['profile "x" valid 2026-02-01..2026-01-01 when trusted', 'validity@1:1'],
    ['profile "x" lane pink when trusted', 'syntax@1:18'],
  ]
  for (const [text, expected] of cases) assert.equal(wrong(text)[0], expected, text)
})

test('names of the language of the machine name nothing', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'item.__proto__', 'hasOwnProperty'])
    assert.deepEqual(wrong(`${name} = "x"`), ['field_unknown@1:1'], name)
})

test('sizes are bounded: parts, depth, list, windows, length', () => {
  const many = (n: number) => Array.from({ length: n }, () => 'rate > 1').join(' and ')
  assert.deepEqual(wrong(many(90)), ['large@1:6'])
  assert.ok(read(many(60)).ok)
  assert.ok(wrong(`${'('.repeat(5000)}trusted${')'.repeat(5000)}`)[0]!.startsWith('deep'))
  assert.ok(wrong(`${'not '.repeat(4000)}trusted`)[0]!.startsWith('deep'))
  assert.ok(wrong(`rate > ${'-'.repeat(40)}1`)[0]!.startsWith('deep'))
  assert.deepEqual(wrong(`hs in (${Array.from({ length: 1001 }, (_, i) => `"${i}"`).join(',')})`), ['list_long@1:8'])
  assert.deepEqual(wrong(Array.from({ length: 11 }, (_, i) => `history(importer, ${i + 1}d).count > 1`).join(' or ')), ['windows@1:29'])
  assert.deepEqual(wrong(' '.repeat(20_001)), ['long@:'])
})

test('what would take too long a declaration is refused before it runs', () => {
  const likenesses = (n: number) => Array.from({ length: n }, (_, i) => `description similar "name ${i}"`).join(' or ')
  assert.deepEqual(wrong(likenesses(16)), ['slow@:'])
  assert.ok(read(likenesses(2)).ok)
})

test('constants are worked out once; a condition that always or never holds is remarked upon', () => {
  assert.equal(profileHash(tree('rate > 0.1 + 0.2')), profileHash(tree('rate > 0.3')))
  assert.equal(profileHash(tree('trusted and 1 < 2')), profileHash(tree('trusted')))
  assert.deepEqual(
    read('1 < 2').issues.map((i) => [i.code, i.params?.['holds']]),
    [['risk.profile_constant', 'always']],
  )
  assert.equal(read('trusted and false').issues[0]?.params?.['holds'], 'never')
})

test('the hash is of the meaning: blanks, comments, short names and the order of a list do not change it, a number does', () => {
  const hash = (text: string) => profileHash(tree(text))
  assert.equal(hash('origin in ("CN", "VN") # why'), hash('any  item ( item.origin in ("VN","CN","CN") )'))
  assert.notEqual(hash('rate > 1'), hash('rate > 2'))
  assert.notEqual(hash('rate > 1'), hash('rate >= 1'))
  assert.notEqual(hash('profile "a" when trusted'), hash('profile "b" when trusted'))
})

test('JSON: a text with its frame, or the conditions that selection stores; anything else is refused', () => {
  const json = (value: unknown) => readProfileFile(JSON.stringify(value), currency)
  const stored = json({
    name: 'n',
    lane: 'red',
    conditions: [
      { field: 'hsCodes', operator: 'under', value: '24' },
      { field: 'regime', operator: 'is', value: 'import' },
    ],
  })
  assert.ok(stored.ok)
  assert.equal(stored.value.lane, 'red')
  assert.equal(profileHash({ ...stored.value, name: '', lane: 'yellow' }), profileHash(tree('any item (hs under "24") and regime = "import"')))
  assert.ok(json({ when: 'trusted' }).ok)
  assert.ok(readProfileFile(`\uFEFF${full}`, currency).ok)
  for (const bad of [
    {},
    { when: 5 },
    { conditions: [{ field: 'hsCodes', operator: 'eval', value: 'x' }] },
    { conditions: [{ field: 'x" or "', operator: 'is', value: '"' }] },
  ])
    assert.equal(json(bad).ok, false, JSON.stringify(bad))
  assert.equal(readProfileFile('{', currency).issues[0]?.code, 'risk.profile_json')
})

test('no text makes the reader throw, and every issue has its sentences', () => {
  const pieces = [
    'hs',
    'rate',
    'value',
    'trusted',
    'documents',
    'date',
    '"x"',
    '5',
    '5 kg',
    '3 VRC',
    '2026-01-01',
    '30d',
    'and',
    'or',
    'not',
    '(',
    ')',
    ',',
    '.',
    '..',
    '=',
    '<',
    '+',
    '-',
    '/',
    '*',
    'in',
    'under',
    'between',
    'any',
    'item',
    'count',
    'sum',
    'history',
    'where',
    'importer',
    'share',
    'exists',
    'profile',
    'when',
    'instruct',
    'matches',
    'similar',
    'contains',
    'true',
    '0',
  ]
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((p) => p.join(' ')),
      ),
      (text) => void wrong(text),
    ),
    { numRuns: 3000 },
  )
})
