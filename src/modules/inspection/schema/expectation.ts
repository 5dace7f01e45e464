/** What goods of a chapter of the Harmonized System look like to X-rays, as limits of what is measured of them. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const

export const metrics = ['organicShare', 'inorganicShare', 'metalShare', 'unevenness', 'strangerShare', 'unitCount', 'fillHeight', 'gPerCm2'] as const
export type Metric = (typeof metrics)[number]

/** Least and most, both allowed. */
export const Limits = Type.Tuple([Type.Number({ minimum: 0 }), Type.Number({ minimum: 0 })])
export type Limits = Static<typeof Limits>

export const Expectation = Type.Object(
  {
    /** `table`: what trade knows of such goods; `learned`: what cleared consignments looked like, of which there were n */
    source: Type.Enum(['table', 'learned']),
    n: Type.Integer({ minimum: 0 }),
    limits: Type.Partial(Type.Object(Object.fromEntries(metrics.map((metric) => [metric, Limits])) as Record<Metric, typeof Limits>, closed)),
  },
  { ...closed, title: 'Expectation' },
)
export type Expectation = Static<typeof Expectation>

/** By chapter, two digits. */
export const ExpectationTable = Type.Record(Type.String({ pattern: '^\\d\\d$' }), Expectation.properties.limits)
export type ExpectationTable = Static<typeof ExpectationTable>
