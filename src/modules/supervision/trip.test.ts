import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, corridor } from './fixtures/trip.ts'
import { tripCommands, tripStatuses, tripTransitions, type Trip, type TripPlan } from './schema/trip.ts'
import { decideTrip, evolveTrip, type TripCommand, type TripFacts } from './trip.ts'

const plan: TripPlan = {
  reference: '26XV00000000000001',
  guarantee: 'G1',
  vehicle: 'TRN 441',
  driver: 'Ola Berg',
  containers: [],
  office: 'XV000301',
  destinationOffice: 'XV000101',
  corridorId: corridor.id,
  sealId: 'seal',
  truckId: null,
  limitMin: 600,
}
const everything = new Set(tripStatuses.flatMap((s) => Object.values(tripTransitions[s]).map((t) => t.permission)))
const facts = (at0 = '2026-06-01T06:00:00.000Z', changes: Partial<TripFacts> = {}): TripFacts => ({
  at: at0,
  by: { personId: 'p1', name: 'Ada', permissions: everything, steppedUp: true, office: 'XV000301' },
  corridor,
  seal: { state: 'issued', passwordChanged: true, now: { eventAt: at0, place: at(0), batteryPct: 90, locked: true } },
  alarms: { openCritical: 0, broken: 0 },
  ...changes,
})
const planned = evolveTrip(null, { type: 'trip.planned', id: 't1', plan })
const after = (trip: Trip, command: TripCommand, f = facts()): Trip => {
  const decision = decideTrip(trip, command, f)
  assert.ok(decision.ok, JSON.stringify(decision.issues))
  return decision.events.reduce<Trip>(evolveTrip, trip)
}
const refusal = (trip: Trip, command: TripCommand, f = facts()): string[] => {
  const decision = decideTrip(trip, command, f)
  assert.equal(decision.ok, false)
  return decision.issues.map((i) => i.code)
}

test('a trip from its plan to its discharge', () => {
  const window = { from: '2026-06-01T05:00:00.000Z', to: '2026-06-01T09:00:00.000Z' }
  const steps: [TripCommand, Trip['status']][] = [
    [{ name: 'arm' }, 'armed'],
    [{ name: 'depart' }, 'inTransit'],
    [{ name: 'pass-checkpoint', checkpointId: 'bridge' }, 'inTransit'],
    [{ name: 'hand-over', to: { personId: 'p2', name: 'Bo' }, office: 'XV000101', sealLocked: true }, 'inTransit'],
    [{ name: 'arrive' }, 'arrived'],
    [{ name: 'authorise', ...window, area: corridor.destination, second: null }, 'arrived'],
    [{ name: 'disarm' }, 'disarmed'],
    [{ name: 'discharge', reason: '' }, 'discharged'],
  ]
  let trip = planned
  for (const [command, status] of steps) {
    trip = after(trip, command)
    assert.equal(trip.status, status, command.name)
  }
  assert.equal(trip.deadlineAt, '2026-06-01T16:00:00.000Z')
  for (const name of tripCommands) assert.deepEqual(refusal(trip, { name } as TripCommand), ['supervision.not_possible_now'])
})

test('arming tells everything that is wrong with the seal at once', () => {
  const seal = { state: 'lost', passwordChanged: false, now: { eventAt: '2026-06-01T05:00:00.000Z', place: at(50), batteryPct: 3, locked: null } }
  assert.deepEqual(refusal(planned, { name: 'arm' }, facts(undefined, { seal })), [
    'supervision.seal_not_issued',
    'supervision.seal_factory_password',
    'supervision.seal_silent',
    'supervision.seal_not_locked',
    'supervision.seal_elsewhere',
    'supervision.seal_battery_low',
  ])
})

test('who may not, may not; an opening from afar needs two; a broken seal needs a reason; an open critical alarm keeps the trip', () => {
  const armed = after(planned, { name: 'arm' })
  const nobody = { ...facts().by, permissions: new Set<string>() }
  for (const name of Object.keys(tripTransitions.armed).filter((n) => n !== 'depart'))
    assert.deepEqual(refusal(armed, { name } as TripCommand, facts(undefined, { by: nobody })), ['access.denied'], name)
  const open = { name: 'authorise', from: 'a', to: 'b', area: null, second: null } as const
  assert.deepEqual(refusal(armed, open), ['supervision.second_person_missing'])
  assert.deepEqual(refusal(armed, open, facts(undefined, { by: { ...facts().by, steppedUp: false } })), ['identity.step_up_required'])
  assert.deepEqual(refusal(after(armed, { name: 'arrive' }), { name: 'disarm' }), ['supervision.not_authorised'])
  const disarmed: Trip = { ...armed, status: 'disarmed' }
  assert.deepEqual(refusal(disarmed, { name: 'discharge', reason: 'x' }, facts(undefined, { alarms: { openCritical: 1, broken: 1 } })), [
    'supervision.critical_open',
  ])
  assert.deepEqual(refusal(disarmed, { name: 'discharge', reason: '' }, facts(undefined, { alarms: { openCritical: 0, broken: 1 } })), [
    'supervision.reason_missing',
  ])
})

test('an incident goes on where it began; only what an officer ends is closed by one', () => {
  const stopped = after(after(planned, { name: 'arm' }), { name: 'report-incident', reason: 'rope cut at km 30' })
  assert.deepEqual(refusal(stopped, { name: 'resolve-incident', next: 'arrived', reason: 'recovered, seal replaced' }), [
    'supervision.not_possible_now',
  ])
  assert.equal(after(stopped, { name: 'resolve-incident', next: 'armed', reason: 'recovered, seal replaced' }).status, 'armed')
  assert.deepEqual(refusal(stopped, { name: 'close-alarm', kind: 'SPEEDING', subject: 'seal', reason: 'no' }), ['supervision.alarm_ends_itself'])
  assert.equal(after(stopped, { name: 'close-alarm', kind: 'ROPE_CUT', subject: 'seal', reason: 'seen' }).closures.length, 1)
})
