import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTable } from '#modules/risk'
import { inventPastTrade, pastColumns, rateKeysOf } from './past-trade.ts'

const lodgers = [
  { registration: 'XV1', client: 'XV2' },
  { registration: 'XV3', client: 'XV3' },
]
const past = inventPastTrade(7, 400, lodgers, '2026-03-01')
const rateOf = (hsCode: string): string => (hsCode.startsWith('85') ? '3.5' : '12')

test('the same seed gives the same file; its rows lie in the two years before the day, in order, with every column that risk imports', () => {
  const content = past.csv(rateOf)
  assert.equal(inventPastTrade(7, 400, lodgers, '2026-03-01').csv(rateOf), content)
  const table = parseTable(content)
  assert.ok(table.ok)
  assert.deepEqual(table.value.names, [...pastColumns])
  const dates = table.value.columns.get('Date')!
  assert.deepEqual([...dates].sort(), dates)
  assert.ok(dates[0]! >= '2024-02-28' && dates.at(-1)! < '2026-03-01', `${dates[0]} ${dates.at(-1)}`)
  for (const name of ['Office ID', 'Declarant ID', 'HS6 Code', 'Country of Origin']) assert.ok(!table.value.columns.get(name)!.includes(''), name)
})

test('what was irregular is a small part, and more of what the ways of fraud touch', () => {
  const table = parseTable(past.csv(rateOf))
  assert.ok(table.ok)
  const of = (name: string): string[] => table.value.columns.get(name)!
  const rows = of('Result').map((result, r) => ({
    found: result !== 'none',
    turkish: of('Country of Origin')[r] === 'TR',
    imports: of('Import Type')[r] === 'IM',
  }))
  const share = (some: typeof rows): number => some.filter((x) => x.found).length / some.length
  assert.ok(share(rows) > 0.06 && share(rows) < 0.25, String(share(rows)))
  assert.ok(share(rows.filter((x) => x.imports && x.turkish)) > 2 * share(rows.filter((x) => !x.turkish)))
})

test('a rate is wanted once of each good, origin and preference', () => {
  const keys = rateKeysOf(past.documents).map((k) => Object.values(k).join(' '))
  assert.equal(new Set(keys).size, keys.length)
  assert.ok(keys.length > 20)
})
