import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decideReport, evolvePayment, type PaymentState } from './payment.ts'
import type { ProviderEvent } from './schema.ts'

const at = '2026-11-25T12:00:00.000Z'
const id = '018f0000-0000-7000-8000-000000000001'
const money = { minor: 12_345, currency: 'VRC' }

const created: PaymentState = {
  id,
  administration: 'XV',
  subject: { kind: 'declaration', id: 'd1' },
  reference: '26XV0000000000001',
  payer: 'XV1',
  money,
  method: 'card',
  status: 'created',
  createdAt: at,
  paidAt: null,
  receipt: null,
  payAt: null,
  failure: null,
  personId: 'p1',
  providerReference: null,
}

const report = (type: ProviderEvent['type'], change: Partial<ProviderEvent> = {}): ProviderEvent => ({
  id: 'e1',
  type,
  paymentId: id,
  providerReference: 'PP-1',
  money,
  occurredAt: at,
  ...change,
})

const after = (payment: PaymentState, ...reports: ProviderEvent[]): { state: PaymentState; paidTimes: number } => {
  let state = payment
  let paidTimes = 0
  for (const r of reports) {
    const decision = decideReport(state, r, at)
    if (!decision.ok) continue
    paidTimes += decision.events.filter((e) => e.type === 'payment.paid').length
    state = decision.events.reduce(evolvePayment, state)
  }
  return { state, paidTimes }
}

test('succeeds, with the time and the provider’s reference', () => {
  const { state } = after(created, report('payment.succeeded'))
  assert.deepEqual([state.status, state.paidAt, state.providerReference], ['paid', at, 'PP-1'])
})

test('fails with a reason, and may still succeed later', () => {
  assert.deepEqual(
    [
      after(created, report('payment.failed', { reason: 'declined' })).state.status,
      after(created, report('payment.failed', { reason: 'declined' })).state.failure,
    ],
    ['failed', 'declined'],
  )
  assert.equal(after(created, report('payment.failed'), report('payment.succeeded')).state.status, 'paid')
})

test('a late “pending” or “failed” does not undo success', () => {
  assert.equal(after(created, report('payment.succeeded'), report('payment.pending'), report('payment.failed')).state.status, 'paid')
  assert.equal(after(created, report('payment.failed'), report('payment.pending')).state.status, 'failed')
})

test('another amount or currency is refused and changes nothing', () => {
  for (const other of [
    { minor: 12_344, currency: 'VRC' },
    { minor: 12_345, currency: 'EUR' },
  ]) {
    const decision = decideReport(created, report('payment.succeeded', { money: other }), at)
    assert.ok(!decision.ok && decision.issues[0]!.code === 'duty.payment_amount_differs')
  }
})

test('in whatever order and however often reports come: paid at most once, and exactly then when one says so', () => {
  const types = fc.array(fc.constantFrom('payment.succeeded', 'payment.failed', 'payment.pending'), { maxLength: 12 })
  fc.assert(
    fc.property(types, (list) => {
      const { state, paidTimes } = after(created, ...list.map((type) => report(type as ProviderEvent['type'])))
      assert.equal(paidTimes, list.includes('payment.succeeded') ? 1 : 0)
      assert.equal(state.status === 'paid', paidTimes === 1)
    }),
  )
})
