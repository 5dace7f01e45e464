/** A version asked of stored history before it may bind anybody. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number) => Type.String({ maxLength: max })
const share = Type.Number()

export const Rate = Type.Object(
  {
    /** examined */ n: Type.Integer(),
    found: Type.Integer(),
    rate: nullable(share),
    /** Wilson's interval of 95 % */
    interval95: nullable(Type.Array(share, { minItems: 2, maxItems: 2 })),
  },
  closed,
)

/** What a profile would have done. Hits that nobody examined are unknown, not clean. */
export const BacktestResult = Type.Object(
  {
    rows: Type.Integer(),
    from: nullable(text(10)),
    to: nullable(text(10)),
    hits: Type.Integer(),
    share,
    /** hits whose goods were controlled anyway */
    alreadySelected: Type.Integer(),
    /** inspections that it would add, after its percentage */
    marginalSelections: Type.Number(),
    hitRate: Rate,
    /** what chance alone found in the same time */
    randomRate: Rate,
    lift: nullable(Type.Number()),
    evidence: Type.Enum(['sufficient', 'insufficient']),
    workload: Type.Array(
      Type.Object(
        {
          office: text(20),
          lane: text(10),
          hits: Type.Integer(),
          perWeekMean: Type.Number(),
          perWeekP95: Type.Number(),
          minutesPerWeek: Type.Number(),
        },
        closed,
      ),
    ),
    overlap: Type.Array(
      Type.Object(
        {
          code: text(40),
          name: text(200),
          both: Type.Integer(),
          /** of this profile's hits */ share,
        },
        closed,
      ),
    ),
    revenue: Type.Object({ currency: text(3), totalMinor: Type.Integer(), perInspectionMinor: nullable(Type.Number()), n: Type.Integer() }, closed),
    top: Type.Object(
      {
        importers: Type.Array(Type.Object({ value: text(100), hits: Type.Integer() }, closed)),
        origins: Type.Array(Type.Object({ value: text(100), hits: Type.Integer() }, closed)),
      },
      closed,
    ),
  },
  { ...closed, title: 'BacktestResult' },
)
export type BacktestResult = Static<typeof BacktestResult>

export const Backtest = Type.Object(
  {
    id: text(60),
    code: text(40),
    number: Type.Integer(),
    status: Type.Enum(['queued', 'running', 'done', 'failed']),
    /** 0 to 1 */
    progress: Type.Number(),
    askedBy: text(200),
    askedAt: text(40),
    finishedAt: nullable(text(40)),
    historyFrom: nullable(text(10)),
    result: nullable(BacktestResult),
  },
  { ...closed, title: 'Backtest' },
)
export type Backtest = Static<typeof Backtest>
