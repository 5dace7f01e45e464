/** Figures of readers and detectors as screens see them. Every figure stands in one column; proportions come with n and a 95 % interval. */
import { Type, type Static, type TSchema } from 'typebox'
import { Column, Item } from './subject.ts'

const closed = { additionalProperties: false } as const
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })

export const teams = ['senior', 'intermediate', 'trainee'] as const
export const Team = Type.Enum(teams)
export type Team = (typeof teams)[number]

export const ReaderProfile = Type.Object(
  {
    personId: Type.String(),
    name: text(200),
    team: Team,
    items: Type.Array(Item, { maxItems: 3, uniqueItems: true }),
    /** figures of such a reader were generated and say nothing of people */
    simulated: Type.Boolean(),
  },
  { ...closed, title: 'ImageReader' },
)
export type ReaderProfile = Static<typeof ReaderProfile>

export const Rate = Type.Object(
  { value: Type.Number(), low: Type.Number(), high: Type.Number(), count: Type.Integer(), n: Type.Integer() },
  { ...closed, title: 'Rate', description: 'a proportion with its Wilson 95 % interval' },
)

export const Figures = Type.Object(
  {
    column: Column,
    n: Type.Integer(),
    detection: orNull(Rate),
    falseAlarm: orNull(Rate),
    accuracy: Rate,
    balanced: orNull(Type.Number()),
    auc: orNull(Type.Number()),
    dPrime: orNull(Type.Number()),
    criterion: orNull(Type.Number()),
    medianMs: Type.Number(),
  },
  { ...closed, title: 'Figures' },
)

const count = orNull(Type.Integer())
export const BoardRow = Type.Object(
  {
    team: Type.Enum(['ai', 'senior', 'intermediate']),
    /** model cards or number of people behind the row */
    readers: Type.Integer(),
    /** of these, such whose readings were made elsewhere and imported */
    imported: Type.Integer(),
    names: Type.Array(Type.String()),
    /** why the figures of a team are not told: too few people behind them, or too few items */
    withheld: orNull(Type.Enum(['readers', 'items'])),
    figures: orNull(Figures),
  },
  closed,
)
/** Whose readings the teams' rows count: those of people, or those that somebody invented to try the table. Never both. */
export const BoardReaders = Type.Enum(['people', 'invented'])
export const Board = Type.Object(
  {
    column: Column,
    readers: BoardReaders,
    /** are there readings of the other kind in this column */
    hasOther: Type.Boolean(),
    /** items that the machine and both teams have judged, unassisted */
    items: Type.Integer(),
    threats: Type.Integer(),
    /** below either a team's row is withheld */
    fewest: Type.Object({ readers: Type.Integer(), items: Type.Integer() }, closed),
    rows: Type.Array(BoardRow),
    /** of each kind of threat: how many, and how many were found; null where the row is withheld */
    kinds: Type.Array(
      Type.Object(
        { category: Type.String(), threats: Type.Integer(), found: Type.Object({ ai: count, senior: count, intermediate: count }, closed) },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Board' },
)
export type Board = Static<typeof Board>

export const PersonFigures = Type.Object(
  {
    ...ReaderProfile.properties,
    column: Column,
    figures: orNull(Figures),
    trend: orNull(Type.Enum(['better', 'worse', 'steady'])),
    refresherDue: Type.Boolean(),
    standard: Type.Number(),
    viewingSince: orNull(Type.String()),
    restUntil: orNull(Type.String()),
    lastTrialAt: orNull(Type.String()),
  },
  { ...closed, title: 'ReaderFigures' },
)
export type PersonFigures = Static<typeof PersonFigures>

const verdictOf = orNull(Type.Boolean())
const judge = Type.Enum(['ai', 'first', 'second', 'opened'])
export const ConcordanceView = Type.Object(
  {
    column: Column,
    n: Type.Integer(),
    cells: Type.Array(Type.Object({ ai: verdictOf, first: verdictOf, second: verdictOf, opened: verdictOf, count: Type.Integer() }, closed)),
    pairs: Type.Array(
      Type.Object(
        {
          a: judge,
          b: judge,
          agreement: Type.Object(
            {
              n: Type.Integer(),
              observed: Type.Number(),
              expected: Type.Number(),
              kappa: orNull(Type.Number()),
              low: orNull(Type.Number()),
              high: orNull(Type.Number()),
            },
            closed,
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Concordance' },
)
export type ConcordanceView = Static<typeof ConcordanceView>

export const DriftView = Type.Object(
  {
    column: Column,
    days: Type.Array(
      Type.Object(
        {
          day: Type.String(),
          n: Type.Integer(),
          alarms: Type.Integer(),
          up: Type.Number(),
          down: Type.Number(),
          alarm: orNull(Type.Enum(['up', 'down'])),
        },
        closed,
      ),
    ),
    /** alarm rate of the reference period, null while there is none */
    reference: orNull(Rate),
    psi: orNull(Type.Number()),
  },
  { ...closed, title: 'Drift' },
)
export type DriftView = Static<typeof DriftView>
