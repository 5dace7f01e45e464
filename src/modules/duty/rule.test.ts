import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMoney } from '#kernel/money.ts'
import { parseExpression, type MeasureFact } from '#schema/trade'
import { assess } from './assess.ts'
import { facts, input, item, mfn, vat } from './fixtures/assessment.ts'
import type { AssessmentItem, TaxLine } from './schema.ts'

const levy = (rule: string): MeasureFact => ({ id: 'levy', type: '306', taxType: '970', area: '1011', expression: parseExpression(`= ${rule}`) })
const lines = (rule: string, change: Partial<AssessmentItem> = {}): TaxLine[] =>
  assess(input([item({ netMassKg: '50', ...change })]), facts([mfn('10%'), levy(rule), vat('18%')])).lines
const told = (rule: string, change?: Partial<AssessmentItem>): string => {
  const [, line] = lines(rule, change)
  return line!.status === 'assessed' ? formatMoney(line!.assessed) : line!.status
}

const rows: [rule: string, expected: string, change?: Partial<AssessmentItem>][] = [
  ['0.40 VRC * netMass', '20.00'],
  ['2 % * (value + duty)', '22.00'],
  ['min(2 % * value, 15 VRC)', '15.00'],
  ['max(2 % * value, 15 VRC)', '20.00'],
  ['1 EUR * netMass', '120.00'],
  ['1 JPY * netMass', 'manual'],
  ['when commodity in 8506, 8528 then 7 VRC otherwise 1 VRC', '7.00'],
  ['when commodity in 8506 then 7 VRC otherwise 1 VRC', '1.00'],
  ['when commodity in 8506 then 7 VRC', '0.00'],
  ['when not relief in C07 then 7 VRC', '0.00', { additionalProcedures: ['C07'] }],
  ['when relief in C07 or procedure in 40 then 7 VRC', '7.00'],
  ['when procedure in 40 and origin in CN and preference in 300 then 7 VRC', '0.00'],
  ['when value > 1000 VRC then 1 VRC when value = 1000 VRC then 2 VRC', '2.00'],
  ['when value / netMass >= 20 VRC then 1 VRC', '1.00'],
  ['0.5 VRC * quantity(NAR)', 'manual'],
  ['0.5 VRC * quantity(MIL)', '2.00', { supplementary: { value: '4000', unit: 'NAR' } }],
  ['when quantity(NAR) > 3 or commodity in 85 then 3 VRC', '3.00'],
  ['when quantity(NAR) > 3 and commodity in 99 then 3 VRC otherwise 4 VRC', '4.00'],
  ['when quantity(NAR) > 3 then 3 VRC', 'manual'],
  ['1 VRC / (netMass - netMass)', 'manual'],
  ['1 VRC - 2 VRC', '0.00'],
]
for (const [rule, expected, change] of rows) test(`a levy of ${rule} comes to ${expected}`, () => assert.equal(told(rule, change), expected))

test('VAT is on the levy too, and the levy tells its rule, its case and what it comes to', () => {
  const [, own, last] = lines('when value > 2000 VRC then 1 VRC otherwise 0.40 VRC * netMass')
  assert.equal(last!.base && 'amount' in last!.base && formatMoney(last!.base.amount), '1120.00')
  assert.deepEqual(
    own!.trace.slice(1).map((s) => [s.key, Object.values(s.params ?? {}).join(' ')]),
    [
      ['duty.trace.rule', 'when value > 2000 VRC then 1 VRC otherwise 0.40 VRC * netMass'],
      ['duty.trace.rule_case', '2 20'],
    ],
  )
})
