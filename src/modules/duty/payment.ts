/** What a provider's report makes of a payment. Reports may come twice, late and out of order; money that has arrived stays arrived. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import type { Money } from '#kernel/money.ts'
import type { Instant } from '#kernel/time.ts'
import type { Payment, ProviderEvent, Subject } from './schema.ts'

export type PaymentState = Payment & { administration: string; subject: Subject; personId: string; providerReference: string | null }

export type PaymentEvent =
  | { type: 'payment.pending'; at: Instant; providerReference: string }
  | { type: 'payment.paid'; at: Instant; providerReference: string }
  | { type: 'payment.failed'; at: Instant; reason: string }

const sameMoney = (a: Money, b: Money): boolean => a.minor === b.minor && a.currency === b.currency

/** Success is final; a failure may still be followed by success (the payer tried again), and by nothing else. */
export const decideReport = (payment: PaymentState, report: ProviderEvent, at: Instant): Decision<PaymentEvent> => {
  if (payment.status === 'paid') return decided([])
  if (!sameMoney(payment.money, report.money))
    return refused(
      error('duty.payment_amount_differs', '/money', {
        expected: payment.money.minor,
        reported: report.money.minor,
        currency: report.money.currency,
      }),
    )
  if (report.type === 'payment.succeeded') return decided([{ type: 'payment.paid', at, providerReference: report.providerReference }])
  if (payment.status === 'failed') return decided([])
  if (report.type === 'payment.failed') return decided([{ type: 'payment.failed', at, reason: report.reason ?? '' }])
  return decided(payment.status === 'created' ? [{ type: 'payment.pending', at, providerReference: report.providerReference }] : [])
}

export const evolvePayment = (p: PaymentState, e: PaymentEvent): PaymentState => {
  if (e.type === 'payment.pending') return { ...p, status: 'pending', providerReference: e.providerReference }
  if (e.type === 'payment.failed') return { ...p, status: 'failed', failure: e.reason }
  return { ...p, status: 'paid', paidAt: e.at, failure: null, providerReference: e.providerReference }
}
