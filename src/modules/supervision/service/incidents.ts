/** Commands on incident cases: each decided, journalled and written in one transaction, with what follows for the trip and for the carrier. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, type Asking, commandOf, once } from '#platform/command.ts'
import { type Tx, violates } from '#platform/database.ts'
import { record as journal } from '#platform/journal.ts'
import type { Principal } from '#platform/permissions.ts'
import { hearOffence } from '#modules/risk'
import { decideIncident, evolveIncident, firstDueAt, type IncidentCommand, type IncidentEvent } from '../incident/decide.ts'
import { waysTo } from '../incident/nearest.ts'
import type { Incident, IncidentOutcome, NearUnit } from '../schema/incident.ts'
import { isWatched, type Trip } from '../schema/trip.ts'
import { listUnits, lockIncident, lockUnit, nextIncidentNumber, openAlarmsOf, placeOfTrip, saveIncident } from '../store/incidents.ts'
import { findCorridor, lockTrip } from '../store/trips.ts'
import type { TripCommand } from '../trip/types.ts'
import { actOnTrip, type Core, mayWorkOn } from './trips.ts'

const personOf = ({ personId, name }: Principal) => ({ personId, name })
const newId = (now: string): string => uuidv7(Date.parse(now), randomBytes(10))

/** A step of the trip that belongs to a decision on its case, journalled on the trip too. */
const stepTrip = async (tx: Tx, core: Core, trip: Trip, command: TripCommand, asking: Asking): Promise<Outcome<(() => void)[]>> => {
  const acted = await actOnTrip(tx, core, trip, command, asking)
  if (!acted.ok) return acted
  const draft = { command: `trip.${command.name}`, actor: actorOf(asking.principal), body: acted.value.body, at: asking.now }
  await journal(tx, { kind: 'trip', id: trip.id }, draft)
  return accept(acted.value.afterCommit)
}

const tell = ({ bus }: Core, i: Incident): void => {
  bus.announce({ topic: 'incident', id: i.id, tripId: i.tripId, level: i.level, office: i.office })
  bus.announce({ topic: 'trip', id: i.tripId, office: i.office })
}

/** Opens a case on a trip under way: its open alarms are taken into it, and the trip is halted. A trip has one open case. */
export const openIncident = async (
  core: Core,
  asking: Asking,
  { tripId, summary }: { tripId: string; summary: string },
): Promise<Outcome<Incident>> => {
  const id = newId(asking.now)
  let after: (() => void)[] = []
  try {
    const outcome = await once<Incident>(core.sql, commandOf(asking, 'incident.open', { kind: 'incident', id }, true), async (tx) => {
      const trip = await lockTrip(tx, tripId)
      if (!trip || !mayWorkOn(asking.principal, trip)) return refuse(error('supervision.trip_unknown', '/tripId', { id: tripId }))
      if (!isWatched(trip.status)) return refuse(error('supervision.not_possible_now', '', { command: 'report-incident', status: trip.status }))
      const alarms = await openAlarmsOf(tx, tripId)
      const severity = alarms[0]?.severity ?? 'medium'
      const incident: Incident = {
        id,
        number: await nextIncidentNumber(tx, asking.now),
        tripId,
        reference: trip.reference,
        office: trip.office,
        destinationOffice: trip.destinationOffice,
        carrier: trip.carrier ?? null,
        status: 'open',
        severity,
        openedAt: asking.now,
        openedBy: personOf(asking.principal),
        summary,
        place: await placeOfTrip(tx, trip.id),
        alarms: alarms.map(({ severity: _s, ...alarm }) => alarm),
        dueAt: firstDueAt(severity, asking.now),
        level: 0,
        dispatches: [],
        evidence: [],
        penalties: [],
        escalations: [],
        outcome: null,
      }
      await saveIncident(tx, incident, asking.now)
      const halted = trip.status === 'incident' ? accept([]) : await stepTrip(tx, core, trip, { name: 'report-incident', reason: summary }, asking)
      if (!halted.ok) return halted
      after = halted.value
      const event: IncidentEvent = { type: 'incident.opened', incident }
      return accept({ body: { payload: { tripId, summary }, facts: {}, events: [event] }, reply: incident })
    })
    if (outcome.ok) {
      tell(core, outcome.value)
      for (const run of after) run()
    }
    return outcome
  } catch (fault) {
    if (violates(fault, 'incident_one_open')) return refuse(error('supervision.incident_there', '/tripId'))
    throw fault
  }
}

/** Units with their ways to where a case happened, the nearest first; a case without a place is reached at the start of its corridor. */
export const unitsFor = async (tx: Tx | Core['sql'], incident: Incident, trip: Trip): Promise<NearUnit[]> => {
  const [corridor, units] = [await findCorridor(tx, trip.corridorId), await listUnits(tx)]
  if (!corridor) return []
  const wayFrom = waysTo(corridor, incident.place ?? corridor.origin.at)
  return units.map(({ assignment: _assignment, ...u }) => ({ ...u, ...wayFrom(u) })).toSorted((a, b) => a.roadM - b.roadM)
}

/** What ending a case makes of its trip: goods that are gone or kept end it, and call its guarantee. */
const tripAfter = (trip: Trip, decision: IncidentOutcome, reason: string): TripCommand | null => {
  if (trip.status !== 'incident') return null
  const next = decision === 'seized' || decision === 'loss' ? 'seized' : (trip.interrupted ?? 'inTransit')
  return { name: 'resolve-incident', next, reason }
}

/** What follows from the events of a case in the same transaction. */
const follow = async (
  tx: Tx,
  core: Core,
  i: Incident,
  trip: Trip,
  events: readonly IncidentEvent[],
  asking: Asking,
): Promise<Outcome<(() => void)[]>> => {
  const after: (() => void)[] = []
  for (const e of events) {
    if (e.type === 'incident.penalised' && i.carrier !== null) {
      const { amount, weight, law } = e.penalty
      const key = `supervision/${i.id}/${i.penalties.length}`
      const subject = { kind: 'carrier', id: i.carrier } as const
      await hearOffence(tx, { key, subject, source: 'supervision', reference: i.number, kind: law, weight, amount, at: e.penalty.at })
    }
    if (e.type !== 'incident.closed') continue
    const step = tripAfter(trip, e.outcome.decision, e.outcome.text)
    const stepped = step ? await stepTrip(tx, core, trip, step, asking) : accept([])
    if (!stepped.ok) return stepped
    after.push(...stepped.value)
  }
  return accept(after)
}

/** What people ask of a case; the unit's way is found here. */
export type Asked = Exclude<IncidentCommand, { name: 'send' }> | { name: 'send'; unitId: string }

const completed = async (tx: Tx, asked: Asked, incident: Incident, trip: Trip): Promise<Outcome<IncidentCommand>> => {
  if (asked.name !== 'send') return accept(asked)
  await lockUnit(tx, asked.unitId)
  const unit = (await unitsFor(tx, incident, trip)).find((u) => u.id === asked.unitId)
  return unit ? accept({ name: 'send', unit }) : refuse(error('supervision.unit_unknown', '/unitId', { id: asked.unitId }))
}

export const commandIncident = async (core: Core, asking: Asking, id: string, asked: Asked): Promise<Outcome<Incident>> => {
  let after: (() => void)[] = []
  const outcome = await once<Incident>(core.sql, commandOf(asking, `incident.${asked.name}`, { kind: 'incident', id }), async (tx) => {
    const incident = await lockIncident(tx, id)
    const trip = incident && (await lockTrip(tx, incident.tripId))
    if (!incident || !trip || !mayWorkOn(asking.principal, trip)) return refuse(error('supervision.incident_unknown', '/id', { id }))
    const command = await completed(tx, asked, incident, trip)
    if (!command.ok) return command
    const facts = { at: asking.now, by: personOf(asking.principal), newId: newId(asking.now) }
    const decision = decideIncident(incident, command.value, facts)
    if (!decision.ok) return decision
    const next = decision.events.reduce<Incident>(evolveIncident, incident)
    await saveIncident(tx, next, asking.now)
    const followed = await follow(tx, core, next, trip, decision.events, asking)
    if (!followed.ok) return followed
    after = followed.value
    return accept({ body: { payload: command.value, facts, events: decision.events }, reply: next })
  })
  if (!outcome.ok) return outcome
  tell(core, outcome.value)
  for (const run of after) run()
  return outcome
}
