/** The library of projected pictures (TIP) and how often each category is shown. */
import { Type, type Static } from 'typebox'
import { Column } from './subject.ts'

const closed = { additionalProperties: false } as const
const category = Type.String({ pattern: '^[a-z][a-z-]{1,39}$', description: 'what is projected; `benign` where the inserted object is harmless' })

export const NewTipItem = Type.Object(
  {
    imageId: Type.String(),
    category,
    threat: Type.Boolean(),
    difficulty: Type.Integer({ minimum: 1, maximum: 5 }),
    angleDeg: Type.Integer({ minimum: 0, maximum: 359 }),
  },
  { ...closed, title: 'NewTipItem' },
)
export type NewTipItem = Static<typeof NewTipItem>

export const TipItemRow = Type.Object(
  {
    ...NewTipItem.properties,
    id: Type.String(),
    column: Column,
    retired: Type.Boolean(),
    addedAt: Type.String(),
    shown: Type.Integer(),
    answered: Type.Integer(),
    /** answers that were an alarm */
    detected: Type.Integer(),
  },
  { ...closed, title: 'TipItem' },
)
export type TipItemRow = Static<typeof TipItemRow>

export const TipRateBody = Type.Object(
  { category, shift: Type.Enum(['early', 'late', 'night']), perHundred: Type.Number({ minimum: 0, maximum: 50 }) },
  { ...closed, title: 'TipRate' },
)
export type TipRateBody = Static<typeof TipRateBody>

export const TipLibrary = Type.Object({ items: Type.Array(TipItemRow), rates: Type.Array(TipRateBody) }, { ...closed, title: 'TipLibrary' })
export type TipLibrary = Static<typeof TipLibrary>
