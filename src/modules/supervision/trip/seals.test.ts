/** Decisions on a trip with several seals, and journals of before there could be several. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, corridor } from '../fixtures/trip.ts'
import { tripStatuses, tripTransitions, type Trip, type TripOfOneSeal, type TripPlan } from '../schema/trip.ts'
import { decideTrip, evolveTrip } from '../trip.ts'
import { tripAsNow } from './earlier.ts'
import { sealSpans } from './resealing.ts'
import type { SealFacts, TripCommand, TripEvent, TripFacts } from './types.ts'

const now = '2026-06-01T06:00:00.000Z'
const plan: TripPlan = {
  reference: '26XV00000000000002',
  guarantee: null,
  vehicle: 'TRN 441',
  trailer: 'TRN 12',
  driver: 'Ola Berg',
  containers: ['MSKU1234565', 'VERU1234560'],
  office: 'XV000301',
  destinationOffice: 'XV000101',
  corridorId: corridor.id,
  seals: [
    { sealId: 'front', place: 'MSKU 1234565, rear door' },
    { sealId: 'rear', place: 'trailer' },
  ],
  truckId: null,
  limitMin: 600,
}
const permissions = new Set(tripStatuses.flatMap((s) => Object.values(tripTransitions[s]).map((t) => t.permission)))
/** A seal that guards at the start of the corridor, with what a case changes of it. */
const sealed = (sealId: string, changes: Partial<SealFacts> = {}): SealFacts => ({
  sealId,
  state: 'issued',
  passwordChanged: true,
  certified: true,
  now: { eventAt: '2026-06-01T05:59:50.000Z', place: at(0), batteryPct: 90, locked: true },
  report: {
    eventAt: '2026-06-01T05:59:50.000Z',
    receivedAt: '2026-06-01T05:59:52.000Z',
    place: at(0),
    batteryPct: 90,
    locked: true,
    ropeInserted: true,
    backCover: 'closed',
  },
  unsent: { count: 0, at: now },
  unsentAskedAt: null,
  unlocks: ['static'],
  ...changes,
})
const facts = (seals: readonly SealFacts[], changes: Partial<TripFacts> = {}): TripFacts => ({
  at: now,
  by: { personId: 'p1', name: 'Ada', permissions, steppedUp: true, office: 'XV000301' },
  corridor,
  corridorLengthM: 200_000,
  seals,
  replacement: null,
  alarms: { openCritical: 0, broken: 0 },
  alarmSeenAt: null,
  named: { name: 'Bo', allowed: true },
  officeKnown: true,
  newId: 'c1',
  ...changes,
})
const whole = [sealed('front'), sealed('rear')]
const after = (trip: Trip, command: TripCommand, f: TripFacts): Trip => {
  const decision = decideTrip(trip, command, f)
  assert.ok(decision.ok, JSON.stringify(decision.issues))
  return decision.events.reduce<Trip>(evolveTrip, trip)
}
const refusal = (trip: Trip, command: TripCommand, f: TripFacts): string[] => {
  const decision = decideTrip(trip, command, f)
  assert.equal(decision.ok, false)
  return decision.issues.map(({ code, params }) => [params?.['seal'], code.replace('supervision.', '')].filter(Boolean).join(' '))
}
const planned = evolveTrip(null, { type: 'trip.planned', id: 't1', plan })
const asked = after(planned, { name: 'arm' }, facts(whole))
const armed = after(asked, { name: 'confirm-arming' }, facts(whole))
const there = { eventAt: '2026-06-01T05:59:55.000Z', place: at(200), batteryPct: 80, locked: false }
const arrived: Trip = { ...armed, status: 'arrived', arrivedAt: '2026-06-01T05:30:00.000Z' }
const leave: Trip = {
  ...arrived,
  authorisations: [
    { from: '2026-06-01T05:50:00.000Z', to: '2026-06-01T06:50:00.000Z', area: null, by: { personId: 'p2', name: 'Bo' }, second: null },
  ],
}

test('every seal must be fit, and each is named for what it has not shown', () => {
  const wrong = [sealed('front', { certified: false }), sealed('rear', { state: 'lost', passwordChanged: false })]
  assert.deepEqual(refusal(planned, { name: 'arm' }, facts(wrong)), [
    'front seal_not_certified',
    'rear seal_not_issued',
    'rear seal_factory_password',
  ])
  const open = { ...whole[1]!.report!, locked: false }
  const waits = after(asked, { name: 'confirm-arming' }, facts([sealed('front', { report: null }), sealed('rear', { report: open })]))
  assert.equal(waits.status, 'planned')
  assert.deepEqual(waits.arming?.missing, [
    { sealId: 'front', code: 'supervision.seal_silent' },
    { sealId: 'rear', code: 'supervision.seal_not_locked' },
  ])
  const less = after(waits, { name: 'confirm-arming' }, facts([sealed('front'), sealed('rear', { report: open })]))
  assert.deepEqual(less.arming?.missing, [{ sealId: 'rear', code: 'supervision.seal_not_locked' }])
  assert.equal(after(less, { name: 'confirm-arming' }, facts(whole)).status, 'armed')
})

test('both arrive, each proves its own opening, and one that is not proven or keeps something leaves the end to an officer', () => {
  const halfway = [sealed('front', { now: there }), sealed('rear')]
  assert.deepEqual(refusal(armed, { name: 'arrive' }, facts(halfway)), ['rear seal_not_arrived'])
  const opened = [sealed('front', { now: there }), sealed('rear', { now: there })]
  assert.equal(after(armed, { name: 'arrive' }, facts(opened)).status, 'arrived')
  const halfOpen = after(leave, { name: 'disarm' }, facts([opened[0]!, sealed('rear', { now: { ...there, locked: true } })]))
  assert.deepEqual([halfOpen.openingProven, halfOpen.seals.map((s) => s.openingProven)], [false, [true, false]])
  assert.deepEqual(refusal(halfOpen, { name: 'conclude' }, facts(opened)), ['officer_decides'])
  const off = after(leave, { name: 'disarm' }, facts(opened))
  assert.deepEqual([off.openingProven, off.seals.map((s) => s.openingProven)], [true, [true, true]])
  const keeps = [opened[0]!, sealed('rear', { now: there, unsent: { count: 1, at: now } })]
  assert.deepEqual(refusal(off, { name: 'conclude' }, facts(keeps)), ['officer_decides'])
  assert.equal(after(off, { name: 'conclude' }, facts(opened)).status, 'discharged')
})

test('opening from afar and replacing are of one seal, which is named; its place goes over to the new one', () => {
  const here = facts(whole)
  assert.deepEqual(refusal(leave, { name: 'unlock', method: 'static' }, here), ['seal_not_on_trip'])
  assert.equal(after(leave, { name: 'unlock', method: 'static', sealId: 'rear' }, here).unlocks[0]?.sealId, 'rear')
  const { report, state, passwordChanged, certified } = sealed('spare')
  const replacement = { sealId: 'spare', report, state, passwordChanged, certified, inUse: false }
  const command = { name: 'replace-seal', sealId: 'spare', second: { personId: 'p2', name: 'Bo' }, reason: 'Rope cut' } as const
  const ready = facts(whole, { replacement })
  assert.deepEqual(refusal(armed, command, ready), ['seal_not_on_trip'])
  assert.deepEqual(refusal(armed, { ...command, replaces: 'gone' }, ready), ['seal_not_on_trip'])
  assert.deepEqual(refusal(armed, { ...command, replaces: 'front', sealId: 'rear' }, ready), ['device_unknown'])
  const next = after(armed, { ...command, replaces: 'rear' }, ready)
  assert.deepEqual(next.seals, [plan.seals[0], { sealId: 'spare', place: 'trailer', since: now }])
  assert.deepEqual(sealSpans(next), [
    { sealId: 'rear', place: 'trailer', from: null, to: now },
    { sealId: 'front', place: 'MSKU 1234565, rear door', from: null, to: null },
    { sealId: 'spare', place: 'trailer', from: now, to: null },
  ])
})

test('a journal of before folds to what an evidence file of then holds, in today’s shape', () => {
  const person = { personId: 'p1', name: 'Ada' }
  const { seals: _, ...rest } = plan
  const former = { sealId: 'old', from: now, until: '2026-06-01T08:00:00.000Z', last: null, by: person, second: person, reason: 'Rope cut' }
  const events: TripEvent[] = [
    { type: 'trip.planned', id: 't1', plan: { ...rest, sealId: 'old' } },
    { type: 'trip.arming-asked', at: now, by: person },
    { type: 'trip.arming-waits', missing: ['supervision.seal_silent'] },
    { type: 'trip.armed', at: now, deadlineAt: '2026-06-01T16:00:00.000Z', unsent: null },
    { type: 'trip.seal-replaced', sealId: 'new', former },
  ]
  const at = (n: number): Trip => events.slice(0, n).reduce<Trip | null>(evolveTrip, null)!
  assert.deepEqual(at(3).arming?.missing, [{ sealId: 'old', code: 'supervision.seal_silent' }])
  const { seals: _now, ...waiting } = at(3)
  const then: TripOfOneSeal = { ...waiting, sealId: 'old', arming: { at: now, by: person, missing: ['supervision.seal_silent'] } }
  assert.deepEqual(tripAsNow(then), at(3))
  const { seals: _later, formerSeals: _former, ...going } = at(5)
  assert.deepEqual(tripAsNow({ ...going, arming: null, sealId: 'new', formerSeals: [former] }), at(5))
})
