/** What the administration has laid down for debts, and interest. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, MoneyShape, optional, text } from './common.ts'

export const TaxAmount = Type.Object({ tax: text(3), minor: Type.Integer({ minimum: 1 }) }, closed)
export type TaxAmount = Static<typeof TaxAmount>

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
