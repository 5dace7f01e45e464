/** Selection for control: what is known of a subject, what a selection used, and what came out. Risk speaks of a subject, never of a declaration. */
import { Type, type Static } from 'typebox'
import { ControlKind, Lane, Secrecy } from './profile.ts'
import { SettingRow } from './proposal.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number) => Type.String({ maxLength: max })

const Named = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]))
/** A subject as it was registered: values by the names of the profile language (`party.importer`, `item.hs`); what is unknown is absent. */
export const Snapshot = Type.Object({ declaration: Named, items: Type.Array(Named) }, closed)
export type Snapshot = Static<typeof Snapshot>

/** A profile that fired, with the lot drawn for it. `run`: hits in a row that did not select, before this one. */
export const Hit = Type.Object(
  {
    profile: text(40),
    version: Type.Integer(),
    hash: text(64),
    name: text(200),
    agency: text(20),
    secrecy: Secrecy,
    lane: Lane,
    control: ControlKind,
    blocking: Type.Boolean(),
    mandatory: Type.Boolean(),
    /** share of hits that select, 0 to 100 */
    percent: Type.Number(),
    maxRun: nullable(Type.Integer()),
    instruction: text(2000),
    draw: Type.Number(),
    run: Type.Integer(),
    /** share of its examined hits with a finding, as known before; null while nobody examined any */
    hitRate: nullable(Type.Number()),
  },
  closed,
)
export type Hit = Static<typeof Hit>

export const Contribution = Type.Object(
  { subject: text(200), contribution: Type.Number(), text: text(500), n: Type.Optional(Type.Integer()), lift: Type.Optional(Type.Number()) },
  closed,
)
export type Contribution = Static<typeof Contribution>

/** What a model said of the riskiest item. A model decides nothing: it ranks, and selection weighs. */
export const Score = Type.Object(
  {
    model: text(64),
    item: Type.Integer(),
    /** log odds, to rank by */
    margin: Type.Number(),
    probability: Type.Number(),
    /** share of recent declarations with a lower score, 0 to 1 */
    rank: Type.Number(),
    raises: Type.Array(Contribution),
    lowers: Type.Array(Contribution),
  },
  closed,
)
export type Score = Static<typeof Score>

/** How the office stood before: shares of the last seven days, and minutes that today's selections take. */
export const Counters = Type.Object(
  { registered: Type.Integer(), red: Type.Integer(), yellow: Type.Integer(), blue: Type.Integer(), minutesToday: Type.Integer() },
  closed,
)
export type Counters = Static<typeof Counters>

/** What a selection used; the journal keeps it, so the decision can be taken again. Draws are keyed hashes in [0,1). */
export const SelectionFacts = Type.Object(
  {
    engine: Type.Literal(2),
    snapshot: Snapshot,
    /** figures of the windows that profiles asked, by the window's canonical text: one for each item */
    windows: Type.Optional(Type.Record(Type.String(), Type.Array(nullable(Type.Number())))),
    hits: Type.Array(Hit),
    /** living profiles that could not be asked: their fault must not stop anybody's goods */
    isolated: Type.Array(text(40)),
    setting: SettingRow,
    counters: Counters,
    /** lots for chance and for filling up to the expected rate */
    tickets: Type.Object({ random: Type.Number(), fill: Type.Number() }, closed),
    /** which key the lots were drawn with */
    key: text(16),
    trusted: Type.Boolean(),
    score: nullable(Score),
    /** the challenger's score, in shadow: nothing follows from it */
    shadow: nullable(Type.Object({ model: text(64), margin: Type.Number() }, closed)),
  },
  closed,
)
export type SelectionFacts = Static<typeof SelectionFacts>

const Reason = Type.Object(
  { code: Type.String(), params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))) },
  closed,
)

export const chosenBy = ['mandatory', 'criterion', 'random', 'fill', 'nothing'] as const
export const Selection = Type.Object(
  {
    lane: Lane,
    controls: Type.Array(
      Type.Object({ kind: Type.Enum(['documentary', 'physical']), blocking: Type.Boolean(), reasons: Type.Array(Reason) }, closed),
    ),
    /** for officers: never a criterion's code, never whether it was chance */
    reasons: Type.Array(Reason),
    chosenBy: Type.Enum([...chosenBy]),
    /** chance that it would be examined, as this decision stood (after demotions) */
    propensity: Type.Number(),
    /** part of it that chance alone gave */
    randomShare: Type.Number(),
    minutes: Type.Integer(),
    /** codes of the profiles that selected, and of those that hit and did not */
    selecting: Type.Array(text(40)),
    unselected: Type.Array(text(40)),
    demotions: Type.Array(
      Type.Object(
        { from: Lane, to: Lane, minutes: Type.Integer(), valuePerMinute: Type.Number(), reason: Type.Enum(['capacity', 'below-floor']) },
        closed,
      ),
    ),
  },
  closed,
)
export type Selection = Static<typeof Selection>
