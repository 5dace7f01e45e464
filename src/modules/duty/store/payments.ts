/** Payments, what providers report of them, and the receipts of money that came in. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { windowOf, type ListQuery } from '#platform/listing.ts'
import type { PaymentState } from '../payment.ts'
import type { Payment, ProviderEvent, Receipt, Subject } from '../schema.ts'
import { takeIn, type Holder, type Intake } from './accounts.ts'

type PaymentSql = {
  id: string
  administration: string
  subject_kind: string
  subject_id: string
  reference: string
  payer: string
  currency: string
  amount_minor: number
  method: Payment['method']
  status: Payment['status']
  provider_reference: string | null
  pay_at: string | null
  failure: string | null
  person_id: string
  created_at: string
  paid_at: string | null
  receipt: string | null
}

const selected = (db: Reader) => db`
  select p.id, p.administration, p.subject_kind, p.subject_id, p.reference, p.payer, p.currency, p.amount_minor, p.method, p.status, p.provider_reference, p.pay_at, p.failure, p.person_id,
    p.created_at, p.paid_at, r.number as receipt from duty.payment p left join duty.receipt r on r.payment_id = p.id`

const toState = (r: PaymentSql): PaymentState => ({
  id: r.id,
  administration: r.administration,
  subject: { kind: r.subject_kind, id: r.subject_id },
  reference: r.reference,
  payer: r.payer,
  money: { minor: r.amount_minor, currency: r.currency },
  method: r.method,
  status: r.status,
  createdAt: r.created_at,
  paidAt: r.paid_at,
  receipt: r.receipt,
  payAt: r.pay_at,
  failure: r.failure,
  personId: r.person_id,
  providerReference: r.provider_reference,
})

/** What people see of a payment. */
export const toView = (p: PaymentState): Payment => ({
  id: p.id,
  reference: p.reference,
  payer: p.payer,
  money: p.money,
  method: p.method,
  status: p.status,
  createdAt: p.createdAt,
  paidAt: p.paidAt,
  receipt: p.receipt,
  payAt: p.payAt,
  failure: p.failure,
})

export const readPayment = async (db: Reader, id: string): Promise<PaymentState | null> => {
  const [row] = await db<PaymentSql[]>`${selected(db)} where p.id = ${id}`
  return row ? toState(row) : null
}

export const lockPayment = async (tx: Tx, id: string): Promise<PaymentState | null> => {
  const [row] = await tx<{ id: string }[]>`select id from duty.payment where id = ${id} for update`
  return row ? readPayment(tx, id) : null
}

export const paymentsOf = async (db: Reader, subject: Subject): Promise<Payment[]> => {
  const rows = await db<PaymentSql[]>`${selected(db)} where p.subject_kind = ${subject.kind} and p.subject_id = ${subject.id} order by p.created_at`
  return rows.map((r) => toView(toState(r)))
}

/** A payment that is on its way for a subject. */
export const openPaymentOf = async (tx: Tx, subject: Subject): Promise<PaymentState | null> => {
  const [row] = await tx<PaymentSql[]>`
    ${selected(tx)} where p.subject_kind = ${subject.kind} and p.subject_id = ${subject.id} and p.status in ('created', 'pending') order by p.created_at desc limit 1`
  return row ? toState(row) : null
}

export const savePayment = async (tx: Tx, p: PaymentState): Promise<void> => {
  await tx`
    insert into duty.payment (id, administration, subject_kind, subject_id, reference, payer, currency, amount_minor, method, status, provider_reference, pay_at, failure, person_id, created_at, paid_at)
    values (${p.id}, ${p.administration}, ${p.subject.kind}, ${p.subject.id}, ${p.reference}, ${p.payer}, ${p.money.currency}, ${p.money.minor}, ${p.method}, ${p.status}, ${p.providerReference}, ${p.payAt},
      ${p.failure}, ${p.personId}, ${p.createdAt}, ${p.paidAt})
    on conflict (id) do update set status = excluded.status, provider_reference = excluded.provider_reference, pay_at = excluded.pay_at, failure = excluded.failure, paid_at = excluded.paid_at`
}

/** Keeps a report; false when it had come before. */
export const keepReport = async (tx: Tx, event: ProviderEvent, at: string): Promise<boolean> => {
  const rows = await tx`
    insert into duty.provider_event (id, payment_id, type, body, received_at) values (${event.id}, ${event.paymentId}, ${event.type}, ${JSON.stringify(event)}::text::jsonb, ${at})
    on conflict (id) do nothing returning id`
  return rows.length > 0
}

export type Provider = { url: string; secret: string }

export const findProvider = async (db: Reader, administration: string): Promise<Provider | null> => {
  const [row] = await db<Provider[]>`select url, secret from duty.provider where administration = ${administration}`
  return row ?? null
}

/** Where an administration's payments go, and the secret (32 characters or more) that signs what comes back. */
export const configureProvider = async (db: Reader, administration: string, { url, secret }: Provider): Promise<void> => {
  await db`
    insert into duty.provider (administration, url, secret) values (${administration}, ${url}, ${secret})
    on conflict (administration) do update set url = excluded.url, secret = excluded.secret`
}

const nextNumber = async (tx: Tx, series: string): Promise<string> => {
  const [row] = await tx<{ last: number }[]>`
    insert into duty.receipt_counter (series, last) values (${series}, 1) on conflict (series) do update set last = receipt_counter.last + 1 returning last`
  return `${series}-${String(row!.last).padStart(6, '0')}`
}

export type Desk = { office: string; cashierId: string; cashier: string }
export type Arrival = { payment: PaymentState; /** legal date in the administration's zone */ day: string; at: string; desk?: Desk }

/** Money for a debt has arrived: posts it, once for each payment, and gives it a receipt number. */
export const arrive = async (tx: Tx, { payment: p, day, at, desk }: Arrival): Promise<string> => {
  const from: Intake['from'] = desk ? { kind: 'cash_desk', code: `${desk.office}/${desk.cashierId}` } : { kind: 'provider', code: p.method }
  const posting = await takeIn(tx, {
    administration: p.administration,
    kind: 'receipt',
    from,
    subject: p.subject,
    reference: p.reference,
    money: p.money,
    key: `payment/${p.id}`,
    at,
  })
  const number = await nextNumber(tx, `${desk?.office ?? p.administration}-${day.slice(2, 4)}`)
  await tx`
    insert into duty.receipt (number, administration, subject_kind, subject_id, reference, payer, currency, amount_minor, method, office, cashier_id, cashier, payment_id, posting_id, day, at)
    values (${number}, ${p.administration}, ${p.subject.kind}, ${p.subject.id}, ${p.reference}, ${p.payer}, ${p.money.currency}, ${p.money.minor}, ${p.method}, ${desk?.office ?? null}, ${desk?.cashierId ?? null},
      ${desk?.cashier ?? null}, ${p.id}, ${posting}, ${day}, ${at})`
  return number
}

type ReceiptSql = {
  number: string
  reference: string
  payer: string
  currency: string
  amount_minor: number
  method: Payment['method']
  office: string | null
  cashier: string | null
  at: string
}

const toReceipt = (r: ReceiptSql): Receipt => ({
  number: r.number,
  reference: r.reference,
  payer: r.payer,
  money: { minor: r.amount_minor, currency: r.currency } satisfies Money,
  method: r.method,
  at: r.at,
  office: r.office,
  cashier: r.cashier,
})

export const listReceipts = async (
  db: Reader,
  holder: Holder,
  q: ListQuery & { reference?: string; number?: string; day?: string },
): Promise<{ rows: Receipt[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const visible = holder === 'all' ? db`true` : db`payer = any(${[...holder.registrations]}::text[])`
  const where = db`${visible} and (${q.reference ?? null}::text is null or reference = ${q.reference ?? null}) and (${q.number ?? null}::text is null or number = ${q.number ?? null})
    and (${q.day ?? null}::date is null or day = ${q.day ?? null}::date)`
  const rows = await db<
    ReceiptSql[]
  >`select number, reference, payer, currency, amount_minor, method, office, cashier, at from duty.receipt where ${where} order by at desc, number limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.receipt where ${where}`
  return { rows: rows.map(toReceipt), total: count!.n }
}
