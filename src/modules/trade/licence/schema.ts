/** Licences: permissions to move goods up to a quantity or value, written off declaration by declaration. Quantities are decimal numerals. */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { uuidPattern } from '#kernel/ids.ts'
import { LegalDate } from '#schema/reference'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max = 200) => Type.String({ maxLength: max })
const numeral = Type.String({ pattern: decimalPattern, maxLength: 50 })
const given = Type.String({ pattern: '^[0-9]{1,17}(\\.[0-9]{1,6})?$' })
const Id = Type.String({ pattern: uuidPattern })
const orNull = <T extends ReturnType<typeof text>>(schema: T) => Type.Union([schema, Type.Null()])

export const licenceStatuses = ['active', 'suspended', 'revoked'] as const
export const Licence = Type.Object(
  {
    id: Id,
    administration: text(8),
    documentCode: text(4),
    number: text(70),
    holder: text(35),
    commodities: Type.Array(text(10)),
    origins: Type.Array(text(4)),
    /** the licensed quota that it gives part in */ orderNumber: orNull(text(6)),
    unit: orNull(text(12)),
    quantity: Type.Union([numeral, Type.Null()]),
    currency: orNull(text(3)),
    valueMinor: Type.Union([Type.Integer(), Type.Null()]),
    /** percent by which the quantity or value may be exceeded */ tolerancePercent: numeral,
    validFrom: LegalDate,
    validTo: LegalDate,
    office: text(17),
    status: Type.Enum([...licenceStatuses]),
    used: numeral,
    usedValueMinor: Type.Integer(),
    version: Type.Integer(),
  },
  { ...closed, title: 'Licence' },
)
export type Licence = Static<typeof Licence>

export type LicenceEvent =
  | { type: 'licence.issued'; licence: Licence }
  | { type: 'licence.written-off'; quantity: string; valueMinor: number; reference: string; itemNumber: number }
  | { type: 'licence.returned'; quantity: string; valueMinor: number; reference: string; itemNumber: number }
  | { type: 'licence.suspended' | 'licence.resumed' | 'licence.revoked'; reason: string }

export const licenceProblems = ['unknown', 'holder', 'commodity', 'origin', 'date', 'status', 'quantity_missing', 'short', 'quota'] as const
export type LicenceProblem = (typeof licenceProblems)[number]

export const LicenceUse = Type.Object(
  {
    id: Id,
    reference: text(70),
    itemNumber: Type.Integer(),
    quantity: numeral,
    valueMinor: Type.Integer(),
    at: text(40),
    returnedAt: orNull(text(40)),
  },
  closed,
)
export type LicenceUse = Static<typeof LicenceUse>
export const LicenceView = Type.Object({ licence: Licence, uses: Type.Array(LicenceUse) }, { ...closed, title: 'LicenceView' })
export type LicenceView = Static<typeof LicenceView>

export const LicenceQuery = Type.Object({ administration: optional(text(8)), q: optional(text(70)) }, closed)
export const LicenceParams = Type.Object({ id: Id }, closed)
export const IssueLicence = Type.Object(
  {
    administration: optional(text(8)),
    documentCode: Type.String({ pattern: '^[A-Z0-9]{4}$' }),
    number: Type.String({ minLength: 1, maxLength: 70 }),
    holder: Type.String({ minLength: 1, maxLength: 35 }),
    commodities: Type.Array(Type.String({ pattern: '^[0-9]{2,10}$' }), { minItems: 1, maxItems: 200 }),
    origins: Type.Array(text(4), { maxItems: 300 }),
    orderNumber: optional(Type.String({ pattern: '^[0-9]{6}$' })),
    unit: optional(Type.String({ minLength: 1, maxLength: 12 })),
    quantity: optional(given),
    currency: optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    valueMinor: optional(Type.Integer({ minimum: 1 })),
    tolerancePercent: Type.String({ pattern: '^[0-9]{1,2}(\\.[0-9]{1,2})?$' }),
    validFrom: LegalDate,
    validTo: LegalDate,
    office: Type.String({ minLength: 1, maxLength: 17 }),
  },
  closed,
)
export type IssueLicence = Static<typeof IssueLicence>
export const ChangeLicence = Type.Object(
  { action: Type.Enum(['suspend', 'resume', 'revoke']), reason: Type.String({ minLength: 1, maxLength: 2000 }) },
  closed,
)
export type ChangeLicence = Static<typeof ChangeLicence>
