import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatMoney } from '#kernel/money.ts'
import { assess } from './assess.ts'
import { facts, input, item, mfn, vat } from './fixtures/assessment.ts'
import type { AssessmentItem } from './schema.ts'

const standard = [mfn('10%'), vat('18%')]

describe('customs value', () => {
  const values = (items: AssessmentItem[], change = {}) => assess(input(items, change), facts(standard)).items.map((i) => formatMoney(i.customsValue))

  test('at the rate of the legal date', () => assert.deepEqual(values([item({ price: { amount: '100.25', currency: 'EUR' } })]), ['240.60']))

  test('prices without a currency are in that of the invoice', () =>
    assert.deepEqual(values([item({ price: { amount: '10' } })], { invoiceCurrency: 'USD' }), ['22.00']))

  test('additions and deductions of the item', () =>
    assert.deepEqual(
      values([
        item({
          adjustments: [
            { code: 'AK', amount: { amount: '50', currency: 'EUR' } },
            { code: 'BA', amount: { amount: '20' } },
          ],
        }),
      ]),
      ['1100.00'],
    ))

  test('an adjustment that nobody can read leaves the value open', () => {
    const { lines } = assess(input([item({ adjustments: [{ code: 'ZZ', amount: { amount: '1' } }] })]), facts(standard))
    assert.ok(lines.every((l) => l.status === 'manual'))
  })

  test('the header is spread by value and the parts sum to the whole', () => {
    const items = [
      item({ itemNumber: 1, price: { amount: '100' } }),
      item({ itemNumber: 2, price: { amount: '100' } }),
      item({ itemNumber: 3, price: { amount: '100' } }),
    ]
    assert.deepEqual(values(items, { adjustments: [{ code: 'AK', amount: { amount: '100' } }] }), ['133.34', '133.33', '133.33'])
  })

  test('for any prices, what the header adds is what the items gain', () => {
    const cents = fc.integer({ min: 1, max: 100_000_000 })
    const numeral = (c: number): string => (c / 100).toFixed(2)
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), cents, (prices, freight) => {
        const items = prices.map((p, i) => item({ itemNumber: i + 1, price: { amount: numeral(p) } }))
        const { totals } = assess(input(items, { adjustments: [{ code: 'AK', amount: { amount: numeral(freight) } }] }), facts([]))
        assert.equal(totals.customsValue.minor, prices.reduce((s, p) => s + p, 0) + freight)
      }),
      { numRuns: 50 },
    )
  })

  test('low-value consignments: intrinsic value and transport, the header’s transport by value', () => {
    const low = (n: number, amount: string) => item({ itemNumber: n, price: undefined, intrinsicValue: { amount } })
    assert.deepEqual(values([low(1, '30'), low(2, '10')], { transportCost: { amount: '8' } }), ['36.00', '12.00'])
  })
})
