/** Commands on trips, devices and alarms: facts gathered, decided, journalled and written in one transaction. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import { type Tx, violates } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import type { AcknowledgeAlarm } from '../schema/alarm.ts'
import type { Corridor } from '../schema/corridor.ts'
import type { ChangeDevice, RegisterDevice } from '../schema/device.ts'
import { type Trip, type TripPlan, tripTransitions } from '../schema/trip.ts'
import { findDevice, insertDevice, setDeviceState, updateDevice } from '../store/devices.ts'
import { acknowledge, countCritical, findAlarm } from '../store/episodes.ts'
import { findCorridor, lockTrip, saveCorridor, saveTrip } from '../store/trips.ts'
import { decideTrip, evolveTrip, type TripCommand, type TripEvent, type TripFacts } from '../trip.ts'
import { protocolOf } from '../protocols/index.ts'

/** Who asks, with which key, when. */
export type Asking = { principal: Principal; key: string | null; now: string }
type Core = Pick<Deps, 'sql' | 'bus'>

/** Either end of a trip may work on it. */
export const mayWorkOn = (p: Principal, trip: Pick<Trip, 'office' | 'destinationOffice'>, permission?: string): boolean =>
  officeAllowed(p, trip.office, permission) || officeAllowed(p, trip.destinationOffice, permission)

const commandOf = (a: Asking, name: string, subject: { kind: string; id: string }, creates = false) => ({
  key: a.key,
  actor: actorOf(a.principal),
  name,
  subject,
  at: a.now,
  creates,
})

const bindingIssues = async (tx: Tx, plan: TripPlan) => {
  const [seal, truck, corridor] = [
    await findDevice(tx, plan.sealId),
    plan.truckId ? await findDevice(tx, plan.truckId) : null,
    await findCorridor(tx, plan.corridorId),
  ]
  return [
    ...(seal?.role === 'seal' ? [] : [error('supervision.device_unknown', '/sealId', { id: plan.sealId })]),
    ...(plan.truckId && truck?.role !== 'truck' ? [error('supervision.device_unknown', '/truckId', { id: plan.truckId })] : []),
    ...(corridor ? [] : [error('supervision.corridor_unknown', '/corridorId', { id: plan.corridorId })]),
  ]
}

/** Binds declaration, guarantee, vehicle, seal and corridor. A seal has one open trip. */
export const planTrip = async ({ sql, bus }: Core, asking: Asking, plan: TripPlan): Promise<Outcome<Trip>> => {
  if (!officeAllowed(asking.principal, plan.office, 'supervision:trip:plan'))
    return refuse(error('access.denied', '/office', { permission: 'supervision:trip:plan' }))
  const id = uuidv7(Date.parse(asking.now), randomBytes(10))
  try {
    const outcome = await once<Trip>(sql, commandOf(asking, 'trip.plan', { kind: 'trip', id }, true), async (tx) => {
      const issues = await bindingIssues(tx, plan)
      if (issues.length > 0) return refuse(...issues)
      const event: TripEvent = { type: 'trip.planned', id, plan }
      const trip = evolveTrip(null, event)
      await saveTrip(tx, trip, asking.now)
      return accept({ body: { payload: plan, facts: {}, events: [event] }, reply: trip })
    })
    if (outcome.ok) bus.announce({ topic: 'trip', id: outcome.value.id, office: outcome.value.office })
    return outcome
  } catch (fault) {
    if (violates(fault, 'trip_seal_once')) return refuse(error('supervision.seal_in_use', '/sealId', { id: plan.sealId }))
    throw fault
  }
}

const factsFor = async (tx: Tx, trip: Trip, { principal, now }: Asking): Promise<TripFacts> => {
  const [device, corridor, alarms] = [await findDevice(tx, trip.sealId), await findCorridor(tx, trip.corridorId), await countCritical(tx, trip.id)]
  const place = device && device.lat !== null && device.lon !== null ? { lat: device.lat, lon: device.lon } : null
  return {
    at: now,
    by: {
      personId: principal.personId,
      name: principal.name,
      permissions: principal.permissions,
      steppedUp: principal.steppedUpUntil !== null && principal.steppedUpUntil > now,
      office: principal.homeOffice,
    },
    corridor: corridor!,
    seal: {
      state: device!.state,
      passwordChanged: device!.passwordChanged,
      now: device!.eventAt === null ? null : { eventAt: device!.eventAt, place, batteryPct: device!.batteryPct, locked: device!.locked },
    },
    alarms,
  }
}

/** What the journal keeps of the facts: a corridor is told by its name. */
const journalled = ({ corridor, by, ...rest }: TripFacts) => ({
  ...rest,
  corridor: corridor.id,
  by: { ...by, permissions: [...by.permissions].filter((p) => p.startsWith('supervision:')) },
})

/** A seal on a trip is armed in the register too, and free again when the trip is over. */
const followTrip = async (tx: Tx, trip: Trip, at: string): Promise<void> => {
  if (trip.status === 'armed') await setDeviceState(tx, trip.sealId, 'armed', at)
  if (trip.status === 'discharged') await setDeviceState(tx, trip.sealId, 'issued', at)
}

export const commandTrip = async ({ sql, bus }: Core, asking: Asking, id: string, command: TripCommand): Promise<Outcome<Trip>> => {
  const outcome = await once<Trip>(sql, commandOf(asking, `trip.${command.name}`, { kind: 'trip', id }), async (tx) => {
    const trip = await lockTrip(tx, id)
    const permission = trip ? tripTransitions[trip.status][command.name]?.permission : undefined
    if (!trip || !mayWorkOn(asking.principal, trip)) return refuse(error('supervision.trip_unknown', '/id', { id }))
    if (permission && !mayWorkOn(asking.principal, trip, permission)) return refuse(error('access.denied', '', { permission }))
    const facts = await factsFor(tx, trip, asking)
    const decision = decideTrip(trip, command, facts)
    if (!decision.ok) return decision
    const next = decision.events.reduce<Trip>(evolveTrip, trip)
    await saveTrip(tx, next, asking.now)
    if (next.status !== trip.status) await followTrip(tx, next, asking.now)
    return accept({ body: { payload: command, facts: journalled(facts), events: decision.events }, reply: next })
  })
  if (outcome.ok) bus.announce({ topic: 'trip', id, office: outcome.value.office })
  return outcome
}

/** Takes a device into the stock of an office. */
export const registerDevice = async ({ sql, bus }: Core, asking: Asking, device: RegisterDevice): Promise<Outcome<{ id: string }>> => {
  const protocol = protocolOf(device.protocol)
  if (!protocol) return refuse(error('supervision.protocol_unknown', '/protocol', { protocol: device.protocol, known: '' }))
  try {
    const outcome = await once(sql, commandOf(asking, 'device.register', { kind: 'device', id: device.id }), async (tx) => {
      await insertDevice(tx, { ...device, protocol: protocol.name }, asking.now)
      return accept({ body: { payload: device, facts: {}, events: [{ type: 'device.registered', device }] }, reply: { id: device.id } })
    })
    if (outcome.ok) bus.announce({ topic: 'device', id: device.id, office: device.office })
    return outcome
  } catch (fault) {
    if (['device_pkey', 'alias_pkey', 'device_imei_once'].some((c) => violates(fault, c)))
      return refuse(error('supervision.device_known', '/id', { id: device.id }))
    throw fault
  }
}

/** A step in the custody of a device: issued, returned, lost, stolen. */
export const changeDevice = async ({ sql, bus }: Core, asking: Asking, id: string, change: ChangeDevice): Promise<Outcome<{ id: string }>> => {
  const outcome = await once(sql, commandOf(asking, 'device.change', { kind: 'device', id }), async (tx) =>
    (await updateDevice(tx, id, change, asking.now))
      ? accept({ body: { payload: change, facts: {}, events: [{ type: 'device.changed', ...change }] }, reply: { id } })
      : refuse(error('supervision.device_unknown', '/id', { id })),
  )
  if (outcome.ok) bus.announce({ topic: 'device', id, office: change.office })
  return outcome
}

export const keepCorridor = ({ sql }: Core, asking: Asking, corridor: Corridor): Promise<Outcome<{ id: string }>> =>
  once(sql, commandOf(asking, 'corridor.keep', { kind: 'corridor', id: corridor.id }), async (tx) => {
    await saveCorridor(tx, corridor, asking.now)
    return accept({ body: { payload: corridor, facts: {}, events: [{ type: 'corridor.kept', id: corridor.id }] }, reply: { id: corridor.id } })
  })

/** Acknowledges an alarm with a reason; that ends nothing, it says who has seen it. */
export const acknowledgeAlarm = async (
  { sql, bus }: Core,
  asking: Asking,
  id: string,
  reason: AcknowledgeAlarm,
): Promise<Outcome<{ id: string }>> => {
  const outcome = await once(sql, commandOf(asking, 'alarm.acknowledge', { kind: 'alarm', id }), async (tx) => {
    const alarm = await findAlarm(tx, id)
    if (!alarm || !alarm.offices.some((o) => officeAllowed(asking.principal, o, 'supervision:alarm:acknowledge')))
      return refuse(error('supervision.alarm_unknown', '/id', { id }))
    if (!(await acknowledge(tx, id, reason, asking.principal.name, asking.now)))
      return refuse(error('supervision.alarm_acknowledged', '', { by: alarm.acknowledgedBy ?? '' }))
    return accept({
      body: {
        payload: reason,
        facts: { kind: alarm.kind, subject: alarm.subject },
        events: [{ type: 'alarm.acknowledged', by: asking.principal.name, ...reason }],
      },
      reply: { id },
    })
  })
  if (outcome.ok) bus.announce({ topic: 'alarm', id })
  return outcome
}
