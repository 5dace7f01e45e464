/** The whole life of a trip with two seals of two makes, over real sockets: one is cut on the way and replaced by one of a third. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBus } from '#platform/bus.ts'
import { inTransaction, type Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { certify } from '../fixtures/certify.ts'
import { openSeal } from '../fixtures/seal.ts'
import { at, corridor } from '../fixtures/trip.ts'
import { tripStatuses, tripTransitions, type Trip, type TripPlan } from '../schema/trip.ts'
import { readBoard } from '../store/board.ts'
import { findDevice } from '../store/devices.ts'
import { alarmsOfTrip, insertEpisodes, silentNow } from '../store/episodes.ts'
import { sealsNow } from '../store/seals.ts'
import { findTrip, listTrips } from '../store/trips.ts'
import type { TripCommand } from '../trip/types.ts'
import { listArrivals } from './arrivals.ts'
import type { SupervisionDeps } from './deps.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { changeDevice, keepCorridor, registerDevice } from './registry.ts'
import { commandTrip, planTrip } from './trips.ts'
import { silences } from './silence.ts'
import { createWatcher } from './watcher.ts'

let database: TestDatabase
let sql: Sql
let deps: SupervisionDeps
let gateway: Gateway
const [front, rear, spare] = ['8000660001', '012345678901', '900660002']
const office = 'XV000301'
const permissions = new Set<string>([
  ...tripStatuses.flatMap((s) => Object.values(tripTransitions[s]).map((t) => t.permission)),
  'supervision:device:manage',
])
const ada = { ...systemPrincipal('Ada'), personId: crypto.randomUUID(), permissions, steppedUpUntil: '2999-01-01T00:00:00.000Z' }
const asking = () => ({ principal: ada, key: crypto.randomUUID(), now: new Date().toISOString() })
const page = { page: 1, size: 50 }

const until = async <T>(what: string, find: () => Promise<T | false | null | undefined>): Promise<T> => {
  for (let i = 0; i < 400; i++) {
    const found = await find()
    if (found) return found
    await sleep(25)
  }
  assert.fail(`waited in vain: ${what}`)
}

before(async () => {
  database = await testDatabase()
  sql = database.sql()
  const log = createLog('silent')
  const key = randomBytes(32)
  deps = { sql, bus: await createBus(sql, log), log, clock: () => new Date().toISOString(), config: { demo: false }, sealKey: () => key }
  const listen = (['jt701', 'teratrack', 'eseal'] as const).map((protocol) => ({ protocol, port: 0 }))
  gateway = await startGateway(deps, createWatcher(deps), { host: '127.0.0.1', listen })
  assert.ok((await keepCorridor(deps, asking(), corridor)).ok)
  for (const [id, protocol] of [
    [front, 'jt701'],
    [spare, 'eseal'],
    [rear, 'teratrack'],
  ] as const) {
    const device = {
      id,
      protocol,
      vendor: 'Example',
      model: protocol,
      role: 'seal' as const,
      imei: null,
      sim: null,
      aliases: [],
      office,
      liable: 'Store',
    }
    assert.ok((await registerDevice(deps, asking(), device)).ok)
    assert.ok((await changeDevice(deps, asking(), id, { state: 'issued', office, liable: 'Ada', passwordChanged: true })).ok)
  }
  await certify(sql)
})
after(async () => {
  await gateway.close()
  await deps.bus.close()
  await database.close()
})

/** Devices tell whole seconds: each report of this one is a second after the one before. */
let told = Date.now()
const next = (): Date => new Date((told = Math.max(told + 1000, Date.now())))

/** A TeraTrack lock on a socket; resolves when the gateway has acknowledged, so after it has kept the report. */
const openTeraTrack = () => {
  const socket = connect(gateway.ports['teratrack']!, '127.0.0.1')
  const tell = (km: number, says: Record<string, string> = {}): Promise<void> =>
    new Promise((done) => {
      const { lon, lat } = at(km)
      const time = next().toISOString().slice(0, 19).replace('T', ' ')
      const quiet = { LockCutOff: '0', LockRope: '1', LockStatus: '1', LockOpen: '0', CoverStatus: '1', LockStuck: '0', LowPower: '0', Power: '76' }
      socket.once('data', () => done())
      socket.write(
        JSON.stringify({
          MDeviceID: rear,
          DateTime: time,
          DataType: '1',
          Latitude: `${lat}`,
          Longitude: `${lon}`,
          Speed: '0',
          MessageAck: '1',
          ...quiet,
          ...says,
        }),
      )
    })
  return { tell, close: () => socket.destroy() }
}
/** An eSeal tells its lock only when that is worked. */
const openESeal = () => {
  const socket = connect(gateway.ports['eseal']!, '127.0.0.1')
  let index = 0
  const tell = (km: number, type: 'Normal' | 'Event-Lock' | 'Event-RC-Unlock'): Promise<void> =>
    new Promise((done) => {
      const { lon, lat } = at(km)
      const [date, time] = next().toISOString().slice(0, 19).split('T')
      socket.once('data', () => done())
      socket.write(`##S,eSeal,${spare},256,3.0.8,${type},${++index},${date},${time},1,A,${lat}N ${lon}E,0,0,Close,0.1,0:0:0:0,3.9,20,E##`)
    })
  return { tell, close: () => socket.destroy() }
}
const replacement = async (): Promise<Extract<TripCommand, { name: 'replace-seal' }>> => {
  const [second] = await sql<{ personId: string; name: string }[]>`select id as "personId", name from identity.person where name = 'Tariq Solberg'`
  return { name: 'replace-seal', sealId: spare, replaces: rear, second: second!, reason: 'Rope cut at the gate' }
}
const plan = (reference: string, seals: TripPlan['seals']): TripPlan => ({
  reference,
  guarantee: null,
  vehicle: 'TRN 660',
  trailer: 'TRN 661',
  driver: 'Ola',
  containers: [],
  office,
  destinationOffice: 'XV000101',
  corridorId: corridor.id,
  truckId: null,
  limitMin: 600,
  seals,
})
const codes = ({ issues }: { issues: readonly { code: string; path: string; params?: Record<string, unknown> }[] }): string[] =>
  issues.map((i) => [i.code.replace('supervision.', ''), i.params?.['seal'] ?? i.path].join(' '))
const act = async (id: string, command: TripCommand): Promise<Trip> => {
  const outcome = await commandTrip(deps, asking(), id, command)
  assert.ok(outcome.ok, `${command.name} ${JSON.stringify(outcome.issues)}`)
  return outcome.value
}

test('planned, armed by both, one cut and replaced, arrived with both, opened by both; then both are free', async () => {
  const [first, second] = [await openSeal(gateway.ports['jt701']!, front), openTeraTrack()]
  const places = [
    { sealId: front, place: 'Lorry, rear door' },
    { sealId: rear, place: 'Trailer' },
  ]
  const twice = await planTrip(deps, asking(), plan('26XVS0', [...places, { sealId: rear }]))
  assert.deepEqual(codes(twice), ['seal_twice /seals/2/sealId'])
  const outcome = await planTrip(deps, asking(), plan('26XVS1', places))
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  const { id } = outcome.value
  const taken = await planTrip(deps, asking(), plan('26XVS2', [{ sealId: spare }, { sealId: rear }]))
  assert.deepEqual(codes(taken), ['seal_in_use /seals/1/sealId'])

  await first.tell({ at: next(), ...at(0) })
  await act(id, { name: 'arm' })
  await sleep(20)
  told += 1000
  await first.tell({ at: next(), ...at(0) })
  await second.tell(0, { LockStatus: '0', LockOpen: '1' })
  const missing = await until('the rear one has told that it is open', async () => {
    const { arming } = (await findTrip(sql, id))!
    return arming?.missing.length === 1 && arming.missing[0]?.code === 'supervision.seal_not_locked' && arming.missing[0]
  })
  assert.equal(missing.sealId, rear)
  await second.tell(0)
  const armed = await until('both guard', async () => {
    const trip = await findTrip(sql, id)
    return trip?.status === 'armed' && trip
  })
  assert.equal((await findDevice(sql, rear))?.state, 'armed')
  await until('its gateway watches it', async () => (await sql`select 1 from supervision.watch where trip_id = ${id}`).length > 0)

  await second.tell(0, { LockCutOff: '1', LowPower: '1', Power: '21', Slave: [{ SDeviceId: '0000A1', SLockOpen: '0', SPower: '80' }] as never })
  const alarms = async (): Promise<string[]> => (await alarmsOfTrip(sql, id)).map((a) => `${a.kind} ${a.subject} ${a.status} ${a.endedBy}`).toSorted()
  await until('the cut is an alarm', async () => (await alarms()).length === 2)
  assert.deepEqual(await alarms(), [`LOW_BATTERY ${rear} open null`, `ROPE_CUT ${rear} open null`])

  const [row] = (await listTrips(sql, '*', { ...page, q: rear })).rows
  assert.deepEqual([row?.sealIds, row?.sealLocked, row?.batteryPct, row?.worstAlarm], [`${front} ${rear}`, true, 21, 'critical'])
  const shown = (await readBoard(sql, null)).filter((s) => [front, rear].includes(s.id))
  assert.deepEqual(
    shown.map((s) => [s.id, s.isAside, s.others, s.worst]).toSorted(),
    [
      [rear, true, [rear], 'critical'],
      [front, false, [rear], 'critical'],
    ].toSorted(),
  )
  const marker = shown.find((s) => !s.isAside)!
  assert.ok(Math.abs(marker.lon - at(0).lon) < 1e-4)
  assert.deepEqual(
    (await sealsNow(sql, armed)).map((s) => [s.id, s.place, s.batteryPct, s.subLocks.map((l) => `${l.id} ${l.locked}`)]),
    [
      [front, 'Lorry, rear door', (await findDevice(sql, front))?.batteryPct ?? null, []],
      [rear, 'Trailer', 21, ['0000A1 true']],
    ],
  )
  const [arrival] = (await listArrivals(sql, ['XV000101'], page)).rows
  assert.deepEqual([arrival?.id, arrival?.remainingKm], [id, 200])
  assert.deepEqual((await listArrivals(sql, [office], page)).rows, [], 'it leaves from there')

  // Each is missed for itself: it is not enough that the other one still reports.
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const silent = silences(
    (await silentNow(sql, inAnHour)).filter((s) => s.tripId === id),
    () => undefined,
    Date.parse(inAnHour),
  )
  assert.deepEqual(silent.map((s) => s.episode.subject).toSorted(), [rear, front].toSorted())
  await inTransaction(sql, (tx) => insertEpisodes(tx, silent, inAnHour))
  await first.tell({ at: next(), ...at(0) })

  const third = openESeal()
  await third.tell(0, 'Normal')
  assert.deepEqual(codes(await commandTrip(deps, asking(), id, await replacement())), [`seal_not_locked ${spare}`])
  await third.tell(0, 'Event-Lock')
  await third.tell(0, 'Normal')
  const replaced = await act(id, await replacement())
  assert.deepEqual(
    replaced.seals.map((s) => [s.sealId, s.place]),
    [
      [front, 'Lorry, rear door'],
      [spare, 'Trailer'],
    ],
  )
  await until('the gateway has read it anew', async () => Number((await sql`select seq from supervision.watch where trip_id = ${id}`)[0]!['seq']) > 2)
  assert.deepEqual(await alarms(), [
    `LOW_BATTERY ${rear} closed seal-replaced`,
    `NO_SIGNAL ${rear} closed seal-replaced`,
    `NO_SIGNAL ${front} closed null`,
    `ROPE_CUT ${rear} open null`,
  ])
  assert.equal((await findDevice(sql, rear))?.state, 'issued')

  await first.tell({ at: next(), ...at(200) })
  assert.deepEqual(codes(await commandTrip(deps, asking(), id, { name: 'arrive' })), [`seal_not_arrived ${spare}`])
  await third.tell(200, 'Normal')
  await act(id, { name: 'arrive' })
  const [from, to] = [new Date(Date.now() - 60_000).toISOString(), new Date(Date.now() + 600_000).toISOString()]
  await act(id, { name: 'authorise', from, to, area: corridor.destination, second: null })
  await first.tell({ at: next(), ...at(200), locked: false })
  await third.tell(200, 'Event-RC-Unlock')
  const off = await act(id, { name: 'disarm' })
  assert.deepEqual([off.openingProven, off.seals.map((s) => s.openingProven)], [true, [true, true]])
  await act(id, { name: 'close-alarm', kind: 'ROPE_CUT', subject: rear, reason: 'Seen at the gate, goods whole' })
  await act(id, { name: 'discharge', reason: 'Goods counted and complete' })
  assert.deepEqual([(await findDevice(sql, front))?.state, (await findDevice(sql, spare))?.state], ['issued', 'issued'])

  const again = await planTrip(deps, asking(), plan('26XVS3', [{ sealId: front }, { sealId: rear }, { sealId: spare }]))
  assert.ok(again.ok, JSON.stringify(again.issues))
  await act(again.value.id, { name: 'cancel', reason: 'A test of what that frees' })
  assert.equal((await sql`select 1 from supervision.trip_seal where until is null and seal_id in (${front}, ${rear}, ${spare})`).length, 0)
  for (const seal of [first, second, third]) seal.close()
})
