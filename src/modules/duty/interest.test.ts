import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, days30, daysBetween } from './calendar.ts'
import { interestOf, type InterestInput } from './interest.ts'
import { isDefaulted, scheduleOf, statesOf } from './plan.ts'
import type { InterestRate } from './schema.ts'

const vrc = (minor: number) => ({ minor, currency: 'VRC' })
const rates: InterestRate[] = [
  { kind: 'late', percent: '6', source: 'x', validFrom: '2020-01-01', validTo: '2026-07-01' },
  { kind: 'late', percent: '5.5', source: 'x', validFrom: '2026-07-01' },
  { kind: 'credit', percent: '3.65', source: 'x', validFrom: '2020-01-01' },
]
const input = (change: Partial<InterestInput> = {}): InterestInput => ({
  principal: vrc(1_000_000),
  from: '2026-06-21',
  through: '2026-07-10',
  kind: 'late',
  rates,
  dayCount: 'actual/365',
  rounding: 'half-up',
  ...change,
})
const minorOf = (change: Partial<InterestInput>): number => {
  const found = interestOf(input(change))
  assert.ok(found.ok, JSON.stringify(found))
  return found.value.money.minor
}

test('interest runs by day at the rate of each day, and is rounded once', () => {
  const found = interestOf(input())
  assert.ok(found.ok)
  // 10 days at 6 % and 10 at 5.5 % of 10,000.00: 16.438… + 15.068…
  assert.deepEqual(
    found.value.periods.map((p) => [p.from, p.through, p.days, p.percent]),
    [
      ['2026-06-21', '2026-06-30', 10, '6'],
      ['2026-07-01', '2026-07-10', 10, '5.5'],
    ],
  )
  assert.equal(found.value.money.minor, 3_151)
  assert.equal(minorOf({ rounding: 'truncate' }), 3_150)
})

test('the day count is what it says', () => {
  const february = { from: '2026-02-01', through: '2026-02-28' }
  assert.equal(minorOf({ ...february, dayCount: 'actual/360' }), 4_667)
  assert.equal(minorOf({ ...february, dayCount: 'actual/365' }), 4_603)
  assert.equal(minorOf({ ...february, dayCount: '30/360' }), 5_000)
  assert.equal(days30('2026-01-31', '2026-02-28'), 28)
  assert.equal(daysBetween('2024-02-28', '2024-03-01'), 2)
})

test('days without a rate are for people to settle, never zero', () => {
  const found = interestOf(input({ from: '2019-12-31' }))
  assert.deepEqual(found.ok ? [] : found.issues.map((i) => i.code), ['duty.interest_rate_missing'])
})

test('an empty range bears nothing; a range cut in two bears the same but for rounding', () => {
  assert.equal(minorOf({ from: '2026-07-11', through: '2026-07-10' }), 0)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 11 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (minor, a, b) => {
      const from = '2026-01-05'
      const middle = addDays(from, a)
      const end = addDays(middle, b)
      const principal = vrc(minor)
      const whole = minorOf({ principal, from, through: addDays(end, -1) })
      const parts = minorOf({ principal, from, through: addDays(middle, -1) }) + minorOf({ principal, from: middle, through: addDays(end, -1) })
      assert.ok(Math.abs(whole - parts) <= 1, `${whole} ${parts}`)
    }),
  )
})

test('a month later is the same day, or the last of a shorter month', () => {
  assert.deepEqual(
    [addMonths('2026-01-31', 1), addMonths('2024-01-31', 1), addMonths('2026-11-30', 3), addMonths('2026-03-15', -1), addMonths('2026-12-05', 13)],
    ['2026-02-28', '2024-02-29', '2027-02-28', '2026-02-15', '2028-01-05'],
  )
})

const schedule = (minor: number, parts: number) => {
  const found = scheduleOf({
    principal: vrc(minor),
    parts,
    firstDue: '2026-12-15',
    from: '2026-11-25',
    rates,
    dayCount: 'actual/365',
    rounding: 'half-up',
  })
  assert.ok(found.ok)
  return found.value
}

test('instalments add up to the debt, and bear interest on what is still owed', () => {
  const parts = schedule(100_000, 3)
  assert.deepEqual(
    parts.map((p) => [p.dueOn, p.principal.minor]),
    [
      ['2026-12-15', 33_333],
      ['2027-01-15', 33_333],
      ['2027-02-15', 33_334],
    ],
  )
  // 20 days on 1,000.00, then 31 on 666.67 and 31 on 333.34, at 3.65 %: 1 of 10,000 a day
  assert.deepEqual(
    parts.map((p) => p.interest.minor),
    [200, 207, 103],
  )
  fc.assert(
    fc.property(fc.integer({ min: 36, max: 10 ** 12 }), fc.integer({ min: 2, max: 36 }), (minor, count) => {
      const all = schedule(minor, count)
      assert.equal(
        all.reduce((sum, p) => sum + p.principal.minor, 0),
        minor,
      )
      assert.ok(all.every((p, at) => p.principal.minor > 0 && (at === 0 || p.dueOn > all[at - 1]!.dueOn)))
    }),
  )
})

test('what is paid fills the parts in order; one late beyond the grace makes the whole due', () => {
  const parts = schedule(100_000, 3)
  assert.deepEqual(statesOf(parts, 0, '2026-12-15'), ['due', 'coming', 'coming'])
  assert.deepEqual(statesOf(parts, 33_532, '2026-12-16'), ['overdue', 'coming', 'coming'])
  assert.deepEqual(statesOf(parts, 33_533, '2027-01-16'), ['paid', 'overdue', 'coming'])
  assert.deepEqual(statesOf(parts, 100_510, '2028-01-01'), ['paid', 'paid', 'paid'])
  assert.equal(isDefaulted(parts, 0, '2026-12-22', 7), false)
  assert.equal(isDefaulted(parts, 0, '2026-12-23', 7), true)
})
