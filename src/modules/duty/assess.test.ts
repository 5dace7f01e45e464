import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatMoney } from '#kernel/money.ts'
import type { MeasureFact } from '#schema/trade'
import { assess } from './assess.ts'
import { chargesOf } from './charges.ts'
import { excise, facts, input, item, mfn, onTop, preference, testFacts, unit, vat } from './fixtures/assessment.ts'
import type { AssessmentItem, TaxLine } from './schema.ts'

test('amounts and quantities beyond counting go to an officer, never into a fault', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 23 }), fc.boolean(), fc.boolean(), (zeros, byMass, several) => {
      const huge = `9${'0'.repeat(zeros)}`
      const one = item(byMass ? { netMassKg: huge } : { price: { amount: huge, currency: 'VRC' } })
      const measures = [mfn(byMass ? '12.00 VRC / DTN' : '10%'), vat('18%')]
      const items = several ? Array.from({ length: 99 }, (_, n) => ({ ...one, itemNumber: n + 1 })) : [one]
      const known = facts([], { measures: Object.fromEntries(items.map((i) => [String(i.itemNumber), measures])) })
      const { lines } = assess(input(items), known)
      assert.equal(lines.length, 2 * items.length)
      if (zeros > 18) assert.ok(lines.every((l) => l.status === 'manual'))
    }),
  )
})

/** A line in one string: type, base, rate, assessed, relieved, payable, status. */
const told = (l: TaxLine): string => {
  const base = 'amount' in l.base ? formatMoney(l.base.amount) : 'quantity' in l.base ? `${l.base.quantity.value} ${l.base.quantity.unit}` : '-'
  return [l.type, base, l.rate ?? '-', formatMoney(l.assessed), formatMoney(l.deduct), formatMoney(l.payable), l.status].join(' ')
}

const standard = [mfn('10%'), vat('18%')]
type Row = { name: string; measures: MeasureFact[]; item?: Partial<AssessmentItem>; lines: string[] }

const national: Row[] = [
  {
    name: 'duty, then VAT on value and duty',
    measures: standard,
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', 'B00 1100.00 18 198.00 0.00 198.00 assessed'],
  },
  {
    name: 'half up at the half',
    measures: [mfn('5%'), vat('18%')],
    item: { price: { amount: '1000.10', currency: 'VRC' } },
    lines: ['A00 1000.10 5 50.01 0.00 50.01 assessed', 'B00 1050.11 18 189.02 0.00 189.02 assessed'],
  },
  {
    name: 'a claimed preference that the tariff has',
    measures: [mfn('10%'), preference('free', '300'), vat('18%')],
    item: { taxes: [{ type: 'A00', preference: '300' }] },
    lines: ['A00 1000.00 0 0.00 0.00 0.00 assessed', 'B00 1000.00 18 180.00 0.00 180.00 assessed'],
  },
  {
    name: 'a claimed preference that it has not: the duty for third countries',
    measures: standard,
    item: { taxes: [{ type: 'A00', preference: '300' }] },
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', 'B00 1100.00 18 198.00 0.00 198.00 assessed'],
  },
  {
    name: 'a preference that was not claimed is not given',
    measures: [mfn('10%'), preference('free', '300'), vat('18%')],
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', 'B00 1100.00 18 198.00 0.00 198.00 assessed'],
  },
  {
    name: 'defence duties on the value, on top of the option',
    measures: [mfn('10%'), onTop('A30', '20%'), onTop('A40', '5%'), vat('18%')],
    lines: [
      'A00 1000.00 10 100.00 0.00 100.00 assessed',
      'A30 1000.00 20 200.00 0.00 200.00 assessed',
      'A40 1000.00 5 50.00 0.00 50.00 assessed',
      'B00 1350.00 18 243.00 0.00 243.00 assessed',
    ],
  },
  {
    name: 'excise of value and duty plus an amount per kilogram',
    measures: [mfn('35%'), excise('411', '30% + 70.00 VRC / KGM'), vat('18%')],
    item: { netMassKg: '12.5' },
    lines: [
      'A00 1000.00 35 350.00 0.00 350.00 assessed',
      '411 12.5 KGM - 1280.00 0.00 1280.00 assessed',
      'B00 2630.00 18 473.40 0.00 473.40 assessed',
    ],
  },
  {
    name: 'a specific duty per hectolitre by the supplementary quantity',
    measures: [mfn('18.00 VRC / HLT'), excise('331', '75.00 VRC / HLT'), vat('18%'), unit('LTR')],
    item: { supplementary: { value: '900' } },
    lines: ['A00 9 HLT - 162.00 0.00 162.00 assessed', '331 9 HLT - 675.00 0.00 675.00 assessed', 'B00 1837.00 18 330.66 0.00 330.66 assessed'],
  },
  {
    name: 'litres of pure alcohol from volume and strength',
    measures: [mfn('free'), excise('311', '42.00 VRC / LPA'), vat('18%'), unit('LTR')],
    item: { supplementary: { value: '700' }, taxes: [{ type: '311', base: { value: '40', unit: 'ASV' } }] },
    lines: [
      'A00 1000.00 0 0.00 0.00 0.00 assessed',
      '311 280 LPA - 11760.00 0.00 11760.00 assessed',
      'B00 12760.00 18 2296.80 0.00 2296.80 assessed',
    ],
  },
  {
    name: 'the lesser of two sides (MAX)',
    measures: [mfn('8.3% + 30.00 VRC / DTN MAX 18.7%'), vat('18%')],
    item: { netMassKg: '1000' },
    lines: ['A00 10 DTN - 187.00 0.00 187.00 assessed', 'B00 1187.00 18 213.66 0.00 213.66 assessed'],
  },
  {
    name: 'a missing quantity is an officer’s, and what builds on it too',
    measures: [mfn('18.00 VRC / HLT'), vat('18%'), unit('LTR')],
    lines: ['A00 - - 0.00 0.00 0.00 manual', 'B00 - - 0.00 0.00 0.00 manual'],
  },
  {
    name: 'an expression that nobody can read is an officer’s',
    measures: [mfn('see annex 7'), vat('18%')],
    lines: ['A00 - - 0.00 0.00 0.00 manual', 'B00 - - 0.00 0.00 0.00 manual'],
  },
  {
    name: 'no duty in the tariff is not duty free',
    measures: [vat('18%')],
    lines: ['A00 - - 0.00 0.00 0.00 manual', 'B00 - - 0.00 0.00 0.00 manual'],
  },
  { name: 'no measure at all neither', measures: [], lines: ['A00 - - 0.00 0.00 0.00 manual'] },
  {
    name: 'a currency without a rate leaves the value open',
    measures: standard,
    item: { price: { amount: '10', currency: 'JPY' } },
    lines: ['A00 - - 0.00 0.00 0.00 manual', 'B00 - - 0.00 0.00 0.00 manual'],
  },
  {
    name: 'one of several excise codes must be named',
    measures: [mfn('free'), excise('311', '10%', { additionalCode: 'X311' }), excise('312', '20%', { additionalCode: 'X312' }), vat('18%')],
    lines: ['A00 1000.00 0 0.00 0.00 0.00 assessed', '311 - - 0.00 0.00 0.00 manual', 'B00 - - 0.00 0.00 0.00 manual'],
  },
  {
    name: 'and is taken when it is',
    measures: [mfn('free'), excise('311', '10%', { additionalCode: 'X311' }), excise('312', '20%', { additionalCode: 'X312' }), vat('18%')],
    item: { additionalCodes: ['X312'] },
    lines: ['A00 1000.00 0 0.00 0.00 0.00 assessed', '312 1000.00 20 200.00 0.00 200.00 assessed', 'B00 1200.00 18 216.00 0.00 216.00 assessed'],
  },
  {
    name: 'a company’s own rate of defence duty, and the residual one',
    measures: [mfn('free'), onTop('A30', '12%', { additionalCode: 'C123' }), onTop('A30', '48.5%', { additionalCode: 'C999' })],
    item: { additionalCodes: ['C123'] },
    lines: ['A00 1000.00 0 0.00 0.00 0.00 assessed', 'A30 1000.00 12 120.00 0.00 120.00 assessed'],
  },
  {
    name: 'customs warehousing suspends everything',
    measures: standard,
    item: { procedure: '7100' },
    lines: ['A00 1000.00 10 100.00 0.00 0.00 suspended', 'B00 1100.00 18 198.00 0.00 0.00 suspended'],
  },
  {
    name: 'an excise warehouse suspends excise and VAT, not duty',
    measures: [mfn('10%'), excise('331', '5%'), vat('18%')],
    item: { procedure: '0700' },
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', '331 1100.00 5 55.00 0.00 0.00 suspended', 'B00 1155.00 18 207.90 0.00 0.00 suspended'],
  },
  {
    name: 'relief is told beside the duty; VAT is still on it',
    measures: standard,
    item: { additionalProcedures: ['C07'] },
    lines: ['A00 1000.00 10 0.00 100.00 0.00 assessed', 'B00 1100.00 18 198.00 0.00 198.00 assessed'],
  },
  {
    name: 'onward supply frees from VAT',
    measures: standard,
    item: { procedure: '4200' },
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', 'B00 1100.00 18 0.00 198.00 0.00 assessed'],
  },
  {
    name: 'VAT into the periodic return by the importer’s fiscal reference',
    measures: standard,
    item: { fiscalRoles: ['FR1'] },
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', 'B00 1100.00 18 198.00 0.00 0.00 postponed'],
  },
  {
    name: 'figures of the declarant count with the statement, and then nothing else',
    measures: standard,
    item: {
      statements: ['OVR01'],
      taxes: [{ type: 'A00', base: { value: '200', unit: 'VRC' }, assessed: { amount: '5' }, payable: { amount: '5' } }],
    },
    lines: ['A00 200 VRC - 5.00 0.00 5.00 declared'],
  },
  {
    name: 'without it, what can be computed is computed',
    measures: standard,
    item: { taxes: [{ type: 'A00', payable: { amount: '1' } }] },
    lines: ['A00 1000.00 10 100.00 0.00 100.00 assessed', 'B00 1100.00 18 198.00 0.00 198.00 assessed'],
  },
  {
    name: 'and what cannot is taken over',
    measures: [mfn('see annex 7'), vat('18%')],
    item: { taxes: [{ type: 'A00', payable: { amount: '77.70' } }] },
    lines: ['A00 - - 77.70 0.00 77.70 declared', 'B00 1077.70 18 193.99 0.00 193.99 assessed'],
  },
  {
    name: 'a declared customs value wins over the price',
    measures: [mfn('10%')],
    item: { customsValue: { amount: '400' } },
    lines: ['A00 400.00 10 40.00 0.00 40.00 assessed'],
  },
  { name: 'goods without a commodity code owe nothing here', measures: [], item: { commodity: undefined }, lines: [] },
]

const sandbox: Row[] = [
  {
    name: 'truncates each line',
    measures: [mfn('2%'), excise('633', '325.53 GBP / KTC'), vat('20%')],
    item: { price: { amount: '2000', currency: 'GBP' }, taxes: [{ type: '633', base: { value: '1', unit: 'KTC' } }] },
    lines: ['A00 2000.00 2 40.00 0.00 40.00 assessed', '633 1 KTC - 325.53 0.00 325.53 assessed', 'B00 2365.53 20 473.10 0.00 473.10 assessed'],
  },
  {
    name: 'a duty of type A50 divides VAT',
    measures: [{ ...mfn('2.2%'), taxType: 'A50' }, onTop('A70', '0.164%'), vat('20%')],
    item: { price: { amount: '10000', currency: 'GBP' } },
    lines: [
      'A50 10000.00 2.2 220.00 0.00 220.00 assessed',
      'A70 10000.00 0.164 16.40 0.00 16.40 assessed',
      'B05 236.40 20 47.28 0.00 47.28 assessed',
      'B00 10000.00 20 2000.00 0.00 2000.00 assessed',
    ],
  },
  {
    name: 'but not when there is no duty',
    measures: [{ ...mfn('free'), taxType: 'A50' }, vat('20%')],
    item: { price: { amount: '2000', currency: 'GBP' } },
    lines: ['A50 2000.00 0 0.00 0.00 0.00 assessed', 'B00 2000.00 20 400.00 0.00 400.00 assessed'],
  },
  {
    name: 'inward processing under guarantee: each tax secured',
    measures: [mfn('4.7%'), vat('20%')],
    item: { price: { amount: '1500', currency: 'GBP' }, procedure: '5100', taxes: [{ type: 'A00', method: 'Z' }] },
    lines: [
      'A00 1500.00 4.7 70.50 0.00 0.00 suspended',
      'B00 1570.50 20 314.10 0.00 0.00 suspended',
      'IPR - - 70.50 0.00 0.00 secured',
      'IPR - - 314.10 0.00 0.00 secured',
    ],
  },
  {
    name: 'relief for goods under test, its amount secured',
    measures: [mfn('16%'), vat('0%')],
    item: { price: { amount: '1000', currency: 'GBP' }, additionalProcedures: ['C28'], taxes: [{ type: 'A00', method: 'S' }] },
    lines: ['A00 1000.00 16 0.00 160.00 0.00 assessed', 'B00 1160.00 0 0.00 0.00 0.00 assessed', 'MDC - - 160.00 0.00 0.00 secured'],
  },
  {
    name: 'value not yet known: nothing assessed, duty secured',
    measures: [mfn('12%'), vat('0%')],
    item: { price: { amount: '1000', currency: 'GBP' }, additionalProcedures: ['1FV'], taxes: [{ type: 'A00', method: 'R' }] },
    lines: ['A00 1000.00 12 0.00 0.00 0.00 assessed', 'B00 1120.00 0 0.00 0.00 0.00 assessed', 'ACS - - 120.00 0.00 0.00 secured'],
  },
  {
    name: 'VAT rate by the declarant’s code',
    measures: [mfn('free'), vat('20%'), vat('0%', { additionalCode: 'VATZ' }), vat('5%', { additionalCode: 'VATR' })],
    item: { price: { amount: '100', currency: 'GBP' }, additionalCodes: ['VATR'] },
    lines: ['A00 100.00 0 0.00 0.00 0.00 assessed', 'B00 100.00 5 5.00 0.00 5.00 assessed'],
  },
]

describe('lines of an item', () => {
  for (const row of national)
    test(`Verania: ${row.name}`, () => assert.deepEqual(assess(input([item(row.item)]), facts(row.measures)).lines.map(told), row.lines))
  for (const row of sandbox)
    test(`trader test: ${row.name}`, () => assert.deepEqual(assess(input([item(row.item)]), testFacts(row.measures)).lines.map(told), row.lines))
})

describe('totals and charges', () => {
  const suspendedAndPaid = [
    item({ itemNumber: 1, taxes: [{ type: 'A00', method: 'E' }] }),
    item({
      itemNumber: 2,
      taxes: [
        { type: 'A00', method: 'E' },
        { type: 'B00', method: 'P' },
      ],
    }),
    item({ itemNumber: 3, procedure: '5300', taxes: [{ type: 'A00', method: 'U' }] }),
  ]
  const assessment = assess(input(suspendedAndPaid), facts(standard))

  test('by type and method; security is no debt', () => {
    const { totals } = assessment
    assert.equal(formatMoney(totals.payable), '596.00')
    assert.equal(formatMoney(totals.secured), '298.00')
    assert.deepEqual(
      totals.byMethod.map((m) => `${m.method} ${formatMoney(m.payable)}`),
      ['E 398.00', 'P 198.00', 'U 0.00'],
    )
    assert.deepEqual(
      totals.byType.map((t) => `${t.type} ${formatMoney(t.payable)}`),
      ['A00 200.00', 'B00 396.00'],
    )
  })

  test('what the ledger is asked for: summed by method and tax, security apart, nothing of zero', () =>
    assert.deepEqual(
      chargesOf(assessment).map((c) => `${c.method} ${c.taxType} ${formatMoney(c.money)}${c.secure ? ' secured' : ''}`),
      ['E A00 200.00', 'E B00 198.00', 'P B00 198.00', 'U T24 298.00 secured'],
    ))
})

test('lines that are not rounded one by one carry their exact amounts into the next base', () => {
  const measures = [mfn('0.004%'), onTop('A30', '0.004%'), vat('18%')]
  const baseOfVat = (perLine: boolean): string =>
    told(assess(input([item({ price: { amount: '100' } })]), facts(measures, { rounding: { mode: 'half-up', perLine } })).lines[2]!)
  assert.equal(baseOfVat(true), 'B00 100.00 18 18.00 0.00 18.00 assessed')
  assert.equal(baseOfVat(false), 'B00 100.01 18 18.00 0.00 18.00 assessed')
})

test('a quantity without end is told with an end', () => {
  const [line] = assess(input([item({ supplementary: { value: '7', unit: 'NAR' } })]), facts([mfn('12 VRC / DZN')])).lines
  assert.deepEqual([line!.base, formatMoney(line!.assessed)], [{ quantity: { value: '0.58333333333333333333', unit: 'DZN' } }, '7.00'])
})

test('every relief keeps what it gives up, also where nothing is told beside the duty', () => {
  const forgone = (procedure: string, ...additionalProcedures: string[]) =>
    assess(input([item({ procedure, additionalProcedures })]), facts(standard)).lines.map(
      (l) => l.relief && `${l.relief.code} ${formatMoney(l.relief.forgone)}`,
    )
  assert.deepEqual(forgone('4000', 'C07'), ['C07 100.00', undefined])
  assert.deepEqual(forgone('6123', 'B02'), ['B02 100.00', undefined])
  assert.deepEqual(forgone('4200'), [undefined, '42 198.00'])
  assert.deepEqual(forgone('4000', '1FV'), [undefined, undefined])
})

describe('a tax that is rounded once over all items', () => {
  const priced = (prices: string[], mode: 'half-up' | 'truncate', perTax: boolean) =>
    assess(
      input(prices.map((amount, i) => item({ itemNumber: i + 1, price: { amount } }))),
      facts([], { rounding: { mode, perLine: false, perTax }, measures: Object.fromEntries(prices.map((_, i) => [String(i + 1), [mfn('1%')]])) }),
    )
  const amounts = (prices: string[], mode: 'half-up' | 'truncate', perTax = true) =>
    priced(prices, mode, perTax).lines.map((l) => formatMoney(l.payable))
  test('cents go to the lines that rounding took most from', () => {
    assert.deepEqual(amounts(['100.40', '100.40', '100.40'], 'half-up', false), ['1.00', '1.00', '1.00'])
    assert.deepEqual(amounts(['100.40', '100.45', '100.40'], 'half-up'), ['1.00', '1.01', '1.00'])
    assert.deepEqual(amounts(['100.90', '100.90', '100.90'], 'truncate'), ['1.01', '1.01', '1.00'])
    assert.deepEqual(amounts(['100.60', '100.50', '100.60'], 'half-up'), ['1.01', '1.00', '1.01'])
  })
  test('for any prices the tax is the rounded sum of what its lines exactly are', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('half-up' as const, 'truncate' as const),
        (cents, mode) => {
          const { totals } = priced(
            cents.map((c) => (c / 100).toFixed(2)),
            mode,
            true,
          )
          const sum = cents.reduce((total, c) => total + c, 0)
          assert.equal(totals.payable.minor, mode === 'truncate' ? Math.floor(sum / 100) : Math.floor((sum + 50) / 100))
        },
      ),
      { numRuns: 200 },
    ))
})
