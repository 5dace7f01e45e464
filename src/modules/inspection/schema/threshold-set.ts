/** Where a site draws its lines instead of where the model card does. In force once a second person has approved it. */
import { Type, type Static } from 'typebox'
import { Item } from './subject.ts'

const closed = { additionalProperties: false } as const
const share = Type.Number({ minimum: 0, maximum: 1 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

export const ProposeThresholds = Type.Object(
  {
    office: Type.String({ minLength: 1, maxLength: 20 }),
    item: Item,
    /** `id@version` of the card: a score of one model means nothing under another */
    model: Type.String({ minLength: 1, maxLength: 81 }),
    review: share,
    divert: share,
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  { ...closed, title: 'ProposeThresholds' },
)
export type ProposeThresholds = Static<typeof ProposeThresholds>

export const SiteThresholds = Type.Object(
  {
    ...ProposeThresholds.properties,
    id: Type.String(),
    proposedBy: Type.String(),
    proposedAt: Type.String(),
    approvedBy: orNull(Type.String()),
    approvedAt: orNull(Type.String()),
    withdrawnAt: orNull(Type.String()),
  },
  { ...closed, title: 'SiteThresholds' },
)
export type SiteThresholds = Static<typeof SiteThresholds>
