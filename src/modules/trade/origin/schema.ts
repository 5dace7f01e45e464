/** Preferential origin: schemes with their proofs and cumulation, product rules as data, and what the assistant takes and gives. */
import { Type, type Static } from 'typebox'
import { decimalPattern } from '#kernel/decimal.ts'
import { LegalDate, Names } from '#schema/reference'

const closed = { additionalProperties: false } as const
const optional = Type.Optional
const text = (max = 200) => Type.String({ maxLength: max })
const numeral = Type.String({ pattern: decimalPattern, maxLength: 50 })
const Country = Type.String({ pattern: '^[A-Z]{2}$' })
const Prefixes = Type.Array(Type.String({ pattern: '^[0-9]{2,6}$' }))

/**
 * One condition on what was not originating. `WO` wholly obtained · `CC`, `CTH`, `CTSH` every such material is of another chapter,
 * heading, subheading (and of none of `except`) · `MAXNOM` their value is at most `percent` of the price ex works · `MAXWEIGHT` their
 * weight is at most `percent` of the product's · `RVC` at least `percent` of the price ex works is not theirs · `PROCESS` made by this
 * operation. `of` limits a ceiling to materials of these codes.
 */
export const OriginCondition = Type.Object(
  {
    kind: Type.Enum(['WO', 'CC', 'CTH', 'CTSH', 'MAXNOM', 'MAXWEIGHT', 'RVC', 'PROCESS']),
    percent: optional(numeral),
    of: optional(Prefixes),
    except: optional(Prefixes),
    process: optional(text(40)),
  },
  closed,
)
export type OriginCondition = Static<typeof OriginCondition>

/** Goods from one code to another; alternatives of which one, with all its conditions, is enough. */
export const OriginRule = Type.Object(
  {
    from: Type.String({ pattern: '^[0-9]{2,10}$' }),
    to: Type.String({ pattern: '^[0-9]{2,10}$' }),
    /** tells apart goods of one code that have different rules */ subdivision: optional(text(200)),
    alternatives: Type.Array(Type.Array(OriginCondition, { minItems: 1 }), { minItems: 1 }),
  },
  closed,
)
export type OriginRule = Static<typeof OriginRule>

export const OriginProof = Type.Object({ code: text(4), /** only up to this value of the consignment */ upTo: optional(numeral) }, closed)
export type OriginProof = Static<typeof OriginProof>

export const OriginScheme = Type.Object(
  {
    id: text(20),
    administration: text(8),
    names: Names,
    /** group of countries */ area: text(4),
    /** DE 4/17 codes that claim it */ preferences: Type.Array(text(3)),
    proofs: Type.Array(OriginProof),
    /** materials of the partners and of home count as originating (bilateral), those of these groups too (diagonal, extended) */
    cumulation: Type.Object({ bilateral: Type.Boolean(), diagonal: Type.Array(text(4)), extended: Type.Array(text(4)) }, closed),
    /** percent of the price ex works up to which materials may miss a change of code; chapters that have none */
    tolerancePercent: numeral,
    noTolerance: Prefixes,
    rules: Type.Array(OriginRule),
    validFrom: LegalDate,
    validTo: optional(LegalDate),
  },
  { ...closed, title: 'OriginScheme' },
)
export type OriginScheme = Static<typeof OriginScheme>

export const OriginMaterial = Type.Object(
  {
    code: Type.String({ pattern: '^[0-9]{2,10}$' }),
    origin: optional(Country),
    value: optional(numeral),
    massKg: optional(numeral),
    name: optional(text()),
  },
  closed,
)
export type OriginMaterial = Static<typeof OriginMaterial>

export const OriginQuestion = Type.Object(
  {
    code: Type.String({ pattern: '^[0-9]{4,10}$' }),
    origin: Country,
    administration: optional(text(8)),
    date: optional(LegalDate),
    /** document codes held */ proofs: Type.Array(text(4), { maxItems: 50 }),
    /** what the goods were made of; nothing is said of the rule when absent */
    materials: optional(Type.Array(OriginMaterial, { maxItems: 200 })),
    processes: optional(Type.Array(text(40), { maxItems: 50 })),
    /** price ex works, in the currency of the materials */ exWorks: optional(numeral),
    netMassKg: optional(numeral),
    /** customs value and quantities, for what would be saved */
    value: optional(numeral),
    currency: optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    supplementary: optional(Type.Object({ value: numeral, unit: optional(text(12)) }, closed)),
    language: optional(Type.Enum(['en', 'fr', 'es', 'zh', 'ar'])),
  },
  { ...closed, title: 'OriginQuestion' },
)
export type OriginQuestion = Static<typeof OriginQuestion>

export const Verdict = Type.Enum(['met', 'not-met', 'unknown'])
export type Verdict = Static<typeof Verdict>
export const ConditionView = Type.Object(
  {
    condition: OriginCondition,
    verdict: Verdict,
    /** what was reckoned, in percent */ reached: optional(numeral),
    /** places of materials that miss it */ missed: Type.Array(Type.Integer()),
    /** places that miss it and are within the tolerance */ tolerated: Type.Array(Type.Integer()),
  },
  closed,
)
export type ConditionView = Static<typeof ConditionView>
export const RuleView = Type.Object(
  {
    from: text(10),
    to: text(10),
    subdivision: optional(text(200)),
    verdict: Verdict,
    alternatives: Type.Array(Type.Object({ verdict: Verdict, conditions: Type.Array(ConditionView) }, closed)),
  },
  closed,
)
export type RuleView = Static<typeof RuleView>
export const SchemeAdvice = Type.Object(
  {
    id: text(20),
    name: text(500),
    preferences: Type.Array(text(3)),
    /** places of materials that count as originating */ originating: Type.Array(Type.Integer()),
    rules: Type.Array(RuleView),
    proofs: Type.Array(Type.Object({ code: text(4), upTo: optional(numeral), held: Type.Boolean(), usable: Type.Boolean() }, closed)),
    proofHeld: Type.Boolean(),
    verdict: Verdict,
  },
  closed,
)
export type SchemeAdvice = Static<typeof SchemeAdvice>
