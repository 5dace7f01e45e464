/** Duty expressions as measures keep them. */
import { Type, type Static } from 'typebox'
import { closed, numeral, optional, text } from './common.ts'

/**
 * One term of a duty expression. Terms read from the left; `MIN` and `MAX` bound everything before them (TARIC: `A MIN B` is the
 * greater, `A MAX B` the lesser). `percent` is of the basis of the measure; `specific` an amount per unit; `text` is what nobody could
 * read: it makes the line one for an officer, never zero.
 */
export const Component = Type.Object(
  {
    op: Type.Enum(['first', '+', '-', 'MIN', 'MAX']),
    kind: Type.Enum(['percent', 'specific', 'text']),
    value: optional(numeral),
    currency: optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    unit: optional(text(12, 'UN/ECE Rec. 20 or TARIC unit, with its qualifier: DTN, HLT, ASVX')),
    text: optional(text(500)),
  },
  closed,
)
export type Component = Static<typeof Component>
export const Expression = Type.Array(Component, { minItems: 1, maxItems: 20 })
export type Expression = Component[]
