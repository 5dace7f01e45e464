/** Payment files out and in, reconciliation, the books of a day. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, orNone, text, instant, Id, MoneyShape } from './common.ts'

/** One movement as the bank reports it (ISO 20022 `Ntry`, each of its `TxDtls` on its own). */
export type ReportedEntry = {
  /** the bank's own reference (`AcctSvcrRef`): the same entry in two files is the same money */
  bankReference: string
  direction: 'in' | 'out'
  reversal: boolean
  money: { minor: number; currency: string }
  bookedOn: string
  counterparty: string
  counterpartyIban: string
  remittance: string
  endToEnd: string
}
/** A camt.053 (statement of a day) or camt.054 (notification) that was read. */
export type BankReport = {
  kind: 'camt.053' | 'camt.054'
  messageId: string
  account: string
  currency: string
  opening: number | null
  closing: number | null
  entries: ReportedEntry[]
}

export const BankFileRow = Type.Object(
  {
    id: Id,
    kind: Type.Enum(['camt.053', 'camt.054']),
    messageId: text(70),
    account: text(34),
    entries: Type.Integer(),
    incoming: MoneyShape,
    outgoing: MoneyShape,
    importedAt: instant,
    importedBy: text(200),
    unmatched: Type.Integer(),
  },
  { ...closed, title: 'BankFile' },
)
export type BankFileRow = Static<typeof BankFileRow>

/** What an entry is for: a debt (MRN or claim), an account, a payment order of ours, or back to whom it came from. */
export const MatchTarget = Type.Object(
  { kind: Type.Enum(['debt', 'account', 'order', 'sender']), reference: Type.String({ minLength: 1, maxLength: 70 }) },
  closed,
)
export type MatchTarget = Static<typeof MatchTarget>
export const matchReasons = [
  'no_reference',
  'several_references',
  'amount_differs',
  'nothing_due',
  'returned',
  'unknown_outgoing',
  'currency_differs',
] as const
export type MatchReason = (typeof matchReasons)[number]

export const BankEntryRow = Type.Object(
  {
    id: Id,
    direction: Type.Enum(['in', 'out']),
    reversal: Type.Boolean(),
    money: MoneyShape,
    bookedOn: LegalDate,
    counterparty: text(140),
    counterpartyIban: text(34),
    remittance: text(500),
    endToEnd: text(35),
    status: Type.Enum(['unmatched', 'proposed', 'matched']),
    reason: Type.String({ maxLength: 40, description: 'why it did not match by itself' }),
    target: orNone(MatchTarget),
    proposedBy: orNone(text(200)),
    proposedById: orNone(text(60)),
    matchedBy: orNone(text(200)),
  },
  { ...closed, title: 'BankEntry' },
)
export type BankEntryRow = Static<typeof BankEntryRow>

export const ImportResult = Type.Object(
  { file: Id, entries: Type.Integer(), matched: Type.Integer(), unmatched: Type.Integer(), repeated: Type.Integer() },
  { ...closed, title: 'ImportResult' },
)
export type ImportResult = Static<typeof ImportResult>

export const OrderRow = Type.Object(
  {
    endToEnd: text(35),
    direction: Type.Enum(['credit', 'debit']),
    money: MoneyShape,
    name: text(70),
    iban: text(34),
    reference: text(70),
    status: Type.Enum(['ready', 'filed', 'executed', 'returned']),
    createdAt: instant,
  },
  { ...closed, title: 'PaymentOrder' },
)
export type OrderRow = Static<typeof OrderRow>

export const MakeFile = Type.Object({ kind: Type.Enum(['pain.001', 'pain.008']), executeOn: LegalDate }, closed)
export const PaymentFileRow = Type.Object(
  {
    id: Id,
    kind: Type.Enum(['pain.001', 'pain.008']),
    messageId: text(35),
    executeOn: LegalDate,
    orders: Type.Integer(),
    sum: MoneyShape,
    createdAt: instant,
    createdBy: text(200),
  },
  { ...closed, title: 'PaymentFile' },
)
export type PaymentFileRow = Static<typeof PaymentFileRow>

export const ControlTotal = Type.Object(
  {
    kind: text(20),
    currency: text(3),
    opening: Type.Integer(),
    debits: Type.Integer(),
    credits: Type.Integer(),
    closing: Type.Integer(),
    postings: Type.Integer(),
  },
  closed,
)
export type ControlTotal = Static<typeof ControlTotal>
export const Breach = Type.Object({ invariant: text(60), what: text(300), expected: Type.Integer(), found: Type.Integer() }, closed)
export type Breach = Static<typeof Breach>
export const LedgerDay = Type.Object(
  {
    day: LegalDate,
    status: Type.Enum(['open', 'closed']),
    totals: Type.Array(ControlTotal),
    breaches: Type.Array(Breach),
    /** desks that took money and were not counted */ openDesks: Type.Array(
      Type.Object({ date: LegalDate, office: text(17), cashier: text(200) }, closed),
    ),
    unmatched: MoneyShape,
    remarks: text(2000),
    closedAt: orNone(instant),
    closedBy: orNone(text(200)),
    hash: orNone(text(64)),
  },
  { ...closed, title: 'LedgerDay' },
)
export type LedgerDay = Static<typeof LedgerDay>
export const CloseLedgerDay = Type.Object({ day: LegalDate, remarks: Type.String({ maxLength: 2000 }) }, closed)
