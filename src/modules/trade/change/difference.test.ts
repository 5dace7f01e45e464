import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseExpression } from '../expression.ts'
import type { Change, Commodity, Measure } from '../schema.ts'
import type { TariffRows } from '../snapshot.ts'
import { applied, countDifferences, differenceOf, indexOf, inverse, keyOfChange, keyOfRow, orphansOf, prefixesOf } from './difference.ts'

const measure = (n: number, change: Partial<Measure> = {}): Measure => ({
  id: `m${n}`,
  administration: 'XV',
  commodity: `010${n % 4}`,
  type: '103',
  taxType: 'A00',
  area: '1011',
  preferences: ['100'],
  expression: parseExpression(`${n} %`),
  source: 'Act',
  validFrom: '2026-01-01',
  ...change,
})
const line = (code: string): Commodity => ({
  administration: 'XV',
  code,
  parent: code.slice(0, 2),
  names: { en: code },
  declarable: true,
  validFrom: '2026-01-01',
})
const rows: TariffRows = {
  version: 1,
  commodities: ['0100', '0101', '0102', '0103'].map(line),
  measures: [0, 1, 2, 3, 4, 5].map((n) => measure(n)),
  areas: [{ code: '3030', members: ['FR'], names: { en: 'a' }, validFrom: '2020-01-01' }],
  terms: [],
  settings: [],
}
const sorted = (r: TariffRows) => ({
  measures: r.measures.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  commodities: r.commodities.toSorted((a, b) => (keyOfRow('commodity', a) < keyOfRow('commodity', b) ? -1 : 1)),
})

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.nat(9), fc.nat(50))
    .map(([n, rate]): Change => ({ op: 'put', what: 'measure', row: measure(n, { expression: parseExpression(`${rate} %`) }) })),
  fc.nat(9).map((n): Change => ({ op: 'end', what: 'measure', key: `m${n}`, validTo: '2027-01-01' })),
  fc.nat(9).map((n): Change => ({ op: 'remove', what: 'measure', key: `m${n}` })),
  fc.nat(9).map((n): Change => ({ op: 'put', what: 'commodity', row: line(`010${n}`) })),
  fc.nat(9).map((n): Change => ({ op: 'end', what: 'commodity', key: `XV/010${n}@2026-01-01`, validTo: '2027-01-01' })),
)
/** A proposal holds one change of a record: the last. */
const batch = fc.array(change, { maxLength: 12 }).map((all) => [...new Map(all.map((c) => [`${c.what}/${keyOfChange(c)}`, c])).values()])

test('a batch and the one that takes it back leave the tariff as it was', () => {
  fc.assert(
    fc.property(batch, (changes) => {
      const back = inverse(indexOf(rows), changes)
      assert.deepEqual(sorted(applied(applied(rows, changes), back)), sorted(rows))
    }),
  )
})

test('what a difference tells is what the tariff becomes', () => {
  fc.assert(
    fc.property(batch, (changes) => {
      const [before, next] = [indexOf(rows), indexOf(applied(rows, changes))]
      for (const c of changes) {
        const d = differenceOf(before, c)
        assert.deepEqual(d.after, next(c.what, d.key))
        assert.equal(d.kind === 'unchanged', JSON.stringify(before(c.what, d.key)) === JSON.stringify(next(c.what, d.key)))
      }
    }),
  )
})

test('kinds of difference, orphans, and the goods that are concerned', () => {
  const changes: Change[] = [
    { op: 'put', what: 'measure', row: measure(7, { commodity: '010123' }) },
    { op: 'put', what: 'measure', row: measure(1, { expression: parseExpression('9 %') }) },
    { op: 'end', what: 'measure', key: 'm2', validTo: '2027-01-01' },
    { op: 'remove', what: 'measure', key: 'm3' },
    { op: 'put', what: 'measure', row: measure(4) },
    { op: 'end', what: 'commodity', key: 'XV/0101@2026-01-01', validTo: '2026-06-01' },
  ]
  const index = indexOf(rows)
  const all = [...changes.map((c) => differenceOf(index, c)), ...orphansOf(index, applied(rows, changes), changes)]
  assert.deepEqual(countDifferences(all), { added: 1, changed: 1, ended: 2, removed: 1, unchanged: 1, orphaned: 2 })
  assert.deepEqual(
    all
      .filter((d) => d.kind === 'orphaned')
      .map((d) => d.key)
      .sort(),
    ['m1', 'm5'],
  )
  assert.deepEqual(prefixesOf(index, changes), ['0100', '0101', '0102', '0103'])
  assert.deepEqual(
    prefixesOf(index, [{ op: 'put', what: 'area', row: { code: '3030', members: [], names: { en: 'a' }, validFrom: '2020-01-01' } }]),
    [''],
  )
})
