import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountOf, balanceOf, changeOf } from './counting.ts'

test('a typed amount is exact in the currency, or none at all', () => {
  assert.deepEqual(amountOf('1234.5', 'VRC'), { minor: 123450, currency: 'VRC' })
  assert.deepEqual(amountOf('0.29', 'VRC'), { minor: 29, currency: 'VRC' })
  assert.deepEqual(amountOf('1200', 'JPY'), { minor: 1200, currency: 'JPY' })
  for (const bad of [undefined, '', '-1', '1.234', '1,5', 'ten', '12345678901234']) assert.equal(amountOf(bad, 'VRC'), null, String(bad))
  assert.equal(amountOf('1.5', 'JPY'), null)
})

test('change is what was given beyond the amount, and nothing while too little was given', () => {
  const amount = { minor: 1850, currency: 'VRC' }
  assert.deepEqual(changeOf({ minor: 2000, currency: 'VRC' }, amount), { minor: 150, currency: 'VRC' })
  assert.deepEqual(changeOf(amount, amount), { minor: 0, currency: 'VRC' })
  assert.equal(changeOf({ minor: 1849, currency: 'VRC' }, amount), null)
  assert.equal(changeOf(null, amount), null)
})

test('a drawer agrees, or says which way it does not', () => {
  assert.deepEqual(
    [0, 5, -5].map((minor) => balanceOf({ minor, currency: 'VRC' })),
    ['balanced', 'over', 'short'],
  )
})
