/** What follows from the events of a trip in the same transaction: the register of seals, alarms, commands to the seal, the guarantee, and who else is to hear. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { type Asking } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { callSecurity, holdSecurity, letGoSecurity, type Security } from '#modules/duty'
import { protocolOf } from '../protocols/index.ts'
import type { Trip } from '../schema/trip.ts'
import { findDevice, setDeviceState } from '../store/devices.ts'
import { closeByOfficer, endOfReplaced } from '../store/episodes.ts'
import { bindTransit, endTransit } from '../store/transits.ts'
import { readAnew } from '../store/trips.ts'
import { tellTripEnded } from '../subscription.ts'
import type { TripEvent } from '../trip/types.ts'
import { boxOf, queueCommands, tellWaiting } from './commands.ts'
import type { SupervisionDeps } from './deps.ts'

type Core = Omit<SupervisionDeps, 'log' | 'clock' | 'config'>
type Followed = Outcome<(() => void)[]>
const nothing: Followed = accept([])

/** A backlog that is not told within this time is asked for again when it matters. */
const askedForMs = 15 * 60_000

const securityOf = (trip: Trip): Security | null => {
  const { guarantee, guaranteeAmount: money, holder } = trip
  if (!guarantee || !money || !holder) return null
  const administration = trip.office.slice(0, 2)
  // Of a declared transit the release has held it already, for the declaration.
  const subject = trip.declared ? { kind: 'declaration', id: trip.declared.declarationId } : { kind: 'trip', id: trip.id }
  return { subject, reference: trip.reference, administration, office: trip.office, guarantee, holder, money }
}

const hold = async (tx: Tx, trip: Trip, at: string): Promise<Followed> => {
  if (trip.declared) return nothing
  const security = securityOf(trip)
  const held = security ? await holdSecurity(tx, security, at) : accept(null)
  return held.ok ? nothing : held
}

const todayOf = ({ legalDate }: Core, trip: Trip, at: string): string => legalDate?.(trip.office, at) ?? at.slice(0, 10)

const letGo = async (tx: Tx, core: Core, trip: Trip, at: string): Promise<Followed> => {
  const security = securityOf(trip)
  return security ? accept([await letGoSecurity(tx, security, at, todayOf(core, trip, at))]) : nothing
}

/** Asks a seal how much it still keeps for us, where it can say so. */
const askOne = async (tx: Tx, core: Core, trip: Trip, sealId: string, at: string): Promise<Followed> => {
  const device = await findDevice(tx, sealId)
  const protocol = device && protocolOf(device.protocol)
  if (!device || !protocol?.answers || !protocol.encode?.({ name: 'query-unsent', params: {} }).ok) return nothing
  const order = { device, tripId: trip.id, by: 'Supervision', at, until: later(at, askedForMs) }
  const queued = await queueCommands(tx, boxOf(core), order, [{ name: 'query-unsent', params: {} }])
  return queued.ok ? accept(queued.value.map((c) => () => tellWaiting(core, c, trip.office))) : queued
}

/** Asks every seal of the trip. */
const askBacklog = async (tx: Tx, core: Core, trip: Trip, at: string): Promise<Followed> => {
  const after: (() => void)[] = []
  for (const { sealId } of trip.seals) {
    const asked = await askOne(tx, core, trip, sealId, at)
    if (!asked.ok) return asked
    after.push(...asked.value)
  }
  return accept(after)
}

const setSeals = async (tx: Tx, trip: Trip, state: 'armed' | 'issued', at: string): Promise<void> => {
  for (const { sealId } of trip.seals) await setDeviceState(tx, sealId, state, at)
}

const sendUnlock = async (tx: Tx, core: Core, trip: Trip, { unlock }: Extract<TripEvent, { type: 'trip.unlock-asked' }>): Promise<Followed> => {
  const sealId = unlock.sealId ?? trip.seals[0]!.sealId
  const device = await findDevice(tx, sealId)
  if (!device) return refuse(error('supervision.device_unknown', '/id', { id: sealId }))
  const name = unlock.method === 'dynamic' ? 'unlock-dynamic' : 'unlock'
  const order = { device, tripId: trip.id, by: unlock.by.name, at: unlock.at, until: unlock.until, id: unlock.commandId }
  const queued = await queueCommands(tx, boxOf(core), order, [{ name, params: {} }])
  return queued.ok ? accept(queued.value.map((c) => () => tellWaiting(core, c, trip.office))) : queued
}

const end = async (tx: Tx, core: Core, trip: Trip, outcome: 'discharged' | 'seized', { now, principal }: Asking): Promise<Followed> => {
  await setSeals(tx, trip, 'issued', now)
  if (trip.declared) await endTransit(tx, trip.reference, now)
  const { reference, destinationOffice } = trip
  await tellTripEnded(tx, { reference, outcome, destinationOffice, at: now, reason: trip.outcome ?? '' })
  if (outcome === 'discharged') return letGo(tx, core, trip, now)
  const security = securityOf(trip)
  const grounds = trip.outcome ?? ''
  if (security) await callSecurity(tx, security, { name: principal.name, grounds, at: now, today: todayOf(core, trip, now) })
  return nothing
}

const follow = async (tx: Tx, core: Core, trip: Trip, e: TripEvent, asking: Asking): Promise<Followed> => {
  const { now } = asking
  switch (e.type) {
    case 'trip.arming-asked': {
      const held = await hold(tx, trip, now)
      return held.ok ? askBacklog(tx, core, trip, now) : held
    }
    case 'trip.armed':
      await setSeals(tx, trip, 'armed', now)
      return nothing
    case 'trip.arrived':
      return askBacklog(tx, core, trip, now)
    case 'trip.seal-replaced':
      await setDeviceState(tx, e.former.sealId, 'issued', now)
      await setDeviceState(tx, e.sealId, 'armed', now)
      // Nobody waits any more for a word of the old one.
      await endOfReplaced(tx, trip.id, e.former.sealId, now)
      await readAnew(tx, trip.id)
      return nothing
    case 'trip.unlock-asked':
      return sendUnlock(tx, core, trip, e)
    case 'trip.alarm-closed':
      await closeByOfficer(tx, trip.id, e.closure)
      return nothing
    case 'trip.discharged':
      return end(tx, core, trip, 'discharged', asking)
    case 'trip.cancelled':
      if (!trip.declared) return letGo(tx, core, trip, now)
      // The goods still travel under their declaration, with another trip.
      await bindTransit(tx, trip.reference, null)
      return nothing
    case 'trip.incident-resolved':
      return e.next === 'discharged' || e.next === 'seized' ? end(tx, core, trip, e.next, asking) : nothing
    default:
      return nothing
  }
}

/** Follows each event; a refusal takes the whole decision back. What it answers runs after the commit. */
export const followEvents = async (tx: Tx, core: Core, trip: Trip, events: readonly TripEvent[], asking: Asking): Promise<Followed> => {
  const after: (() => void)[] = []
  for (const e of events) {
    const followed = await follow(tx, core, trip, e, asking)
    if (!followed.ok) return followed
    after.push(...followed.value)
  }
  return accept(after)
}
