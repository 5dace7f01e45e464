/** The origin assistant's answer: each scheme with its rule and proofs, and what every way of entering would cost. */
import { Type, type Static } from 'typebox'
import { quotaStatuses, SchemeAdvice } from '#schema/trade'

const closed = { additionalProperties: false } as const
const MoneyShape = Type.Object({ minor: Type.Integer(), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, closed)
const text = (max = 200) => Type.String({ maxLength: max })
/** `payable` is all that would be due; null where it cannot be computed */
const Cost = Type.Object(
  { preference: text(3), rateText: text(), duty: Type.Union([MoneyShape, Type.Null()]), payable: Type.Union([MoneyShape, Type.Null()]) },
  closed,
)
export const OriginAdvice = Type.Object(
  {
    code: text(10),
    origin: text(2),
    currency: text(3),
    /** without a claim */ plain: Type.Union([Cost, Type.Null()]),
    schemes: Type.Array(
      Type.Object({ scheme: SchemeAdvice, cost: Type.Union([Cost, Type.Null()]), saving: Type.Union([MoneyShape, Type.Null()]) }, closed),
    ),
    quotas: Type.Array(
      Type.Object(
        {
          orderNumber: text(6),
          status: Type.Enum([...quotaStatuses]),
          critical: Type.Boolean(),
          cost: Cost,
          saving: Type.Union([MoneyShape, Type.Null()]),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'OriginAdvice' },
)
export type OriginAdvice = Static<typeof OriginAdvice>
