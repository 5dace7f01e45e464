import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Check } from 'typebox/value'
import { Expression } from '../schema/expression.ts'
import { printExpression } from './print.ts'
import { readUsitc } from './usitc.ts'

const told = (text: string, quantity1?: string | null, quantity2?: string | null): string => {
  const r = readUsitc(text, quantity1 === undefined ? {} : { quantity1, quantity2: quantity2 ?? null })
  return [
    r.type,
    r.adValorem,
    r.specific ?? '-',
    r.other ?? '-',
    r.quantity1 ?? '-',
    r.quantity2 ?? '-',
    r.expression ? printExpression(r.expression) : 'refused',
  ].join(' | ')
}

const rows: [text: string, q1: string | null | undefined, q2: string | null | undefined, expected: string][] = [
  ['Free', 'KG', null, '0 | 0 | 0 | 0 | KG | - | 0 %'],
  ['12.5%', 'NO', null, '7 | 0.125 | 0 | 0 | NO | - | 12.5 %'],
  ['33 1/3%', 'NO', null, '7 | 0.3333333333333333333333 | 0 | 0 | NO | - | 33.33333333333333333333 %'],
  ['2.5 cents/kg', 'KG', null, '1 | 0 | 0.025 | 0 | KG | - | 0.025 USD / kg'],
  ['2.5¢/kg', 'L', 'KG', '2 | 0 | 0.025 | 0 | L | KG | 0.025 USD / kg'],
  ['$1.25/kg +3%', 'KG', 'NO', '4 | 0.03 | 1.25 | 0 | KG | NO | 1.25 USD / kg + 3 %'],
  ['20 cents/kg + 4%', 'DOZ', 'KG', '5 | 0.04 | 0.2 | 0 | DOZ | KG | 0.2 USD / kg + 4 %'],
  ['2 cents/liter + 10 cents/pf. liter', 'L', 'PFL', '3 | 0 | 0.02 | 0.1 | L | PFL | 0.02 USD / l + 0.1 USD / pf. liter'],
  ['10 cents/kg + 5% + 2 cents/article', 'NO', 'KG', '6 | 0.05 | 0.02 | 0.1 | NO | KG | 0.1 USD / kg + 0.02 USD / p/st + 5 %'],
  ['40 cents/pr. + 9%', 'PRS', null, '4 | 0.09 | 0.4 | 0 | PRS | - | 0.4 USD / pa + 9 %'],
  ['3 cents each + 4%', 'NO', null, '4 | 0.04 | 0.03 | 0 | NO | - | 0.03 USD / p/st + 4 %'],
  ['5 cents/kg on drained weight', 'KG', null, '1 | 0 | 0.05 | 0 | KG | - | 0.05 USD / kg'],
  ['9 cents/kg on zinc content', 'KG', 'CKG', '2 | 0 | 0.09 | 0 | KG | CKG | 0.09 USD / kg of content (zinc)'],
  ['9 cents/kg on zinc content', null, null, 'T | 0 | - | - | - | - | 0.09 USD / kg of content (zinc)'],
  ['2 cents/kg of total sugars', 'L', 'KTS', '2 | 0 | 0.02 | 0 | L | KTS | 0.02 USD / kg of total sugars (total sugars)'],
  ['2 cents/kg of total sugars', 'KG', null, 'X | 0 | - | - | KG | - | 0.02 USD / kg of total sugars (total sugars)'],
  ['2 cents/kg of total sugars + 4%', 'KG', null, '4 | 0.04 | 0.02 | 0 | KG | - | 0.02 USD / kg of total sugars (total sugars) + 4 %'],
  [
    '4 cents/kg less 0.02 cents/kg for each degree under 100 degrees (and fractions of a degree in proportion) but not less than 3 cents/kg',
    'KG',
    null,
    'K | 0 | - | - | KG | - | 0.04 USD / kg - 0.0002 USD / kg and degree under 100 MIN 0.03 USD / kg',
  ],
  ['The rate of the heading in which it would fall', 'KG', null, '9 | 0 | - | - | KG | - | refused'],
  ['5 cents/kg on something else', 'KG', null, '9 | 0 | - | - | KG | - | refused'],
  ['5% + 6%', 'KG', null, '9 | 0 | - | - | KG | - | refused'],
  ['2 cents/liter + 5%', undefined, undefined, '4 | 0.05 | 0.02 | 0 | L | - | 0.02 USD / l + 5 %'],
]

describe('rates of the United States', () => {
  for (const [text, q1, q2, expected] of rows) test(`${text} (${q1 ?? '-'}, ${q2 ?? '-'})`, () => assert.equal(told(text, q1, q2), expected))

  const piece = fc.oneof(
    fc.constantFrom('+', 'cents', '/', 'kg', '%', ' ', '$', 'on lead content', 'each', 'less', 'Free', 'for each degree under 100'),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map(String),
  )
  test('nothing throws, and what nobody can read has no number', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 600, unit: 'binary' }),
          fc.array(piece, { maxLength: 12 }).map((p) => p.join('')),
        ),
        (text) => {
          const r = readUsitc(text, { quantity1: 'KG' })
          if (r.expression) assert.ok(Check(Expression, r.expression), JSON.stringify(r))
          else assert.deepEqual([r.type, r.adValorem, r.specific, r.other], ['9', '0', null, null])
        },
      ),
      { numRuns: 3000 },
    ))
})
