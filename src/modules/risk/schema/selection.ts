/**
 * Selection for control. Risk speaks of a subject's features, never of a declaration. Criteria are data; a later language of
 * profiles compiles into the same conditions.
 */
import { Type, type Static } from 'typebox'
import { Lane } from './profile.ts'

const closed = { additionalProperties: false } as const

const Named = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]))
/** A subject as it was registered: values by the names of the profile language (`party.importer`, `item.hs`); what is unknown is absent. */
export const Snapshot = Type.Object({ declaration: Named, items: Type.Array(Named) }, closed)
export type Snapshot = Static<typeof Snapshot>

/** What criteria may look at. Lists hold one value per goods item, so `any item under 6203` is `hsCodes under 6203`. */
export const Features = Type.Object(
  {
    regime: Type.String(),
    office: Type.String(),
    administration: Type.String(),
    declarant: Type.String(),
    importer: Type.String(),
    exporter: Type.String(),
    hsCodes: Type.Array(Type.String()),
    origins: Type.Array(Type.String()),
    dispatchCountry: Type.String(),
    procedures: Type.Array(Type.String()),
    preferences: Type.Array(Type.String()),
    descriptions: Type.Array(Type.String()),
    packageTypes: Type.Array(Type.String()),
    documentCodes: Type.Array(Type.String()),
    /** whole major units of the administration's currency */
    customsValue: Type.Number(),
    grossMassKg: Type.Number(),
    items: Type.Number(),
    trusted: Type.Boolean(),
  },
  closed,
)
export type Features = Static<typeof Features>
export type FeatureName = keyof Features

export const Condition = Type.Object(
  {
    field: Type.String(),
    operator: Type.Union([
      Type.Literal('is'),
      Type.Literal('in'),
      Type.Literal('under'),
      Type.Literal('above'),
      Type.Literal('below'),
      Type.Literal('contains'),
    ]),
    value: Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]),
  },
  closed,
)
export type Condition = Static<typeof Condition>

export const Profile = Type.Object(
  {
    code: Type.String({ maxLength: 40 }),
    name: Type.String({ maxLength: 200 }),
    administration: Type.String(),
    /** national when absent */
    office: Type.Optional(Type.String()),
    lane: Lane,
    /** the control a hit opens; blue and green open none before release */
    control: Type.Union([Type.Literal('documentary'), Type.Literal('physical'), Type.Literal('both'), Type.Literal('none')]),
    blocking: Type.Boolean(),
    /** share of hits that select, 0–100 */
    percent: Type.Number({ minimum: 0, maximum: 100 }),
    conditions: Type.Array(Condition, { minItems: 1, maxItems: 50 }),
    instruction: Type.String({ maxLength: 1000 }),
    validFrom: Type.String(),
    validTo: Type.Optional(Type.String()),
  },
  closed,
)
export type Profile = Static<typeof Profile>

/** What a selection used; the journal keeps it, so the draw can be repeated. `draws` are HMAC values in [0,1). */
export const SelectionFacts = Type.Object(
  { version: Type.Integer(), profiles: Type.Array(Profile), draws: Type.Record(Type.String(), Type.Number()), randomRate: Type.Number() },
  closed,
)
export type SelectionFacts = Static<typeof SelectionFacts>

export const Selection = Type.Object(
  {
    lane: Lane,
    controls: Type.Array(
      Type.Object(
        {
          kind: Type.Union([Type.Literal('documentary'), Type.Literal('physical')]),
          blocking: Type.Boolean(),
          reasons: Type.Array(
            Type.Object(
              { code: Type.String(), params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))) },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    reasons: Type.Array(
      Type.Object({ code: Type.String(), params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))) }, closed),
    ),
  },
  closed,
)
export type Selection = Static<typeof Selection>
