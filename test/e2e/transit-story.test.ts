/**
 * A transit from its declaration to its discharge, by those who have a part in it: it is lodged, its guarantee is held and it is released; its
 * trip is planned from what was declared, the seal leaves the corridor and is cut, the desk has the alarm, a case is opened and a unit sent,
 * another seal goes on, the goods arrive, the guarantee is free again and the declaration written off.
 */
import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { createBus } from '#platform/bus.ts'
import { connect, type Sql } from '#platform/database.ts'
import { directoryStore } from '#platform/files.ts'
import { createLog } from '#platform/log.ts'
import { demoPassword } from '#modules/identity'
import { openGateway, sealKeyOf } from '#modules/supervision'
import { transitDeclaration } from '../../src/modules/clearance/fixtures/documents.ts'
import { certify } from '../../src/modules/supervision/fixtures/certify.ts'
import { type FakeSeal, openSeal } from '../../src/modules/supervision/fixtures/seal.ts'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { startAdministration, type Administration, type Person } from './desk.ts'

const sealId = '8000650001'
const freshSealId = '8000650002'
const road = [
  { lon: 31, lat: 1 },
  { lon: 31.02, lat: 1.002 },
  { lon: 31.04, lat: 1 },
]
const [from, to] = [road[0]!, road[2]!]
const corridor = {
  id: 'story',
  name: 'Tarn Bridge – Port Marrin',
  line: road,
  halfWidthM: 200,
  limitKph: 90,
  speedLimits: [],
  checkpoints: [],
  stops: [],
  deadZones: [],
  fences: [],
  origin: { at: from, radiusM: 500 },
  destination: { at: to, radiusM: 500 },
}

let administration: Administration
let browser: Browser
let sql: Sql
let seal: FakeSeal
let control: Person
let escort: Person
let takesOver: Person
let trip: string
let mrn: string
let freshSeal: FakeSeal
const closers: (() => Promise<unknown> | void)[] = []

const done = async (who: Person, path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await who.send('POST', `/api/${path}`, body)
  assert.ok(answer.status < 300, `${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const proven = async (key: string): Promise<Person> => {
  const person = await administration.signIn(key)
  await person.send('POST', '/api/session/step-up', { password: demoPassword })
  return person
}
const stands = async (): Promise<Record<string, unknown>> => (await control.send('GET', `/api/supervision/trips/${trip}`)).body
const becomes = async (status: string): Promise<void> => {
  for (let n = 0; n < 240; n += 1) {
    if ((await stands())['status'] === status) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  assert.fail(`the trip never was ${status}: ${JSON.stringify(await stands())}`)
}
/** What the guarantee holds for this transit, in minor units. */
const held = async (): Promise<number> =>
  (
    await sql<
      { minor: number }[]
    >`select coalesce(-sum(l.amount_minor), 0)::bigint as minor from duty.posting p join duty.posting_line l on l.posting_id = p.id join duty.account a on a.id = l.account_id
      where a.kind = 'guarantee' and p.reference = ${mrn}`
  )[0]!.minor

/** Seconds from now, since a seal tells whole seconds and later ones count as newer. */
const soon = (seconds: number): Date => new Date(Date.now() + seconds * 1000)

const look = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `transit-${name}`, { fullPage: true })
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

before(async () => {
  administration = await startAdministration()
  closers.push(() => administration.close())
  sql = connect({ url: administration.databaseUrl })
  const log = createLog('silent')
  const bus = await createBus(sql, log)
  const { dataDir } = administration
  const deps = { sql, bus, log, clock: () => new Date().toISOString(), config: { demo: true }, files: directoryStore(dataDir) }
  const gateway = await openGateway(
    { ...deps, sealKey: sealKeyOf({ hex: undefined, directory: dataDir }) },
    { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }] },
  )
  closers.push(
    () => sql.end({ timeout: 5 }),
    () => bus.close(),
    () => gateway.close(),
  )
  browser = await launchBrowser()
  closers.push(() => browser.close())
  control = await administration.signIn('control-room')
  escort = await proven('escort-land')
  takesOver = await proven('escort-sea')
  // Chance must not send the declaration to an officer.
  await sql`update risk.setting set random_rate = 0`
  bus.announce({ topic: 'risk', id: 'setting' })
  await done(control, 'supervision/corridors', corridor)
  const office = 'XV000301'
  const model = { protocol: 'jt701', vendor: 'Story', model: 'D', role: 'seal', imei: null, sim: null, aliases: [] }
  for (const id of [sealId, freshSealId]) {
    await done(escort, 'supervision/devices', { id, ...model, office, liable: 'Store' })
    await done(escort, `supervision/devices/${id}/custody`, { state: 'issued', office, liable: 'Tariq Solberg', passwordChanged: true })
    await done(escort, `supervision/devices/${id}/password`, { password: '271828' })
  }
  await certify(sql, 'Story')
  await done(escort, 'supervision/units', {
    id: 'p-7',
    name: 'Patrol 7',
    office,
    kind: 'patrol',
    phone: '+1 555 0107',
    onDuty: true,
    deviceId: null,
    lon: 31.05,
    lat: 1.01,
  })
  seal = await openSeal(gateway.ports['jt701']!, sealId)
  freshSeal = await openSeal(gateway.ports['jt701']!, freshSealId)
  closers.push(
    () => seal.close(),
    () => freshSeal.close(),
  )
})
after(async () => {
  for (const close of closers.toReversed()) await close()
})

/** T1 from the land border to the port, as a broker declares it in its own name. */
const declare = async (): Promise<string> => {
  const broker = await administration.signIn('broker')
  const holder = ((await broker.send('GET', '/api/session')).body as { organisation: { registrationId: string } }).organisation.registrationId
  const reply = await done(broker, 'declarations', {
    ...transitDeclaration(),
    declarant: { id: holder },
    carrier: { id: 'XV5550001' },
    goodsLocation: { country: 'XV', type: 'A', qualifier: 'U', name: 'TRNYARD' },
    guarantees: [{ type: '1', reference: `G-${holder}`, amount: { amount: '4800.00', currency: 'VRC' } }],
    previousDocuments: [{ category: 'Z', type: 'ZZZ', id: 'BL-772' }],
  })
  assert.equal(reply['status'], 'released', JSON.stringify(reply))
  return String(reply['mrn'])
}

test('a transit is lodged and released under its guarantee; its trip is planned from what was declared, and its seal armed', async () => {
  mrn = await declare()
  assert.equal(await held(), 480_000)
  const { page, faults } = await administration.open(browser, 'escort-land')
  page.setDefaultTimeout(60_000)
  await page.goto(`${administration.address}/supervision/transits`)
  await page.getByRole('row', { name: new RegExp(mrn) }).waitFor()
  await look(page, 'released')
  await page.getByRole('link', { name: mrn }).click()
  await page.getByRole('textbox', { name: 'Driver' }).fill('Ola Berg')
  await page.getByRole('combobox', { name: 'Corridor' }).selectOption(corridor.id)
  await page.getByRole('combobox', { name: /^Seal/ }).fill(sealId)
  await page.getByRole('option', { name: new RegExp(sealId) }).click()
  await look(page, 'plan')
  await page.getByRole('button', { name: 'Plan the trip' }).click()
  await page.waitForURL(/trips\/[0-9a-f-]{36}$/)
  trip = page.url().split('/').at(-1)!
  await page.getByRole('button', { name: 'Arm the seal' }).click()
  await page.getByRole('group', { name: 'Arm the seal' }).getByRole('button', { name: 'Arm the seal' }).click()
  await page.getByText('Waiting for the seal').waitFor()
  assert.equal(await held(), 480_000)
  await seal.tell({ at: soon(0), ...from })
  await page.getByText('Done, by its answer').waitFor({ timeout: 45_000 })
  await seal.tell({ at: soon(1), ...from })
  await becomes('armed')
  await page.getByText('Seal armed').waitFor({ timeout: 45_000 })
  await look(page, 'armed')
  assert.deepEqual(faults, [])
})

test('off the corridor and cut: the desk has the alarm at once, and a case follows', async (t: TestContext) => {
  const { page, faults } = await administration.open(browser, 'control-room')
  page.setDefaultTimeout(60_000)
  await page.goto(`${administration.address}/supervision/alarms`)
  await page.getByText('No alarm is open').waitFor()
  // No faster than a lorry could: a leap would be set aside as none of its own.
  for (const ahead of [40, 80, 120, 170]) await seal.tell({ at: soon(ahead), lon: 31.01, lat: 1.0065 + ahead / 1e6 })
  const row = page.getByRole('row', { name: /Rope cut/ })
  const began = performance.now()
  await seal.tell({ at: soon(175), lon: 31.01, lat: 1.0067, cut: true, type: 'alarm' })
  await row.waitFor()
  t.diagnostic(`from the frame on the socket to the row on the desk: ${Math.round(performance.now() - began)} ms`)
  await page.getByRole('row', { name: /Off the corridor/ }).waitFor()
  await look(page, 'desk')

  await page.goto(`${administration.address}/supervision/trips/${trip}`)
  await page.getByRole('button', { name: 'Report an incident' }).click()
  const bar = page.getByRole('group', { name: 'Report an incident' })
  await bar.getByRole('textbox', { name: 'Reason' }).fill('Left the road at km 1, rope cut')
  await bar.getByRole('button', { name: 'Report an incident' }).click()
  await page.getByRole('link', { name: 'Incident', exact: true }).click()
  await page.getByText('Patrol 7').waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('Called', { exact: true }).waitFor()
  await look(page, 'case')
  assert.equal((await stands())['status'], 'incident')
  assert.deepEqual(faults, [])
})

/** Beside the lorry, by two officers: the new seal has reported that it guards. */
const reseal = async (page: Page): Promise<void> => {
  await freshSeal.tell({ at: soon(0), lon: 31.01, lat: 1.0067 })
  await page.goto(`${administration.address}/supervision/trips/${trip}`)
  await page.getByRole('button', { name: 'Put on another seal' }).click()
  const bar = page.getByRole('group', { name: 'Put on another seal' })
  await bar.getByRole('combobox', { name: /^New seal/ }).fill(freshSealId)
  await page.getByRole('option', { name: new RegExp(freshSealId) }).click()
  await bar.getByRole('combobox', { name: 'Person' }).selectOption({ index: 1 })
  await bar.getByRole('textbox', { name: 'Reason' }).fill('Rope cut at km 1, goods whole')
  await look(page, 'reseal')
  await bar.getByRole('button', { name: 'Put on another seal' }).click()
  await page.getByText(`Seal ${sealId} replaced by ${freshSealId}`).waitFor()
  assert.deepEqual(
    ((await stands())['seals'] as { sealId: string }[]).map((s) => s.sealId),
    [freshSealId],
  )
}

test('the patrol recovers the goods; the evidence stays, the carrier is fined, the trip goes on', async () => {
  const { page, faults } = await administration.open(browser, 'control-room', { scheme: 'dark' })
  page.setDefaultTimeout(60_000)
  const phone = await administration.open(browser, 'escort-land', { width: 390, height: 844 })
  phone.page.setDefaultTimeout(60_000)
  await phone.page.goto(`${administration.address}/supervision/units`)
  await phone.page.getByRole('link', { name: 'Patrol 7' }).click()
  await look(phone.page, 'unit-called')
  await phone.page.getByRole('button', { name: 'We are coming' }).click()
  await phone.page.getByRole('button', { name: 'We are there' }).click()
  await phone.page.getByRole('button', { name: 'Done here' }).waitFor()
  await reseal(phone.page)
  assert.deepEqual(phone.faults, [])
  await page.goto(`${administration.address}/supervision/incidents`)
  await page.getByRole('link', { name: /^I\d\d-/ }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Rope cut, doors shut, all packages there. Sealed anew.')
  await page.getByRole('button', { name: 'Write down' }).click()
  await page.getByText('all packages there').first().waitFor()
  await page.getByRole('button', { name: 'Fine the carrier' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Grounds' }).fill('Left the corridor without leave')
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('1500')
  await dialog.getByRole('button', { name: 'Impose the fine' }).click()
  await page.locator('bdi', { hasText: 'Left the corridor without leave' }).waitFor()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByRole('button', { name: 'Close the case' }).click()
  const bar = page.getByRole('group', { name: 'Close the case' })
  await bar.getByRole('textbox', { name: 'How it ended' }).fill('Goods complete, seal replaced, driver goes on')
  await bar.getByRole('button', { name: 'Close the case' }).click()
  await page.getByText('Case closed: Recovered').waitFor()
  await look(page, 'recovered-dark')
  const [offence] = await sql`select subject_id, weight from risk.offence where reference like 'I%'`
  assert.deepEqual([offence?.['subject_id'], offence?.['weight']], ['XV5550001', 5])
  assert.equal((await stands())['status'], 'armed')
  assert.deepEqual(faults, [])
})

test('it arrives; two people open the seal from afar, which proves it, and the discharge frees the guarantee', async () => {
  await done(control, `supervision/trips/${trip}/close-alarm`, { kind: 'ROPE_CUT', subject: sealId, reason: 'Explained in the case' })
  await freshSeal.tell({ at: soon(250), ...to })
  const gate = await administration.open(browser, 'escort-sea', { width: 800, height: 1280, touch: true })
  gate.page.setDefaultTimeout(60_000)
  await gate.page.goto(`${administration.address}/supervision/field?find=${freshSealId}`)
  await gate.page.getByRole('button', { name: 'The lorry is here' }).click()
  await gate.page.getByText('Recorded', { exact: true }).waitFor()
  await gate.page.getByText('Arrived', { exact: true }).waitFor()
  await keepPicture(gate.page, 'transit-gate')
  assert.deepEqual(gate.faults, [])
  const leave = { from: soon(-5).toISOString(), to: soon(900).toISOString(), area: corridor.destination, second: null }
  await done(takesOver, `supervision/trips/${trip}/authorise`, leave)
  const { page, faults } = await administration.open(browser, 'escort-land')
  page.setDefaultTimeout(60_000)
  await page.goto(`${administration.address}/supervision/trips/${trip}`)
  await page.getByRole('button', { name: 'Open from here' }).click()
  await page.getByRole('group', { name: 'Open from here' }).getByRole('button', { name: 'Open from here' }).click()
  await page.getByText('Open, by the set password').waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Open, by the set password' }).getByText('Done, by its answer').waitFor({ timeout: 45_000 })
  assert.match(freshSeal.received(), /\(P43,271828\)/)
  await freshSeal.tell({ at: soon(255), ...to, locked: false })
  await done(escort, `supervision/trips/${trip}/disarm`, {})
  assert.equal((await stands())['openingProven'], true)
  assert.equal((await stands())['status'], 'disarmed', 'what was broken on the way ends by an officer only')
  assert.equal(await held(), 480_000)
  await done(control, `supervision/trips/${trip}/discharge`, { reason: 'Goods complete, see the case of the cut rope' })
  assert.equal(await held(), 0)
  await page.reload()
  await page.getByText('Discharged', { exact: true }).first().waitFor()
  await look(page, 'discharged')
  const broker = await administration.signIn('broker')
  const written = (): Promise<unknown> => broker.send('GET', `/api/declarations/${mrn}`).then(({ body }) => body['status'])
  for (let n = 0; n < 100 && (await written()) !== 'cleared'; n += 1) await new Promise((resolve) => setTimeout(resolve, 200))
  assert.equal(await written(), 'cleared', 'the declaration is written off with its trip')
  const file = await done(control, `supervision/trips/${trip}/evidence`, {})
  assert.ok(Number(file['records']) >= 8)
  await page.getByRole('link', { name: 'Report' }).click()
  await page.getByText('trip.discharge').waitFor()
  await look(page, 'report')
  const paper = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
  assert.equal(paper.match(/\/Type \/Page\b(?!s)/g)?.length, 1, 'the report is one sheet')
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 718, height: 1047 })
  await keepPicture(page, 'transit-report-paper', { fullPage: true })
  assert.deepEqual(faults, [])
})
