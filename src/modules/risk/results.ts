/** What examinations taught. Labels lie only where somebody looked, so every figure of all trade is weighed by what that chance was. Pure. */
import type { Static } from 'typebox'
import { wilson } from './learning/metrics.ts'
import type { Rate } from './schema/backtest.ts'
import type { ChannelRow, Estimates, LeagueRow } from './schema/result.ts'

/** One decision; `found` undefined: nobody examined it. `random`: its random ticket won, whatever else selected it. */
export type Judged = {
  chosenBy: 'mandatory' | 'criterion' | 'random' | 'fill' | 'nothing'
  propensity: number
  hits: readonly string[]
  selecting: readonly string[]
  found: boolean | undefined
  revenueMinor: number
}

/** Examined hits below which a profile is not called useless. */
const leastForVerdict = 30

const rateOf = (rows: readonly Judged[]): Static<typeof Rate> => {
  const examined = rows.filter((r) => r.found !== undefined)
  const found = examined.filter((r) => r.found).length
  return {
    n: examined.length,
    found,
    rate: examined.length === 0 ? null : found / examined.length,
    interval95: examined.length === 0 ? null : wilson(found, examined.length),
  }
}

/** Hit rate of chance: each examined random selection stands for 1/π of trade. Null while chance has examined nothing. */
const chanceRate = (rows: readonly Judged[]): number | null => {
  const drawn = rows.filter((r) => r.chosenBy === 'random' && r.found !== undefined && r.propensity > 0)
  const all = drawn.reduce((t, r) => t + 1 / r.propensity, 0)
  return all === 0 ? null : drawn.reduce((t, r) => t + (r.found ? 1 / r.propensity : 0), 0) / all
}

const figuresOf = (rows: readonly Judged[], selected: number, chance: number | null) => {
  const hitRate = rateOf(rows)
  const revenueMinor = rows.reduce((t, r) => t + (r.found === undefined ? 0 : r.revenueMinor), 0)
  return {
    hits: rows.length,
    selected,
    hitRate,
    lift: hitRate.rate === null || !chance ? null : hitRate.rate / chance,
    revenueMinor,
    revenuePerInspectionMinor: hitRate.n === 0 ? null : revenueMinor / hitRate.n,
  }
}

/** `codes`: living profiles, those without hits included. Best lift first; what cannot be told yet last. */
export const leagueOf = (rows: readonly Judged[], codes: readonly string[]): LeagueRow[] => {
  const chance = chanceRate(rows)
  return codes
    .map((code): LeagueRow => {
      const own = rows.filter((r) => r.hits.includes(code))
      const figures = figuresOf(own, own.filter((r) => r.selecting.includes(code)).length, chance)
      const useless = figures.lift !== null && figures.lift <= 1 && figures.hitRate.n >= leastForVerdict
      return {
        code,
        ...figures,
        soleHitRate: rateOf(own.filter((r) => r.hits.length === 1)),
        retire: own.length === 0 ? 'no-hits' : useless ? 'no-lift' : null,
      }
    })
    .toSorted((a, b) => (b.lift ?? -1) - (a.lift ?? -1) || b.hits - a.hits || (a.code < b.code ? -1 : 1))
}

export const channelsOf = (rows: readonly Judged[]): ChannelRow[] => {
  const chance = chanceRate(rows)
  return (['mandatory', 'criterion', 'fill', 'random'] as const).map((channel) => {
    const own = rows.filter((r) => r.chosenBy === channel)
    return { channel, ...figuresOf(own, own.length, chance) }
  })
}

/** Prevalence and recall of all trade, by inverse propensity, with how much they rest on. */
export const estimatesOf = (rows: readonly Judged[]): Estimates => {
  const examined = rows.filter((r) => r.found !== undefined && r.propensity > 0)
  const weights = examined.map((r) => 1 / r.propensity)
  const sum = weights.reduce((t, w) => t + w, 0)
  const squares = weights.reduce((t, w) => t + w * w, 0)
  const total = examined.reduce((t, r, i) => t + (r.found ? weights[i]! : 0), 0)
  const hajek = sum === 0 ? null : total / sum
  // Linearised variance of a ratio of weighed sums.
  const variance = hajek === null ? 0 : examined.reduce((t, r, i) => t + (weights[i]! * ((r.found ? 1 : 0) - hajek)) ** 2, 0) / sum ** 2
  const half = 1.959963984540054 * Math.sqrt(variance)
  const targeted = examined.filter((r) => r.found && r.chosenBy !== 'random').length
  return {
    registered: rows.length,
    examined: examined.length,
    prevalence: examined.length === 0 ? null : total / rows.length,
    prevalenceSelfNormalised: hajek,
    interval95: hajek === null ? null : [Math.max(0, hajek - half), Math.min(1, hajek + half)],
    effectiveSampleSize: squares === 0 ? 0 : sum ** 2 / squares,
    recall: total === 0 ? null : Math.min(1, targeted / total),
    unreachable: rows.filter((r) => r.propensity === 0).length,
  }
}
