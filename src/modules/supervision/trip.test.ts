import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, corridor } from './fixtures/trip.ts'
import { tripCommands, tripStatuses, tripTransitions, type Trip, type TripPlan } from './schema/trip.ts'
import { decideTrip, evolveTrip } from './trip.ts'
import { devicesOf, isOfTrip, sealSpans } from './trip/resealing.ts'
import type { SealFacts, SealReport, TripCommand, TripFacts } from './trip/types.ts'

const plan: TripPlan = {
  reference: '26XV00000000000001',
  guarantee: 'G1',
  vehicle: 'TRN 441',
  driver: 'Ola Berg',
  containers: [],
  office: 'XV000301',
  destinationOffice: 'XV000101',
  corridorId: corridor.id,
  seals: [{ sealId: 'seal' }],
  truckId: null,
  limitMin: 600,
}
const everything = new Set(tripStatuses.flatMap((s) => Object.values(tripTransitions[s]).map((t) => t.permission)))
const report: SealReport = {
  eventAt: '2026-06-01T05:59:50.000Z',
  receivedAt: '2026-06-01T05:59:52.000Z',
  place: at(0),
  batteryPct: 90,
  locked: true,
  ropeInserted: true,
  backCover: 'closed',
}
const seal: SealFacts = {
  sealId: 'seal',
  state: 'issued',
  passwordChanged: true,
  certified: true,
  now: { eventAt: report.eventAt, place: at(0), batteryPct: 90, locked: true },
  report,
  unsent: null,
  unsentAskedAt: null,
  unlocks: ['static'],
}
const facts = (at0 = '2026-06-01T06:00:00.000Z', changes: Partial<TripFacts> = {}): TripFacts => ({
  at: at0,
  by: { personId: 'p1', name: 'Ada', permissions: everything, steppedUp: true, office: 'XV000301' },
  corridor,
  corridorLengthM: 200_000,
  seals: [seal],
  replacement: null,
  alarms: { openCritical: 0, broken: 0 },
  alarmSeenAt: null,
  named: { name: 'Bo', allowed: true },
  officeKnown: true,
  newId: 'c1',
  ...changes,
})
const withSeal = (changes: Partial<SealFacts>): TripFacts => facts(undefined, { seals: [{ ...seal, ...changes }] })
/** Where the seal is at the destination, open within the leave, with nothing left to tell. */
const opened = withSeal({
  now: { eventAt: '2026-06-01T05:59:55.000Z', place: at(200), batteryPct: 80, locked: false },
  unsent: { count: 0, at: '2026-06-01T06:00:00.000Z' },
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

const armed = after(after(planned, { name: 'arm' }), { name: 'confirm-arming' })
const window = { from: '2026-06-01T05:00:00.000Z', to: '2026-06-01T09:00:00.000Z' }

test('a trip from its plan to its discharge, which follows by itself', () => {
  const steps: [TripCommand, Trip['status'], TripFacts?][] = [
    [{ name: 'arm' }, 'planned'],
    [{ name: 'confirm-arming' }, 'armed'],
    [{ name: 'depart' }, 'inTransit'],
    [{ name: 'pass-checkpoint', checkpointId: 'bridge' }, 'inTransit'],
    [{ name: 'hand-over', to: { personId: 'p2', name: 'Bo' }, office: 'XV000101', sealLocked: true }, 'inTransit'],
    [{ name: 'arrive' }, 'arrived', opened],
    [{ name: 'authorise', ...window, area: corridor.destination, second: { personId: 'p2', name: 'Bo' } }, 'arrived'],
    [{ name: 'unlock', method: 'static' }, 'arrived', opened],
    [{ name: 'disarm' }, 'disarmed', opened],
    [{ name: 'conclude' }, 'discharged', opened],
  ]
  let trip = planned
  for (const [command, status, f] of steps) {
    trip = after(trip, command, f)
    assert.equal(trip.status, status, command.name)
  }
  assert.equal(trip.deadlineAt, '2026-06-01T16:00:00.000Z')
  assert.deepEqual([trip.unlocks[0]?.commandId, trip.unlocks[0]?.until, trip.openingProven], ['c1', window.to, true])
  for (const name of tripCommands) assert.deepEqual(refusal(trip, { name } as TripCommand), ['supervision.not_possible_now'])
})

test('asking for arming tells everything that is wrong with the seal at once', () => {
  const wrong = withSeal({ state: 'lost', passwordChanged: false, certified: false, now: { eventAt: '', place: null, batteryPct: 24, locked: null } })
  assert.deepEqual(refusal(planned, { name: 'arm' }, wrong), [
    'supervision.seal_not_issued',
    'supervision.seal_factory_password',
    'supervision.seal_not_certified',
    // 20 % and five hours of road
    'supervision.seal_battery_low',
  ])
})

test('a report newer than the asking arms, and only one that shows all of it; what is missing is said once', () => {
  const asked = after(planned, { name: 'arm' })
  const waits = (changes: Partial<SealFacts>): string[] =>
    after(asked, { name: 'confirm-arming' }, withSeal(changes)).arming!.missing.map((m) => m.code)
  assert.deepEqual(waits({ report: null }), ['supervision.seal_silent'])
  const bad: SealReport = {
    ...report,
    receivedAt: '2026-06-01T06:01:30.000Z',
    place: at(50),
    batteryPct: 3,
    locked: false,
    ropeInserted: false,
    backCover: 'open',
  }
  assert.deepEqual(waits({ report: bad }), [
    'supervision.seal_not_locked',
    'supervision.seal_rope_out',
    'supervision.seal_cover_open',
    'supervision.seal_clock_wrong',
    'supervision.seal_battery_low',
    'supervision.seal_elsewhere',
  ])
  const kept = { unsent: { count: 3, at: '2026-06-01T06:00:01.000Z' } }
  assert.deepEqual(waits(kept), ['supervision.seal_unsent'])
  assert.deepEqual(waits({ unsentAskedAt: '2026-06-01T05:59:45.000Z' }), ['supervision.seal_unsent_unknown'])
  assert.equal(after(asked, { name: 'confirm-arming' }, withSeal({ unsentAskedAt: '2026-06-01T05:59:00.000Z' })).status, 'armed', 'it cannot say it')
  const waiting = after(asked, { name: 'confirm-arming' }, withSeal(kept))
  assert.deepEqual(refusal(waiting, { name: 'confirm-arming' }, withSeal(kept)), ['supervision.seal_unsent'])
  assert.equal(after(waiting, { name: 'confirm-arming' }, withSeal({ unsent: { count: 0, at: '2026-06-01T06:00:02.000Z' } })).status, 'armed')
})

test('who may not, may not; an opening from afar needs leave, the place and two people', () => {
  const nobody = { ...facts().by, permissions: new Set<string>() }
  for (const name of Object.keys(tripTransitions.armed).filter((n) => n !== 'depart'))
    assert.deepEqual(refusal(armed, { name } as TripCommand, facts(undefined, { by: nobody })), ['access.denied'], name)
  const open = { name: 'authorise', from: 'a', to: 'b', area: null, second: null } as const
  assert.deepEqual(refusal(armed, open), ['supervision.second_person_missing'])
  const shared = { ...open, second: { personId: 'p9', name: 'Nobody' } }
  assert.deepEqual(refusal(armed, shared, facts(undefined, { named: { name: 'Nobody', allowed: false } })), ['supervision.person_unknown'])
  const rash = facts(undefined, { by: { ...facts().by, steppedUp: false } })
  assert.deepEqual(refusal(armed, open, rash), ['identity.step_up_required'])
  const unlock = { name: 'unlock', method: 'static' } as const
  assert.deepEqual(refusal(armed, unlock, rash), ['identity.step_up_required'])
  assert.deepEqual(refusal(armed, unlock), ['supervision.not_authorised'])
  const alone = after(armed, { name: 'authorise', ...window, area: corridor.origin, second: null })
  assert.deepEqual(refusal(alone, unlock), ['supervision.second_person_missing'], 'the one who gave the leave does not use it alone')
  const other = facts(undefined, { by: { ...facts().by, personId: 'p2', name: 'Bo' } })
  assert.equal(after(alone, unlock, other).unlocks[0]?.by.name, 'Bo')
  assert.deepEqual(refusal(alone, { name: 'unlock', method: 'dynamic' }, other), ['supervision.unlock_unknown'])
  const away = { ...other, seals: [{ ...seal, now: { ...seal.now!, place: at(30) } }] }
  assert.deepEqual(refusal(alone, unlock, away), ['supervision.not_authorised'], 'leave for another place')
})

test('a custody passes to somebody who is known at an office that there is', () => {
  const to = { name: 'hand-over', to: { personId: 'p9', name: 'Typed' }, office: 'XV999999', sealLocked: true } as const
  assert.deepEqual(refusal(armed, to, facts(undefined, { named: { name: 'Typed', allowed: false }, officeKnown: false })), [
    'supervision.office_unknown',
    'supervision.person_unknown',
  ])
  assert.equal(after(armed, to).handOvers[0]?.to.name, 'Bo', 'the name is the register’s, not the one that was typed')
})

test('who arrives is there; nothing is discharged by itself that was broken, unproven, or may have more to tell', () => {
  assert.deepEqual(refusal(armed, { name: 'arrive' }), ['supervision.seal_not_arrived'])
  assert.deepEqual(refusal(after(armed, { name: 'arrive' }, opened), { name: 'disarm' }), ['supervision.not_authorised'])
  const disarmed: Trip = { ...armed, status: 'disarmed', arrivedAt: '2026-06-01T05:00:00.000Z', openingProven: true }
  assert.equal(after(disarmed, { name: 'conclude' }, opened).status, 'discharged')
  for (const [trip, f] of [
    [{ ...disarmed, openingProven: false }, opened],
    [disarmed, { ...opened, alarms: { openCritical: 0, broken: 1 } }],
    [disarmed, withSeal({ unsent: { count: 2, at: '2026-06-01T06:00:00.000Z' } })],
    [disarmed, withSeal({ unsent: { count: 0, at: '2026-06-01T04:00:00.000Z' } })],
    [disarmed, withSeal({ unsent: null })],
  ] as const)
    assert.deepEqual(refusal(trip, { name: 'conclude' }, f), ['supervision.officer_decides'])
  const critical = (openCritical: number): TripFacts => facts(undefined, { alarms: { openCritical, broken: 1 } })
  assert.deepEqual(refusal(disarmed, { name: 'discharge', reason: 'x' }, critical(1)), ['supervision.critical_open'])
  assert.deepEqual(refusal(disarmed, { name: 'discharge', reason: '' }, critical(0)), ['supervision.reason_missing'])
})

test('an incident goes on where it began; only what an officer ends is closed by one', () => {
  const stopped = after(armed, { name: 'report-incident', reason: 'rope cut at km 30' })
  assert.deepEqual(refusal(stopped, { name: 'resolve-incident', next: 'inTransit', reason: 'recovered, seal replaced' }), [
    'supervision.not_possible_now',
  ])
  assert.equal(after(stopped, { name: 'resolve-incident', next: 'seized', reason: 'goods were gone' }).outcome, 'goods were gone')
  assert.ok(after(stopped, { name: 'resolve-incident', next: 'arrived', reason: 'brought in on a trailer' }).arrivedAt)
  assert.equal(after(stopped, { name: 'resolve-incident', next: 'armed', reason: 'recovered, seal replaced' }).status, 'armed')
  assert.deepEqual(refusal(stopped, { name: 'close-alarm', kind: 'SPEEDING', subject: 'seal', reason: 'no' }), ['supervision.alarm_ends_itself'])
  const close = { name: 'close-alarm', kind: 'ROPE_CUT', subject: 'seal', reason: 'seen' } as const
  assert.equal(after(stopped, close).closures[0]?.at, '2026-06-01T06:00:00.000Z')
  const ahead = facts(undefined, { alarmSeenAt: '2026-06-01T06:03:00.000Z' })
  assert.equal(after(stopped, close, ahead).closures[0]?.at, '2026-06-01T06:03:00.000Z', 'a clock that runs ahead keeps no alarm open')
})

test('another seal goes on under way by two officers, once it shows that it guards; the old one keeps its last word', () => {
  const armed: Trip = { ...planned, status: 'armed', armedAt: '2026-06-01T06:00:00.000Z' }
  const command = { name: 'replace-seal', sealId: 'other', second: { personId: 'p2', name: 'Bo' }, reason: 'Rope cut' } as const
  const replacement = { sealId: 'other', state: 'issued', passwordChanged: true, certified: true, inUse: false, report }
  const at0 = '2026-06-01T08:00:00.000Z'
  const codes = (changes: Partial<TripFacts>, c: TripCommand = command): string[] =>
    decideTrip(armed, c, facts(at0, { replacement, ...changes })).issues.map((i) => i.code)
  assert.deepEqual(codes({ replacement: null }), ['supervision.device_unknown'])
  assert.deepEqual(codes({}, { ...command, sealId: 'seal' }), ['supervision.device_unknown'])
  assert.deepEqual(codes({}, { ...command, second: { personId: 'p1', name: 'Ada' } }), ['supervision.second_person_missing'])
  assert.deepEqual(codes({ named: { name: 'Bo', allowed: false } }), ['supervision.person_unknown'])
  assert.deepEqual(codes({ by: { ...facts().by, steppedUp: false } }), ['identity.step_up_required'])
  assert.deepEqual(codes({ replacement: { ...replacement, inUse: true, certified: false, report: null } }), [
    'supervision.seal_in_use',
    'supervision.seal_not_certified',
    'supervision.seal_silent',
  ])
  assert.deepEqual(codes({ replacement: { ...replacement, report: { ...report, locked: false, ropeInserted: false, place: at(100) } } }), [
    'supervision.seal_not_locked',
    'supervision.seal_rope_out',
    'supervision.seal_elsewhere',
  ])
  const decision = decideTrip(armed, command, facts(at0, { replacement }))
  assert.ok(decision.ok, JSON.stringify(decision.issues))
  const next = decision.events.reduce<Trip>(evolveTrip, armed)
  assert.deepEqual(
    [next.status, next.seals[0]?.sealId, next.formerSeals?.[0]?.sealId, next.formerSeals?.[0]?.last?.locked],
    ['armed', 'other', 'seal', true],
  )
  assert.deepEqual(sealSpans(next), [
    { sealId: 'seal', place: null, from: null, to: at0 },
    { sealId: 'other', place: null, from: at0, to: null },
  ])
  assert.deepEqual(devicesOf({ ...next, truckId: 'truck' }), ['seal', 'other', 'truck'])
  const is = isOfTrip({ ...next, truckId: 'truck' })
  const [before, since] = [Date.parse(at0) - 1, Date.parse(at0)]
  assert.deepEqual(
    [is('seal', before), is('seal', since), is('other', before), is('other', since), is('truck', before), is('stranger', since)],
    [true, false, false, true, true, false],
  )
})
