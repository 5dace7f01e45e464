/** A trip under two seals in a real browser: armed by an escort once both guard, the cut rope of one seen and answered at the alarm desk, its story read. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { createBus } from '#platform/bus.ts'
import { connect, type Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { openGateway } from '#modules/supervision'
import { certify } from '../../src/modules/supervision/fixtures/certify.ts'
import type { SealSays } from '../../src/modules/supervision/fixtures/jt701.ts'
import { openSeal } from '../../src/modules/supervision/fixtures/seal.ts'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { startAdministration, type Administration, type Person } from './desk.ts'

const [sealId, rearId] = ['8000620044', '8000620045']
const mrn = '26XV000000000441'
const corridor = {
  id: 'tarn-marrin',
  name: 'Tarn Bridge – Port Marrin',
  line: [
    { lon: 30, lat: 0 },
    { lon: 30.09, lat: 0.03 },
    { lon: 30.2, lat: 0 },
    { lon: 30.34, lat: 0.05 },
  ],
  halfWidthM: 900,
  limitKph: 80,
  speedLimits: [],
  checkpoints: [{ id: 'weighbridge', name: 'Weighbridge', area: { at: { lon: 30.2, lat: 0 }, radiusM: 300 }, earliestMin: 0, latestMin: 300 }],
  stops: [],
  deadZones: [],
  fences: [],
  origin: { at: { lon: 30, lat: 0 }, radiusM: 1000 },
  destination: { at: { lon: 30.34, lat: 0.05 }, radiusM: 1000 },
}

let administration: Administration
let browser: Browser
let sql: Sql
type Say = (...reports: Omit<SealSays, 'id'>[]) => Promise<void>
let [say, sayRear]: [Say, Say] = [async () => undefined, async () => undefined]
let trip: string
const closers: (() => Promise<unknown>)[] = []

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `supervision-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

/** Where seals report, beside the administration and on the same database. */
const listenToSeals = async (): Promise<void> => {
  sql = connect({ url: administration.databaseUrl })
  const log = createLog('silent')
  const bus = await createBus(sql, log)
  const gateway = await openGateway(
    { sql, bus, log, clock: () => new Date().toISOString(), config: { demo: true } },
    { host: '127.0.0.1', listen: [{ protocol: 'jt701', port: 0 }] },
  )
  closers.push(
    () => sql.end({ timeout: 5 }),
    () => bus.close(),
    () => gateway.close(),
  )
  const open = async (id: string): Promise<Say> => {
    const seal = await openSeal(gateway.ports['jt701']!, id)
    closers.push(async () => seal.close())
    return async (...reports) => {
      // The seal is answered once its report is kept.
      for (const report of reports) await seal.tell(report)
      await gateway.idle()
    }
  }
  say = await open(sealId)
  sayRear = await open(rearId)
}

const planTrip = async (control: Person, escort: Person): Promise<string> => {
  const done = async (who: Person, path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await who.send('POST', `/api/supervision/${path}`, body)
    assert.ok(answer.status < 300, `${path} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const office = 'XV000301'
  const model = { protocol: 'jt701', vendor: 'Example', model: 'D', role: 'seal', imei: null, sim: null, aliases: [] }
  await done(control, 'corridors', corridor)
  for (const id of [sealId, rearId]) {
    await done(escort, 'devices', { id, ...model, office, liable: 'Store' })
    await done(escort, `devices/${id}/custody`, { state: 'issued', office, liable: 'Tariq Solberg', passwordChanged: true })
  }
  const load = { vehicle: 'TRN 442', driver: 'Ola Berg', containers: ['MSKU1234565'], guarantee: null, truckId: null, limitMin: 600 }
  const { id } = await done(escort, 'trips', {
    reference: mrn,
    ...load,
    office,
    destinationOffice: 'XV000101',
    corridorId: corridor.id,
    seals: [
      { sealId, place: 'MSKU 1234565, rear door' },
      { sealId: rearId, place: 'Trailer TRN 12' },
    ],
  })
  await certify(sql)
  return String(id)
}

before(async () => {
  administration = await startAdministration()
  closers.push(() => administration.close())
  await listenToSeals()
  browser = await launchBrowser()
  closers.push(() => browser.close())
  trip = await planTrip(await administration.signIn('control-room'), await administration.signIn('escort-land'))
})
after(async () => {
  for (const close of closers.toReversed()) await close()
})

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000)

test('an escort finds the trip, and asks for arming; the next reports of both seals arm it', async () => {
  const { page, faults } = await administration.open(browser, 'escort-land')
  await page.goto(`${administration.address}/supervision/trips?q=442`)
  await page.getByRole('link', { name: mrn }).click()
  await page.getByRole('button', { name: 'Arm the seal' }).click()
  const bar = page.getByRole('group', { name: 'Arm the seal' })
  await bar.getByRole('button', { name: 'Arm the seal' }).click()
  await page.getByText('Waiting for the seals').waitFor()
  const reports = [12, 9, 6, 3, 0].map((ago) => ({ at: minutesAgo(ago), lon: 30 - (ago - 1) * 0.006, lat: (ago - 1) * 0.001 }))
  await say(...reports)
  await page.getByText(`${rearId}: Any word since then`).waitFor({ timeout: 45_000 })
  await sound(page, 'trip-arming')
  // A report is asked for that is newer than the asking.
  await sayRear(...reports.map((report) => ({ ...report, at: new Date(report.at.getTime() + 2000), batteryPct: 64 })))
  await page.getByText('Seal armed').waitFor({ timeout: 45_000 })
  await page.getByText(/Corridor Tarn Bridge – Port Marrin, 1,800 m wide; checkpoints: Weighbridge/).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Discharge' }).count(), 0, 'who arms does not discharge')
  await sound(page, 'trip-armed')
  await page.setViewportSize({ width: 800, height: 1280 })
  await page.goto(`${administration.address}/supervision/field?find=${rearId}`)
  await page.getByText('Trailer TRN 12').waitFor()
  await sound(page, 'field')
  assert.deepEqual(faults, [])
})

test('a cut rope comes up on the desk by itself, and is acknowledged with a reason', async () => {
  const { page, faults } = await administration.open(browser, 'control-room', { scheme: 'dark' })
  await page.goto(`${administration.address}/supervision/alarms`)
  await page.getByText('No alarm is open').waitFor()
  // Where it was told to be some seconds ago: nobody drives 300 m in two seconds.
  await sayRear({ at: new Date(), lon: 30.006, lat: -0.001, cut: true, type: 'alarm' })
  const row = page.getByRole('row', { name: /Rope cut/ })
  // The desk looks by itself each half minute, also where no news reaches it.
  await row.waitFor({ timeout: 45_000 })
  await row.getByText('Critical').waitFor()
  await sound(page, 'desk-dark')
  await row.getByRole('button', { name: 'Acknowledge' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await dialog
    .getByText(/This field is empty/)
    .first()
    .waitFor()
  await dialog.getByLabel('What it is').selectOption('known-cause')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Cut by the escort after an accident')
  await sound(page, 'acknowledge')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await row.getByText(/Noa Lindahl: Known cause – Cut by the escort/).waitFor()
  await page.goto(`${administration.address}/supervision/alarms?status=retracted&kind=SOS`)
  await row.waitFor()
  await page.goto(`${administration.address}/supervision/trips`)
  await page
    .getByRole('row', { name: new RegExp(mrn) })
    .getByText('Critical')
    .waitFor()
  await sound(page, 'trips-dark')
  await page.getByRole('link', { name: 'Expected arrivals' }).click()
  await page.getByRole('row', { name: new RegExp(mrn) }).waitFor()
  await sound(page, 'arrivals-dark')
  assert.deepEqual(faults, [])
})

test('the trip tells what happened, and the control room ends the alarm', async () => {
  const { page, faults } = await administration.open(browser, 'control-room')
  await page.goto(`${administration.address}/supervision/trips/${trip}`)
  await page.getByText('Acknowledged: Rope cut').waitFor()
  await page.getByText('Rope cut (Open)').waitFor()
  await page.getByRole('img', { name: /Alarms on the way: Rope cut/ }).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Trailer TRN 12' }).getByText('Rope cut').waitFor()
  await keepPicture(page, 'supervision-trip-whole', { fullPage: true })
  await sound(page, 'trip')
  await page.getByRole('button', { name: 'Close alarm' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Goods counted and complete')
  await page.getByRole('dialog').getByRole('button', { name: 'Close alarm' }).click()
  await page.getByText('Alarm closed by an officer: Rope cut').waitFor()
  await page.getByText('No open alarm').waitFor({ timeout: 45_000 })
  assert.deepEqual(faults, [])
})

test('the pages stand in Arabic, and the trip on a small screen', async () => {
  const { page, faults } = await administration.open(browser, 'control-room', { language: 'ar' })
  for (const [name, path] of [
    ['desk', '/supervision/alarms'],
    ['trips', '/supervision/trips'],
    ['trip', `/supervision/trips/${trip}`],
  ] as const) {
    await page.goto(administration.address + path)
    await page.getByText(mrn).first().waitFor()
    await sound(page, `ar-${name}`)
  }
  await page.getByRole('img').first().waitFor()
  await keepPicture(page, 'supervision-ar-trip-whole', { fullPage: true })
  await page.setViewportSize({ width: 640, height: 360 })
  await sound(page, 'small-trip')
  assert.deepEqual(faults, [])
})
