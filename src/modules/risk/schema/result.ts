/** What examinations taught of profiles, channels and of trade as a whole. */
import { Type, type Static } from 'typebox'
import { Rate } from './backtest.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number) => Type.String({ maxLength: max })

const figures = {
  hits: Type.Integer(),
  selected: Type.Integer(),
  hitRate: Rate,
  /** hit rate by the random stratum's, which is weighed by propensity */ lift: nullable(Type.Number()),
  revenueMinor: Type.Integer(),
  revenuePerInspectionMinor: nullable(Type.Number()),
}

export const LeagueRow = Type.Object(
  {
    code: text(40),
    ...figures,
    /** of hits that no other profile had */ soleHitRate: Rate,
    /** why it should be retired, if it should */ retire: nullable(Type.Enum(['no-hits', 'no-lift'])),
  },
  { ...closed, title: 'RiskLeagueRow' },
)
export type LeagueRow = Static<typeof LeagueRow>

export const ChannelRow = Type.Object({ channel: text(20), ...figures }, closed)
export type ChannelRow = Static<typeof ChannelRow>

/** Weighed by inverse propensity (Horvitz and Thompson 1952; Hájek 1971), so that what nobody suspected counts too. */
export const Estimates = Type.Object(
  {
    registered: Type.Integer(),
    examined: Type.Integer(),
    /** Σ y/π over all registered */ prevalence: nullable(Type.Number()),
    /** the same over Σ 1/π: steadier where propensities vary */ prevalenceSelfNormalised: nullable(Type.Number()),
    interval95: nullable(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })),
    /** (Σw)² / Σw²: as how many equally likely examinations these count */ effectiveSampleSize: Type.Number(),
    /** found by targeting, of all that there is by estimate */ recall: nullable(Type.Number()),
    /** registered that nobody could ever have examined: nothing is known of them */ unreachable: Type.Integer(),
  },
  { ...closed, title: 'RiskEstimates' },
)
export type Estimates = Static<typeof Estimates>

export const Results = Type.Object(
  {
    from: text(10),
    to: text(10),
    currency: text(3),
    league: Type.Array(LeagueRow),
    channels: Type.Array(ChannelRow),
    estimates: nullable(Estimates),
  },
  { ...closed, title: 'RiskResults' },
)
export type Results = Static<typeof Results>
