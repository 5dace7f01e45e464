import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { computeDuty } from './index.ts'

/** Numbers as people and programs write them, and what is none. */
const value = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom('12', '1,234.50', '5 %', '', 'much', '1e400', '-3', null, true, 0.1 + 0.2, 1e-30),
  fc.string({ maxLength: 8 }),
)
const component = fc.record(
  {
    id: fc.constantFrom('01', '04', '12', '15', '17', '37', '99', 'toString'),
    amount: value,
    currency: fc.constantFrom('GBP', 'EUR', 'X', ''),
    unit: fc.constantFrom('DTN', 'ASVX', 'RET', 'SPQ', 'DZN', 'ZZZ'),
    qualifier: fc.constantFrom('E', 'Z', '?'),
  },
  { requiredKeys: [] },
)
const inputs = fc.record(
  {
    customs_value: fc.oneof(value, fc.record({ monetary_value: value, shipping: value }, { requiredKeys: [] })),
    components: fc.oneof(fc.array(component, { maxLength: 4 }), value),
    expression: fc.oneof(fc.constantFrom('5 % MIN 3 EUR / 100 kg', '= 2 % * value', 'see annex', '1 EUR / DZN'), value),
    quantities: fc.dictionary(fc.constantFrom('KGM', 'LTR', 'ASV', 'NAR', 'RET', 'SPR', '__proto__', '?'), value, { maxKeys: 5 }),
    fx: fc.dictionary(fc.constantFrom('EUR_GBP', 'EUR', 'x'), value, { maxKeys: 2 }),
    duty_rate: value,
    import_duty: fc.oneof(value, component),
    additional_duties: fc.array(fc.oneof(value, component), { maxLength: 3 }),
    excise: value,
    vat_rate: value,
    vat: value,
    meursing: fc.oneof(value, fc.constant({ EA: '3 EUR / 100 kg' })),
    import_date: value,
    currency: value,
    value_usd: value,
    q1_kg: value,
    rate: fc.oneof(value, fc.constantFrom('2 cents/kg + 1%', 'Free')),
    origin: value,
    hs: value,
    date: value,
    uk_duty: value,
    xi_duty: value,
    unrounded: value,
  },
  { requiredKeys: [] },
)

test('whatever the inputs are, nothing throws; every figure is a number, or the inputs are refused with a reason', () =>
  fc.assert(
    fc.property(inputs, (fields) => {
      const outcome = computeDuty(fields, {}, undefined, new Map())
      if (!outcome.ok) return assert.ok(outcome.issues.length > 0)
      for (const [key, one] of Object.entries(outcome.value)) if (typeof one === 'number') assert.ok(Number.isFinite(one), `${key}: ${one}`)
    }),
    { numRuns: 3000 },
  ))
