/** What happens to a debt after it was charged: demands, refunds, instalments, interest, guarantees; and the overview of all of it. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, optional, orNone, text, instant, MoneyShape } from './common.ts'

export const TaxAmount = Type.Object({ tax: text(3), minor: Type.Integer({ minimum: 1 }) }, closed)
export type TaxAmount = Static<typeof TaxAmount>
const grounds = Type.String({ minLength: 3, maxLength: 2000 })
const reference = Type.String({ minLength: 1, maxLength: 70 })
const iban = Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$', description: 'IBAN, ISO 13616, without blanks' })

/** What the administration has laid down, by date. Days are calendar days. */
export const Terms = Type.Object(
  {
    /** to pay a demand: UCC Art. 108(1) */ paymentDays: Type.Integer(),
    /** after the due date until a reminder goes out */ reminderDays: Type.Integer(),
    /** an instalment may be late by this before the whole is due */ graceDays: Type.Integer(),
    /** to decide an application: UCC Art. 22(3) */ decisionDays: Type.Integer(),
    /** after notification of the debt: UCC Art. 121(1)(a) */ refundYears: Type.Integer(),
    /** interest below this is not charged: UCC Art. 114(3) */ interestMinimumMinor: Type.Integer(),
    /** above this a second person decides */ secondPersonMinor: Type.Integer(),
    /** share of the import duty that drawback gives back */ drawbackPercent: text(10),
    dayCount: Type.Enum(['actual/360', 'actual/365', '30/360']),
  },
  { ...closed, title: 'Terms' },
)
export type Terms = Static<typeof Terms>

export const InterestRate = Type.Object(
  { kind: Type.Enum(['late', 'credit']), percent: text(12, 'a year'), source: text(200), validFrom: LegalDate, validTo: optional(LegalDate) },
  closed,
)
export type InterestRate = Static<typeof InterestRate>
export const SetInterestRate = Type.Object(
  {
    kind: Type.Enum(['late', 'credit']),
    percent: Type.String({ pattern: '^[0-9]{1,3}(\\.[0-9]{1,4})?$' }),
    source: Type.String({ minLength: 1, maxLength: 200 }),
    validFrom: LegalDate,
  },
  closed,
)

/** Interest with how it came about: one period for each rate. `from` counts, `through` counts. */
export const Interest = Type.Object(
  {
    money: MoneyShape,
    dayCount: text(12),
    periods: Type.Array(
      Type.Object(
        { from: LegalDate, through: LegalDate, days: Type.Integer(), percent: text(12), amount: text(60, 'exact, in minor units') },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Interest' },
)
export type Interest = Static<typeof Interest>

// ── recovery ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export const claimKinds = ['additional', 'post_clearance', 'interest', 'guarantor', 'instalment'] as const
export const claimStages = ['demanded', 'reminded', 'enforcement', 'closed'] as const
export type ClaimStage = (typeof claimStages)[number]
export const Proposal = Type.Object(
  { kind: Type.Enum(['write_off', 'remission']), by: text(60), byName: text(200), grounds: text(2000), at: instant },
  closed,
)

export const ClaimRow = Type.Object(
  {
    number: text(40),
    kind: Type.Enum([...claimKinds]),
    reference: text(70, 'what the debtor names when paying'),
    origin: text(70, 'the declaration or plan it arises from'),
    payer: text(35),
    outstanding: MoneyShape,
    dueOn: LegalDate,
    stage: Type.Enum([...claimStages]),
    outcome: orNone(Type.Enum(['covered', 'written_off', 'withdrawn'])),
    openedAt: instant,
    proposal: orNone(Proposal),
  },
  { ...closed, title: 'Claim' },
)
export type ClaimRow = Static<typeof ClaimRow>

export const ClaimView = Type.Object(
  {
    ...ClaimRow.properties,
    total: MoneyShape,
    law: text(100),
    grounds: text(2000),
    lines: Type.Array(Type.Object({ taxType: text(3), money: MoneyShape, settled: MoneyShape }, closed)),
    /** on what is outstanding, to today; charged when the debt is paid */
    interest: orNone(Interest),
    /** money of the debtor that could be set off: UCC Art. 109(1) */
    credits: Type.Array(Type.Object({ account: text(70), money: MoneyShape }, closed)),
    history: Type.Array(Type.Object({ at: instant, who: text(200), what: text(60), grounds: text(2000) }, closed)),
  },
  { ...closed, title: 'ClaimCase' },
)
export type ClaimView = Static<typeof ClaimView>

/** A demand of its own: what post-clearance control found to be owed (UCC Art. 105(4)). */
export const RaiseClaim = Type.Object(
  {
    origin: reference,
    payer: Type.String({ minLength: 1, maxLength: 35 }),
    lines: Type.Array(TaxAmount, { minItems: 1, maxItems: 50 }),
    grounds,
    law: Type.String({ minLength: 1, maxLength: 100 }),
  },
  closed,
)
export const Grounds = Type.Object({ grounds }, closed)
export const SetOff = Type.Object({ account: reference, money: MoneyShape }, closed)
export const GiveUp = Type.Object({ kind: Type.Enum(['write_off', 'remission']), grounds }, closed)

// ── refunds ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export const refundKinds = ['repayment', 'remission', 'drawback', 'overpayment'] as const
export type RefundKind = (typeof refundKinds)[number]
/** Why, with the article: UCC Art. 117 to 120; drawback and overpayment are national law here. */
export const refundReasons = ['overcharged', 'defective_goods', 'authority_error', 'equity', 're_exported', 'paid_twice'] as const
export type RefundReason = (typeof refundReasons)[number]
export const refundStatuses = ['requested', 'proposed', 'approved', 'paid', 'refused'] as const

export const ReExport = Type.Object(
  {
    /** MRN of the export declaration */ reference,
    exportedOn: LegalDate,
    item: Type.Integer({ minimum: 1, maximum: 9999, description: 'item of the import declaration' }),
    importedQuantity: Type.String({ pattern: '^[0-9]{1,15}(\\.[0-9]{1,6})?$' }),
    exportedQuantity: Type.String({ pattern: '^[0-9]{1,15}(\\.[0-9]{1,6})?$' }),
  },
  closed,
)
export type ReExport = Static<typeof ReExport>
export const Destination = Type.Union([
  Type.Object({ to: Type.Literal('account'), account: reference }, closed),
  Type.Object({ to: Type.Literal('bank'), name: Type.String({ minLength: 1, maxLength: 70 }), iban }, closed),
  Type.Object({ to: Type.Literal('none') }, closed),
])
export type Destination = Static<typeof Destination>

/** `lines` for drawback are the duties of the imported item in full; what is given back of them is computed. */
export const RequestRefund = Type.Object(
  {
    reference,
    kind: Type.Enum([...refundKinds]),
    reason: Type.Enum([...refundReasons]),
    lines: Type.Array(TaxAmount, { minItems: 1, maxItems: 50 }),
    grounds,
    export: optional(ReExport),
    destination: Destination,
  },
  closed,
)
export type RequestRefund = Static<typeof RequestRefund>

export const RefundView = Type.Object(
  {
    number: text(40),
    kind: Type.Enum([...refundKinds]),
    status: Type.Enum([...refundStatuses]),
    reference: text(70),
    payer: text(35),
    money: MoneyShape,
    lines: Type.Array(Type.Object({ tax: text(3), minor: Type.Integer() }, closed)),
    reason: Type.Enum([...refundReasons]),
    law: text(100),
    grounds: text(2000),
    export: orNone(ReExport),
    destination: Destination,
    requestedAt: instant,
    requestedBy: text(200),
    decideBy: LegalDate,
    reviewedBy: orNone(text(200)),
    decidedBy: orNone(text(200)),
    decidedAt: orNone(instant),
    decisionGrounds: orNone(text(2000)),
    posting: orNone(text(20)),
    paidAt: orNone(instant),
    /** two persons decide about this sum */ twoPersons: Type.Boolean(),
  },
  { ...closed, title: 'Refund' },
)
export type RefundView = Static<typeof RefundView>
export const DecideRefund = Type.Object({ grant: Type.Boolean(), grounds }, closed)

// ── instalments ───────────────────────────────────────────────────────────────────────────────────────────────────────
export const RequestPlan = Type.Object({ reference, parts: Type.Integer({ minimum: 2, maximum: 36 }), firstDue: LegalDate, grounds }, closed)
export const planStatuses = ['requested', 'active', 'completed', 'defaulted', 'refused'] as const
export const PlanView = Type.Object(
  {
    number: text(40),
    status: Type.Enum([...planStatuses]),
    reference: text(70),
    payer: text(35),
    principal: MoneyShape,
    interest: MoneyShape,
    paid: MoneyShape,
    account: orNone(text(70)),
    grounds: text(2000),
    requestedAt: instant,
    requestedBy: text(200),
    decidedBy: orNone(text(200)),
    decisionGrounds: orNone(text(2000)),
    parts: Type.Array(
      Type.Object(
        {
          part: Type.Integer(),
          dueOn: LegalDate,
          principal: MoneyShape,
          interest: MoneyShape,
          state: Type.Enum(['paid', 'due', 'overdue', 'coming']),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'InstalmentPlan' },
)
export type PlanView = Static<typeof PlanView>

// ── guarantees ────────────────────────────────────────────────────────────────────────────────────────────────────────
export const OpenGuarantee = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z0-9-]{3,35}$', description: 'guarantee reference (DE 8/3)' }),
    owner: Type.String({ minLength: 1, maxLength: 35 }),
    kind: Type.Enum(['individual', 'comprehensive']),
    guarantor: Type.String({ minLength: 1, maxLength: 35 }),
    guarantorName: Type.String({ minLength: 1, maxLength: 200 }),
    referenceAmount: MoneyShape,
    levelPercent: Type.Integer({ description: '100, 50, 30 or 0: UCC Art. 95' }),
    validFrom: LegalDate,
    validTo: optional(LegalDate),
    onlyFor: optional(reference),
  },
  closed,
)
export type OpenGuarantee = Static<typeof OpenGuarantee>
export const ChangeGuarantee = Type.Object(
  { referenceAmount: optional(MoneyShape), validTo: optional(LegalDate), status: optional(Type.Enum(['open', 'blocked'])), grounds },
  closed,
)
export const CallGuarantee = Type.Object({ reference, grounds }, closed)
export const GuaranteeView = Type.Object(
  {
    code: text(70),
    owner: text(35),
    kind: Type.Enum(['individual', 'comprehensive']),
    guarantor: text(35),
    guarantorName: text(200),
    referenceAmount: MoneyShape,
    /** what the guarantor undertakes: the level's share of the reference amount */ guaranteed: MoneyShape,
    levelPercent: Type.Integer(),
    used: MoneyShape,
    available: MoneyShape,
    status: Type.Enum(['open', 'blocked', 'closed', 'expired']),
    validFrom: orNone(LegalDate),
    validTo: orNone(LegalDate),
    onlyFor: orNone(text(70)),
  },
  { ...closed, title: 'Guarantee' },
)
export type GuaranteeView = Static<typeof GuaranteeView>
export const UsageRow = Type.Object({ reference: text(70), since: instant, money: MoneyShape, claim: orNone(text(40)) }, closed)
export type UsageRow = Static<typeof UsageRow>

// ── statements and overview ───────────────────────────────────────────────────────────────────────────────────────────
export const DefermentStatement = Type.Object(
  {
    number: text(40),
    account: text(70),
    owner: text(35),
    month: LegalDate,
    opening: MoneyShape,
    charged: MoneyShape,
    paid: MoneyShape,
    due: MoneyShape,
    dueOn: LegalDate,
    issuedAt: instant,
    /** how it is collected */ collection: Type.Enum(['direct_debit', 'transfer']),
    /** paid since the month ended */ paidSince: MoneyShape,
    rows: Type.Array(Type.Object({ at: instant, kind: text(20), reference: text(70), taxTypes: text(200), money: MoneyShape }, closed)),
  },
  { ...closed, title: 'DefermentStatement' },
)
export type DefermentStatement = Static<typeof DefermentStatement>
export const StatementHead = Type.Object(
  { number: text(40), account: text(70), owner: text(35), month: LegalDate, due: MoneyShape, dueOn: LegalDate },
  closed,
)
export type StatementHead = Static<typeof StatementHead>

export const RevenueCell = Type.Object({ key: text(20), collected: MoneyShape, refunded: MoneyShape, due: MoneyShape, overdue: MoneyShape }, closed)
export const RevenueOverview = Type.Object(
  {
    administration: AdministrationCode,
    from: LegalDate,
    to: LegalDate,
    total: RevenueCell,
    byOffice: Type.Array(RevenueCell),
    byTax: Type.Array(RevenueCell),
    /** per day: what was collected */ days: Type.Array(Type.Object({ day: LegalDate, collected: MoneyShape }, closed)),
    waiting: Type.Object(
      {
        refunds: Type.Integer(),
        plans: Type.Integer(),
        claims: Type.Integer(),
        overdueClaims: Type.Integer(),
        entries: Type.Integer(),
        proposals: Type.Integer(),
      },
      closed,
    ),
  },
  { ...closed, title: 'RevenueOverview' },
)
export type RevenueOverview = Static<typeof RevenueOverview>
export const RevenueRow = Type.Object(
  {
    reference: text(70),
    office: text(17),
    payer: text(35),
    tax: text(3),
    at: instant,
    charged: MoneyShape,
    collected: MoneyShape,
    refunded: MoneyShape,
    due: MoneyShape,
    dueOn: orNone(LegalDate),
  },
  closed,
)
export type RevenueRow = Static<typeof RevenueRow>
