/** Statements of what is deferred, and the overview of all debts. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, instant, MoneyShape, orNone, text } from './common.ts'

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
