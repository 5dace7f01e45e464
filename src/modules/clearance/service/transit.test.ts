/** A transit from its lodging to its end, with the ledger and with the trip that carries it under seal. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createBus, type Bus } from '#platform/bus.ts'
import type { Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import type { Principal } from '#platform/permissions.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { commandTrip, onTripEnded, planTrip } from '#modules/supervision'
import type { TripPlan } from '#schema/supervision'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { transitDeclaration } from '../fixtures/documents.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { findByMrn } from '../store.ts'
import { createClearance, type Clearance } from './clearance.ts'
import { execute } from './execute.ts'
import { lodge } from './lodge.ts'
import { replayDeclaration } from './replay.ts'
import { sealTasks, tripEnded } from './under-seal.ts'

const at = '2026-06-01T09:00:00.000Z'
const corridorId = 'transit-test'
let db: TestDatabase
let sql: Sql
let bus: Bus
let c: Clearance
let broker: Principal
let escort: Principal
let holder: string

const person = async (key: string): Promise<Principal> => {
  const found = await findPrincipal(sql, demoPerson(key).id, '2026-06-01', 'web')
  assert.ok(found, key)
  return { ...found, steppedUpUntil: '2999-01-01T00:00:00.000Z' }
}

before(async () => {
  db = await testDatabase()
  sql = db.sql()
  await sql`update risk.setting set random_rate = 0`
  const log = createLog('error')
  bus = await createBus(sql, log)
  c = await createClearance({ sql, bus, log, clock: () => at, config: { demo: true } })
  ;[broker, escort] = [await person('broker'), await person('escort-land')]
  holder = broker.organisationRegistration!
  const corridor = {
    id: corridorId,
    name: 'A road',
    line: [
      { lon: 31, lat: 1 },
      { lon: 31.04, lat: 1 },
    ],
    halfWidthM: 200,
    limitKph: 80,
  }
  const ends = { origin: { at: corridor.line[0]!, radiusM: 500 }, destination: { at: corridor.line[1]!, radiusM: 500 } }
  const document = { ...corridor, ...ends, speedLimits: [], checkpoints: [], stops: [], deadZones: [], fences: [] }
  await sql`insert into supervision.corridor (id, name, document, updated_at) values (${corridorId}, 'A road', ${sql.json(document)}, ${at})`
  await sql`insert into supervision.device_model (vendor, model, protocol, updated_at) values ('V', 'M', 'jt701', ${at})`
  for (const id of ['TS-1', 'TS-2'])
    await sql`insert into supervision.device (id, protocol, vendor, model, role, state, office, liable, registered_at, updated_at)
      values (${id}, 'jt701', 'V', 'M', 'seal', 'issued', 'XV000301', 'Store', ${at}, ${at})`
  onTripEnded((tx, ended) => tripEnded(tx, ended))
})
after(async () => {
  onTripEnded(() => Promise.resolve())
  c.close()
  await bus.close()
  await db.close()
})

let count = 0
const document = (change: Partial<DeclarationDocument> = {}): DeclarationDocument => {
  const [place] = c
    .reference()
    .offices({ administration: 'XV', date: '2026-06-01' })
    .filter((o) => o.code === 'XV000301')
    .flatMap((o) => o.goodsLocations)
  assert.ok(place)
  return {
    ...transitDeclaration(),
    lrn: `TR-${++count}`,
    declarant: { id: holder },
    goodsLocation: { country: place.slice(0, 2), type: place[2]!, qualifier: place[3]!, name: place.slice(4) },
    guarantees: [{ type: '1', reference: `G-${holder}`, amount: { amount: '4800.00', currency: 'VRC' } }],
    previousDocuments: [{ category: 'Z', type: 'ZZZ', id: `BL-${count}` }],
    ...change,
  }
}
const lodged = async (change: Partial<DeclarationDocument> = {}) => {
  const outcome = await lodge(c, broker, document(change), randomUUID(), { at })
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value
}
const held = async (mrn: string): Promise<number> =>
  Number(
    (
      await sql<{ minor: string }[]>`select coalesce(-sum(l.amount_minor), 0) as minor from duty.posting p
      join duty.posting_line l on l.posting_id = p.id join duty.account a on a.id = l.account_id where a.kind = 'guarantee' and p.reference = ${mrn}`
    )[0]!.minor,
  )
const asking = (principal: Principal) => ({ principal, key: randomUUID(), now: at })
const plan = (mrn: string, change: Partial<TripPlan> = {}): TripPlan => ({
  reference: mrn,
  guarantee: null,
  vehicle: 'TRN 772',
  driver: 'Ola Berg',
  containers: ['CSQU3054383'],
  office: 'XV000301',
  destinationOffice: 'XV000101',
  corridorId,
  seals: [{ sealId: 'TS-1' }],
  truckId: null,
  limitMin: 600,
  ...change,
})
const core = () => ({ sql, bus })
const status = async (mrn: string) => {
  const { state } = (await findByMrn(sql, mrn))!
  return [state.releasedAt !== undefined, state.clearedAt !== undefined, state.transitEnd?.outcome]
}

test('a transit is released without duty once its guarantee is held, and can no longer be changed or withdrawn', async () => {
  const { mrn, status: now, issues } = await lodged()
  assert.equal(now, 'released', JSON.stringify(issues))
  assert.equal(await held(mrn), 480_000)
  const { state } = (await findByMrn(sql, mrn))!
  assert.deepEqual([state.regime, state.assessment?.totals.payable.minor, state.clearedAt], ['transit', 0, undefined])
  const withdrawn = await execute(c, broker, mrn, { name: 'request-invalidation', lrn: 'TR-W', reason: 'no' }, randomUUID(), at)
  assert.deepEqual(
    withdrawn.issues.map((i) => i.code),
    ['clearance.transit_under_way'],
  )
  const replayed = await replayDeclaration(sql, mrn)
  assert.deepEqual([replayed!.decisions.filter((d) => !d.alike), replayed!.row], [[], true])
})

test('a guarantee that does not bear the amount keeps the goods', async () => {
  const amount = { amount: '999999999.00', currency: 'VRC' }
  const { mrn, status: now } = await lodged({ guarantees: [{ type: '1', reference: `G-${holder}`, amount }] })
  assert.equal(now, 'payment-due')
  assert.equal(await held(mrn), 0)
  assert.equal((await sql`select from supervision.transit where mrn = ${mrn}`).length, 0)
})

test('the trip is bound to what was declared; cancelled, the goods wait again; seized, the guarantor is called and the declaration stays open', async () => {
  const { mrn } = await lodged()
  const other = await planTrip(core(), asking(escort), plan(mrn, { destinationOffice: 'XV000301', containers: [], guarantee: 'G-other' }))
  assert.deepEqual(
    other.issues.map((i) => [i.code, i.path]),
    ['destinationOffice', 'guarantee', 'containers']
      .map((field) => ['supervision.transit_differs', `/${field}`])
      .concat([['supervision.guarantee_incomplete', '/guarantee']])
      .toSorted((a, b) => Number(a[0]!.includes('differs')) - Number(b[0]!.includes('differs'))),
  )
  const first = await planTrip(core(), asking(escort), plan(mrn))
  assert.ok(first.ok, JSON.stringify(first.issues))
  assert.deepEqual([first.value.guarantee, first.value.holder, first.value.declared?.goods.packages], [`G-${holder}`, holder, '40'])
  const twice = await planTrip(core(), asking(escort), plan(mrn, { seals: [{ sealId: 'TS-2' }] }))
  assert.deepEqual(
    twice.issues.map((i) => i.code),
    ['supervision.transit_bound'],
  )
  const byHand = { name: 'end-transit', outcome: 'discharged', office: 'XV000101', reason: 'presented' } as const
  const officer = await person('exit-officer')
  assert.deepEqual(
    (await execute(c, officer, mrn, byHand, randomUUID(), at)).issues.map((i) => i.code),
    ['clearance.transit_under_seal'],
  )
  assert.ok((await commandTrip(core(), asking(escort), first.value.id, { name: 'cancel', reason: 'other lorry' })).ok)
  assert.equal(await held(mrn), 480_000, 'the goods still travel under their declaration')

  const second = await planTrip(core(), asking(escort), plan(mrn))
  assert.ok(second.ok)
  // As a case that ends in a seizure leaves it.
  await sql`update supervision.trip set status = 'incident', state = state || '{"status": "incident", "interrupted": "inTransit"}' where id = ${second.value.id}`
  const control = await person('control-room')
  const seized = await commandTrip(core(), asking(control), second.value.id, {
    name: 'resolve-incident',
    next: 'seized',
    reason: 'Lorry found empty at km 30',
  })
  assert.ok(seized.ok, JSON.stringify(seized.issues))
  await runEnd(mrn, 'seized')
  assert.deepEqual(await status(mrn), [true, false, 'called'])
  const [claim] = await sql`select kind from duty.claim where origin = ${mrn}`
  assert.equal(claim?.['kind'], 'guarantor')
  const late = await planTrip(core(), asking(escort), plan(mrn))
  assert.deepEqual(
    late.issues.map((i) => i.code),
    ['supervision.transit_over'],
  )
})

/** What the job of the transaction that ended the trip does. */
const runEnd = async (mrn: string, outcome: string): Promise<void> => {
  const [task] = sealTasks(c)
  await task!.work({ mrn, office: 'XV000101', outcome, reason: 'Goods gone' })
}

test('without a seal the office of destination ends it: discharged frees the guarantee, not discharged calls it, and either ends it once', async () => {
  const officer = await person('exit-officer')
  const { mrn } = await lodged()
  const end = (outcome: 'discharged' | 'called') =>
    execute(c, officer, mrn, { name: 'end-transit', outcome, office: 'XV000101', reason: 'presented, seals whole' }, randomUUID(), at)
  assert.equal((await end('discharged')).ok, true)
  assert.deepEqual(await status(mrn), [true, true, 'discharged'])
  assert.equal(await held(mrn), 0)
  assert.equal((await end('called')).ok, false)
  const lost = await lodged()
  const called = await execute(
    c,
    officer,
    lost.mrn,
    { name: 'end-transit', outcome: 'called', office: 'XV000101', reason: 'never presented' },
    randomUUID(),
    at,
  )
  assert.ok(called.ok, JSON.stringify(called.issues))
  assert.equal((await sql`select from duty.claim where origin = ${lost.mrn}`).length, 1)
})
