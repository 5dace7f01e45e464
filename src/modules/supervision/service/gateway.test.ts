import assert from 'node:assert/strict'
import { connect as dial, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBus } from '#platform/bus.ts'
import { inTransaction, type Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { jt701Frame, type SealSays } from '../fixtures/jt701.ts'
import { at, corridor } from '../fixtures/trip.ts'
import { tripStatuses, tripTransitions } from '../schema/trip.ts'
import { protocolOf } from '../protocols/index.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { refusedTotal } from './metrics.ts'
import { saveTrip } from '../store/trips.ts'
import { evolveTrip } from '../trip.ts'
import { acknowledgeAlarm } from './alarms.ts'
import { changeDevice, keepCorridor, registerDevice } from './registry.ts'
import { commandTrip, planTrip } from './trips.ts'
import { createWatcher, type Watcher } from './watcher.ts'

let database: TestDatabase
let sql: Sql
let deps: Deps
let watcher: Watcher
let gateway: Gateway
const everything = new Set(tripStatuses.flatMap((s) => Object.values(tripTransitions[s]).map((t) => t.permission as string)))
const principal = { ...systemPrincipal('Ada'), personId: crypto.randomUUID(), permissions: everything, steppedUpUntil: '2999-01-01T00:00:00.000Z' }
const asking = () => ({ principal, key: crypto.randomUUID(), now: new Date().toISOString() })

const sealId = '8000620011'
const began = Date.now() - 60 * 60_000
const say = (min: number, km: number, { north = 0, ...more }: Partial<SealSays> & { north?: number } = {}): Uint8Array =>
  jt701Frame({ id: sealId, at: new Date(began + min * 60_000), lat: at(km).lat + north, lon: at(km).lon, ...more })

const connected = (to = gateway): Promise<{ socket: Socket; received: () => string; closed: () => boolean }> =>
  new Promise((resolve) => {
    let [text, over] = ['', false]
    const socket = dial(to.ports['jt701']!, '127.0.0.1', () => resolve({ socket, received: () => text, closed: () => over }))
    socket.on('data', (b) => (text += b.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => (over = true))
  })
const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 400; i++) {
    if (await holds()) return
    await sleep(25)
  }
  assert.fail(`waited in vain: ${what}`)
}
const refusedBy = async (reason: string): Promise<number> => (await refusedTotal.get()).values.find((v) => v.labels.reason === reason)?.value ?? 0
const alarms = () =>
  sql<
    { id: string; kind: string; status: string; source: string }[]
  >`select id, kind, status, source from supervision.episode order by opened_at, kind`

before(async () => {
  database = await testDatabase()
  sql = database.sql()
  const log = createLog('silent')
  deps = { sql, bus: await createBus(sql, log), log, clock: () => new Date().toISOString(), config: { demo: false } }
  watcher = createWatcher(deps)
  gateway = await startGateway(deps, watcher, { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }], limits: { halfFrameMs: 300 } })
  const device = {
    id: sealId,
    protocol: 'jt701',
    vendor: 'Example',
    model: 'D',
    role: 'seal',
    imei: null,
    sim: null,
    aliases: [],
    office: 'XV000301',
    liable: 'Store',
  } as const
  for (const outcome of [
    await keepCorridor(deps, asking(), corridor),
    await registerDevice(deps, asking(), { ...device, aliases: [] }),
    await changeDevice(deps, asking(), sealId, { state: 'issued', office: 'XV000301', liable: 'Ada', passwordChanged: true }),
  ])
    assert.ok(outcome.ok, JSON.stringify(outcome.issues))
})
after(async () => {
  await gateway.close()
  await deps.bus.close()
  await database.close()
})

test('strangers, half frames and noise are refused and counted; the door stays open', async () => {
  const [strangers, halves] = [await refusedBy('unregistered'), await refusedBy('half-frame')]
  const stranger = await connected()
  stranger.socket.write(jt701Frame({ id: '8000629999', at: new Date(), lat: 1, lon: 2 }))
  const slow = await connected()
  slow.socket.write(say(0, 0).subarray(0, 20))
  const noise = await connected()
  noise.socket.write(Buffer.alloc(5000, 0x24))
  await until('all are hung up', () => stranger.closed() && slow.closed() && noise.closed())
  assert.equal(stranger.received(), '')
  assert.equal(await refusedBy('unregistered'), strangers + 1)
  assert.ok((await refusedBy('half-frame')) > halves)
  assert.equal((await sql`select 1 from supervision.position`).length, 0)
})

test('a trip from the plan to a cut rope: acknowledged after the commit, once for each copy, kept once', async () => {
  const seal = await connected()
  seal.socket.write(say(-2, 0, { serial: 7 }))
  await until('it is acknowledged', () => seal.received() === '(P69,0,7)')
  const plan = {
    reference: '26XV1',
    guarantee: null,
    vehicle: 'TRN 441',
    driver: 'Ola Berg',
    containers: [],
    office: 'XV000301',
    destinationOffice: 'XV000101',
    corridorId: corridor.id,
    seals: [{ sealId }],
    truckId: null,
    limitMin: 600,
  }
  const planned = await planTrip(deps, asking(), plan)
  assert.ok(planned.ok, JSON.stringify(planned.issues))
  const twice = await planTrip(deps, asking(), plan)
  assert.deepEqual(
    twice.issues.map((i) => i.code),
    ['supervision.seal_in_use'],
  )
  const { id } = planned.value
  // Armed an hour ago: what follows was stored on the way and arrives now.
  const armed = {
    type: 'trip.armed',
    at: new Date(began).toISOString(),
    deadlineAt: new Date(began + 600 * 60_000).toISOString(),
    unsent: 0,
  } as const
  await inTransaction(sql, (tx) => saveTrip(tx, evolveTrip(planned.value, armed), deps.clock()))
  await watcher.refresh(id)

  // The newest first, as a seal sends them; the cut comes late, with what was stored.
  const frames = [
    say(9, 9),
    say(8, 8),
    ...[3, 4, 5, 6, 7].map((m) => say(m, m, { north: 0.009, type: 'replay' })),
    say(2, 2, { cut: true, type: 'alarm' }),
    say(1, 1),
    say(8, 8, { type: 'replay', serial: 99 }),
  ]
  const before = seal.received().length
  for (const frame of frames) seal.socket.write(frame)
  await until('all are acknowledged', () => seal.received().slice(before).match(/P69/g)?.length === frames.length)
  assert.equal((await sql`select 1 from supervision.position where device_id = ${sealId}`).length, frames.length)
  assert.deepEqual(
    (await alarms()).map((a) => `${a.kind} ${a.status} ${a.source}`),
    ['ROPE_CUT open device', 'ROUTE_DEVIATION open inferred'],
  )

  // Three fixes inside come late and end the deviation before it could have begun to count: it is taken back.
  seal.socket.write(Buffer.concat([3, 4, 5, 6, 7].map((m) => say(m + 0.5, m + 0.5, { type: 'replay' }))))
  await until('the deviation is taken back', async () => (await alarms()).some((a) => a.kind === 'ROUTE_DEVIATION' && a.status === 'retracted'))

  const cut = (await alarms()).find((a) => a.kind === 'ROPE_CUT')!
  const reason = { reasonCode: 'sent-help', text: 'A patrol is on its way' } as const
  assert.ok((await acknowledgeAlarm(deps, asking(), cut.id, reason)).ok)
  assert.deepEqual(
    (await acknowledgeAlarm(deps, asking(), cut.id, reason)).issues.map((i) => i.code),
    ['supervision.alarm_acknowledged'],
  )
  const closed = await commandTrip(deps, asking(), id, { name: 'close-alarm', kind: 'ROPE_CUT', subject: sealId, reason: 'seen on the road' })
  assert.ok(closed.ok, JSON.stringify(closed.issues))
  assert.equal((await alarms()).find((a) => a.kind === 'ROPE_CUT')?.status, 'closed', 'closed with the decision, whoever watches')
  await watcher.refresh(id)
  assert.equal((await alarms()).find((a) => a.kind === 'ROPE_CUT')?.status, 'closed')

  // Another process, with nothing in memory, finds the same; and what it takes is not lost to the first.
  const other = await startGateway(deps, createWatcher(deps), { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }] })
  const elsewhere = await connected(other)
  elsewhere.socket.write(Buffer.concat([14, 15, 16, 17].map((m) => say(m, m, { north: 0.009 }))))
  await until('the other process finds it', async () => (await alarms()).some((a) => a.kind === 'ROUTE_DEVIATION' && a.status === 'open'))
  seal.socket.write(Buffer.concat([18, 19].map((m) => say(m, m))))
  elsewhere.socket.write(say(20, 20))
  await until('both have had their part in it', async () => (await alarms()).some((a) => a.kind === 'ROUTE_DEVIATION' && a.status === 'closed'))
  assert.equal((await alarms()).filter((a) => a.kind === 'ROUTE_DEVIATION' && a.status === 'closed').length, 1)
  await other.close()
})

test('another device under the number of a registered one is refused and counted', async () => {
  const own = {
    id: '8000620013',
    protocol: 'jt701',
    vendor: 'Example',
    model: 'D',
    role: 'seal',
    imei: '490154203237518',
    sim: null,
    aliases: [],
    office: 'XV000301',
    liable: 'Store',
  } as const
  assert.ok((await registerDevice(deps, asking(), { ...own, aliases: [] })).ok)
  const clones = await refusedBy('cloned')
  const copy = await connected()
  copy.socket.write(jt701Frame({ id: own.id, at: new Date(), lat: 1, lon: 2, imei: '356938035643809' }))
  await until('the copy is hung up', () => copy.closed())
  assert.equal(await refusedBy('cloned'), clones + 1)
  const original = await connected()
  original.socket.write(jt701Frame({ id: own.id, at: new Date(), lat: 1, lon: 2, imei: own.imei, serial: 5 }))
  await until('the original is acknowledged', () => original.received() === '(P69,0,5)')
})

test('what is not committed is not acknowledged', async () => {
  const failing: Watcher = { ...watcher, take: () => Promise.reject(new Error('the disk is full')) }
  const other = await startGateway(deps, failing, { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }] })
  const seal = await connected(other)
  seal.socket.write(say(30, 30))
  await until('it is hung up', () => seal.closed())
  assert.equal(seal.received(), '')
  await other.close()
})

test('a line without a socket tells what became of a message: committed by then, or refused for good', async () => {
  const answers: string[] = []
  const line = gateway.line(protocolOf('jt701')!, 'mqtt:seal', (bytes) => answers.push(Buffer.from(bytes).toString()))
  const count = async (): Promise<number> => (await sql`select 1 from supervision.position`).length
  const before = await count()
  assert.equal(await line.take(say(-3, 0, { serial: 6 })), 'kept')
  assert.deepEqual([await count(), answers], [before + 1, ['(P69,0,6)']])
  for (const refused of [jt701Frame({ id: '8000629999', at: new Date(), lat: 1, lon: 2 }), Buffer.alloc(5000, 0x24), say(0, 0).subarray(0, 20)])
    assert.equal(await line.take(refused), 'refused')
  assert.deepEqual([await count(), answers.length], [before + 1, 1])
  line.close()
})
