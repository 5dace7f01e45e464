/**
 * Alarms against known truth, SIMULATED: every kind of alarm is provoked on trips along a made-up corridor by what seals and vehicle units
 * would send, read by the codecs that ship and folded in the order of arrival. Prints recall, precision and delay by kind, and false alarms
 * a quiet trip; the same again with a second seal on each truck, which some lose with their trailer.
 */
import { byTheClock } from '../src/modules/supervision/alarms/clock-rules.ts'
import { type AlarmKind, alarmKinds } from '../src/modules/supervision/alarms/kinds.ts'
import type { Observation } from '../src/modules/supervision/alarms/observation.ts'
import type { Episode } from '../src/modules/supervision/alarms/state.ts'
import { episodesOf, insert, newTimeline, stateOf, type Timeline } from '../src/modules/supervision/alarms/timeline.ts'
import { minute, start } from '../src/modules/supervision/fixtures/trip.ts'
import { silences } from '../src/modules/supervision/service/silence.ts'
import { wilson } from '../src/modules/risk/learning/metrics.ts'
import { type Plot, plots, plotsOfTwo } from './alarm-plots.ts'
import { type Deed, driveOf, type Random, seeded, type Trip } from './alarm-trips.ts'

type Told = Pick<Episode, 'kind' | 'subject' | 'openedMs'>
type Raised = Told & { learntMs: number; isKept: boolean }

const nameOf = (e: Told): string => `${e.kind}|${e.subject}`
const keyOf = (e: Told): string => `${nameOf(e)}|${e.openedMs}`

/** The settings of the seals: a report a minute while they move, every half hour while they may sleep. */
const silenceMs = (speedKph: number | null): number => ((speedKph ?? 0) >= 5 ? 5 : 40) * minute

/**
 * The silences that the sweep of the gateway would find at `nowMs`: the limits are those of its query in store/episodes.ts, and which of them
 * are expected is asked of the rule itself.
 */
const silencesAt = (heard: ReadonlyMap<string, Observation>, live: { timeline: Timeline; plan: Trip['plan'] }, nowMs: number): Told[] => {
  const silent = [...heard.values()].filter((o) => nowMs - o.receivedMs > silenceMs(o.speedKph))
  const rows = silent.map((o) => ({ tripId: 'trip', deviceId: o.device, receivedAt: new Date(o.receivedMs).toISOString() }))
  return silences(rows, () => live, nowMs).map(({ episode }) => episode)
}

/** Feeds a trip in the order of arrival with a look at the clock each minute; notes when each alarm was first known, also of those taken back. */
const watch = ({ observations, plan, lastMin }: Trip): Raised[] => {
  const timeline = newTimeline()
  const known = new Map<string, Raised>()
  const heard = new Map<string, Observation>()
  const learn = (told: readonly Told[], nowMs: number): void => {
    for (const e of told) if (!known.has(keyOf(e))) known.set(keyOf(e), { ...e, learntMs: nowMs, isKept: false })
  }
  let next = 0
  let told: Told[] = []
  for (let min = 1; min <= lastMin + 60 && (next < observations.length || min <= lastMin); min++) {
    const nowMs = start + min * minute
    for (let o = observations[next]; o && o.receivedMs <= nowMs; o = observations[++next]) {
      insert(timeline, plan, [o])
      if (o.role === 'seal') heard.set(o.device, o)
      learn(episodesOf(timeline, plan), o.receivedMs)
    }
    const folded = episodesOf(timeline, plan)
    told = [...folded, ...byTheClock(stateOf(timeline), plan, folded, nowMs)]
    // A silence stays written down when it is over.
    const silent = silencesAt(heard, { timeline, plan }, nowMs)
    learn([...told, ...silent], nowMs)
    for (const e of silent) known.get(keyOf(e))!.isKept = true
  }
  for (const e of told) known.get(keyOf(e))!.isKept = true
  // An alarm that got another beginning is one alarm; one of which nothing is left was raised all the same.
  const kept = new Set([...known.values()].filter((e) => e.isKept).map(nameOf))
  const gone = new Map([...known.values()].filter((e) => !kept.has(nameOf(e))).map((e) => [nameOf(e), e]))
  return [...[...known.values()].filter((e) => e.isKept), ...gone.values()]
}

const minutesOf = (ms: number): number => (ms - start) / minute
const isOf = (deed: Deed, e: Told): boolean => minutesOf(e.openedMs) >= deed.from - 2 && minutesOf(e.openedMs) <= deed.to + 12

type Score = { deeds: number; found: number; raised: number; right: number; byEventS: number[]; byLearntS: number[] }
const newScore = (): Score => ({ deeds: 0, found: 0, raised: 0, right: 0, byEventS: [], byLearntS: [] })
type Scores = Record<string, Score>

/** Adds a trip to the scores of kinds, its deed also to that of its plot; answers which alarms were false. */
const judge = (name: string, trip: Trip, kinds: Scores, deeds: Scores): AlarmKind[] => {
  const raised = watch(trip)
  const { deed } = trip
  if (deed) {
    const hit = raised.filter((e) => e.kind === deed.kind && isOf(deed, e)).toSorted((a, b) => a.learntMs - b.learntMs)[0]
    for (const score of [(kinds[deed.kind] ??= newScore()), (deeds[name] ??= newScore())]) {
      score.deeds++
      if (!hit) continue
      score.found++
      score.byEventS.push((minutesOf(hit.openedMs) - deed.from) * 60)
      score.byLearntS.push((minutesOf(hit.learntMs) - deed.from) * 60)
    }
  }
  const wrong: AlarmKind[] = []
  for (const e of raised) {
    const isRight =
      deed !== null && ((e.kind === deed.kind && isOf(deed, e)) || (deed.follows.includes(e.kind) && minutesOf(e.openedMs) >= deed.from - 6))
    const score = (kinds[e.kind] ??= newScore())
    score.raised++
    if (isRight) score.right++
    else wrong.push(e.kind)
  }
  return wrong
}

const round = (v: number): number => Math.round(v * 1000) / 1000
const share = (part: number, whole: number): object => ({
  value: whole === 0 ? null : round(part / whole),
  interval: whole === 0 ? null : wilson(part, whole).map(round),
})
const quantile = (all: readonly number[], q: number): number | null =>
  all.length === 0 ? null : Math.round(all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * q))]!)
const delays = (all: readonly number[]): object => ({ median: quantile(all, 0.5), p95: quantile(all, 0.95) })

const figuresOf = (s: Score): object => ({
  deeds: s.deeds,
  raised: s.raised,
  true: s.right,
  recall: share(s.found, s.deeds),
  precision: share(s.right, s.raised),
  beginsAfterS: delays(s.byEventS),
  learntAfterS: delays(s.byLearntS),
})
const figuresOfDeed = (s: Score): object => ({ deeds: s.deeds, recall: share(s.found, s.deeds), learntAfterS: delays(s.byLearntS) })

const mapped = <T>(scores: Scores, of: (s: Score) => T): Record<string, T> => Object.fromEntries(Object.entries(scores).map(([k, s]) => [k, of(s)]))

/** All plots of trucks with one seal, or with two. */
const measure = (names: readonly [string, Plot][], times: number, rear: Random | null) => {
  const random = seeded(11)
  const [kinds, deeds]: [Scores, Scores] = [{}, {}]
  const falseKinds: Record<string, number> = {}
  const quietTrips = times * 5
  let [falseOnQuiet, quietWithFalse] = [0, 0]
  for (let n = 0; n < quietTrips; n++) {
    const wrong = judge('quiet', driveOf(null, random, rear), kinds, deeds)
    falseOnQuiet += wrong.length
    if (wrong.length > 0) quietWithFalse++
    for (const kind of wrong) falseKinds[kind] = (falseKinds[kind] ?? 0) + 1
  }
  for (const [name, plot] of names)
    for (let n = 0; n < times; n++) {
      const wrong = judge(name, driveOf(plot, random, rear, name === 'trailerTaken'), kinds, deeds)
      for (const kind of wrong) falseKinds[`${kind} with ${name}`] = (falseKinds[`${kind} with ${name}`] ?? 0) + 1
    }
  return {
    trips: quietTrips + names.length * times,
    quietTrips,
    falseAlarmsPerQuietTrip: falseOnQuiet / quietTrips,
    quietTripsWithFalseAlarm: share(quietWithFalse, quietTrips),
    falseAlarms: falseKinds,
    kinds: mapped(kinds, figuresOf),
    deeds: mapped(deeds, figuresOfDeed),
  }
}

/** Kinds of alarm that no plot provokes. */
export const kindsWithoutDeed = (): AlarmKind[] => {
  const provoked = new Set<AlarmKind>(Object.values(plots).map((p) => p.kind))
  return (Object.keys(alarmKinds) as AlarmKind[]).filter((kind) => !provoked.has(kind))
}

/** What a second seal could confuse: the way of the trip and what is parted from it. */
const withTwo: readonly (keyof typeof plots)[] = [
  'stolen',
  'ropeCut',
  'stopped',
  'speeding',
  'turnedBack',
  'cloned',
  'openedByRope',
  'forbiddenEntered',
  'batteryLow',
]

/** `times`: trips of each plot; quiet ones are five times as many. */
export const bench = async (flags: { times?: string }): Promise<Record<string, unknown>> => {
  const times = Number(flags.times ?? 20)
  const one = measure(Object.entries(plots), times, null)
  const two = measure([...withTwo.map((name): [string, Plot] => [name, plots[name]]), ...Object.entries(plotsOfTwo)], times, seeded(12))
  const without = kindsWithoutDeed()
  return {
    bench: 'alarms',
    ok: Math.max(one.falseAlarmsPerQuietTrip, two.falseAlarmsPerQuietTrip) < 0.05 && without.length === 0,
    data: 'SIMULATED trips: no real seal has driven them',
    corridor: 'Equator road',
    aimed: 0.05,
    kindsWithoutDeed: without,
    ...one,
    twoSeals: two,
    yardstick: 'the truth of the simulation',
    ratio: null,
  }
}
