import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideCash, decideClose, type CashFacts } from './desk.ts'

const vrc = (minor: number) => ({ minor, currency: 'VRC' })
const due = (minor: number): CashFacts => ({ debt: { outstanding: vrc(minor), payer: 'XV1' }, dayClosed: false })
const command = (minor: number, currency = 'VRC') => ({ reference: 'MRN', money: { minor, currency } })
const codes = (d: ReturnType<typeof decideCash> | ReturnType<typeof decideClose>): string[] => (d.ok ? [] : d.issues.map((i) => i.code))

const cases: [name: string, facts: CashFacts, minor: number, currency: string, expected: string[]][] = [
  ['all that is due', due(500), 500, 'VRC', []],
  ['a part of it', due(500), 200, 'VRC', []],
  ['more than is due', due(500), 501, 'VRC', ['duty.overpaid']],
  ['nothing is due', due(0), 1, 'VRC', ['duty.nothing_due']],
  ['nothing at all', due(500), 0, 'VRC', ['duty.amount_not_positive']],
  ['another currency', due(500), 500, 'EUR', ['duty.currency_differs']],
  ['no such debt', { debt: null, dayClosed: false }, 500, 'VRC', ['duty.debt_unknown']],
  ['a closed day, and too much: both are said', { ...due(500), dayClosed: true }, 501, 'VRC', ['duty.desk_closed', 'duty.overpaid']],
]
for (const [name, facts, minor, currency, expected] of cases)
  test(`cash: ${name}`, () => assert.deepEqual(codes(decideCash(command(minor, currency), facts)), expected))

test('closing writes the difference down, short or over', () => {
  const close = (counted: number) =>
    decideClose({ date: '2026-11-25', counted: vrc(counted) }, { today: '2026-11-25', sum: vrc(1000), closed: false })
  const difference = (counted: number) => {
    const d = close(counted)
    return d.ok ? d.events[0]!.difference.minor : null
  }
  assert.deepEqual([difference(1000), difference(990), difference(1010)], [0, -10, 10])
})

test('a day is closed once, not before it has come, and counted in its currency', () => {
  const facts = { today: '2026-11-25', sum: vrc(1000), closed: true }
  assert.deepEqual(codes(decideClose({ date: '2026-11-26', counted: { minor: -1, currency: 'EUR' } }, facts)), [
    'duty.desk_closed',
    'duty.desk_date_ahead',
    'duty.amount_not_positive',
    'duty.currency_differs',
  ])
})
