import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBus } from '#platform/bus.ts'
import type { Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { certify } from '../fixtures/certify.ts'
import { type FakeSeal, openSeal } from '../fixtures/seal.ts'
import { at, corridor } from '../fixtures/trip.ts'
import { jt701Answer } from '../protocols/jointech/report.ts'
import type { CommandRow, GiveCommand } from '../schema/command.ts'
import { tripStatuses, tripTransitions, type Trip, type TripPlan } from '../schema/trip.ts'
import { listCommands } from '../store/commands.ts'
import { findDevice } from '../store/devices.ts'
import { findTrip } from '../store/trips.ts'
import type { TripCommand } from '../trip/types.ts'
import { giveCommand, keepPassword, takeBack } from './commands.ts'
import type { SupervisionDeps } from './deps.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { changeDevice, keepCorridor, registerDevice } from './registry.ts'
import { commandTrip, planTrip } from './trips.ts'
import { createWatcher } from './watcher.ts'

let database: TestDatabase
let sql: Sql
/** the process that people talk to, and the one that holds the connections: two, with nothing shared but the database */
let desk: SupervisionDeps
let outpost: SupervisionDeps
let gateway: Gateway
const key = randomBytes(32)
const all = tripStatuses.flatMap((s) => Object.values(tripTransitions[s]).map((t) => t.permission as string))
const permissions = new Set([...all, 'supervision:seal:command', 'supervision:device:manage'])
const person = (name: string) => ({
  ...systemPrincipal(name),
  personId: crypto.randomUUID(),
  permissions,
  steppedUpUntil: '2999-01-01T00:00:00.000Z',
})
const [ada, bo] = [person('Ada'), person('Bo')]
const asking = (principal = ada) => ({ principal, key: crypto.randomUUID(), now: new Date().toISOString() })

const until = async <T>(what: string, find: () => Promise<T | false | null | undefined> | T | false | null | undefined): Promise<T> => {
  for (let i = 0; i < 400; i++) {
    const found = await find()
    if (found) return found
    await sleep(25)
  }
  assert.fail(`waited in vain: ${what}`)
}
const page = { page: 1, size: 50 }
const commandsOf = async (deviceId: string): Promise<CommandRow[]> => (await listCommands(sql, { deviceId }, page, new Date().toISOString())).rows
const latest = (deviceId: string, name: string, state: CommandRow['state']): Promise<CommandRow> =>
  until(`${name} is ${state}`, async () => {
    const found = (await commandsOf(deviceId)).find((c) => c.name === name)
    return found?.state === state && found
  })
const give = async (deviceId: string, name: GiveCommand['name'], params: GiveCommand['params'] = {}, minutes = 60): Promise<string[]> => {
  const outcome = await giveCommand(desk, asking(), deviceId, { name, params, minutes, tripId: null })
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value.ids
}
const codes = (outcome: { issues: readonly { code: string }[] }): string[] => outcome.issues.map((i) => i.code)

const newSeal = async (id: string, passwordChanged = true): Promise<FakeSeal> => {
  const device = {
    id,
    protocol: 'jt701',
    vendor: 'Example',
    model: 'D',
    role: 'seal',
    imei: null,
    sim: null,
    office: 'XV000301',
    liable: 'Store',
  } as const
  for (const outcome of [
    await registerDevice(desk, asking(), { ...device, aliases: [] }),
    await changeDevice(desk, asking(), id, { state: 'issued', office: 'XV000301', liable: 'Ada', passwordChanged }),
  ])
    assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  await certify(sql)
  const seal = await openSeal(gateway.ports['jt701']!, id)
  await seal.tell({ at: new Date(), ...at(0) })
  return seal
}

before(async () => {
  database = await testDatabase()
  sql = database.sql()
  const log = createLog('silent')
  const clock = (): string => new Date().toISOString()
  const process = async (): Promise<SupervisionDeps> => ({
    sql,
    bus: await createBus(sql, log),
    log,
    clock,
    config: { demo: false },
    sealKey: () => key,
  })
  desk = await process()
  outpost = await process()
  gateway = await startGateway(outpost, createWatcher(outpost), { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }] })
  assert.ok((await keepCorridor(desk, asking(), corridor)).ok)
})
after(async () => {
  await gateway.close()
  await desk.bus.close()
  await outpost.bus.close()
  await database.close()
})

test('a command of another process reaches the seal, and only the seal’s answer is success', async () => {
  const seal = await newSeal('8000630001')
  seal.answerWith(null)
  await give('8000630001', 'interval', { seconds: '30', wakeMinutes: '10' })
  await latest('8000630001', 'interval', 'sent')
  assert.match(seal.received(), /\(P04,1,30,10\)/)
  const [second] = await give('8000630001', 'tracking-mode', { on: true })
  assert.equal((await commandsOf('8000630001'))[0]?.state, 'queued', 'one at a time, in their order')

  // It has not answered, falls asleep, and comes back: sent again, answered, and the next one follows.
  seal.close()
  const again = await openSeal(gateway.ports['jt701']!, '8000630001')
  await again.tell({ at: new Date(), ...at(0) })
  const done = await latest('8000630001', 'interval', 'answered')
  assert.deepEqual([done.attempts, done.answer], [2, { intervalS: 30, wakeMin: 10 }])
  assert.equal((await latest('8000630001', 'tracking-mode', 'answered')).id, second)
  const [row] = await sql`select interval_s, wake_min, tracking from supervision.device where id = '8000630001'`
  assert.deepEqual(row, { interval_s: 30, wake_min: 10, tracking: true })

  await give('8000630001', 'fence', { fence: 1, name: 'Yard', ring: '30,0 30.1,0 30.1,-0.1' })
  const said = await until('the fence has its nodes', () => /P29[^)]*/.exec(again.received())?.[0])
  assert.equal(said, 'P29,1,1,1,3,03000.0000,0000.0000,03006.0000,0000.0000,03006.0000,-0006.0000'.slice(0, said.length))
  again.close()
})

test('what has not been sent can be taken back; what is not answered in time expires', async () => {
  const id = '8000630002'
  const seal = await newSeal(id)
  seal.close()
  await until('it is gone', () => seal.closed())
  const [first] = await give(id, 'restart')
  assert.ok((await takeBack(desk, asking(), first!)).ok)
  assert.deepEqual(codes(await takeBack(desk, asking(), first!)), ['supervision.command_gone'])
  await give(id, 'restart')
  await sql`update supervision.command set asked_at = now() - interval '2 h', expires_at = now() - interval '1 h' where device_id = ${id} and state = 'queued'`
  assert.deepEqual((await commandsOf(id)).map((c) => c.state).sort(), ['expired', 'withdrawn'], 'also before a gateway has looked')
  await until(
    'a gateway has ended it',
    async () => (await sql`select 1 from supervision.command where device_id = ${id} and state = 'expired'`).length > 0,
  )
  const back = await openSeal(gateway.ports['jt701']!, id)
  await back.tell({ at: new Date(), ...at(0) })
  assert.doesNotMatch(back.received(), /P15/)
  back.close()
})

test('what erases evidence, resets the lock or silences it is not to be had; nor what a device would never answer', async () => {
  await newSeal('8000630003')
  const refused = async (name: string, params: GiveCommand['params']): Promise<string[]> =>
    codes(await giveCommand(desk, asking(), '8000630003', { name: name as GiveCommand['name'], params, minutes: 5, tripId: null }))
  assert.deepEqual(await refused('alarm-switches', { switches: '0,1,1,1,1,1,1,1,1,1' }), ['supervision.command_parameter'])
  assert.deepEqual(await refused('P13', {}), ['supervision.command_unknown'])
  assert.deepEqual(await refused('erase', {}), ['supervision.command_unknown'])
  assert.deepEqual(await refused('fence', { fence: 1, name: 'x', ring: '1,2' }), ['supervision.fence_ring'])
  const truck = { id: '8000630009', protocol: 'gt06', vendor: 'Example', model: 'T', role: 'truck', imei: null, sim: null } as const
  assert.ok((await registerDevice(desk, asking(), { ...truck, aliases: [], office: 'XV000301', liable: 'Store' })).ok)
  const told = await giveCommand(desk, asking(), truck.id, { name: 'restart', params: {}, minutes: 5, tripId: null })
  assert.deepEqual(codes(told), ['supervision.commands_untold'])
  const stranger = { ...asking(), principal: { ...ada, offices: ['XV000101'] } }
  assert.deepEqual(codes(await giveCommand(desk, stranger, '8000630003', { name: 'restart', params: {}, minutes: 5, tripId: null })), [
    'supervision.device_unknown',
  ])
})

test('passwords: the maker’s is replaced by one that nobody sees; one that a seal tells is kept nowhere in clear', async () => {
  const id = '8000630004'
  const seal = await newSeal(id, false)
  const rash = { ...asking(), principal: { ...ada, steppedUpUntil: null } }
  const change = { name: 'change-password', params: {}, minutes: 5, tripId: null } as const
  assert.deepEqual(codes(await giveCommand(desk, rash, id, change)), ['identity.step_up_required'])
  await give(id, 'change-password')
  const done = await latest(id, 'change-password', 'answered')
  const made = /\(P44,(\d{6}),888888\)/.exec(seal.received())![1]!
  assert.equal((await findDevice(sql, id))?.passwordChanged, true, 'the seal itself has confirmed it')
  assert.ok(!JSON.stringify(done).includes(made))

  seal.socket.write(`(${id},P52,2,482915)`)
  await until('it is echoed', () => seal.received().includes('(P52,2,482915)'))
  await until('it is kept', async () => (await sql`select 1 from supervision.device_secret where device_id = ${id} and kind = 'dynamic'`).length > 0)
  const clear = await sql`
    select record::text as t from supervision.position where record::text like '%482915%'
    union all select encode(bytes, 'escape') from supervision.raw_frame where encode(bytes, 'escape') like '%482915%'
    union all select body::text from journal.entry where body::text like '%482915%' or body::text like ${`%${made}%`}
    union all select sealed::text from supervision.device_secret where encode(sealed, 'escape') like '%482915%' or encode(sealed, 'escape') like ${`%${made}%`}
    union all select params::text from supervision.command where params::text like ${`%${made}%`}`
  assert.equal(clear.length, 0)
  assert.deepEqual(codes(await keepPassword(desk, asking(), id, '888888')), ['supervision.seal_factory_password'])
  seal.close()
})

const planned = async ({ sealId, ...plan }: Partial<Omit<TripPlan, 'seals'>> & { sealId: string }): Promise<Trip> => {
  const whole = {
    reference: '26XVT1',
    guarantee: null,
    vehicle: 'TRN 441',
    driver: 'Ola',
    containers: [],
    office: 'XV000301',
    destinationOffice: 'XV000101',
  }
  const outcome = await planTrip(desk, asking(), { ...whole, corridorId: corridor.id, truckId: null, limitMin: 600, seals: [{ sealId }], ...plan })
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value
}
const act = async (trip: Trip, command: TripCommand, who = ada): Promise<Trip> => {
  const outcome = await commandTrip(desk, asking(who), trip.id, command)
  assert.ok(outcome.ok, `${command.name} ${JSON.stringify(outcome.issues)}`)
  return outcome.value
}
const becomes = (trip: Trip, status: Trip['status']): Promise<Trip> =>
  until(`the trip is ${status}`, async () => {
    const now = await findTrip(sql, trip.id)
    return now?.status === status && now
  })
const heldOn = async (guarantee: string): Promise<number> =>
  (await sql<{ held: number }[]>`select -balance_minor as held from duty.account where kind = 'guarantee' and code = ${guarantee}`)[0]!.held
const bond = async (): Promise<{ guarantee: string; holder: string; limit: number }> =>
  (
    await sql<
      { guarantee: string; holder: string; limit: number }[]
    >`select code as guarantee, owner as holder, limit_minor + balance_minor as limit from duty.account where kind = 'guarantee' and currency = 'VRC' and status = 'open' order by code limit 1`
  )[0]!

test('a trip holds its guarantee from arming to the discharge, which follows by itself once the seal has told everything', async () => {
  const id = '8000630005'
  const seal = await newSeal(id, false)
  await give(id, 'change-password')
  await latest(id, 'change-password', 'answered')
  const { guarantee, holder, limit } = await bond()
  const before = await heldOn(guarantee)
  const short = await planned({ sealId: id, guarantee, holder, guaranteeAmount: { minor: limit + 1, currency: 'VRC' } })
  assert.deepEqual(codes(await commandTrip(desk, asking(), short.id, { name: 'arm' })), ['duty.cover_short'])
  await act(short, { name: 'cancel', reason: 'the guarantee is short' })
  const trip = await planned({ sealId: id, guarantee, holder, guaranteeAmount: { minor: 250_000, currency: 'VRC' } })

  await act(trip, { name: 'arm' })
  assert.equal((await heldOn(guarantee)) - before, 250_000)
  await latest(id, 'query-unsent', 'answered')
  // Seals tell whole seconds: a second report of this one would be a copy of the first.
  await seal.tell({ at: new Date(Date.now() + 1000), ...at(0) })
  await becomes(trip, 'armed')
  await seal.tell({ at: new Date(Date.now() + 2000), ...at(5) })
  await act(trip, { name: 'report-incident', reason: 'a test of the way' })
  await act(trip, { name: 'resolve-incident', next: 'armed', reason: 'nothing was found' })
  await seal.tell({ at: new Date(Date.now() + 3000), ...at(200) })
  await act(trip, { name: 'arrive' })
  const [from, to] = [new Date(Date.now() - 1000).toISOString(), new Date(Date.now() + 600_000).toISOString()]
  await act(trip, { name: 'authorise', from, to, area: corridor.destination, second: null })
  assert.deepEqual(codes(await commandTrip(desk, asking(), trip.id, { name: 'unlock', method: 'static' })), ['supervision.second_person_missing'])
  const asked = await act(trip, { name: 'unlock', method: 'static' }, bo)
  const opened = await latest(id, 'unlock', 'answered')
  const { commandId, place } = asked.unlocks[0]!
  assert.deepEqual([opened.id, opened.tripId, opened.askedBy], [commandId, trip.id, 'Bo'])
  assert.ok(Math.abs(place!.lon - at(200).lon) < 1e-5, 'tied to the place where the seal was')
  await seal.tell({ at: new Date(Date.now() + 4000), ...at(200), locked: false })
  await act(trip, { name: 'disarm' })
  const over = await becomes(trip, 'discharged')
  assert.equal(over.openingProven, true)
  assert.equal(await heldOn(guarantee), before, 'what was held is free again')
  assert.equal((await findDevice(sql, id))?.state, 'issued')
  seal.close()
})

test('goods that are seized call the guarantee: its guarantor is asked for what was held', async () => {
  const id = '8000630006'
  const seal = await newSeal(id)
  seal.answerWith((c) => (c.startsWith('P98') ? 'P98,10,0,2,0' : jt701Answer(c)))
  const { guarantee, holder } = await bond()
  const trip = await planned({ sealId: id, reference: '26XVT2', guarantee, holder, guaranteeAmount: { minor: 90_000, currency: 'VRC' } })
  await act(trip, { name: 'arm' })
  await latest(id, 'query-unsent', 'answered')
  // Seals tell whole seconds: a second report of this one would be a copy of the first.
  await seal.tell({ at: new Date(Date.now() + 1000), ...at(0) })
  await until('two records are still with the seal', async () =>
    (await findTrip(sql, trip.id))?.arming?.missing.some((m) => m.code === 'supervision.seal_unsent'),
  )
  seal.answerWith(jt701Answer)
  await act(trip, { name: 'arm' })
  await until('it has sent them', async () => (await commandsOf(id)).filter((c) => c.name === 'query-unsent' && c.state === 'answered').length === 2)
  await seal.tell({ at: new Date(Date.now() + 2000), ...at(0) })
  await becomes(trip, 'armed')
  await act(trip, { name: 'report-incident', reason: 'trailer found empty' })
  await act(trip, { name: 'resolve-incident', next: 'seized', reason: 'the goods are gone, the truck is kept' })
  const claims = await sql<object[]>`select kind, payer, grounds from duty.claim where origin = '26XVT2'`
  assert.deepEqual([...claims], [{ kind: 'guarantor', payer: 'XV-BANK-01', grounds: 'the goods are gone, the truck is kept' }])
  seal.close()
})
