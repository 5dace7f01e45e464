/**
 * Arming in two steps. An officer asks for it, and everything that can be known then is checked; a JT701 has no command to lock, so the
 * trip is armed by reports of all its seals that are newer than the asking and show that they guard the goods. What is wrong names its seal.
 */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { later } from '#kernel/time.ts'
import { distanceM } from '../geometry/segments.ts'
import type { LonLat } from '../schema/corridor.ts'
import type { Trip } from '../schema/trip.ts'
import { meanSpeedKph } from './arrival.ts'
import type { SealFacts, SealReport, TripEvent, TripFacts } from './types.ts'

/** Our defaults; an administration may tune each. */
const clockOffMs = 60_000
const batteryReservePct = 20
/** of a JT701D that is awake all the way, from its maker's 15 Ah and mean current */
const drainPctPerHour = 1
/** a seal that does not say within this time how much it still keeps is one that cannot say it */
const unsentWaitMs = 30_000

/** Charge in percent that lasts to the expected arrival and leaves the reserve. */
const batteryNeededPct = (corridorLengthM: number): number =>
  Math.min(95, Math.ceil(batteryReservePct + (corridorLengthM / 1000 / meanSpeedKph) * drainPctPerHour))

type Known = Pick<SealFacts, 'sealId' | 'state' | 'passwordChanged' | 'certified'>

const battery = (seal: string, pct: number | null, lengthM: number): Issue[] => {
  const least = batteryNeededPct(lengthM)
  // Null is unknown, such as while charging, and no reason to refuse.
  return pct !== null && pct < least ? [error('supervision.seal_battery_low', '/seals', { seal, percent: pct, least })] : []
}

const fit = ({ sealId: seal, state, passwordChanged, certified }: Known, pct: number | null, lengthM: number): Issue[] => [
  ...(state === 'issued' ? [] : [error('supervision.seal_not_issued', '/seals', { seal, state })]),
  ...(passwordChanged ? [] : [error('supervision.seal_factory_password', '/seals', { seal })]),
  ...(certified ? [] : [error('supervision.seal_not_certified', '/seals', { seal })]),
  ...battery(seal, pct, lengthM),
]

/** Everything that keeps the seals from being armed, not only the first. */
export const askArming = ({ at, by, seals, corridorLengthM }: TripFacts): Decision<TripEvent> => {
  const issues = seals.flatMap((s) => fit(s, s.now?.batteryPct ?? null, corridorLengthM))
  const { personId, name } = by
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'trip.arming-asked', at, by: { personId, name } }])
}

/** What a report must show of the seal itself, wherever it is. */
const whole = (seal: string, report: SealReport, lengthM: number): Issue[] => {
  const offMs = Math.abs(Date.parse(report.receivedAt) - Date.parse(report.eventAt))
  return [
    ...(report.locked === true ? [] : [error('supervision.seal_not_locked', '/seals', { seal })]),
    // A model that never tells of rope or cover leaves them unknown; what is told must be right.
    ...(report.ropeInserted === false ? [error('supervision.seal_rope_out', '/seals', { seal })] : []),
    ...(report.backCover === 'open' ? [error('supervision.seal_cover_open', '/seals', { seal })] : []),
    ...(offMs <= clockOffMs ? [] : [error('supervision.seal_clock_wrong', '/seals', { seal, seconds: Math.round(offMs / 1000) })]),
    ...battery(seal, report.batteryPct, lengthM),
  ]
}

const elsewhere = (seal: string, { corridor }: TripFacts): Issue => error('supervision.seal_elsewhere', '/seals', { seal, corridor: corridor.name })

const shown = (seal: string, report: SealReport, facts: TripFacts): Issue[] => {
  const { origin } = facts.corridor
  const away = report.place ? distanceM(report.place, origin.at) : null
  return [...whole(seal, report, facts.corridorLengthM), ...(away !== null && away <= origin.radiusM ? [] : [elsewhere(seal, facts)])]
}

/** How far from the last place of the goods another seal may say that it is: their old seal may have been thrown out of a moving lorry. */
const besideM = 5000

/** Where the goods were last, by whichever of their seals told it latest. */
const lastPlace = (seals: readonly SealFacts[]): LonLat | null => {
  const told = seals.flatMap(({ now }) => (now?.place ? [{ at: now.eventAt, place: now.place }] : []))
  return told.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.place ?? null
}

/** What keeps another seal from guarding goods that are under way: it must be fit, and have shown so by a report of the last minutes, beside them. */
export const guards = (other: NonNullable<TripFacts['replacement']>, facts: TripFacts): Issue[] => {
  const { report, sealId } = other
  const place = lastPlace(facts.seals)
  const beside = report?.place && (place === null || distanceM(report.place, place) <= besideM)
  return [
    ...fit(other, null, facts.corridorLengthM),
    ...(report ? whole(sealId, report, facts.corridorLengthM) : [error('supervision.seal_silent', '/seals', { seal: sealId })]),
    ...(report && !beside ? [elsewhere(sealId, facts)] : []),
  ]
}

/** Records that a seal has kept from before must have come: a cut among them would belong to this trip or to nobody. */
const buffer = ({ sealId: seal, unsent, unsentAskedAt }: SealFacts, askedAt: string, at: string): Issue[] => {
  if (unsent && unsent.at >= askedAt) return unsent.count > 0 ? [error('supervision.seal_unsent', '/seals', { seal, count: unsent.count })] : []
  const waits = unsentAskedAt !== null && Date.parse(at) - Date.parse(unsentAskedAt) < unsentWaitMs
  return waits ? [error('supervision.seal_unsent_unknown', '/seals', { seal })] : []
}

/** What the reports since the asking have not shown yet. */
const missingOf = (seal: SealFacts, askedAt: string, facts: TripFacts): Issue[] =>
  seal.report
    ? [...shown(seal.sealId, seal.report, facts), ...buffer(seal, askedAt, facts.at)]
    : [error('supervision.seal_silent', '/seals', { seal: seal.sealId })]

/** Records that are still with the seals, as far as they say so; null where none does. */
const unsentOf = (seals: readonly SealFacts[]): number | null => {
  const told = seals.flatMap(({ unsent }) => (unsent ? [unsent.count] : []))
  return told.length === 0 ? null : told.reduce((sum, n) => sum + n, 0)
}

export const confirmArming = (trip: Trip, facts: TripFacts): Decision<TripEvent> => {
  const { arming } = trip
  if (!arming) return refused(error('supervision.not_possible_now', '', { command: 'confirm-arming', status: trip.status }))
  const { at, seals } = facts
  const issues = seals.map((s) => ({ sealId: s.sealId, issues: missingOf(s, arming.at, facts) })).filter((s) => s.issues.length > 0)
  if (issues.length === 0) return decided([{ type: 'trip.armed', at, deadlineAt: later(at, trip.limitMin * 60_000), unsent: unsentOf(seals) }])
  const missing = issues.flatMap(({ sealId, issues: own }) => own.map(({ code }) => ({ sealId, code })))
  // Said once: a seal that reports each minute that it is not locked fills no journal.
  const said = (all: typeof missing): string => all.map((m) => `${m.sealId} ${m.code}`).join()
  return said(missing) === said(arming.missing) ? refused(...issues.flatMap((s) => s.issues)) : decided([{ type: 'trip.arming-waits', missing }])
}
