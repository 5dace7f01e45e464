/** A seal that is replaced under way, as the watch sees it: one time line, in which each seal counts for its own time. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Sql } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { createBus, type Bus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { at, corridor, minute, start } from '../fixtures/trip.ts'
import { blank } from '../protocols/codec.ts'
import type { TripPlan } from '../schema/trip.ts'
import { findByAlias, type Registered } from '../store/devices.ts'
import { alarmsOfTrip } from '../store/episodes.ts'
import { findTrip } from '../store/trips.ts'
import { commandTrip, planTrip } from './trips.ts'
import { createWatcher, type Watcher } from './watcher.ts'

const [old, fresh] = ['RS-1', 'RS-2']
const office = 'XV000301'
let db: TestDatabase
let sql: Sql
let bus: Bus
let watcher: Watcher
let nowMs = start
const clock = (): string => new Date(nowMs).toISOString()
let devices: ReadonlyMap<string, Registered>

const person = async (key: string): Promise<Principal> => {
  const found = await findPrincipal(sql, demoPerson(key).id, '2026-06-01', 'web')
  assert.ok(found, key)
  return { ...found, steppedUpUntil: '2999-01-01T00:00:00.000Z' }
}
/** One report, heard when it happened. */
const says = (id: string, min: number, km: number, change: { off?: number; cut?: boolean } = {}) => {
  nowMs = start + min * minute
  const time = clock()
  const record = {
    ...blank('jt701', id),
    eventTime: time,
    fixTime: time,
    valid: true,
    fixSource: 'gnss' as const,
    ...at(km, change.off),
    speedKph: 50,
    batteryPct: 88,
    sealState: { locked: true, ropeInserted: true, ropeCut: change.cut ?? false, backCover: 'closed' as const, motorStuck: null },
    alarms: change.cut ? ['ROPE_CUT' as const] : [],
  }
  return watcher.take({ frames: [], arrivals: [{ device: devices.get(id)!, record, receivedMs: nowMs }] })
}

before(async () => {
  db = await testDatabase()
  sql = db.sql()
  bus = await createBus(sql, createLog('silent'))
  watcher = createWatcher({ sql, bus, clock })
  await sql`insert into supervision.corridor (id, name, document, updated_at) values (${corridor.id}, ${corridor.name}, ${sql.json(corridor as never)}, ${clock()})`
  await sql`insert into supervision.device_model (vendor, model, protocol, certified_at, updated_at) values ('V', 'M', 'jt701', ${clock()}, ${clock()})`
  for (const id of [old, fresh]) {
    await sql`insert into supervision.device (id, protocol, vendor, model, role, state, office, liable, password_changed, registered_at, updated_at)
      values (${id}, 'jt701', 'V', 'M', 'seal', 'issued', ${office}, 'Store', true, ${clock()}, ${clock()})`
    await sql`insert into supervision.alias (alias, device_id) values (${id}, ${id})`
  }
  devices = await findByAlias(sql, [old, fresh])
})
after(async () => {
  await bus.close()
  await db.close()
})

test('what the old seal told stays, the new one is watched from then on, and the old one in an officer’s bag raises nothing', async () => {
  const core = { sql, bus }
  const escort = await person('escort-land')
  const second = await person('escort-sea')
  const asking = () => ({ principal: escort, key: randomUUID(), now: clock() })
  const rest = { reference: '26XV00000000000009', guarantee: null, vehicle: 'TRN 9', driver: 'Ola Berg', containers: [], truckId: null }
  const plan: TripPlan = { ...rest, office, destinationOffice: 'XV000101', corridorId: corridor.id, seals: [{ sealId: old }], limitMin: 600 }
  const planned = await planTrip(core, asking(), plan)
  assert.ok(planned.ok, JSON.stringify(planned.issues))
  const { id } = planned.value
  await sql`update supervision.trip set status = 'armed', armed_at = ${clock()},
    state = state || ${sql.json({ status: 'armed', armedAt: clock(), deadlineAt: new Date(start + 600 * minute).toISOString() })} where id = ${id}`
  // The new one has been heard of before, as a seal of no trip.
  await says(fresh, 1, 0)
  await says(old, 10, 8)
  await says(old, 20, 16, { cut: true })
  const alarms = async () => (await alarmsOfTrip(sql, id)).map((a) => `${a.kind} ${a.subject} ${a.status}`).toSorted()
  assert.deepEqual(await alarms(), [`ROPE_CUT ${old} open`])

  const replace = () =>
    commandTrip(core, asking(), id, {
      name: 'replace-seal',
      sealId: fresh,
      second: { personId: second.personId, name: second.name },
      reason: 'Rope cut at km 16, goods whole',
    })
  assert.deepEqual(
    (await replace()).issues.map((i) => i.code),
    ['supervision.seal_silent'],
    'its word of twenty minutes ago says nothing',
  )
  await says(fresh, 28, 16)
  nowMs = start + 29 * minute
  const replaced = await replace()
  assert.ok(replaced.ok, JSON.stringify(replaced.issues))
  await watcher.refresh(id)
  const trip = await findTrip(sql, id)
  assert.deepEqual([trip?.seals[0]?.sealId, trip?.formerSeals?.map((f) => f.sealId)], [fresh, [old]])
  assert.deepEqual(
    (await sql`select id, state from supervision.device where id in (${old}, ${fresh}) order by id`).map((r) => [r['id'], r['state']]),
    [
      [old, 'issued'],
      [fresh, 'armed'],
    ],
  )

  for (const min of [32, 36, 40]) await says(old, min, 16, { off: 30 })
  assert.deepEqual(await alarms(), [`ROPE_CUT ${old} open`], 'the old seal is of no trip now')
  for (const min of [42, 44, 46, 48]) await says(fresh, min, 17, { off: 2 })
  assert.deepEqual(await alarms(), [`ROPE_CUT ${old} open`, `ROUTE_DEVIATION trip open`])

  // Whoever reads it anew comes to the same.
  watcher = createWatcher({ sql, bus, clock })
  await says(fresh, 50, 17, { off: 2 })
  assert.deepEqual(await alarms(), [`ROPE_CUT ${old} open`, `ROUTE_DEVIATION trip open`])
})
