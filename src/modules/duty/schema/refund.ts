/** Duty that is given back: repayment, remission, drawback, overpayment. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, grounds, instant, MoneyShape, optional, orNone, reference, text } from './common.ts'
import { TaxAmount } from './terms.ts'

const iban = Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$', description: 'IBAN, ISO 13616, without blanks' })

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
