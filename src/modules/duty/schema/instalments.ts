/** Debts that are paid by instalments. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, grounds, instant, MoneyShape, orNone, reference, text } from './common.ts'

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
