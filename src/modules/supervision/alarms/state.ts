/** What the fold over a trip's observations keeps from one to the next: plain data, so that it can be copied, compared and stored. */
import type { Corridor, LonLat } from '../schema/corridor.ts'
import type { Observation } from './observation.ts'
import type { CorridorIndex } from '../geometry/corridor.ts'
import { type AlarmKind, alarmKinds, tuning } from './kinds.ts'

/** One alarm of a trip from its beginning to its end; times in milliseconds since 1970. */
export type Episode = {
  kind: AlarmKind
  /** device, sub-lock, fence, checkpoint or stop; two seals with a space between, where they part; `trip` for the whole */
  subject: string
  /** the device that tells of it, where the subject is a part of that */
  of: string | null
  /** a device said so, and nothing takes that back; or we inferred it */
  source: 'device' | 'inferred'
  openedMs: number
  lastMs: number
  closedMs: number | null
  /** observations that spoke for it */
  count: number
  place: LonLat | null
  /** the worst of what it measures: metres off or back, km/h, percent */
  worst: number | null
  /** why it is over, where neither its own end nor an officer's word is the reason */
  endedBy: 'seal-replaced' | null
}

export type Closure = { kind: AlarmKind; subject: string; atMs: number }
/** What the administration knows of a trip; all of it journalled. */
export type Plan = {
  corridor: Corridor
  index: CorridorIndex
  armedMs: number
  disarmedMs: number | null
  /** seals that others have replaced, with when: nothing more is heard of them */
  replacedMs: Readonly<Record<string, number>>
  deadlineMs: number
  arrivedMs: number | null
  scans: readonly { checkpointId: string; atMs: number }[]
  authorisations: readonly { fromMs: number; toMs: number; area: { at: LonLat; radiusM: number } | null }[]
  /** what officers closed */
  closures: readonly Closure[]
}

export type Mark = { lon: number; lat: number; t: number }
type Run = { since: number; count: number }
/** A way through the corridor as its rules follow it. */
export type Way = {
  /** where it stands; `moved`: its newest fix was elsewhere */
  anchor: (Mark & { moved: boolean }) | null
  /** last accepted fix, with its place along the corridor where it is inside */
  last: (Mark & { chainageM: number | null; speedKph: number | null }) | null
  furthestM: number | null
  lowestM: number | null
  visited: string[]
  arrived: boolean
}
/** The way of the whole trip is that of the seal that leads it. */
export type State = Way & {
  open: Record<string, Episode>
  locks: Record<string, { locked: boolean | null; rope: boolean | null }>
  tracks: Record<
    string,
    { role: Observation['role']; main: Mark & { speedKph: number | null }; other: (Mark & { count: number; mainSince: number }) | null }
  >
  runs: Record<string, { bad: Run | null; good: Run | null }>
  /** the seal that leads, and its newest fix in milliseconds */
  lead: { device: string; t: number } | null
  /** ways of seals that are apart from the one that leads */
  apart: Record<string, Way>
  truck: Mark | null
  battery: Record<string, { t: number; pct: number }>
}

export const newWay = (): Way => ({ anchor: null, last: null, furthestM: null, lowestM: null, visited: [], arrived: false })
export const initialState = (): State => ({
  ...newWay(),
  open: {},
  locks: {},
  tracks: {},
  runs: {},
  lead: null,
  apart: {},
  truck: null,
  battery: {},
})

/** One step of the fold: the state that rules change, what closed on the way, and the plan. */
export type Step = { s: State; plan: Plan; closed: Episode[] }
export type Evidence = { source?: Episode['source']; place?: LonLat | null; worst?: number | null; since?: number; of?: string }

const keyOf = (kind: AlarmKind, subject: string): string => `${kind}|${subject}`
const worse = (kind: AlarmKind, a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : kind === 'LOW_BATTERY' ? Math.min(a, b) : Math.max(a, b)

export const openEpisode = ({ s }: Step, kind: AlarmKind, subject: string): Episode | undefined => s.open[keyOf(kind, subject)]

export const close = (step: Step, kind: AlarmKind, subject: string, at: number): void => {
  const found = openEpisode(step, kind, subject)
  if (!found) return
  delete step.s.open[keyOf(kind, subject)]
  step.closed.push({ ...found, closedMs: Math.max(at, found.openedMs) })
}

/** An officer's closure ends what opened before it; what comes after is another episode. */
const closureOf = (plan: Plan, e: Episode, before: number): number | null =>
  plan.closures.find((c) => c.kind === e.kind && c.subject === e.subject && c.atMs >= e.openedMs && c.atMs < before)?.atMs ?? null

const placeOf = (at: LonLat | null): LonLat | null => at && { lon: at.lon, lat: at.lat }

/** Evidence of an alarm at `t`: opens an episode or adds to the open one. */
export const raise = (step: Step, kind: AlarmKind, subject: string, t: number, e: Evidence = {}): void => {
  const before = openEpisode(step, kind, subject)
  if (before) {
    const officer = closureOf(step.plan, before, t)
    if (officer !== null) close(step, kind, subject, officer)
    else if (alarmKinds[kind].ends === 'quiet' && t - before.lastMs > tuning.quietMs) close(step, kind, subject, before.lastMs + tuning.quietMs)
  }
  const open = openEpisode(step, kind, subject)
  if (open) {
    open.lastMs = Math.max(open.lastMs, t)
    open.count++
    open.worst = worse(kind, open.worst, e.worst ?? null)
    if (e.source === 'device') open.source = 'device'
    return
  }
  step.s.open[keyOf(kind, subject)] = {
    kind,
    subject,
    of: e.of ?? null,
    source: e.source ?? 'inferred',
    openedMs: e.since ?? t,
    lastMs: t,
    closedMs: null,
    count: 1,
    place: placeOf(e.place ?? step.s.last),
    worst: e.worst ?? null,
    endedBy: null,
  }
}

/** Episodes that ten quiet minutes have ended by `t`. */
export const closeQuiet = (step: Step, t: number): void => {
  for (const { kind, subject, lastMs } of Object.values(step.s.open))
    if (alarmKinds[kind].ends === 'quiet' && t - lastMs > tuning.quietMs) close(step, kind, subject, lastMs + tuning.quietMs)
}

/** When the device that an episode is of was replaced; what only an officer may end is not over by that. */
const replacedOf = (plan: Plan, e: Episode): number | null =>
  alarmKinds[e.kind].ends === 'officer' ? null : ((e.of ?? e.subject).split(' ').flatMap((device) => plan.replacedMs[device] ?? [])[0] ?? null)

/** An episode as it stands for people: what an officer closed is closed, and what a seal told of itself is over when another took its place. */
export const withClosures = (plan: Plan, e: Episode): Episode => {
  if (e.closedMs !== null) return e
  const replaced = replacedOf(plan, e)
  if (replaced === null) return { ...e, closedMs: closureOf(plan, e, Infinity) }
  return { ...e, closedMs: Math.max(replaced, e.openedMs), endedBy: 'seal-replaced' }
}

const longer = (run: Run | null, t: number): Run => (run ? { since: run.since, count: run.count + 1 } : { since: t, count: 1 })

/**
 * Hysteresis: `bad` and `good` may both be false between two thresholds. Answers since when it has been bad, once on `fixes`
 * observations and for `ms`; `endSince` once it was good on as many.
 */
export const sustained = (
  { s }: Step,
  key: string,
  t: number,
  { bad, good }: { bad: boolean; good: boolean },
  { fixes, ms = 0 }: { fixes: number; ms?: number },
): { since: number | null; endSince: number | null } => {
  const before = s.runs[key] ?? { bad: null, good: null }
  const run = { bad: bad ? longer(before.bad, t) : null, good: good ? longer(before.good, t) : null }
  if (run.bad || run.good) s.runs[key] = run
  else delete s.runs[key]
  const since = run.bad && run.bad.count >= fixes && t - run.bad.since >= ms ? run.bad.since : null
  return { since, endSince: run.good && run.good.count >= fixes ? run.good.since : null }
}
