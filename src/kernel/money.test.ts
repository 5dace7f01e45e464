import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimal } from './decimal.ts'
import { add, formatMoney, minorDigits, subtract, sum, toMajor, toMoney } from './money.ts'

test('money as text', () => {
  const cases: [number, string, string][] = [
    [0, 'EUR', '0.00'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [123450, 'EUR', '1234.50'],
    [7, 'JPY', '7'],
    [-7, 'JPY', '-7'],
    [1, 'KWD', '0.001'],
    [12345, 'CLF', '1.2345'],
  ]
  for (const [minor, currency, text] of cases) assert.equal(formatMoney({ minor, currency }), text)
})

test('rounding: half up goes away from zero, truncation towards it', () => {
  const cases: [string, number, number][] = [
    ['473.106', 47311, 47310],
    ['0.005', 1, 0],
    ['-0.005', -1, 0],
    ['2179.535', 217954, 217953],
    ['0.0049', 0, 0],
  ]
  for (const [text, halfUp, truncated] of cases) {
    assert.equal(toMoney(decimal(text), 'EUR', 'half-up').minor, halfUp, text)
    assert.equal(toMoney(decimal(text), 'EUR', 'truncate').minor, truncated, text)
  }
})

test('text and exact value agree; sums and differences undo each other', () => {
  const amount = fc.integer({ min: -1e12, max: 1e12 })
  fc.assert(
    fc.property(amount, amount, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (a, b, currency) => {
      const [x, y] = [
        { minor: a, currency },
        { minor: b, currency },
      ]
      assert.equal(formatMoney(x), toMajor(x).toFixed(minorDigits(currency)))
      assert.deepEqual(subtract(add(x, y), y), x)
      assert.deepEqual(sum([x, y], currency), add(x, y))
    }),
  )
})

test('currencies do not mix, and what exceeds the range is a fault', () => {
  assert.throws(() => add({ minor: 1, currency: 'EUR' }, { minor: 1, currency: 'USD' }), RangeError)
  assert.throws(() => add({ minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, { minor: 1, currency: 'EUR' }), RangeError)
})
