import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { allocateAll, allocateDay, type Waiting } from './allocate.ts'
import { priorityOf, servedThrough } from './calendar.ts'
import { quantityIn } from './quantity.ts'
import { allocate, change, evolve, giveBack, isCritical, statusOf } from './quota.ts'
import type { QuotaState } from './schema.ts'

const claim = (id: string, quantity: string, priority = '2026-03-02', acceptedAt = `${priority}T08:00:00.000Z`): Waiting => ({
  id,
  quantity,
  priority,
  acceptedAt,
})
const quota = (change: Partial<QuotaState> = {}): QuotaState => ({
  id: 'q',
  administration: 'XV',
  orderNumber: '090110',
  validFrom: '2026-01-01',
  validTo: '2027-01-01',
  volume: '100',
  transferred: '0',
  unit: 'TNE',
  precision: 0,
  criticalPercent: '90',
  criticalFromStart: false,
  balance: '100',
  hold: 'none',
  version: 1,
  ...change,
})

test('a day that asks for no more than is left gets what it asks for', () => {
  const served = allocateDay('2026-03-02', decimal('10'), 3, [claim('a', '4.0005'), claim('b', '5.9995')])
  assert.deepEqual(served.shares, [
    { id: 'a', allocated: '4.0005' },
    { id: 'b', allocated: '5.9995' },
  ])
  assert.equal(served.balance, '0')
})

test('a day that asks for more gets shares in proportion, the remainder in single units to the largest remainders', () => {
  // 10 over 7 : 7 : 7 = 3.33 each; one unit is left over and goes to the earliest acceptance
  const served = allocateDay('2026-03-02', decimal('10'), 0, [
    claim('a', '7', '2026-03-02', '2026-03-02T10:00:00.000Z'),
    claim('b', '7', '2026-03-02', '2026-03-02T09:00:00.000Z'),
    claim('c', '7', '2026-03-02', '2026-03-02T11:00:00.000Z'),
  ])
  assert.deepEqual(
    served.shares.map((s) => s.allocated),
    ['3', '4', '3'],
  )
  assert.equal(served.balance, '0')
})

test('the earlier day is served first, and the day after gets the rest', () => {
  const days = allocateAll('10', 0, [claim('late', '6', '2026-03-03'), claim('early', '8', '2026-03-02')])
  assert.deepEqual(
    days.map((d) => [d.day, d.shares[0]!.allocated, d.balance]),
    [
      ['2026-03-02', '8', '2'],
      ['2026-03-03', '2', '0'],
    ],
  )
})

const sets = fc.record({
  balance: fc.integer({ min: 0, max: 100_000 }),
  precision: fc.integer({ min: 0, max: 3 }),
  claims: fc.array(
    fc.record({ quantity: fc.integer({ min: 1, max: 20_000 }), day: fc.integer({ min: 1, max: 4 }), minute: fc.integer({ min: 0, max: 59 }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  ),
})
const toClaims = (claims: readonly { quantity: number; day: number; minute: number }[]): Waiting[] =>
  claims.map((c, i) =>
    claim(
      `c${String(i).padStart(3, '0')}`,
      new Decimal(c.quantity).div(1000).toFixed(),
      `2026-03-0${c.day}`,
      `2026-03-0${c.day}T08:${String(c.minute).padStart(2, '0')}:00.000Z`,
    ),
  )

test('whatever is claimed: nothing is made or lost, nobody gets more than asked, order of arrival in the list does not matter', () => {
  fc.assert(
    fc.property(sets, fc.integer(), ({ balance, precision, claims }, seed) => {
      const waiting = toClaims(claims)
      const whole = new Decimal(balance).div(1000).toFixed()
      const days = allocateAll(whole, precision, waiting)
      const shares = new Map(days.flatMap((d) => d.shares.map((s) => [s.id, decimal(s.allocated)])))
      const got = [...shares.values()].reduce((a, b) => a.plus(b), new Decimal(0))
      assert.ok(got.plus(decimal(days.at(-1)!.balance)).eq(whole))
      for (const c of waiting) assert.ok(shares.get(c.id)!.gte(0) && shares.get(c.id)!.lte(decimal(c.quantity)))
      const mixed = waiting.toSorted((a, b) => ((a.id.charCodeAt(3) * (seed | 1)) % 7) - ((b.id.charCodeAt(3) * (seed | 1)) % 7))
      assert.deepEqual(
        allocateAll(whole, precision, mixed)
          .flatMap((d) => d.shares)
          .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        days.flatMap((d) => d.shares).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      )
      for (const d of days.filter((x) => decimal(x.claimed).gt(decimal(x.allocated))))
        assert.ok(
          decimal(d.balance).lt(new Decimal(10).pow(-precision)) ||
            d.shares.every((s) =>
              decimal(waiting.find((c) => c.id === s.id)!.quantity)
                .minus(decimal(s.allocated))
                .lt(new Decimal(10).pow(-precision)),
            ),
        )
    }),
    { numRuns: 300 },
  )
})

test('the thresholds are told when they are crossed, and once', () => {
  const { events } = allocate(quota(), [claim('a', '91', '2026-03-02'), claim('b', '20', '2026-03-03')])
  assert.deepEqual(
    events.map((e) => [e.type, e.quantity]),
    [
      ['allocated', '-91'],
      ['critical', '0'],
      ['allocated', '-9'],
      ['exhausted', '0'],
    ],
  )
  const empty = events.reduce(evolve, quota())
  assert.equal(statusOf(empty, '2026-03-04'), 'exhausted')
  assert.deepEqual(
    giveBack(empty, '5', 'MRN').map((e) => e.type),
    ['returned', 'reopened'],
  )
})

test('outside its period, suspended, blocked, exhausted, critical, open: the stronger effect is the status', () => {
  const at = '2026-03-02'
  assert.equal(statusOf(quota({ validFrom: '2026-04-01' }), at), 'not-open')
  assert.equal(statusOf(quota({ validTo: at }), at), 'closed')
  assert.equal(statusOf(quota({ hold: 'suspended', balance: '0' }), at), 'suspended')
  assert.equal(statusOf(quota({ hold: 'blocked', balance: '0' }), at), 'blocked')
  assert.equal(statusOf(quota({ balance: '0.5' }), at), 'exhausted')
  assert.equal(statusOf(quota({ balance: '10' }), at), 'critical')
  assert.equal(statusOf(quota({ balance: '10.5' }), at), 'open')
  assert.ok(isCritical(quota({ criticalFromStart: true })))
})

test('a quota on hold serves nobody; what may be changed follows from the hold', () => {
  assert.deepEqual(allocate(quota({ hold: 'blocked' }), [claim('a', '1')]).days, [])
  const blocked = change(quota(), null, { action: 'block', reason: 'appeal' })
  assert.ok(blocked.ok && 'from' in blocked && blocked.from[0]!.type === 'blocked')
  const again = change(quota({ hold: 'blocked' }), null, { action: 'block', reason: 'appeal' })
  assert.ok(!again.ok && again.issues[0]!.code === 'trade.quota_not_possible_now')
})

test('a transfer moves what is there, between quotas of one unit, and no more', () => {
  const to = quota({ id: 'p', orderNumber: '090120', balance: '0', volume: '50' })
  const moved = change(quota(), to, { action: 'transfer', quantity: '40', reason: 'decision 7' })
  assert.ok(moved.ok && 'from' in moved)
  const from = moved.from.reduce(evolve, quota())
  const after = moved.to.reduce(evolve, to)
  assert.deepEqual([from.balance, from.transferred, after.balance, after.transferred], ['60', '-40', '40', '40'])
  assert.deepEqual(
    moved.to.map((e) => e.type),
    ['received', 'reopened'],
  )
  for (const [quantity, target, code] of [
    ['101', to, 'trade.quota_balance_short'],
    ['1', { ...to, unit: 'HLT' }, 'trade.quota_units_differ'],
    ['0', to, 'trade.quota_quantity_missing'],
    ['1', null, 'trade.quota_target_missing'],
  ] as const) {
    const refusedChange = change(quota(), target, { action: 'transfer', quantity, reason: 'x' })
    assert.ok(!refusedChange.ok && refusedChange.issues[0]!.code === code, code)
  }
})

test('claims are served on working days, over the days before; New Year counts as the third', () => {
  assert.equal(servedThrough('2026-03-03', new Set()), '2026-03-02')
  assert.equal(servedThrough('2026-03-07', new Set()), null)
  assert.equal(servedThrough('2026-03-03', new Set(['2026-03-03'])), null)
  assert.deepEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'].map(priorityOf), ['2026-01-03', '2026-01-03', '2026-01-03', '2026-01-04'])
})

test('an item tells a quantity in the unit of the quota, or none', () => {
  assert.equal(quantityIn('TNE', { netMassKg: '1500' })?.toFixed(), '1.5')
  assert.equal(quantityIn('HLT', { netMassKg: '1500', supplementary: { value: '250', unit: 'LTR' } })?.toFixed(), '2.5')
  assert.equal(quantityIn('HLT', { netMassKg: '1500', supplementary: { value: '250', unit: 'NAR' } }), null)
  assert.equal(quantityIn('NAR', { netMassKg: '1500' }), null)
})
