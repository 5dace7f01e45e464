import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, corridor } from '../fixtures/trip.ts'
import type { Incident } from '../schema/incident.ts'
import { decideIncident, evolveIncident, firstDueAt, type IncidentCommand } from './decide.ts'
import { waysTo } from './nearest.ts'

const by = { personId: 'p1', name: 'Ada' }
const began = '2026-06-01T06:00:00.000Z'
const minutes = (n: number): string => new Date(Date.parse(began) + n * 60_000).toISOString()
const incident: Incident = {
  id: 'i1',
  number: 'I26-000001',
  tripId: 't1',
  reference: '26XVT1',
  office: 'XV000301',
  destinationOffice: 'XV000101',
  carrier: 'XV5550001',
  status: 'open',
  severity: 'critical',
  openedAt: began,
  openedBy: by,
  summary: 'Rope cut off the corridor',
  place: at(50, 2),
  alarms: [],
  dueAt: firstDueAt('critical', began),
  level: 0,
  dispatches: [],
  evidence: [],
  penalties: [],
  escalations: [],
  outcome: null,
}
const decide = (i: Incident, c: IncidentCommand, min: number) => decideIncident(i, c, { at: minutes(min), by, newId: `n${min}` })
const after = (i: Incident, c: IncidentCommand, min: number): Incident => {
  const decision = decide(i, c, min)
  assert.ok(decision.ok, JSON.stringify(decision.issues))
  return decision.events.reduce<Incident>(evolveIncident, i)
}
const refusal = (i: Incident, c: IncidentCommand, min: number): string[] => decide(i, c, min).issues.map((x) => x.code)
const unit = { id: 'u1', name: 'Patrol 1', onDuty: true, busy: false, roadM: 20_000, etaMin: 20 }

test('a unit is sent, accepts, arrives, is done; each step has its time, and what is late goes one level up', () => {
  assert.deepEqual(refusal(incident, { name: 'escalate' }, 4), ['supervision.incident_in_time'])
  const late = after(incident, { name: 'escalate' }, 5)
  assert.deepEqual([late.level, late.dueAt, late.escalations.length], [1, minutes(10), 1])
  const sent = after(late, { name: 'send', unit }, 6)
  assert.equal(sent.dueAt, minutes(11))
  assert.deepEqual(refusal(sent, { name: 'send', unit }, 7), ['supervision.unit_busy'])
  assert.deepEqual(refusal(sent, { name: 'progress', unitId: 'u1', state: 'onScene' }, 7), ['supervision.unit_step'])
  const coming = after(sent, { name: 'progress', unitId: 'u1', state: 'accepted' }, 8)
  assert.equal(coming.dueAt, minutes(8 + 35), 'half as long again as its way takes, and five minutes')
  const there = after(coming, { name: 'progress', unitId: 'u1', state: 'onScene' }, 30)
  assert.deepEqual([there.dueAt, there.dispatches[0]?.onSceneAt], [null, minutes(30)])
  const done = after(there, { name: 'progress', unitId: 'u1', state: 'closed' }, 60)
  assert.deepEqual([done.dueAt, done.dispatches[0]?.state], [null, 'closed'])
  const calledOff = after(sent, { name: 'progress', unitId: 'u1', state: 'closed' }, 7)
  assert.equal(calledOff.dueAt, minutes(12), 'somebody else must be sent')
  assert.deepEqual(refusal(incident, { name: 'send', unit: { ...unit, onDuty: false } }, 1), ['supervision.unit_busy'])
})

test('a closed case takes evidence and nothing else; a fine needs a carrier', () => {
  const penalty = { law: 'UCC Art. 42', grounds: 'Seal cut', amount: { minor: 50_000, currency: 'VRC' }, weight: 7 }
  assert.deepEqual(refusal({ ...incident, carrier: null }, { name: 'penalise', penalty }, 1), ['supervision.carrier_missing'])
  assert.equal(after(incident, { name: 'penalise', penalty }, 1).penalties[0]?.by.name, 'Ada')
  const closed = after(incident, { name: 'close', decision: 'recovered', text: 'Goods complete, new seal' }, 90)
  assert.deepEqual([closed.status, closed.dueAt, closed.outcome?.decision], ['closed', null, 'recovered'])
  assert.equal(after(closed, { name: 'add', evidence: { text: 'A witness called', file: null } }, 100).evidence[0]?.id, 'n100')
  for (const c of [
    { name: 'send', unit },
    { name: 'escalate' },
    { name: 'penalise', penalty },
    { name: 'close', decision: 'loss', text: 'x' },
  ] as const)
    assert.deepEqual(refusal(closed, c, 100), ['supervision.incident_closed'], c.name)
})

test('the nearest is the one with the shortest way by road, not as the crow flies', () => {
  // A hairpin: the road goes 100 km out and comes back 10 km north of where it began.
  const hairpin = { line: [at(0), at(100), at(100, 10), at(0, 10)] }
  const way = waysTo(hairpin, at(90, 10))
  const across = way(at(60, 10))
  assert.ok(Math.abs(across.roadM - 30_000) < 300, String(across.roadM))
  assert.deepEqual(across.etaMin, 30)
  // At the same place of the other arm the crow flies 10 km, and that is shorter than round the bend also with its detour.
  assert.ok(Math.abs(way(at(90)).roadM - 13_000) < 300)
  const straight = waysTo(corridor, at(50, 2))
  assert.ok(Math.abs(straight(at(30)).roadM - 20_000 - 2600) < 200, 'along the road, then off it')
})
