import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Condition, Features, Profile, SelectionFacts } from './schema.ts'
import { candidates, hits, select } from './selection.ts'
import { selectionFacts } from './store.ts'

const features: Features = {
  regime: 'import',
  office: 'XV000101',
  administration: 'XV',
  declarant: 'XV1',
  importer: 'XV2',
  exporter: '',
  hsCodes: ['62034200', '24022000'],
  origins: ['TR'],
  dispatchCountry: 'TR',
  procedures: ['4000'],
  preferences: ['100'],
  descriptions: ['Trousers of denim'],
  packageTypes: ['CT'],
  documentCodes: ['N935'],
  customsValue: 5000,
  grossMassKg: 100,
  items: 2,
  trusted: false,
}
const profile = (change: Partial<Profile> = {}, ...conditions: Condition[]): Profile => ({
  code: 'P',
  name: 'P',
  administration: 'XV',
  lane: 'yellow',
  control: 'documentary',
  blocking: true,
  percent: 100,
  instruction: '',
  validFrom: '2026-01-01',
  conditions: conditions.length > 0 ? conditions : [{ field: 'hsCodes', operator: 'under', value: '24' }],
  ...change,
})
const facts = (profiles: Profile[], change: Partial<SelectionFacts> = {}): SelectionFacts => ({
  version: 1,
  profiles,
  draws: { random: 0.5, P: 0.5, Q: 0.5 },
  randomRate: 0.03,
  ...change,
})

test('conditions, by table', () => {
  const cases: [Condition, boolean][] = [
    [{ field: 'hsCodes', operator: 'under', value: '6203' }, true],
    [{ field: 'hsCodes', operator: 'under', value: '64' }, false],
    [{ field: 'origins', operator: 'in', value: ['TR', 'EG'] }, true],
    [{ field: 'origins', operator: 'in', value: 'TR' }, false],
    [{ field: 'customsValue', operator: 'above', value: 4999 }, true],
    [{ field: 'customsValue', operator: 'above', value: 5000 }, false],
    [{ field: 'customsValue', operator: 'below', value: '9000' }, false],
    [{ field: 'descriptions', operator: 'contains', value: 'DENIM' }, true],
    [{ field: 'trusted', operator: 'is', value: false }, true],
    [{ field: '__proto__', operator: 'is', value: 'x' }, false],
    [{ field: 'constructor', operator: 'contains', value: 'O' }, false],
    [{ field: 'nothing', operator: 'is', value: '' }, false],
  ]
  for (const [condition, expected] of cases) assert.equal(hits(profile({}, condition), features), expected, JSON.stringify(condition))
})

test('all conditions of a profile must hold, and only living profiles of the place and day are asked', () => {
  assert.equal(
    hits(profile({}, { field: 'regime', operator: 'is', value: 'export' }, { field: 'hsCodes', operator: 'under', value: '24' }), features),
    false,
  )
  const all = [
    profile(),
    profile({ code: 'other', administration: 'GB' }),
    profile({ code: 'office', office: 'XV000201' }),
    profile({ code: 'old', validTo: '2026-02-01' }),
    profile({ code: 'future', validFrom: '2027-01-01' }),
  ]
  assert.deepEqual(
    candidates(all, features, '2026-06-01').map((p) => p.code),
    ['P'],
  )
})

test('the strongest lane wins, every hit is a reason, each kind of control opens once', () => {
  const selection = select(features, facts([profile(), profile({ code: 'Q', lane: 'red', control: 'both', blocking: false })]))
  assert.equal(selection.lane, 'red')
  assert.deepEqual(
    selection.reasons.map((r) => r.params?.['profile']),
    ['P', 'Q'],
  )
  assert.deepEqual(
    selection.controls.map((k) => [k.kind, k.blocking, k.reasons.length]),
    [
      ['documentary', true, 2],
      ['physical', false, 1],
    ],
  )
})

test('a share of hits selects by the lot; chance selects what nothing else did; trust halves chance only', () => {
  assert.equal(select(features, facts([profile({ percent: 50 })])).lane, 'green')
  assert.equal(select(features, facts([profile({ percent: 51 })])).lane, 'yellow')
  const lucky = { draws: { random: 0.02, P: 0 } }
  assert.deepEqual(select(features, facts([], lucky)).reasons, [{ code: 'risk.random' }])
  assert.equal(select({ ...features, trusted: true }, facts([], lucky)).lane, 'green')
  assert.equal(select({ ...features, trusted: true }, facts([profile()], lucky)).lane, 'yellow')
  assert.deepEqual(select(features, facts([])).reasons, [{ code: 'risk.no_hit' }])
})

test('lots: the same consignment draws the same, another key draws others, and they spread evenly', () => {
  const snapshot = (secret: string) => ({ version: 1, profiles: [profile()], randomRate: { XV: 0.1 }, secret: Buffer.alloc(32, secret) })
  const draw = (secret: string, n: number): number => selectionFacts(snapshot(secret), features, `consignment ${n}`, '2026-06-01').draws['random']!
  assert.equal(draw('a', 1), draw('a', 1))
  assert.notEqual(draw('a', 1), draw('b', 1))
  const below = Array.from({ length: 4000 }, (_, n) => draw('a', n)).filter((u) => u < 0.1).length
  assert.ok(below > 320 && below < 480, String(below))
})
