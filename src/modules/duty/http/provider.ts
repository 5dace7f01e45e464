/**
 * The payment provider at the edge: we ask it for a payment (idempotent by our payment's id), it reports what became of it. Reports are
 * signed: HMAC-SHA256 over the report's canonical JSON, hex, in the header `x-provider-signature` as `v1=…`.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { formatMoney } from '#kernel/money.ts'
import { inTransaction, type Sql } from '#platform/database.ts'
import { evolvePayment, type PaymentState } from '../payment.ts'
import { findProvider, lockPayment, readPayment, savePayment, type Provider } from '../store/payments.ts'

const answerWithinMs = 5_000
const Created = Type.Object({
  providerReference: Type.String({ minLength: 1, maxLength: 64 }),
  payAt: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 500 })),
})

export const signatureOf = (secret: string, body: unknown): string => `v1=${createHmac('sha256', secret).update(canonicalJson(body)).digest('hex')}`

/** Takes the same time whatever is wrong with the signature. */
export const isSigned = (secret: string, body: unknown, given: unknown): boolean => {
  const expected = Buffer.from(signatureOf(secret, body))
  const actual = Buffer.from(typeof given === 'string' ? given : '')
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

const ask = async (provider: Provider, p: PaymentState): Promise<Static<typeof Created>> => {
  const answer = await fetch(`${provider.url}/payments`, {
    method: 'POST',
    signal: AbortSignal.timeout(answerWithinMs),
    headers: { 'content-type': 'application/json', 'idempotency-key': p.id, authorization: `Bearer ${provider.secret}` },
    body: JSON.stringify({ paymentId: p.id, money: p.money, amount: formatMoney(p.money), method: p.method, reference: p.reference }),
  })
  const body: unknown = answer.ok ? await answer.json() : undefined
  if (!Check(Created, body)) throw new Error(`the payment provider answered ${answer.status} to payment ${p.id}`)
  return body as Static<typeof Created>
}

/**
 * Hands a payment to the provider, when that has not happened yet. Throws when there is no provider or it does not answer: a job tries
 * again. A report may overtake the answer; then only the address for the payer is still written.
 */
export const sendPayment = async (sql: Sql, id: string): Promise<void> => {
  const payment = await readPayment(sql, id)
  if (!payment || payment.status !== 'created') return
  const provider = await findProvider(sql, payment.administration)
  if (!provider) throw new Error(`no payment provider is configured for ${payment.administration}`)
  const created = await ask(provider, payment)
  await inTransaction(sql, async (tx) => {
    const now = await lockPayment(tx, id)
    if (!now) return
    const sent =
      now.status === 'created'
        ? evolvePayment(now, { type: 'payment.pending', at: now.createdAt, providerReference: created.providerReference })
        : now
    await savePayment(tx, { ...sent, payAt: created.payAt ?? null })
  })
}
