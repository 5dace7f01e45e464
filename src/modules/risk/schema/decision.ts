/** A decision as those who choose read it: never traders, and examiners only their instruction, in the case itself. */
import { Type, type Static } from 'typebox'
import { Lane } from './profile.ts'
import { chosenBy, Score, Selection, Snapshot } from './selection.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number) => Type.String({ maxLength: max })

export const outcomeResults = ['none', 'minor', 'major', 'critical'] as const
export const OutcomeView = Type.Object(
  {
    kind: text(20),
    result: Type.Enum([...outcomeResults]),
    offence: text(100),
    amountMinor: Type.Integer(),
    currency: text(3),
    minutes: nullable(Type.Integer()),
    knownAt: text(40),
  },
  closed,
)
export type OutcomeView = Static<typeof OutcomeView>

export const DecisionRow = Type.Object(
  {
    id: text(60),
    kind: text(40),
    reference: text(70),
    office: text(20),
    regime: text(20),
    importer: nullable(text(35)),
    decidedAt: text(40),
    lane: Lane,
    /** null for readers of another agency than customs */
    chosenBy: nullable(Type.Enum([...chosenBy])),
    hits: Type.Integer(),
    /** share of declarations before it with a lower score, 0 to 1; null where no model scored, or the reader may not know */
    rank: nullable(Type.Number()),
    result: nullable(Type.Enum([...outcomeResults])),
  },
  { ...closed, title: 'RiskDecisionRow' },
)
export type DecisionRow = Static<typeof DecisionRow>

export const SeenHit = Type.Object(
  {
    agency: text(20),
    lane: Lane,
    selected: Type.Boolean(),
    /** null: a criterion that this reader may not know */
    profile: nullable(text(40)),
    version: nullable(Type.Integer()),
    name: nullable(text(200)),
    percent: nullable(Type.Number()),
    draw: nullable(Type.Number()),
  },
  closed,
)
export type SeenHit = Static<typeof SeenHit>

export const DecisionView = Type.Object(
  {
    ...DecisionRow.properties,
    administration: text(2),
    hitList: Type.Array(SeenHit),
    snapshot: Snapshot,
    score: nullable(Score),
    propensity: nullable(Type.Number()),
    minutes: Type.Integer(),
    demotions: Selection.properties.demotions,
    isolated: Type.Array(text(40)),
    outcomes: Type.Array(OutcomeView),
    /** what versions the decision rests on */
    versions: Type.Object({ engine: Type.Integer(), setting: Type.Integer(), key: text(16), model: nullable(text(64)) }, closed),
  },
  { ...closed, title: 'RiskDecision' },
)
export type DecisionView = Static<typeof DecisionView>

/** A decision taken again from what it stored. */
export const DecisionReplay = Type.Object(
  {
    id: text(60),
    /** the selection comes out byte for byte as it was */
    alike: Type.Boolean(),
    /** profiles whose stored version no longer says of the stored input what it said */
    hitsApart: Type.Array(text(40)),
    /** asked a named list, whose entries of that day are not part of the version */
    hitsUnasked: Type.Array(text(40)),
  },
  { ...closed, title: 'RiskReplay' },
)
export type DecisionReplay = Static<typeof DecisionReplay>

const Answer = Type.Object({ by: text(200), at: text(40), remark: text(2000) }, closed)
export const AlarmRow = Type.Object(
  {
    id: text(60),
    kind: text(40),
    subject: text(100),
    detail: Type.Record(Type.String(), Type.Unknown()),
    count: Type.Integer(),
    openedAt: text(40),
    lastAt: text(40),
    /** who looks into it, and what is being done */ acknowledged: nullable(Answer),
    /** who dealt with it, and how */ closed: nullable(Answer),
  },
  { ...closed, title: 'RiskAlarm' },
)
export type AlarmRow = Static<typeof AlarmRow>
