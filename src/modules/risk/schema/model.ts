/** Models as versions, which of them scores, and whether trade has moved away from what they learned. */
import { Type, type Static } from 'typebox'
import { Person } from './profile.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number) => Type.String({ maxLength: max })

export const modelStatuses = ['candidate', 'challenger', 'champion', 'retired'] as const
export const ModelRow = Type.Object(
  {
    hash: text(64),
    name: text(100),
    status: Type.Enum([...modelStatuses]),
    trainedBy: Person,
    trainedAt: text(40),
    rows: Type.Integer(),
    positives: Type.Integer(),
    /** area under the ROC curve on rows held back */ auc: nullable(Type.Number()),
    precisionAt5: nullable(Type.Number()),
  },
  { ...closed, title: 'RiskModelRow' },
)
export type ModelRow = Static<typeof ModelRow>

export const Reign = Type.Object(
  {
    model: text(64),
    how: Type.Enum(['promotion', 'rollback']),
    proposedBy: text(60),
    approvedBy: text(60),
    beganAt: text(40),
    endedAt: nullable(text(40)),
  },
  closed,
)
export type Reign = Static<typeof Reign>

export const ModelView = Type.Object({ ...ModelRow.properties, card: Type.Unknown(), reigns: Type.Array(Reign) }, { ...closed, title: 'RiskModel' })

export const TrainAsk = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
    from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  },
  closed,
)
export type TrainAsk = Static<typeof TrainAsk>

export const Training = Type.Object(
  {
    id: text(60),
    name: text(100),
    status: Type.Enum(['queued', 'running', 'done', 'failed']),
    /** 0 to 1 */ progress: Type.Number(),
    askedBy: text(200),
    askedAt: text(40),
    finishedAt: nullable(text(40)),
    model: nullable(text(64)),
    issues: Type.Array(Type.Object({ code: text(100), params: Type.Optional(Type.Record(Type.String(), Type.Unknown())) })),
  },
  { ...closed, title: 'RiskTraining' },
)
export type Training = Static<typeof Training>

/** Shares of a column's values by bin: edges of a number's tenths, or a code's most frequent values. */
export const Distribution = Type.Object(
  {
    column: text(60),
    kind: Type.Enum(['number', 'code']),
    bins: Type.Array(Type.Union([Type.String(), Type.Number()])),
    shares: Type.Array(Type.Number()),
  },
  closed,
)
export type Distribution = Static<typeof Distribution>

/** Population stability index against what the model was trained on: from 0.1 watch, from 0.25 act. */
export const DriftRow = Type.Object(
  { column: text(60), psi: Type.Number(), unseen: Type.Number(), state: Type.Enum(['steady', 'watch', 'act']), n: Type.Integer() },
  closed,
)
export type DriftRow = Static<typeof DriftRow>
