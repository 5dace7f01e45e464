/** What may be decided of a trip, and what a decision makes of it. Pure. */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import { type Instant, later } from '#kernel/time.ts'
import { alarmKinds, type AlarmKind } from './alarms/kinds.ts'
import { distanceM } from './geometry/segments.ts'
import type { Corridor, Circle, LonLat } from './schema/corridor.ts'
import { type Trip, type TripPlan, type TripStatus, tripTransitions } from './schema/trip.ts'

type Person = { personId: string; name: string }
export type TripBy = Person & { permissions: ReadonlySet<string>; steppedUp: boolean; office: string | null }

export type TripCommand =
  | { name: 'arm' | 'depart' | 'arrive' | 'disarm' }
  | { name: 'pass-checkpoint'; checkpointId: string }
  | { name: 'hand-over'; to: Person; office: string; sealLocked: boolean }
  | { name: 'authorise'; from: Instant; to: Instant; area: Circle | null; second: Person | null }
  | { name: 'discharge' | 'cancel' | 'report-incident'; reason: string }
  | { name: 'resolve-incident'; next: TripStatus; reason: string }
  | { name: 'close-alarm'; kind: string; subject: string; reason: string }

/** What is known of the seal when somebody decides. */
export type SealFacts = {
  state: string
  passwordChanged: boolean
  /** the newest record, null when there was none */
  now: { eventAt: Instant; place: LonLat | null; batteryPct: number | null; locked: boolean | null } | null
}
export type TripFacts = { at: Instant; by: TripBy; corridor: Corridor; seal: SealFacts; alarms: { openCritical: number; broken: number } }

export type TripEvent =
  | { type: 'trip.planned'; id: string; plan: TripPlan }
  | { type: 'trip.armed'; at: Instant; deadlineAt: Instant }
  | { type: 'trip.departed' | 'trip.arrived' | 'trip.disarmed'; at: Instant }
  | { type: 'trip.checkpoint-passed'; scan: Trip['scans'][number] }
  | { type: 'trip.handed-over'; handOver: Trip['handOvers'][number] }
  | { type: 'trip.opening-authorised'; authorisation: Trip['authorisations'][number] }
  | { type: 'trip.discharged' | 'trip.cancelled' | 'trip.incident-reported'; at: Instant; reason: string }
  | { type: 'trip.incident-resolved'; at: Instant; next: TripStatus; reason: string }
  | { type: 'trip.alarm-closed'; closure: Trip['closures'][number] }

const unmade: Omit<Trip, keyof TripPlan | 'id'> = {
  status: 'planned',
  interrupted: null,
  armedAt: null,
  deadlineAt: null,
  arrivedAt: null,
  disarmedAt: null,
  scans: [],
  handOvers: [],
  authorisations: [],
  closures: [],
  outcome: null,
}

/** The trip after an event; the first event makes it. */
export const evolveTrip = (trip: Trip | null, e: TripEvent): Trip => {
  if (e.type === 'trip.planned') return { ...e.plan, id: e.id, ...unmade }
  const t = trip!
  switch (e.type) {
    case 'trip.armed':
      return { ...t, status: 'armed', armedAt: e.at, deadlineAt: e.deadlineAt }
    case 'trip.departed':
      return { ...t, status: 'inTransit' }
    case 'trip.arrived':
      return { ...t, status: 'arrived', arrivedAt: e.at }
    case 'trip.disarmed':
      return { ...t, status: 'disarmed', disarmedAt: e.at }
    case 'trip.checkpoint-passed':
      return { ...t, scans: [...t.scans, e.scan] }
    case 'trip.handed-over':
      return { ...t, handOvers: [...t.handOvers, e.handOver] }
    case 'trip.opening-authorised':
      return { ...t, authorisations: [...t.authorisations, e.authorisation] }
    case 'trip.discharged':
      return { ...t, status: 'discharged', outcome: e.reason }
    case 'trip.cancelled':
      return { ...t, status: 'cancelled', outcome: e.reason }
    case 'trip.incident-reported':
      return { ...t, status: 'incident', interrupted: t.status }
    case 'trip.incident-resolved':
      return { ...t, status: e.next, interrupted: null, outcome: e.next === 'discharged' ? e.reason : t.outcome }
    case 'trip.alarm-closed':
      return { ...t, closures: [...t.closures, e.closure] }
  }
}

const freshMs = 600_000
const lowestBatteryPct = 20

/** Everything that keeps a seal from being armed, not only the first. */
const arm = (trip: Trip, { at, corridor, seal }: TripFacts): Decision<TripEvent> => {
  const { now } = seal
  const fresh = now !== null && Date.parse(at) - Date.parse(now.eventAt) <= freshMs
  const away = now?.place ? distanceM(now.place, corridor.origin.at) : null
  const issues = [
    ...(seal.state === 'issued' ? [] : [error('supervision.seal_not_issued', '/sealId', { state: seal.state })]),
    ...(seal.passwordChanged ? [] : [error('supervision.seal_factory_password', '/sealId')]),
    ...(fresh ? [] : [error('supervision.seal_silent', '/sealId', { minutes: freshMs / 60_000 })]),
    ...(now?.locked === true ? [] : [error('supervision.seal_not_locked', '/sealId')]),
    ...(away !== null && away <= corridor.origin.radiusM ? [] : [error('supervision.seal_elsewhere', '/sealId', { corridor: corridor.name })]),
    // Null is unknown, such as while charging, and no reason to refuse.
    ...(now && now.batteryPct !== null && now.batteryPct < lowestBatteryPct
      ? [error('supervision.seal_battery_low', '/sealId', { percent: now.batteryPct, least: lowestBatteryPct })]
      : []),
  ]
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'trip.armed', at, deadlineAt: later(at, trip.limitMin * 60_000) }])
}

const authorise = (c: Extract<TripCommand, { name: 'authorise' }>, { by }: TripFacts): Decision<TripEvent> => {
  if (c.from >= c.to) return refused(error('supervision.window_empty', '/to'))
  // A lock that is opened from afar needs two people.
  if (c.area === null && (!c.second || c.second.personId === by.personId)) return refused(error('supervision.second_person_missing', '/second'))
  const { personId, name } = by
  return decided([
    { type: 'trip.opening-authorised', authorisation: { from: c.from, to: c.to, area: c.area, by: { personId, name }, second: c.second } },
  ])
}

const discharge = (reason: string, { at, by, alarms }: TripFacts): Decision<TripEvent> => {
  const doubts = alarms.openCritical + alarms.broken
  if (alarms.openCritical > 0) return refused(error('supervision.critical_open', '', { count: alarms.openCritical }))
  if (doubts > 0 && reason.trim().length < 10) return refused(error('supervision.reason_missing', '/reason', { by: by.name }))
  return decided([{ type: 'trip.discharged', at, reason }])
}

const closeAlarm = (c: Extract<TripCommand, { name: 'close-alarm' }>, { at, by }: TripFacts): Decision<TripEvent> => {
  if (!Object.hasOwn(alarmKinds, c.kind) || alarmKinds[c.kind as AlarmKind].ends !== 'officer')
    return refused(error('supervision.alarm_ends_itself', '/kind', { kind: c.kind }))
  if (c.reason.trim().length < 3) return refused(error('supervision.reason_missing', '/reason', { by: by.name }))
  const { personId, name } = by
  return decided([{ type: 'trip.alarm-closed', closure: { kind: c.kind, subject: c.subject, at, by: { personId, name }, reason: c.reason } }])
}

const resolve = (trip: Trip, c: Extract<TripCommand, { name: 'resolve-incident' }>, { at, by }: TripFacts): Decision<TripEvent> => {
  if (c.next !== trip.interrupted && c.next !== 'discharged')
    return refused(error('supervision.not_possible_now', '/next', { command: c.next, status: trip.status }))
  if (c.reason.trim().length < 10) return refused(error('supervision.reason_missing', '/reason', { by: by.name }))
  return decided([{ type: 'trip.incident-resolved', at, next: c.next, reason: c.reason }])
}

const passCheckpoint = (trip: Trip, checkpointId: string, { at, by, corridor }: TripFacts): Decision<TripEvent> => {
  const place = corridor.checkpoints.findIndex((c) => c.id === checkpointId)
  if (place < 0) return refused(error('supervision.checkpoint_unknown', '/checkpointId', { id: checkpointId }))
  if (trip.scans.some((s) => s.checkpointId === checkpointId))
    return refused(error('supervision.checkpoint_passed', '/checkpointId', { id: checkpointId }))
  const { personId, name } = by
  return decided([{ type: 'trip.checkpoint-passed', scan: { checkpointId, at, by: { personId, name } } }])
}

const handOver = (c: Extract<TripCommand, { name: 'hand-over' }>, { at, by }: TripFacts): Decision<TripEvent> =>
  c.to.personId === by.personId
    ? refused(error('supervision.second_person_missing', '/to'))
    : decided([{ type: 'trip.handed-over', handOver: { to: c.to, office: c.office, at, sealLocked: c.sealLocked } }])

/** Only the seal's own report within a window of leave proves an opening; disarming needs that leave. */
const disarm = (trip: Trip, { at }: TripFacts): Decision<TripEvent> =>
  trip.authorisations.some((a) => a.from <= at && at <= a.to)
    ? decided([{ type: 'trip.disarmed', at }])
    : refused(error('supervision.not_authorised'))

const rule = (trip: Trip, c: TripCommand, facts: TripFacts): Decision<TripEvent> => {
  const { at } = facts
  switch (c.name) {
    case 'arm':
      return arm(trip, facts)
    case 'depart':
      return decided([{ type: 'trip.departed', at }])
    case 'arrive':
      return decided([{ type: 'trip.arrived', at }])
    case 'disarm':
      return disarm(trip, facts)
    case 'pass-checkpoint':
      return passCheckpoint(trip, c.checkpointId, facts)
    case 'hand-over':
      return handOver(c, facts)
    case 'authorise':
      return authorise(c, facts)
    case 'discharge':
      return discharge(c.reason, facts)
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
