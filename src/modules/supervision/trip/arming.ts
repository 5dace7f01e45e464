/**
 * Arming in two steps. An officer asks for it, and everything that can be known then is checked; a JT701 has no command to lock, so the
 * trip is armed by a report of the seal that is newer than the asking and shows that it guards the goods.
 */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { later } from '#kernel/time.ts'
import { distanceM } from '../geometry/segments.ts'
import type { Trip } from '../schema/trip.ts'
import type { SealFacts, SealReport, TripEvent, TripFacts } from './types.ts'

/** Our defaults; an administration may tune each. */
const clockOffMs = 60_000
const batteryReservePct = 20
/** of a JT701D that is awake all the way, from its maker's 15 Ah and mean current */
const drainPctPerHour = 1
/** loaded trucks with their rests */
const meanSpeedKph = 40
/** a seal that does not say within this time how much it still keeps is one that cannot say it */
const unsentWaitMs = 30_000

/** Charge in percent that lasts to the expected arrival and leaves the reserve. */
const batteryNeededPct = (corridorLengthM: number): number =>
  Math.min(95, Math.ceil(batteryReservePct + (corridorLengthM / 1000 / meanSpeedKph) * drainPctPerHour))

const battery = (pct: number | null, lengthM: number): Issue[] => {
  const least = batteryNeededPct(lengthM)
  // Null is unknown, such as while charging, and no reason to refuse.
  return pct !== null && pct < least ? [error('supervision.seal_battery_low', '/sealId', { percent: pct, least })] : []
}

const fit = (seal: Pick<SealFacts, 'state' | 'passwordChanged' | 'certified' | 'now'>, lengthM: number): Issue[] => [
  ...(seal.state === 'issued' ? [] : [error('supervision.seal_not_issued', '/sealId', { state: seal.state })]),
  ...(seal.passwordChanged ? [] : [error('supervision.seal_factory_password', '/sealId')]),
  ...(seal.certified ? [] : [error('supervision.seal_not_certified', '/sealId')]),
  ...battery(seal.now?.batteryPct ?? null, lengthM),
]

/** Everything that keeps a seal from being armed, not only the first. */
export const askArming = ({ at, by, seal, corridorLengthM }: TripFacts): Decision<TripEvent> => {
  const issues = fit(seal, corridorLengthM)
  const { personId, name } = by
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'trip.arming-asked', at, by: { personId, name } }])
}

/** What a report must show of the seal itself, wherever it is. */
const whole = (report: SealReport, lengthM: number): Issue[] => {
  const offMs = Math.abs(Date.parse(report.receivedAt) - Date.parse(report.eventAt))
  return [
    ...(report.locked === true ? [] : [error('supervision.seal_not_locked', '/sealId')]),
    // A model that never tells of rope or cover leaves them unknown; what is told must be right.
    ...(report.ropeInserted === false ? [error('supervision.seal_rope_out', '/sealId')] : []),
    ...(report.backCover === 'open' ? [error('supervision.seal_cover_open', '/sealId')] : []),
    ...(offMs <= clockOffMs ? [] : [error('supervision.seal_clock_wrong', '/sealId', { seconds: Math.round(offMs / 1000) })]),
    ...battery(report.batteryPct, lengthM),
  ]
}

const shown = (report: SealReport, { corridor, corridorLengthM }: TripFacts): Issue[] => {
  const away = report.place ? distanceM(report.place, corridor.origin.at) : null
  return [
    ...whole(report, corridorLengthM),
    ...(away !== null && away <= corridor.origin.radiusM ? [] : [error('supervision.seal_elsewhere', '/sealId', { corridor: corridor.name })]),
  ]
}

/** How far from the last place of the goods another seal may say that it is: their old seal may have been thrown out of a moving lorry. */
const besideM = 5000

/** What keeps another seal from guarding goods that are under way: it must be fit, and have shown so by a report of the last minutes, beside them. */
export const guards = (other: NonNullable<TripFacts['replacement']>, { seal, corridor, corridorLengthM }: TripFacts): Issue[] => {
  const { report } = other
  const place = seal.now?.place ?? null
  const beside = report?.place && (place === null || distanceM(report.place, place) <= besideM)
  return [
    ...fit({ ...other, now: null }, corridorLengthM),
    ...(report ? whole(report, corridorLengthM) : [error('supervision.seal_silent', '/sealId')]),
    ...(report && !beside ? [error('supervision.seal_elsewhere', '/sealId', { corridor: corridor.name })] : []),
  ]
}

/** Records that the seal has kept from before must have come: a cut among them would belong to this trip or to nobody. */
const buffer = (askedAt: string, { at, seal }: TripFacts): Issue[] => {
  const { unsent, unsentAskedAt } = seal
  if (unsent && unsent.at >= askedAt) return unsent.count > 0 ? [error('supervision.seal_unsent', '/sealId', { count: unsent.count })] : []
  const waits = unsentAskedAt !== null && Date.parse(at) - Date.parse(unsentAskedAt) < unsentWaitMs
  return waits ? [error('supervision.seal_unsent_unknown', '/sealId')] : []
}

/** What the reports since the asking have not shown yet. */
const missingOf = (askedAt: string, facts: TripFacts): Issue[] =>
  facts.seal.report ? [...shown(facts.seal.report, facts), ...buffer(askedAt, facts)] : [error('supervision.seal_silent', '/sealId')]

export const confirmArming = (trip: Trip, facts: TripFacts): Decision<TripEvent> => {
  const { arming } = trip
  if (!arming) return refused(error('supervision.not_possible_now', '', { command: 'confirm-arming', status: trip.status }))
  const issues = missingOf(arming.at, facts)
  const { at, seal } = facts
  if (issues.length === 0)
    return decided([{ type: 'trip.armed', at, deadlineAt: later(at, trip.limitMin * 60_000), unsent: seal.unsent?.count ?? null }])
  const missing = issues.map((i) => i.code)
  // Said once: a seal that reports each minute that it is not locked fills no journal.
  return missing.join() === arming.missing.join() ? refused(...issues) : decided([{ type: 'trip.arming-waits', missing }])
}
