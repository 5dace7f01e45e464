/** The duty calculator: what would be paid on one good, and which papers it needs. Everything stands in the address, so an answer can be shared. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { Assessment } from './assessment.ts'
import { closed, MoneyShape, optional, text } from './common.ts'

// Whatever is asked within these, the answer can be held exactly.
const amount = Type.String({ pattern: '^[0-9]{1,12}(\\.[0-9]{1,6})?$', description: 'to 12 digits before the point' })
const measured = Type.String({ pattern: '^[0-9]{1,9}(\\.[0-9]{1,6})?$', description: 'to 9 digits before the point' })
const codes = (description: string) => Type.String({ maxLength: 200, pattern: '^[A-Z0-9]{3,9}(,[A-Z0-9]{3,9})*$', description })

export const CalculatorQuery = Type.Object(
  {
    code: Type.String({ pattern: '^[0-9]{6,10}$', description: 'commodity, eight or ten digits as it would be declared' }),
    origin: Type.String({ pattern: '^[A-Z]{2}$', description: 'country of origin' }),
    value: amount,
    currency: optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'of value and transport; own currency when absent' })),
    /** added to the value: transport and insurance to the border (UCC Art. 71(1)(e)) */
    transport: optional(amount),
    date: optional(LegalDate),
    netMassKg: optional(measured),
    /** in `unit`, or in the supplementary unit of the commodity */
    quantity: optional(measured),
    unit: optional(Type.String({ pattern: '^[A-Z0-9]{3,4}$' })),
    preference: optional(Type.String({ pattern: '^[1-4][0-9]{2}$', description: 'DE 4/17 that would be claimed; 100 when absent' })),
    order: optional(Type.String({ pattern: '^[0-9]{6}$', description: 'tariff quota that would be claimed' })),
    additional: optional(codes('additional codes that would be declared, with commas')),
    documents: optional(codes('documents at hand, with commas')),
    administration: optional(AdministrationCode),
    language: optional(Type.Enum(['en', 'fr', 'es', 'zh', 'ar'])),
  },
  { ...closed, title: 'CalculatorQuery' },
)
export type CalculatorQuery = Static<typeof CalculatorQuery>

/** A way of being charged customs duty, as it would come out: `given` is false where a condition for it is not met. */
export const CalculatorOption = Type.Object(
  {
    preference: text(3),
    order: optional(text(6)),
    rate: text(1000),
    payable: MoneyShape,
    /** less than at the duty for third countries; negative where it is more */
    saves: MoneyShape,
    given: Type.Boolean(),
    manual: Type.Boolean({ description: 'an officer has to compute a line: `payable` is what the others come to' }),
    documents: Type.Array(text(20), { description: 'documents that conditions ask for' }),
  },
  closed,
)
export type CalculatorOption = Static<typeof CalculatorOption>

export const CalculatorReply = Type.Object(
  {
    code: text(10),
    name: text(500),
    path: Type.Array(text(500)),
    supplementaryUnit: optional(text(12)),
    assessment: Assessment,
    options: Type.Array(CalculatorOption),
    /** papers that a declaration must state; more than one in a row: any of them */
    papers: Type.Array(Type.Object({ documents: Type.Array(text(20)), stated: Type.Boolean() }, closed)),
    /** names of tax types and documents, in the language asked for, for those who may not read the lists */
    names: Type.Record(Type.String(), Type.String()),
    tariffVersion: Type.Integer(),
  },
  { ...closed, title: 'CalculatorReply' },
)
export type CalculatorReply = Static<typeof CalculatorReply>
