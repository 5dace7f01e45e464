/** How trips and their alarms end: by themselves where nothing speaks against it, else by an officer's decision. */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import { alarmKinds, type AlarmKind } from '../alarms/kinds.ts'
import { tripTransitions, type Trip } from '../schema/trip.ts'
import type { TripCommand, TripEvent, TripFacts } from './types.ts'

export const discharge = (reason: string, { at, by, alarms }: TripFacts): Decision<TripEvent> => {
  const doubts = alarms.openCritical + alarms.broken
  if (alarms.openCritical > 0) return refused(error('supervision.critical_open', '', { count: alarms.openCritical }))
  if (doubts > 0 && reason.trim().length < 10) return refused(error('supervision.reason_missing', '/reason', { by: by.name }))
  return decided([{ type: 'trip.discharged', at, reason }])
}

/** Discharge without an officer: arrived, opened with leave and by each seal's own report, never broken, and nothing kept back by any seal. */
export const conclude = (trip: Trip, { at, alarms, seals }: TripFacts): Decision<TripEvent> => {
  const { arrivedAt } = trip
  const empty = seals.every(({ unsent }) => unsent !== null && unsent.count === 0 && arrivedAt !== null && unsent.at >= arrivedAt)
  const clean = alarms.openCritical === 0 && alarms.broken === 0
  return arrivedAt !== null && trip.openingProven && clean && empty
    ? decided([{ type: 'trip.discharged', at, reason: '' }])
    : refused(error('supervision.officer_decides'))
}

/** Ends what has been seen of an alarm; a device whose clock runs ahead dates it after the decision, which covers it all the same. */
export const closeAlarm = (c: Extract<TripCommand, { name: 'close-alarm' }>, { at: now, by, alarmSeenAt }: TripFacts): Decision<TripEvent> => {
  if (!Object.hasOwn(alarmKinds, c.kind) || alarmKinds[c.kind as AlarmKind].ends !== 'officer')
    return refused(error('supervision.alarm_ends_itself', '/kind', { kind: c.kind }))
  if (c.reason.trim().length < 3) return refused(error('supervision.reason_missing', '/reason', { by: by.name }))
  const { personId, name } = by
  const at = alarmSeenAt !== null && alarmSeenAt > now ? alarmSeenAt : now
  return decided([{ type: 'trip.alarm-closed', closure: { kind: c.kind, subject: c.subject, at, by: { personId, name }, reason: c.reason } }])
}

/** The trip goes on where it was halted, is counted as arrived where its seal can no longer tell that, or ends: discharged, or seized. */
export const resolve = (trip: Trip, c: Extract<TripCommand, { name: 'resolve-incident' }>, { at, by, alarms }: TripFacts): Decision<TripEvent> => {
  const ways = [trip.interrupted, 'arrived', 'discharged', 'seized']
  const allowed = tripTransitions.incident['resolve-incident']!.next
  if (!ways.includes(c.next) || !allowed.includes(c.next) || (c.next === 'arrived' && trip.interrupted === 'disarmed'))
    return refused(error('supervision.not_possible_now', '/next', { command: c.next, status: trip.status }))
  if (c.next === 'discharged' && alarms.openCritical > 0) return refused(error('supervision.critical_open', '', { count: alarms.openCritical }))
  if (c.reason.trim().length < 10) return refused(error('supervision.reason_missing', '/reason', { by: by.name }))
  return decided([{ type: 'trip.incident-resolved', at, next: c.next, reason: c.reason }])
}
