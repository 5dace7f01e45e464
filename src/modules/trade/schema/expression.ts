/** Duty expressions as measures keep them. */
import { Type, type Static } from 'typebox'
import { closed, numeral, optional, text } from './common.ts'

/**
 * Meursing components (Regulation (EU) 510/2014): agricultural component, additional duties on sugar and on flour; R = reduced. TARIC
 * writes EA, ADSZ, ADFM, reference documents AC, SD, FD.
 */
export const meursingSymbols = ['EA', 'EAR', 'ADSZ', 'ADSZR', 'ADFM', 'ADFMR', 'AC', 'ACR', 'SD', 'SDR', 'FD', 'FDR'] as const
export type MeursingSymbol = (typeof meursingSymbols)[number]

/**
 * One term of a duty expression. Terms read from the left; `MIN` and `MAX` bound everything before them (TARIC: `A MIN B` is the
 * greater, `A MAX B` the lesser).
 *
 * `percent` of the basis of the measure · `retail` percent of the retail price · `specific` an amount per unit · `meursing` what the
 * Meursing code says · `nil` no duty · `unit` no duty either: a quantity that must be declared · `rule` a national tax in the language of rules
 * (expression/rule.ts) · `text` what nobody could read: it makes
 * the line one for an officer, never zero.
 */
export const Component = Type.Object(
  {
    op: Type.Enum(['first', '+', '-', 'MIN', 'MAX']),
    kind: Type.Enum(['percent', 'retail', 'specific', 'meursing', 'nil', 'unit', 'rule', 'text']),
    value: optional(numeral),
    currency: optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    unit: optional(text(12, 'UN/ECE Rec. 20 or TARIC unit, with its qualifier: DTN, HLT, ASVX')),
    symbol: optional(Type.Enum([...meursingSymbols])),
    /** the substance that the quantity is counted of: lead, tungsten */
    content: optional(text(60)),
    text: optional(text(500)),
  },
  closed,
)
export type Component = Static<typeof Component>
export const Expression = Type.Array(Component, { minItems: 1, maxItems: 20 })
export type Expression = Component[]
