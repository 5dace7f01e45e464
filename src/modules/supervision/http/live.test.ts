import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as identity from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { commandTrip, issues, routes } from '../index.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { at, corridor } from '../fixtures/trip.ts'
import { blank } from '../protocols/codec.ts'
import type { LiveSeals, SealCard, TrackChunk } from '../schema/live.ts'
import { createWatcher } from '../service/watcher.ts'
import { findByAlias } from '../store/devices.ts'

let db: TestDatabase
let h: Harness
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes(deps)], { catalogue: issues })
})
after(async () => {
  await h?.close()
  await db?.close()
})

const seals = ['8000620061', '8000620062'] as const
const model = { protocol: 'jt701', vendor: 'Norvik Locks', model: 'NL-7', role: 'seal', imei: null, sim: null, aliases: [] }

test('a map reads everything once and then what has changed; an office sees its own seals and those on trips to it', async () => {
  const control = await signInAs(h, 'control-room')
  const escort = await signInAs(h, 'escort-land', { steppedUp: true })
  const far = await signInAs(h, 'escort-air')
  const watcher = createWatcher(h.deps)
  const ok = async (path: string, body: object) => {
    const answer = await (path === 'corridors' ? control : escort).send('POST', `/api/supervision/${path}`, body)
    assert.ok(answer.status < 300, `${path} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const look = async (who: typeof control, since = ''): Promise<LiveSeals> => {
    h.pass(1500)
    return (await who.send('GET', `/api/supervision/live${since && `?since=${since}`}`)).body as LiveSeals
  }
  const says = async (id: string, km: number, cut = false): Promise<void> => {
    const now = h.deps.clock()
    const record = {
      ...blank('jt701', id),
      eventTime: now,
      fixTime: now,
      valid: true,
      fixSource: 'gnss' as const,
      ...at(km),
      speedKph: 50,
      batteryPct: 88,
      sealState: { locked: true, ropeInserted: true, ropeCut: cut, backCover: 'closed' as const, motorStuck: false },
      alarms: cut ? ['ROPE_CUT' as const] : [],
    }
    const device = (await findByAlias(h.deps.sql, [id])).get(id)!
    await watcher.take({ frames: [], arrivals: [{ device, record, receivedMs: Date.parse(now) }] })
  }

  await ok('corridors', corridor)
  for (const id of seals) {
    await ok('devices', { ...model, id, office: 'XV000301', liable: 'Store' })
    await ok(`devices/${id}/custody`, { state: 'issued', office: 'XV000301', liable: 'Escort', passwordChanged: true })
    await says(id, 0)
  }
  const plan = { reference: '26XV000000000061', guarantee: null, vehicle: 'TRN 61', driver: 'Ola Berg', containers: [], office: 'XV000301' }
  const { id: trip } = await ok('trips', {
    ...plan,
    destinationOffice: 'XV000201',
    corridorId: corridor.id,
    seals: [{ sealId: seals[0]! }],
    truckId: null,
    limitMin: 600,
  })
  await ok(`trips/${trip}/arm`, {})
  h.pass(1000)
  await says(seals[0], 0)
  h.pass(31_000)
  const itself = { principal: systemPrincipal('Supervision'), key: null, now: h.deps.clock() }
  assert.equal((await commandTrip(h.deps, itself, trip, { name: 'confirm-arming' })).ok, true)
  await watcher.refresh(trip)

  const first = await look(control)
  assert.ok(first.whole)
  assert.deepEqual(
    first.seals
      .filter((s) => seals.includes(s.id as never))
      .map((s) => [s.id, s.trip?.vehicle ?? null, s.worst])
      .toSorted(),
    [
      [seals[0], 'TRN 61', null],
      [seals[1], null, null],
    ],
  )
  assert.deepEqual((await look(control, first.cursor)).seals, [], 'nothing has changed')
  const farther = await look(far)
  assert.deepEqual(
    farther.seals.map((s) => s.id),
    [seals[0]],
    'a trip is seen where it goes',
  )

  await says(seals[0], 1, true)
  const next = await look(control, first.cursor)
  assert.equal(next.whole, false)
  assert.deepEqual(
    next.seals.map((s) => [s.id, s.alarms, s.worst]),
    [[seals[0], 1, 'critical']],
  )
  await ok(`devices/${seals[1]}/custody`, { state: 'retired', office: 'XV000301', liable: 'Store', passwordChanged: true })
  assert.deepEqual((await look(control, next.cursor)).gone, [seals[1]])
  assert.ok((await look(control, 'other-7')).whole, 'the cursor of another process')

  h.pass(60_000)
  await says(seals[0], 1.02)
  h.pass(60_000)
  await says(seals[0], 1.03)
  const card = (await control.send('GET', `/api/supervision/live/${seals[0]}`)).body as SealCard
  assert.equal(card.driver, 'Ola Berg')
  assert.deepEqual(
    card.alarms.map((a) => a.kind),
    ['ROPE_CUT'],
  )
  assert.ok(card.standsSince && Date.parse(h.deps.clock()) - Date.parse(card.standsSince) >= 120_000)
  assert.deepEqual((await far.send('GET', `/api/supervision/live/${seals[1]}`)).issues, ['supervision.device_unknown'])

  const track = (await control.send('GET', `/api/supervision/trips/${trip}/track`)).body as TrackChunk
  assert.deepEqual([track.fixes.length, track.of, track.next], [5, 5, null])
  const rough = (await control.send('GET', `/api/supervision/trips/${trip}/track?toleranceM=5000`)).body as TrackChunk
  assert.deepEqual([rough.fixes.length, rough.of], [2, 5])
})

test('the ground of maps is our own geography, and tiles only where there is a server for them', async () => {
  const control = await signInAs(h, 'control-room')
  const ground = (await control.send('GET', '/api/supervision/map')).body
  assert.equal(ground.tiles, null)
  assert.ok(ground.areas.some((a: { kind: string }) => a.kind === 'land'))
})
