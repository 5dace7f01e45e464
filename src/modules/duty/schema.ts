/**
 * Duty: what is owed on a declaration (assessment), who bears it (charge, settlement, accounts) and how it is paid (payments, receipts).
 * Declared amounts are decimal numerals; everything computed is `Money` in minor units of the administration's currency.
 */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { uuidPattern } from '#kernel/ids.ts'
import { AdministrationCode, DutySettings, LegalDate, RoundingSettings } from '#schema/reference'
import { MeasureFact } from '#schema/trade'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const orNone = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const text = (max = 200, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
const numeral = Type.String({ pattern: decimalPattern, maxLength: 50 })
const instant = Type.String({ description: 'instant, ISO 8601 UTC' })
const Id = Type.String({ pattern: uuidPattern })
const params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))

export const MoneyShape = Type.Object({ minor: Type.Integer(), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, { ...closed, title: 'Money' })
const Amount = Type.Object({ amount: numeral, currency: optional(text(3)) }, closed)
const Quantity = Type.Object({ value: numeral, unit: optional(text(12)) }, closed)

// ── assessment ─────────────────────────────────────────────────────────────────────────────────────────────────────────
const Adjustment = Type.Object({ code: optional(text(3)), amount: optional(Amount) }, closed)
const DeclaredTax = Type.Object(
  {
    type: optional(text(3)), preference: optional(text(3)), quotaOrder: optional(text(6)), base: optional(Quantity), baseAmount: optional(Amount), rate: optional(numeral),
    deduct: optional(Amount), assessed: optional(Amount), payable: optional(Amount), method: optional(text(1)),
  },
  closed,
)

/** What the calculation needs of one goods item. */
export const AssessmentItem = Type.Object(
  {
    itemNumber: Type.Integer(),
    /** tariff code as far as declared: up to ten digits */
    commodity: optional(text(10)),
    /** DE 6/16 and 6/17 */
    additionalCodes: Type.Array(text(4)),
    origin: optional(text(4)),
    preferentialOrigin: optional(text(4)),
    /** DE 1/10, four digits */
    procedure: optional(text(4)),
    /** DE 1/11 */
    additionalProcedures: Type.Array(text(3)),
    price: optional(Amount),
    /** declared customs value: wins over the price */
    customsValue: optional(Amount),
    /** DE 4/18 and 4/19, of low-value consignments: stand in for a price */
    intrinsicValue: optional(Amount),
    transportCost: optional(Amount),
    adjustments: Type.Array(Adjustment),
    netMassKg: optional(numeral),
    grossMassKg: optional(numeral),
    supplementary: optional(Quantity),
    taxes: Type.Array(DeclaredTax),
    fiscalRoles: Type.Array(text(3)),
    /** codes of DE 2/2 */
    statements: Type.Array(text(17)),
  },
  closed,
)
export type AssessmentItem = Static<typeof AssessmentItem>

export const AssessmentInput = Type.Object(
  {
    /** currency of prices that name none (DE 4/10) */
    invoiceCurrency: optional(text(3)),
    /** DE 4/9 of the header: spread over the items by value */
    adjustments: Type.Array(Adjustment),
    /** DE 4/19 of the header: spread over the items by value */
    transportCost: optional(Amount),
    fiscalRoles: Type.Array(text(3)),
    statements: Type.Array(text(17)),
    items: Type.Array(AssessmentItem),
  },
  { ...closed, title: 'AssessmentInput' },
)
export type AssessmentInput = Static<typeof AssessmentInput>

/** Everything outside the declaration; the journal keeps it, so that the duty can be computed again. */
export const AssessmentFacts = Type.Object(
  {
    administration: AdministrationCode,
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    rounding: RoundingSettings,
    duty: DutySettings,
    /** the date whose law applies: acceptance, or the tax point of a supplementary declaration */
    date: LegalDate,
    /** own currency for one unit of each foreign currency that the declaration uses */
    rates: Type.Record(Type.String(), Type.String()),
    /** item number → measures of the tariff that fit commodity, origin and date */
    measures: Type.Record(Type.String(), Type.Array(MeasureFact)),
  },
  { ...closed, title: 'AssessmentFacts' },
)
export type AssessmentFacts = Static<typeof AssessmentFacts>

/** One step of the calculation as a sentence: i18n key and its figures. */
export const TraceStep = Type.Object({ step: Type.Enum(['value', 'measure', 'quantity', 'rate', 'relief', 'rounding', 'override', 'payment']), key: text(60), params: optional(params) }, closed)
export type TraceStep = Static<typeof TraceStep>

/**
 * `assessed` what the rate gives, less relief · `declared` the declarant's own figure taken over · `manual` nobody could compute it, an
 * officer must · `suspended` owed only if the procedure is not discharged · `postponed` accounted for in the VAT return · `secured` an
 * amount held by guarantee, not a debt.
 */
export const TaxStatus = Type.Enum(['assessed', 'declared', 'manual', 'suspended', 'postponed', 'secured'])
export type TaxStatus = Static<typeof TaxStatus>

export const TaxLine = Type.Object(
  {
    itemNumber: Type.Integer(),
    type: text(3),
    base: Type.Union([Type.Object({ amount: MoneyShape }, closed), Type.Object({ quantity: Quantity }, closed), Type.Object({ none: Type.Literal(true) }, closed)]),
    rate: orNone(Type.String({ description: 'percent numeral; null when the duty is not a mere percentage' })),
    rateText: text(200),
    /** rounded product of base and rate, less `deduct` */
    assessed: MoneyShape,
    /** duty forgone by relief */
    deduct: MoneyShape,
    payable: MoneyShape,
    method: text(1, 'DE 4/8'),
    preference: optional(text(3)),
    quotaOrder: optional(text(6)),
    status: TaxStatus,
    measureIds: Type.Array(text(40)),
    trace: Type.Array(TraceStep),
  },
  { ...closed, title: 'TaxLine' },
)
export type TaxLine = Static<typeof TaxLine>

export const Assessment = Type.Object(
  {
    administration: AdministrationCode,
    date: LegalDate,
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    items: Type.Array(Type.Object({ itemNumber: Type.Integer(), customsValue: MoneyShape, trace: Type.Array(TraceStep) }, closed)),
    lines: Type.Array(TaxLine),
    totals: Type.Object(
      {
        customsValue: MoneyShape, assessed: MoneyShape, payable: MoneyShape, secured: MoneyShape,
        byType: Type.Array(Type.Object({ type: text(3), assessed: MoneyShape, payable: MoneyShape }, closed)),
        byMethod: Type.Array(Type.Object({ method: text(1), payable: MoneyShape }, closed)),
      },
      closed,
    ),
  },
  { ...closed, title: 'Assessment' },
)
export type Assessment = Static<typeof Assessment>

// ── ledger ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const accountKinds = ['cash_account', 'deferment', 'guarantee', 'cash_desk', 'provider', 'received', 'revenue', 'secured'] as const
export type AccountKind = (typeof accountKinds)[number]

/** A part of a debt: one method, one tax. `secure` holds the amount instead of taking it. */
export const ChargeLine = Type.Object({ method: text(1), taxType: text(3), money: MoneyShape, secure: optional(Type.Boolean()) }, closed)
export type ChargeLine = Static<typeof ChargeLine>

/** Why an account does not bear its part. */
export const Shortfall = Type.Object(
  { code: text(60), method: text(1), account: orNone(text(70)), required: MoneyShape, short: MoneyShape },
  closed,
)
export type Shortfall = Static<typeof Shortfall>

/** What the ledger answers when a debt is to be covered. Nothing is outstanding = covered. */
export const Settlement = Type.Object(
  {
    /** number of the posting that moved money now; null when nothing moved */
    postingId: orNone(Type.String()),
    /** what a payment notice names: the account that is short, or the MRN */
    reference: text(70),
    settled: Type.Array(Type.Object({ method: text(1), account: orNone(text(70)), taxType: text(3), money: MoneyShape }, closed)),
    outstanding: MoneyShape,
    shortfalls: Type.Array(Shortfall),
  },
  { ...closed, title: 'Settlement' },
)
export type Settlement = Static<typeof Settlement>

export type Subject = { kind: string; id: string }

/**
 * A debt to be covered. `subject` is what it arises from (a declaration), `reference` its number for people (MRN), `key` names the
 * version: the same key never charges twice, a new key charges or gives back the difference to what stands.
 */
export type Charge = {
  subject: Subject
  reference: string
  administration: string
  currency: string
  /** registration of the debtor */
  payer: string
  /** registrations whose accounts may be drawn: importer, declarant, representative */
  holders: string[]
  lines: ChargeLine[]
  /** DE 2/6 deferment accounts, in declared order */
  deferments: string[]
  /** DE 8/3 guarantee references with their type (DE 8/2); type Y is a cash account */
  guarantees: { type: string; reference: string }[]
  key: string
  at: string
  /** trader test service: accounts open themselves with a large limit */
  sandbox?: boolean
}

// ── payments ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export const PaymentMethod = Type.Enum(['card', 'bank', 'cash'])
export const PaymentStatus = Type.Enum(['created', 'pending', 'paid', 'failed'])

export const Payment = Type.Object(
  {
    id: Id, reference: text(70), payer: text(35), money: MoneyShape, method: PaymentMethod, status: PaymentStatus, createdAt: instant, paidAt: orNone(instant),
    receipt: orNone(text(40)), /** where the payer goes on, at the provider */ payAt: orNone(text(500)), failure: orNone(text(200)),
  },
  { ...closed, title: 'Payment' },
)
export type Payment = Static<typeof Payment>

export const StartPayment = Type.Object({ reference: Type.String({ minLength: 1, maxLength: 70, description: 'MRN' }), method: Type.Enum(['card', 'bank']) }, closed)
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
    code: text(70), kind: Type.Enum([...accountKinds]), administration: AdministrationCode, owner: text(35), balance: MoneyShape, limit: MoneyShape, used: MoneyShape, available: MoneyShape,
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
    number: text(40), reference: text(70), payer: text(35), money: MoneyShape, method: PaymentMethod, at: instant, office: orNone(text(17)), cashier: orNone(text(200)),
  },
  { ...closed, title: 'Receipt' },
)
export type Receipt = Static<typeof Receipt>

/** How a declaration's debt stands. */
export const DebtView = Type.Object(
  {
    reference: text(70), payer: text(35), currency: text(3), total: MoneyShape, outstanding: MoneyShape,
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
    date: LegalDate, office: text(17), cashierId: text(60), cashier: text(200), currency: text(3), receipts: Type.Integer(), sum: MoneyShape,
    closed: orNone(Type.Object({ at: instant, counted: MoneyShape, difference: MoneyShape }, closed)),
  },
  { ...closed, title: 'DeskDay' },
)
export type DeskDay = Static<typeof DeskDay>
