import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editableDecimal, formatAmount, formatDate, formatDecimal, formatRelative, formatSpan, parseDecimal } from './format.ts'

test('amounts keep every digit and follow the currency', () => {
  assert.equal(formatAmount({ minor: 9_007_199_254_740_991, currency: 'EUR' }, 'en'), '90,071,992,547,409.91')
  assert.equal(formatAmount({ minor: 1234, currency: 'JPY' }, 'en'), '1,234')
  assert.equal(formatAmount({ minor: 1234, currency: 'KWD' }, 'en'), '1.234')
})

test('decimals keep their trailing zeros and long tails', () => {
  assert.equal(formatDecimal('1234.500', 'en'), '1,234.500')
  assert.equal(formatDecimal('0.12345678901234567890', 'en'), '0.12345678901234567890')
})

test('dates do not move with the zone; spans show two units', () => {
  assert.equal(formatDate('2026-03-01', 'en'), '1 Mar 2026')
  assert.equal(formatSpan(26 * 3_600_000, 'en'), '1d 2h')
  assert.equal(formatSpan(59_000, 'en'), '59s')
  assert.equal(formatSpan(90_000, 'en'), '1m')
  assert.equal(formatSpan(12, 'en'), '0s')
})

test('relative times use the largest whole unit, both ways', () => {
  const now = Date.parse('2026-11-25T12:00:00Z')
  assert.equal(formatRelative('2026-11-25T09:00:00Z', now, 'en'), '3 hr ago')
  assert.equal(formatRelative('2026-11-27T12:00:00Z', now, 'en'), 'in 2 days')
  assert.equal(formatRelative('2026-11-25T12:00:00Z', now, 'en'), 'now')
})

test('typed numbers of several habits become one numeral; anything else is refused', () => {
  const cases: [string, string | null][] = [
    ['1234.5', '1234.5'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,5', '1234.5'],
    ["1'234.5", '1234.5'],
    ['12,5', '12.5'],
    ['1,234', '1234'],
    ['0,125', '0.125'],
    ['1,234,567', '1234567'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
    ['٣٫٥', '3.5'],
    ['۱۲', '12'],
    ['-3', '-3'],
    ['1e5', null],
    ['12a', null],
    ['', null],
    ['1.2.3', null],
    ['--1', null],
  ]
  for (const [typed, expected] of cases) assert.equal(parseDecimal(typed, 'en'), expected, typed)
})

test('a lone sign is read as the language writes numbers, and what a field shows is read back unchanged', () => {
  assert.equal(parseDecimal('1,234', 'fr'), '1.234')
  assert.equal(parseDecimal('1.234', 'en'), '1.234')
  assert.equal(parseDecimal('1.234', 'es'), '1234')
  for (const language of ['en', 'fr', 'es', 'zh', 'ar']) {
    for (const numeral of ['1.234', '1234', '0.5', '1234567.125', '-2.000'])
      assert.equal(parseDecimal(editableDecimal(numeral, language), language), numeral, `${numeral} in ${language}`)
  }
})
