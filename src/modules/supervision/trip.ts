/** What may be decided of a trip, and what a decision makes of it. Pure. */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import { type Trip, type TripPlan, tripTransitions } from './schema/trip.ts'
import { askArming, confirmArming } from './trip/arming.ts'
import { missingAsNow, planAsNow } from './trip/earlier.ts'
import { closeAlarm, conclude, discharge, resolve } from './trip/ending.ts'
import { arrive, authorise, disarm, unlock } from './trip/opening.ts'
import { replaceSeal, resealed } from './trip/resealing.ts'
import type { TripCommand, TripEvent, TripFacts } from './trip/types.ts'

const unmade: Omit<Trip, keyof TripPlan | 'id'> = {
  status: 'planned',
  interrupted: null,
  arming: null,
  armedAt: null,
  deadlineAt: null,
  arrivedAt: null,
  disarmedAt: null,
  openingProven: false,
  scans: [],
  handOvers: [],
  authorisations: [],
  unlocks: [],
  closures: [],
  outcome: null,
}

/** The trip after an event; the first event makes it. */
export const evolveTrip = (trip: Trip | null, e: TripEvent): Trip => {
  if (e.type === 'trip.planned') return { ...planAsNow(e.plan), id: e.id, ...(e.declared && { declared: e.declared }), ...unmade }
  const t = trip!
  switch (e.type) {
    case 'trip.arming-asked':
      return { ...t, arming: { at: e.at, by: e.by, missing: [] } }
    case 'trip.arming-waits':
      return { ...t, arming: t.arming && { ...t.arming, missing: missingAsNow(e.missing, t.seals[0]!.sealId) } }
    case 'trip.armed':
      return { ...t, status: 'armed', armedAt: e.at, deadlineAt: e.deadlineAt, arming: null }
    case 'trip.departed':
      return { ...t, status: 'inTransit' }
    case 'trip.arrived':
      return { ...t, status: 'arrived', arrivedAt: e.at }
    case 'trip.disarmed':
      return disarmed(t, e)
    case 'trip.checkpoint-passed':
      return { ...t, scans: [...t.scans, e.scan] }
    case 'trip.handed-over':
      return { ...t, handOvers: [...t.handOvers, e.handOver] }
    case 'trip.seal-replaced':
      return resealed(t, e)
    case 'trip.opening-authorised':
      return { ...t, authorisations: [...t.authorisations, e.authorisation] }
    case 'trip.unlock-asked':
      return { ...t, unlocks: [...t.unlocks, e.unlock] }
    case 'trip.discharged':
      return { ...t, status: 'discharged', outcome: e.reason }
    case 'trip.cancelled':
      return { ...t, status: 'cancelled', outcome: e.reason, arming: null }
    case 'trip.incident-reported':
      return { ...t, status: 'incident', interrupted: t.status }
    case 'trip.incident-resolved':
      return afterIncident(t, e)
    case 'trip.alarm-closed':
      return { ...t, closures: [...t.closures, e.closure] }
  }
}

const afterIncident = (t: Trip, e: Extract<TripEvent, { type: 'trip.incident-resolved' }>): Trip => ({
  ...t,
  status: e.next,
  interrupted: null,
  arrivedAt: e.next === 'arrived' ? (t.arrivedAt ?? e.at) : t.arrivedAt,
  outcome: e.next === 'discharged' || e.next === 'seized' ? e.reason : t.outcome,
})

const disarmed = (t: Trip, { at, proven, opened }: Extract<TripEvent, { type: 'trip.disarmed' }>): Trip => ({
  ...t,
  status: 'disarmed',
  disarmedAt: at,
  openingProven: proven,
  seals: opened ? t.seals.map((s) => ({ ...s, openingProven: opened.includes(s.sealId) })) : t.seals,
})

const passCheckpoint = (trip: Trip, checkpointId: string, { at, by, corridor }: TripFacts): Decision<TripEvent> => {
  const place = corridor.checkpoints.findIndex((c) => c.id === checkpointId)
  if (place < 0) return refused(error('supervision.checkpoint_unknown', '/checkpointId', { id: checkpointId }))
  if (trip.scans.some((s) => s.checkpointId === checkpointId))
    return refused(error('supervision.checkpoint_passed', '/checkpointId', { id: checkpointId }))
  const { personId, name } = by
  return decided([{ type: 'trip.checkpoint-passed', scan: { checkpointId, at, by: { personId, name } } }])
}

/** Custody passes to somebody else, at an office that there is, who may work on seals there. */
const handOver = (c: Extract<TripCommand, { name: 'hand-over' }>, { at, by, named, officeKnown }: TripFacts): Decision<TripEvent> => {
  if (c.to.personId === by.personId) return refused(error('supervision.second_person_missing', '/to'))
  const issues = [
    ...(officeKnown ? [] : [error('supervision.office_unknown', '/office', { office: c.office })]),
    ...(named?.allowed ? [] : [error('supervision.person_unknown', '/to', { name: c.to.name })]),
  ]
  if (issues.length > 0 || !named) return refused(...issues)
  const to = { personId: c.to.personId, name: named.name }
  return decided([{ type: 'trip.handed-over', handOver: { to, office: c.office, at, sealLocked: c.sealLocked } }])
}

const rule = (trip: Trip, c: TripCommand, facts: TripFacts): Decision<TripEvent> => {
  const { at } = facts
  switch (c.name) {
    case 'arm':
      return askArming(facts)
    case 'confirm-arming':
      return confirmArming(trip, facts)
    case 'depart':
      return decided([{ type: 'trip.departed', at }])
    case 'arrive':
      return arrive(trip, facts)
    case 'unlock':
      return unlock(trip, c, facts)
    case 'disarm':
      return disarm(trip, facts)
    case 'pass-checkpoint':
      return passCheckpoint(trip, c.checkpointId, facts)
    case 'hand-over':
      return handOver(c, facts)
    case 'replace-seal':
      return replaceSeal(trip, c, facts)
    case 'authorise':
      return authorise(c, facts)
    case 'discharge':
      return discharge(c.reason, facts)
    case 'conclude':
      return conclude(trip, facts)
    case 'cancel':
      return decided([{ type: 'trip.cancelled', at, reason: c.reason }])
    case 'report-incident':
      return decided([{ type: 'trip.incident-reported', at, reason: c.reason }])
    case 'resolve-incident':
      return resolve(trip, c, facts)
    case 'close-alarm':
      return closeAlarm(c, facts)
  }
}

/** Decides a command on a trip: first what may happen now, then the command's own rule. */
export const decideTrip = (trip: Trip, command: TripCommand, facts: TripFacts): Decision<TripEvent> => {
  const transition = tripTransitions[trip.status][command.name]
  if (!transition) return refused(error('supervision.not_possible_now', '', { command: command.name, status: trip.status }))
  if (transition.by === 'officer' && !facts.by.permissions.has(transition.permission))
    return refused(error('access.denied', '', { permission: transition.permission }))
  if (transition.stepUp && !facts.by.steppedUp) return refused(error('identity.step_up_required'))
  return rule(trip, command, facts)
}
