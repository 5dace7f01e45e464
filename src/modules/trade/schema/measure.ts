/**
 * Measures: what is charged on goods or asked for them. Bitemporal: legal validity in the measure, the time of our knowledge in its
 * record; a correction adds a record and closes the knowledge of the old one.
 */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, numeral, optional, text, validity } from './common.ts'
import { Expression } from './expression.ts'
import { seriesLetters } from './measure-types.ts'

/**
 * One row of a measure's conditions (TARIC). Rows of one code are alternatives in `sequence`, the first that is met wins; different codes
 * must all be met. Rows with the same `permutation` form one group instead. A row with neither certificate nor threshold is the
 * "otherwise" row. Actions 01, 24–29, 34, 36 let the measure apply; 04–07, 09, 10, 16, 30 do not; 08 stops the declaration (`actionOf`).
 */
export const Condition = Type.Object(
  {
    code: Type.String({
      pattern: '^[A-Z]{1,2}$',
      description: 'A remedy invoice, B C H document, E I limit or document, Q Z certificate, R ratio, V entry price',
    }),
    sequence: Type.Integer({ minimum: 1, maximum: 999 }),
    /** document code that meets it: C644, N851, Y… (states that it does not apply) */
    certificate: optional(text(10)),
    /** what the price or quantity is measured against */
    threshold: optional(
      Type.Object({ amount: numeral, currency: optional(Type.String({ pattern: '^[A-Z]{3}$' })), unit: optional(text(12)) }, closed),
    ),
    action: Type.String({ pattern: '^[0-9]{2}$' }),
    /** takes the place of the measure's own expression where this row is the one met */
    expression: optional(Expression),
    permutation: optional(text(20)),
  },
  { ...closed, title: 'MeasureCondition' },
)
export type Condition = Static<typeof Condition>

const dayOfYear = Type.String({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description: 'month and day' })
/** Days of the year, both inclusive, on which a measure exists; `from` after `to` runs over the turn of the year. */
export const Season = Type.Object({ from: dayOfYear, to: dayOfYear }, closed)
export type Season = Static<typeof Season>

const own = {
  id: text(40),
  type: text(3, 'TARIC measure type'),
  /** where the type does not tell it, or the measure is used otherwise than its type says */
  series: optional(Type.Enum(seriesLetters)),
  taxType: text(3, 'A00 customs duty, three digits excise, B00 VAT'),
  /** country, group code, or 1011 = all */
  area: text(4),
  /** applies only when the declarant states this code; a code ending in 999 takes those who state none of its type. Meursing rows: 7xxx */
  additionalCode: optional(text(4)),
  orderNumber: optional(text(6)),
  /** DE 4/17 codes that claim it; none for what is charged on top of every option */
  preferences: optional(Type.Array(text(3))),
  expression: optional(Expression),
  /** what a percentage is taken of; the customs value when absent */
  basis: optional(Type.Enum(['customs-value', 'value-and-duty'])),
  /** types 109–111: the quantity that must be declared */
  supplementaryUnit: optional(text(12)),
  conditions: optional(Type.Array(Condition, { maxItems: 100 })),
  /** TARIC reduction indicator: which of several rates of an agreement a claim gets */
  reduction: optional(Type.Integer({ minimum: 1, maximum: 9 })),
}

export const Measure = Type.Object(
  {
    ...own,
    administration: AdministrationCode,
    /** leading digits of the goods it covers; '' = all goods */
    commodity: Type.String({ pattern: '^[0-9]{0,10}$' }),
    /** countries and groups of the area to which it does not apply */
    excluded: optional(Type.Array(text(4))),
    season: optional(Season),
    /** documents that must be stated; `A|B` = one of them. Conditions say more: alternatives, thresholds, actions */
    documents: optional(Type.Array(text(40))),
    footnotes: optional(Type.Array(text(6))),
    source: text(100, 'legal base'),
    /** the legal base ends its measures at this date, whatever they say; national measures have none */
    sourceValidTo: optional(LegalDate),
    ...validity,
  },
  { ...closed, title: 'TariffMeasure' },
)
export type Measure = Static<typeof Measure>

/** A measure as the calculation is given it, and as the journal keeps it: without what a decision does not need. */
export const MeasureFact = Type.Object({ ...own, source: optional(text(100)) }, closed)
export type MeasureFact = Static<typeof MeasureFact>
