import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Decimal } from '#kernel/decimal.ts'
import { apportion } from './apportion.ts'

const decimals = (values: readonly (number | string)[]): Decimal[] => values.map((v) => new Decimal(v))

test('the parts sum to the whole, are no further than one unit from the exact share, and never change sides', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), weights, (total, values) => {
      const parts = apportion(total, decimals(values))
      assert.equal(
        parts.reduce((s, p) => s + p, 0),
        total,
      )
      const whole = values.reduce((s, v) => s + v, 0)
      parts.forEach((part, i) => {
        const exact = whole === 0 ? new Decimal(total).div(values.length) : new Decimal(total).times(values[i]!).div(whole)
        assert.ok(exact.minus(part).abs().lt(1), `${part} for ${exact.toFixed(4)}`)
        assert.ok(part === 0 || Math.sign(part) === Math.sign(total))
      })
    }),
  )
})

test('what is left over goes to the largest remainders, the earlier place first', () => {
  assert.deepEqual(apportion(100, decimals([1, 1, 1])), [34, 33, 33])
  assert.deepEqual(apportion(100, decimals([3, 1, 2])), [50, 17, 33])
  assert.deepEqual(apportion(-100, decimals([1, 1, 1])), [-34, -33, -33])
})

test('without any weight the parts are equal; nobody gets nothing to divide', () => {
  assert.deepEqual(apportion(5, decimals([0, 0])), [3, 2])
  assert.deepEqual(apportion(5, []), [])
})
