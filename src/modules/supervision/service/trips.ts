/** Commands on trips: facts gathered, decided, journalled and written in one transaction, with everything that follows from the decision. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import { type Tx, violates } from '#platform/database.ts'
import type { Body } from '#platform/journal.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import { type Trip, type TripPlan, tripTransitions } from '../schema/trip.ts'
import type { DeclaredTransit } from '../schema/transit.ts'
import { findDevice } from '../store/devices.ts'
import { bindTransit, lockTransit, type Transit } from '../store/transits.ts'
import { findCorridor, isSealInUse, lockTrip, saveTrip } from '../store/trips.ts'
import { decideTrip, evolveTrip } from '../trip.ts'
import { boundTo, differencesFrom } from '../trip/binding.ts'
import type { TripCommand, TripEvent } from '../trip/types.ts'
import type { SupervisionDeps } from './deps.ts'
import { followEvents } from './effects.ts'
import { factsFor, journalled } from './facts.ts'

/** Either end of a trip may work on it. */
export const mayWorkOn = (p: Principal, trip: Pick<Trip, 'office' | 'destinationOffice'>, permission?: string): boolean =>
  officeAllowed(p, trip.office, permission) || officeAllowed(p, trip.destinationOffice, permission)

export type Core = Omit<SupervisionDeps, 'log' | 'clock' | 'config'>

const officeIssues = ({ officeName }: Core, plan: TripPlan): Issue[] =>
  (['office', 'destinationOffice'] as const).flatMap((at) =>
    !officeName || officeName(plan[at]) ? [] : [error('supervision.office_unknown', `/${at}`, { office: plan[at] })],
  )

/** Each seal is one, is named once, and is on no other trip. */
const sealIssues = async (tx: Tx, { seals }: TripPlan): Promise<Issue[]> => {
  const issues: Issue[] = []
  for (const [n, { sealId: id }] of seals.entries()) {
    const path = `/seals/${n}/sealId`
    if (seals.findIndex((s) => s.sealId === id) < n) issues.push(error('supervision.seal_twice', path, { id }))
    else if ((await findDevice(tx, id))?.role !== 'seal') issues.push(error('supervision.device_unknown', path, { id }))
    else if (await isSealInUse(tx, id)) issues.push(error('supervision.seal_in_use', path, { id }))
  }
  return issues
}

const bindingIssues = async (tx: Tx, core: Core, plan: TripPlan): Promise<Issue[]> => {
  const [truck, corridor] = [plan.truckId ? await findDevice(tx, plan.truckId) : null, await findCorridor(tx, plan.corridorId)]
  const secured = [plan.guarantee, plan.guaranteeAmount, plan.holder].filter((part) => part !== null && part !== undefined)
  return [
    ...officeIssues(core, plan),
    ...(await sealIssues(tx, plan)),
    ...(plan.truckId && truck?.role !== 'truck' ? [error('supervision.device_unknown', '/truckId', { id: plan.truckId })] : []),
    ...(corridor ? [] : [error('supervision.corridor_unknown', '/corridorId', { id: plan.corridorId })]),
    ...(secured.length === 0 || secured.length === 3 ? [] : [error('supervision.guarantee_incomplete', '/guarantee')]),
  ]
}

const transitIssues = ({ document, tripId, endedAt }: Transit, plan: TripPlan): Issue[] => [
  ...(endedAt ? [error('supervision.transit_over', '/reference', { mrn: document.mrn })] : []),
  ...(tripId && !endedAt ? [error('supervision.transit_bound', '/reference', { mrn: document.mrn })] : []),
  ...differencesFrom(document, plan),
]

const boundPlan = (transit: DeclaredTransit, plan: TripPlan) => {
  const { declarationId, kind, goods } = transit
  return { plan: boundTo(transit, plan), declared: { declarationId, kind, goods } }
}

/** Binds declaration, guarantee, vehicle, seals and corridor. A seal has one open trip, and so have the goods of a declaration. */
export const planTrip = async (core: Core, asking: Asking, plan: TripPlan): Promise<Outcome<Trip>> => {
  if (!officeAllowed(asking.principal, plan.office, 'supervision:trip:plan'))
    return refuse(error('access.denied', '/office', { permission: 'supervision:trip:plan' }))
  const id = uuidv7(Date.parse(asking.now), randomBytes(10))
  try {
    const outcome = await once<Trip>(core.sql, commandOf(asking, 'trip.plan', { kind: 'trip', id }, true), async (tx) => {
      const transit = await lockTransit(tx, plan.reference)
      const issues = [...(await bindingIssues(tx, core, plan)), ...(transit ? transitIssues(transit, plan) : [])]
      if (issues.length > 0) return refuse(...issues)
      const event: TripEvent = { type: 'trip.planned', id, ...(transit ? boundPlan(transit.document, plan) : { plan }) }
      const trip = evolveTrip(null, event)
      await saveTrip(tx, trip, asking.now)
      if (transit) await bindTransit(tx, plan.reference, id)
      return accept({ body: { payload: plan, facts: {}, events: [event] }, reply: trip })
    })
    if (outcome.ok) core.bus.announce({ topic: 'trip', id: outcome.value.id, office: outcome.value.office })
    return outcome
  } catch (fault) {
    if (violates(fault, 'trip_seal_once'))
      return refuse(error('supervision.seal_in_use', '/seals', { id: plan.seals.map((s) => s.sealId).join(', ') }))
    throw fault
  }
}

type Acted = { next: Trip; body: Body; afterCommit: (() => void)[] }

/** Decides a command on a trip in the caller's transaction and does what follows; who may ask is the caller's to know. */
export const actOnTrip = async (tx: Tx, core: Core, trip: Trip, command: TripCommand, asking: Asking): Promise<Outcome<Acted>> => {
  const facts = await factsFor(tx, core, trip, command, asking)
  const decision = decideTrip(trip, command, facts)
  if (!decision.ok) return decision
  const next = decision.events.reduce<Trip>(evolveTrip, trip)
  await saveTrip(tx, next, asking.now)
  const followed = await followEvents(tx, core, next, decision.events, asking)
  if (!followed.ok) return followed
  return accept({ next, body: { payload: command, facts: journalled(facts), events: decision.events }, afterCommit: followed.value })
}

/** Decides a command on a trip and does what follows. What the decision needs and cannot have (a guarantee that is short) refuses it whole. */
export const commandTrip = async (core: Core, asking: Asking, id: string, command: TripCommand): Promise<Outcome<Trip>> => {
  let afterCommit: (() => void)[] = []
  const outcome = await once<Trip>(core.sql, commandOf(asking, `trip.${command.name}`, { kind: 'trip', id }), async (tx) => {
    const trip = await lockTrip(tx, id)
    const permission = trip ? tripTransitions[trip.status][command.name]?.permission : undefined
    if (!trip || !mayWorkOn(asking.principal, trip)) return refuse(error('supervision.trip_unknown', '/id', { id }))
    if (permission && !mayWorkOn(asking.principal, trip, permission)) return refuse(error('access.denied', '', { permission }))
    const acted = await actOnTrip(tx, core, trip, command, asking)
    if (!acted.ok) return acted
    afterCommit = acted.value.afterCommit
    return accept({ body: acted.value.body, reply: acted.value.next })
  })
  if (!outcome.ok) return outcome
  core.bus.announce({ topic: 'trip', id, office: outcome.value.office })
  for (const tell of afterCommit) tell()
  return outcome
}
