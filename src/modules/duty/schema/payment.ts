/** How what is owed is paid: payments, receipts, statements, the cash desk. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, optional, orNone, text, instant, Id, MoneyShape } from './common.ts'
import { accountKinds, Shortfall } from './ledger.ts'

export const PaymentMethod = Type.Enum(['card', 'bank', 'cash'])
/** How money came in for a debt; the last four are not money of the debtor's that came in now, but cover the debt all the same. */
export const ReceiptMethod = Type.Enum(['card', 'bank', 'cash', 'transfer', 'offset', 'write_off', 'remission'])
export type ReceiptMethod = Static<typeof ReceiptMethod>
export const PaymentStatus = Type.Enum(['created', 'pending', 'paid', 'failed'])

export const Payment = Type.Object(
  {
    id: Id,
    reference: text(70),
    payer: text(35),
    money: MoneyShape,
    method: PaymentMethod,
    status: PaymentStatus,
    createdAt: instant,
    paidAt: orNone(instant),
    receipt: orNone(text(40)),
    /** where the payer goes on, at the provider */ payAt: orNone(text(500)),
    failure: orNone(text(200)),
  },
  { ...closed, title: 'Payment' },
)
export type Payment = Static<typeof Payment>

export const StartPayment = Type.Object(
  { reference: Type.String({ minLength: 1, maxLength: 70, description: 'MRN' }), method: Type.Enum(['card', 'bank']) },
  closed,
)
export const IdParams = Type.Object({ id: Id }, closed)
export const NumberParams = Type.Object({ number: Type.String({ minLength: 1, maxLength: 40 }) }, closed)
export const ReferenceParams = Type.Object({ reference: Type.String({ minLength: 1, maxLength: 70 }) }, closed)
export const CodeParams = Type.Object({ code: Type.String({ minLength: 1, maxLength: 70 }) }, closed)

/** What the provider reports (spec: ours; such as real providers send). Signed in the header `x-provider-signature`. */
export const ProviderEvent = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 64 }),
    type: Type.Enum(['payment.succeeded', 'payment.failed', 'payment.pending']),
    paymentId: Id,
    providerReference: text(64),
    money: MoneyShape,
    occurredAt: instant,
    reason: optional(text(200)),
  },
  closed,
)
export type ProviderEvent = Static<typeof ProviderEvent>

export const ReceiveCash = Type.Object(
  { reference: Type.String({ minLength: 1, maxLength: 70 }), money: MoneyShape, office: optional(text(17, 'when the cashier works at several')) },
  closed,
)
export const CloseDesk = Type.Object({ date: LegalDate, office: optional(text(17)), counted: MoneyShape }, closed)
export const Deposit = Type.Object({ money: MoneyShape }, closed)

export const AccountView = Type.Object(
  {
    code: text(70),
    kind: Type.Enum([...accountKinds]),
    administration: AdministrationCode,
    owner: text(35),
    balance: MoneyShape,
    limit: MoneyShape,
    used: MoneyShape,
    available: MoneyShape,
    status: Type.Enum(['open', 'blocked', 'closed']),
  },
  { ...closed, title: 'Account' },
)
export type AccountView = Static<typeof AccountView>

export const StatementRow = Type.Object(
  { posting: Type.String(), at: instant, kind: text(20), reference: text(70), money: MoneyShape, balance: MoneyShape, taxTypes: text(200) },
  closed,
)
export type StatementRow = Static<typeof StatementRow>

export const Receipt = Type.Object(
  {
    number: text(40),
    reference: text(70),
    payer: text(35),
    money: MoneyShape,
    method: ReceiptMethod,
    at: instant,
    office: orNone(text(17)),
    cashier: orNone(text(200)),
  },
  { ...closed, title: 'Receipt' },
)
export type Receipt = Static<typeof Receipt>

/** How a declaration's debt stands. */
export const DebtView = Type.Object(
  {
    reference: text(70),
    payer: text(35),
    currency: text(3),
    total: MoneyShape,
    outstanding: MoneyShape,
    /** money received by hand that nothing is due for any more */
    credit: MoneyShape,
    lines: Type.Array(Type.Object({ method: text(1), taxType: text(3), money: MoneyShape, settled: MoneyShape, account: orNone(text(70)) }, closed)),
    shortfalls: Type.Array(Shortfall),
    payments: Type.Array(Payment),
    postings: Type.Array(Type.Object({ id: Type.String(), kind: text(20), at: instant, money: MoneyShape }, closed)),
  },
  { ...closed, title: 'Debt' },
)
export type DebtView = Static<typeof DebtView>

export const DebtRow = Type.Object(
  { reference: text(70), payer: text(35), total: MoneyShape, outstanding: MoneyShape, since: instant, reason: text(60), account: orNone(text(70)) },
  closed,
)
export type DebtRow = Static<typeof DebtRow>

export const DeskDay = Type.Object(
  {
    date: LegalDate,
    office: text(17),
    cashierId: text(60),
    cashier: text(200),
    currency: text(3),
    receipts: Type.Integer(),
    sum: MoneyShape,
    closed: orNone(Type.Object({ at: instant, counted: MoneyShape, difference: MoneyShape }, closed)),
  },
  { ...closed, title: 'DeskDay' },
)
export type DeskDay = Static<typeof DeskDay>
