/** All measures of a code for an origin and a date, with the reasons why each does or does not concern the goods. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, optional, text } from './common.ts'
import { Condition, Season } from './measure.ts'

/**
 * Reasons for: `own` on this very line · `inherited` from {from} · `all-goods` · `everybody` · `country` · `member` of {area} · `claim` one of
 * {preferences} must be claimed, with proof where it is preferential · `code` {code} must be stated · `residual` for those who state no
 * code of their own · `document` one of {codes} decides · `threshold` price or quantity decides · `season` {from}–{to}.
 * Reasons against: `not-yet` {from} · `ended` {to} · `legal-base-ended` {to} · `season` · `area` {area} does not hold {origin} ·
 * `origin-missing` · `excluded` {excluded} · `replaced` by {by} on {at}, nearer to the goods · `code-not-stated` {code}, a Meursing row.
 */
export const Why = Type.Object({ why: text(30), params: Type.Record(Type.String(), Type.String()) }, closed)
export type Why = Static<typeof Why>

/** `applies` by itself · `on-claim`, `on-code`, `on-condition` when the declarant does his part · `not` at all. */
export const ShownStatus = Type.Enum(['applies', 'on-claim', 'on-code', 'on-condition', 'not'])
export const ShownMeasure = Type.Object(
  {
    id: text(40),
    commodity: text(10),
    type: text(3),
    typeName: optional(text(100)),
    series: optional(text(1)),
    taxType: text(3),
    area: text(4),
    areaName: optional(text(500)),
    excluded: optional(Type.Array(text(4))),
    rate: text(1000),
    basis: optional(text(20)),
    preferences: optional(Type.Array(text(3))),
    orderNumber: optional(text(6)),
    additionalCode: optional(Type.Object({ code: text(4), name: optional(text(500)) }, closed)),
    conditions: optional(
      Type.Array(
        Type.Object(
          {
            ...Condition.properties,
            effect: Type.Enum(['applies', 'excluded', 'stops']),
            certificateName: optional(text(500)),
            rate: optional(text(1000)),
          },
          closed,
        ),
      ),
    ),
    documents: optional(Type.Array(text(40))),
    footnotes: optional(Type.Array(Type.Object({ code: text(6), text: optional(text(500)) }, closed))),
    supplementaryUnit: optional(text(12)),
    season: optional(Season),
    reduction: optional(Type.Integer()),
    source: text(100),
    validFrom: LegalDate,
    validTo: optional(LegalDate),
    inheritedFrom: optional(text(10)),
    status: ShownStatus,
    why: Type.Array(Why),
  },
  { ...closed, title: 'ShownMeasure' },
)
export type ShownMeasure = Static<typeof ShownMeasure>

export const ShownCommodity = Type.Object(
  {
    administration: text(2),
    code: text(10),
    date: LegalDate,
    origin: optional(text(2)),
    /** number of the tariff's version that answers */
    version: Type.Integer(),
    exists: Type.Boolean(),
    declarable: Type.Boolean(),
    name: text(500),
    path: Type.Array(Type.Object({ code: text(13), name: text(500) }, closed)),
    footnotes: Type.Array(Type.Object({ code: text(6), text: optional(text(500)) }, closed)),
    supplementaryUnit: optional(text(12)),
    documents: Type.Array(text(40)),
    measures: Type.Array(ShownMeasure),
    notApplied: Type.Array(ShownMeasure),
  },
  { ...closed, title: 'ShownCommodity' },
)
export type ShownCommodity = Static<typeof ShownCommodity>
