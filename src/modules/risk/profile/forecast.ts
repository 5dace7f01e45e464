/**
 * What one profile would have done in stored history, row after row in order of time. Hits that nobody examined are unknown, not clean;
 * the yardstick is what chance alone found in the same time.
 */
import { wilson } from '../learning/metrics.ts'
import type { BacktestResult, Rate } from '../schema/backtest.ts'
import type { Lane } from '../schema/profile.ts'
import type { Static } from 'typebox'

export type PastRow = {
  /** legal date */ date: string
  office: string
  lane: Lane
  /** the lane came from the random ticket */ random: boolean
  /** undefined: nobody examined it */ found: boolean | undefined
  amountMinor: number
  importer: string | undefined
  origin: string | undefined
}

type Living = { code: string; name: string }
type Tally = { n: number; found: number }
type Place = { office: string; lane: Lane; hits: number; byWeek: Map<number, number> }

/** Labelled hits below which a rate says nothing. */
export const leastExamined = 30

const rateOf = ({ n, found }: Tally): Static<typeof Rate> => ({
  n,
  found,
  rate: n === 0 ? null : found / n,
  interval95: n === 0 ? null : wilson(found, n),
})
const note = (t: Tally, found: boolean | undefined): void => {
  if (found === undefined) return
  t.n++
  if (found) t.found++
}
const bump = (m: Map<string, number>, key: string | undefined): void => void (key !== undefined && m.set(key, (m.get(key) ?? 0) + 1))
const top = (m: Map<string, number>): { value: string; hits: number }[] =>
  [...m]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 5)
    .map(([value, hits]) => ({ value, hits }))

/** Weeks since Monday 1969-12-29. */
const weekOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 604_800_000 + 3 / 7)

const workloadOf = (places: Map<string, Place>, weeks: number, minutes: number, percent: number): BacktestResult['workload'] =>
  [...places.values()]
    .map((p) => {
      const counts = [...p.byWeek.values(), ...Array.from({ length: Math.max(0, weeks - p.byWeek.size) }, () => 0)].sort((a, b) => a - b)
      const perWeekMean = (p.hits / Math.max(1, weeks)) * (percent / 100)
      const perWeekP95 = (counts[Math.ceil(0.95 * counts.length) - 1] ?? 0) * (percent / 100)
      return { office: p.office, lane: p.lane, hits: p.hits, perWeekMean, perWeekP95, minutesPerWeek: perWeekMean * minutes }
    })
    .toSorted((a, b) => b.hits - a.hits || (a.office < b.office ? -1 : 1))

/** `minutes`: what an inspection of this profile takes; `living`: the others, whose hits are told by their place in the list. */
export const createForecast = (about: { percent: number; lane: Lane; minutes: number; currency: string }, living: readonly Living[]) => {
  const [all, random]: [Tally, Tally] = [
    { n: 0, found: 0 },
    { n: 0, found: 0 },
  ]
  let [rows, hits, already, revenue] = [0, 0, 0, 0]
  let [first, last]: [string | null, string | null] = [null, null]
  const both = living.map(() => 0)
  const places = new Map<string, Place>()
  const importers = new Map<string, number>()
  const origins = new Map<string, number>()
  const hit = (r: PastRow, others: readonly number[]): void => {
    hits++
    if (r.lane === 'red' || r.lane === 'yellow') already++
    note(all, r.found)
    if (r.found !== undefined) revenue += r.amountMinor
    for (const o of others) both[o]!++
    bump(importers, r.importer)
    bump(origins, r.origin)
    const key = `${r.office}/${about.lane}`
    const place = places.get(key) ?? { office: r.office, lane: about.lane, hits: 0, byWeek: new Map<number, number>() }
    places.set(key, place)
    place.hits++
    place.byWeek.set(weekOf(r.date), (place.byWeek.get(weekOf(r.date)) ?? 0) + 1)
  }
  return {
    /** `fires`: this profile does; `others`: places of the living ones that do */
    add: (r: PastRow, fires: boolean, others: readonly number[]): void => {
      rows++
      first ??= r.date
      last = r.date
      if (r.random) note(random, r.found)
      if (fires) hit(r, others)
    },
    result: (): BacktestResult => {
      const [own, chance] = [rateOf(all), rateOf(random)]
      const weeks = first === null || last === null ? 0 : weekOf(last) - weekOf(first) + 1
      return {
        rows,
        from: first,
        to: last,
        hits,
        share: rows === 0 ? 0 : hits / rows,
        alreadySelected: already,
        marginalSelections: ((hits - already) * about.percent) / 100,
        hitRate: own,
        randomRate: chance,
        lift: own.rate === null || !chance.rate ? null : own.rate / chance.rate,
        evidence: own.n < leastExamined ? 'insufficient' : 'sufficient',
        workload: workloadOf(places, weeks, about.minutes, about.percent),
        overlap: living
          .map((l, i) => ({ code: l.code, name: l.name, both: both[i]!, share: hits === 0 ? 0 : both[i]! / hits }))
          .filter((o) => o.both > 0)
          .toSorted((a, b) => b.both - a.both),
        revenue: { currency: about.currency, totalMinor: revenue, perInspectionMinor: all.n === 0 ? null : revenue / all.n, n: all.n },
        top: { importers: top(importers), origins: top(origins) },
      }
    },
  }
}
