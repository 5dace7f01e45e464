/** What may be decided of an incident case, and what a decision makes of it. Pure. */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import { type Instant, later } from '#kernel/time.ts'
import type { Dispatch, Evidence, Incident, IncidentOutcome } from '../schema/incident.ts'
import type { Way } from './nearest.ts'

type Person = { personId: string; name: string }
type Penalty = Incident['penalties'][number]

export type IncidentCommand =
  | { name: 'add'; evidence: Pick<Evidence, 'text' | 'file'> }
  | { name: 'send'; unit: { id: string; name: string; onDuty: boolean; busy: boolean } & Way }
  | { name: 'progress'; unitId: string; state: Dispatch['state'] }
  | { name: 'penalise'; penalty: Omit<Penalty, 'at' | 'by'> }
  | { name: 'close'; decision: IncidentOutcome; text: string }
  | { name: 'escalate' }

export type IncidentFacts = { at: Instant; by: Person; newId: string }

export type IncidentEvent =
  | { type: 'incident.opened'; incident: Incident }
  | { type: 'incident.evidence-added'; evidence: Evidence }
  | { type: 'incident.unit-sent'; dispatch: Dispatch; dueAt: Instant }
  | { type: 'incident.unit-progressed'; unitId: string; state: Dispatch['state']; at: Instant; dueAt: Instant | null }
  | { type: 'incident.penalised'; penalty: Penalty }
  | { type: 'incident.escalated'; at: Instant; level: number; dueAt: Instant }
  | { type: 'incident.closed'; outcome: NonNullable<Incident['outcome']> }

/** Our defaults; an administration may tune each. */
const minuteMs = 60_000
const answerMin = { critical: 5, high: 10, medium: 30, low: 60 } as const
const acceptMin = 5
/** a unit that is this much later than it was expected is asked for */
const lateFactor = 1.5

/** Until when somebody must have been sent. */
export const firstDueAt = (severity: Incident['severity'], at: Instant): Instant => later(at, answerMin[severity] * minuteMs)

const closedAt = { accepted: 'acceptedAt', onScene: 'onSceneAt', closed: 'closedAt' } as const

const progressed = (d: Dispatch, e: Extract<IncidentEvent, { type: 'incident.unit-progressed' }>): Dispatch =>
  d.unitId !== e.unitId || d.state === 'closed' || e.state === 'dispatched' ? d : { ...d, state: e.state, [closedAt[e.state]]: e.at }

/** The case after an event; the first event makes it. */
export const evolveIncident = (incident: Incident | null, e: IncidentEvent): Incident => {
  if (e.type === 'incident.opened') return e.incident
  const i = incident!
  switch (e.type) {
    case 'incident.evidence-added':
      return { ...i, evidence: [...i.evidence, e.evidence] }
    case 'incident.unit-sent':
      return { ...i, dispatches: [...i.dispatches, e.dispatch], dueAt: e.dueAt }
    case 'incident.unit-progressed':
      return { ...i, dispatches: i.dispatches.map((d) => progressed(d, e)), dueAt: e.dueAt }
    case 'incident.penalised':
      return { ...i, penalties: [...i.penalties, e.penalty] }
    case 'incident.escalated':
      return { ...i, level: e.level, dueAt: e.dueAt, escalations: [...i.escalations, { at: e.at, level: e.level }] }
    case 'incident.closed':
      return { ...i, status: 'closed', dueAt: null, outcome: e.outcome }
  }
}

const send = (i: Incident, { unit }: Extract<IncidentCommand, { name: 'send' }>, { at, by }: IncidentFacts): Decision<IncidentEvent> => {
  if (!unit.onDuty || unit.busy) return refused(error('supervision.unit_busy', '/unitId', { unit: unit.name }))
  if (i.dispatches.some((d) => d.unitId === unit.id && d.state !== 'closed'))
    return refused(error('supervision.unit_busy', '/unitId', { unit: unit.name }))
  const { roadM, etaMin } = unit
  const dispatch: Dispatch = {
    unitId: unit.id,
    unitName: unit.name,
    roadM,
    etaMin,
    state: 'dispatched',
    at,
    by,
    acceptedAt: null,
    onSceneAt: null,
    closedAt: null,
  }
  return decided([{ type: 'incident.unit-sent', dispatch, dueAt: later(at, acceptMin * minuteMs) }])
}

const after: Readonly<Record<Dispatch['state'], readonly Dispatch['state'][]>> = {
  dispatched: ['accepted', 'closed'],
  accepted: ['onScene', 'closed'],
  onScene: ['closed'],
  closed: [],
}

/** Accepted: expected by its way; on the scene: nothing is due; called off before that: somebody else must be sent. */
const dueAfter = (i: Incident, d: Dispatch, state: Dispatch['state'], at: Instant): Instant | null => {
  if (state === 'accepted') return later(at, Math.ceil(d.etaMin * lateFactor + acceptMin) * minuteMs)
  const there = state === 'onScene' || i.dispatches.some((o) => o.onSceneAt !== null)
  return there ? null : firstDueAt(i.severity, at)
}

const progress = (i: Incident, c: Extract<IncidentCommand, { name: 'progress' }>, { at }: IncidentFacts): Decision<IncidentEvent> => {
  const d = i.dispatches.find((one) => one.unitId === c.unitId && one.state !== 'closed')
  if (!d || !after[d.state].includes(c.state))
    return refused(error('supervision.unit_step', '/state', { unit: d?.unitName ?? c.unitId, state: c.state }))
  return decided([{ type: 'incident.unit-progressed', unitId: c.unitId, state: c.state, at, dueAt: dueAfter(i, d, c.state, at) }])
}

/** Decides a command on a case. A closed case takes evidence that comes late, and nothing else. */
export const decideIncident = (i: Incident, c: IncidentCommand, facts: IncidentFacts): Decision<IncidentEvent> => {
  const { at, by, newId } = facts
  if (i.status === 'closed' && c.name !== 'add') return refused(error('supervision.incident_closed', '', { number: i.number }))
  switch (c.name) {
    case 'add':
      return decided([{ type: 'incident.evidence-added', evidence: { id: newId, at, by, ...c.evidence } }])
    case 'send':
      return send(i, c, facts)
    case 'progress':
      return progress(i, c, facts)
    case 'penalise':
      if (i.carrier === null) return refused(error('supervision.carrier_missing'))
      return decided([{ type: 'incident.penalised', penalty: { at, by, ...c.penalty } }])
    case 'escalate':
      if (i.dueAt === null || i.dueAt > at) return refused(error('supervision.incident_in_time', '', { number: i.number }))
      return decided([{ type: 'incident.escalated', at, level: i.level + 1, dueAt: firstDueAt(i.severity, at) }])
    case 'close':
      return decided([{ type: 'incident.closed', outcome: { decision: c.decision, text: c.text, at, by } }])
  }
}
