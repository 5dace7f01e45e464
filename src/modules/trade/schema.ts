/**
 * Tariff: the nomenclature (what goods are called) and its measures (what is charged on them). Measures are bitemporal: legal validity
 * and the time at which we knew; a correction adds a record and closes the knowledge of the old one.
 */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { AdministrationCode, LegalDate, Names } from '#schema/reference'

export { parseExpression, plainPercent, printExpression } from './expression.ts'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max = 200, description?: string) => Type.String({ maxLength: max, ...(description && { description }) })
const numeral = Type.String({ pattern: decimalPattern })
const validity = { validFrom: LegalDate, validTo: optional(LegalDate) }

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

/** TARIC measure types that the calculation knows; others apply by their tax type alone. */
export const measureTypes = {
  '103': 'third country duty',
  '105': 'third country duty, end use',
  '112': 'suspension',
  '115': 'suspension, end use',
  '122': 'non-preferential quota',
  '142': 'preference',
  '143': 'preferential quota',
  '109': 'supplementary unit',
  '305': 'VAT',
  '306': 'excise',
  '552': 'anti-dumping duty',
  '554': 'countervailing duty',
  '695': 'additional duty',
  '696': 'safeguard duty',
} as const
export type MeasureType = keyof typeof measureTypes

export const Measure = Type.Object(
  {
    id: text(40),
    administration: AdministrationCode,
    /** leading digits of the goods it covers; '' = all goods */
    commodity: Type.String({ pattern: '^[0-9]{0,10}$' }),
    type: text(3, 'TARIC measure type'),
    taxType: text(3, 'A00 customs duty, three digits excise, B00 VAT'),
    /** country, group code, or 1011 = all */
    area: text(4),
    excluded: optional(Type.Array(text(4))),
    /** applies only when the declarant states this code; a code ending in 999 takes those who state none of its type */
    additionalCode: optional(text(4)),
    orderNumber: optional(text(6)),
    /** DE 4/17 codes that claim it; none for what is charged on top of every option */
    preferences: optional(Type.Array(text(3))),
    expression: optional(Expression),
    /** what a percentage is taken of; the customs value when absent */
    basis: optional(Type.Enum(['customs-value', 'value-and-duty'])),
    /** types 109–111: the quantity that must be declared */
    supplementaryUnit: optional(text(12)),
    /** documents that must be stated; `A|B` = one of them */
    documents: optional(Type.Array(text(40))),
    source: text(100, 'legal base'),
    ...validity,
  },
  { ...closed, title: 'TariffMeasure' },
)
export type Measure = Static<typeof Measure>

/** A measure as the calculation is given it, and as the journal keeps it: without what a decision does not need. */
export const MeasureFact = Type.Object(
  {
    id: text(40),
    type: text(3),
    taxType: text(3),
    area: text(4),
    additionalCode: optional(text(4)),
    orderNumber: optional(text(6)),
    preferences: optional(Type.Array(text(3))),
    expression: optional(Expression),
    basis: optional(Type.Enum(['customs-value', 'value-and-duty'])),
    supplementaryUnit: optional(text(12)),
    source: optional(text(100)),
  },
  closed,
)
export type MeasureFact = Static<typeof MeasureFact>

export const Commodity = Type.Object(
  {
    administration: AdministrationCode,
    code: Type.String({ pattern: '^[0-9]{2,10}$' }),
    parent: optional(Type.String({ pattern: '^[0-9]{2,10}$' })),
    names: Names,
    declarable: Type.Boolean(),
    ...validity,
  },
  { ...closed, title: 'Commodity' },
)
export type Commodity = Static<typeof Commodity>

export const Area = Type.Object({ code: text(4), names: Names, members: Type.Array(text(4)), ...validity }, closed)
export type Area = Static<typeof Area>

/**
 * A tariff from a file, instead of ours, for the goods it names (`declare --tariff FILE`). A commodity that it names is charged with
 * its lines and nothing else. `expression` is TARIC text: `5.2%`, `10% + 5.00 GBP / DTN`.
 */
export const TariffSettings = Type.Object(
  {
    measures: Type.Array(
      Type.Object(
        {
          hsCode: Type.String({ pattern: '^[0-9]{2,8}$' }),
          taric: optional(Type.String({ pattern: '^[0-9]{2}$' })),
          preference: optional(Type.String({ pattern: '^[1-4][0-9]{2}$' })),
          origin: optional(Type.String({ pattern: '^[A-Z]{2}$' })),
          additionalCode: optional(text(4)),
          type: Type.String({ pattern: '^[A-Z0-9]{3}$', description: 'tax type: A00, A50, B00, 413 …' }),
          expression: Type.String({ minLength: 1, maxLength: 200 }),
          validFrom: optional(LegalDate),
          validTo: optional(LegalDate),
        },
        closed,
      ),
      { maxItems: 100_000 },
    ),
  },
  { ...closed, title: 'TariffSettings' },
)
export type TariffSettings = Static<typeof TariffSettings>

// ── what routes take and give ──────────────────────────────────────────────────────────────────────────────────────────
const language = optional(Type.Enum(['en', 'fr', 'es', 'zh', 'ar']))
export const CommoditySearch = Type.Object(
  {
    q: text(200),
    administration: optional(AdministrationCode),
    date: optional(LegalDate),
    language,
    limit: optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  closed,
)
export const CommodityParams = Type.Object({ code: Type.String({ pattern: '^[0-9]{4,10}$' }) }, closed)
export const CommodityQuery = Type.Object(
  { administration: optional(AdministrationCode), date: optional(LegalDate), origin: optional(Type.String({ pattern: '^[A-Z]{2}$' })), language },
  closed,
)
export const CommodityChoice = Type.Object(
  {
    code: text(10),
    name: text(500),
    path: Type.Array(text(500)),
    declarable: Type.Boolean(),
    duty: optional(text(200, 'rate of duty for third countries')),
    supplementaryUnit: optional(text(12)),
  },
  closed,
)
export type CommodityChoice = Static<typeof CommodityChoice>
export const MeasureView = Type.Object(
  {
    id: text(40),
    type: text(3),
    taxType: text(3),
    area: text(4),
    preferences: Type.Array(text(3)),
    additionalCode: optional(text(4)),
    text: text(500),
    supplementaryUnit: optional(text(12)),
    source: text(100),
  },
  closed,
)
export const CommodityView = Type.Object(
  {
    code: text(10),
    name: text(500),
    path: Type.Array(text(500)),
    declarable: Type.Boolean(),
    supplementaryUnit: optional(text(12)),
    documents: Type.Array(text(40)),
    measures: Type.Array(MeasureView),
  },
  closed,
)
export type CommodityView = Static<typeof CommodityView>
