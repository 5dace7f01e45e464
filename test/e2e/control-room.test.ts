/** The control room in a real browser: thousands of seals on the map, the wall; the register, a certificate, a corridor, a plan, the gate. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { connect, type Sql } from '#platform/database.ts'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { startAdministration, type Administration } from './desk.ts'

const parked = 30
const scattered = 4000
const trip = '01950000-0000-7000-8000-000000000077'
const reference = '26XV0000000077T'
const sealId = '8000990000'
const carrier = 'Tarn Valley Haulage'
const otherTrip = '01950000-0000-7000-8000-000000000079'
const otherSeal = '8000990001'
/** of the trailer of the first trip: its seal is one of those all over the country, until the trip has it */
const rearSeal = String(8000990000 + parked + 1)
const loneSeal = String(8000990000 + parked)
/** to the east of the parked ones, and what that is in pixels where the map goes to an alarm (zoom 14, tiles of 512) */
const asideDeg = 0.005
const asidePx = (asideDeg * 512 * 2 ** 14) / 360

let administration: Administration
let browser: Browser
let sql: Sql

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

/** Seals all over the country, some side by side; one of these is on a trip, with its way of the last hour and a cut rope. */
const fill = async (): Promise<void> => {
  const now = minutesAgo(0)
  await sql`insert into supervision.device (id, protocol, vendor, model, role, state, office, liable, password_changed, registered_at, updated_at)
    select (8000990000 + n)::text, 'jt701', 'Norvik Locks', 'NL-7', 'seal', 'armed', 'XV000301', 'Driver', true, ${now}, ${now} from generate_series(0, ${parked + scattered}) n`
  await sql`insert into supervision.device_now (device_id, event_at, received_at, lat, lon, speed_kph, course_deg, battery_pct, locked)
    select (8000990000 + n)::text, ${now}, ${now}, case when n < ${parked} then 34.45 + n * 0.000005 else 34.2 + (n * 7919 % 1000) * 0.0005 end,
      case when n < ${parked} then 20.95 else 20.5 + (n * 104729 % 1000) * 0.001 end, case when n < ${parked} then 0 else 40 end, n % 360, 80, true
    from generate_series(0, ${parked + scattered}) n`
  const [corridor] = await sql<{ id: string }[]>`select id from supervision.corridor where id = 'xv-tarn-marrin'`
  const [firm] = await sql<{ registration: string }[]>`select registration from identity.organisation where name = ${carrier}`
  const state = {
    id: trip,
    reference,
    guarantee: null,
    carrier: firm!.registration,
    vehicle: 'TRN 977',
    trailer: 'TRN 12',
    driver: 'Ola Berg',
    containers: ['VERU1234565'],
    office: 'XV000301',
    destinationOffice: 'XV000101',
    corridorId: corridor!.id,
    seals: [{ sealId }, { sealId: rearSeal, place: 'Trailer TRN 12' }],
    truckId: null,
    limitMin: 150,
    status: 'inTransit',
    interrupted: null,
    arming: null,
    armedAt: minutesAgo(60),
    deadlineAt: minutesAgo(-90),
    arrivedAt: null,
    disarmedAt: null,
    openingProven: false,
    scans: [],
    handOvers: [],
    authorisations: [],
    unlocks: [],
    closures: [],
    outcome: null,
  }
  await sql`insert into supervision.trip (id, reference, status, office, destination_office, corridor_id, state, armed_at, deadline_at, updated_at)
    values (${trip}, ${reference}, 'inTransit', 'XV000301', 'XV000101', ${corridor!.id}, ${sql.json(state)}, ${state.armedAt}, ${state.deadlineAt}, ${now})`
  await sql`insert into supervision.trip_seal (trip_id, seal_id, number, since) values (${trip}, ${sealId}, 1, '-infinity'), (${trip}, ${rearSeal}, 2, '-infinity')`
  await sql`update supervision.device_now set lat = 34.45, lon = 20.95, speed_kph = 0, battery_pct = 41 where device_id = ${rearSeal}`
  await sql`insert into supervision.episode (id, trip_id, kind, subject, source, severity, status, opened_at, last_at, learnt_at, updated_at, count, lat, lon, notify)
    values (${crypto.randomUUID()}, ${trip}, 'ROPE_CUT', ${sealId}, 'device', 'critical', 'open', ${minutesAgo(20)}, ${minutesAgo(20)}, ${minutesAgo(19)}, ${now}, 1, 34.44, 20.99, 'page')`
  await sql`insert into supervision.position (event_at, device_id, hash, received_at, kind, origin, clock_suspect, valid, lat, lon, speed_kph, course_deg, battery_pct, alarms, record)
    select ${now}::timestamptz - make_interval(mins => 60 - n), ${sealId}, 'h' || n, ${now}, 'position', 'live', false, true, 34.28 + n * 0.17 / 60, 21.36 - n * 0.41 / 60, 50, 300, 80, '', '{}'
    from generate_series(0, 60) n`
  // A second trip from where the first began, of no carrier that can sign in, and a lone seal that has stood for half an hour beside the others.
  const second = { ...state, id: otherTrip, seals: [{ sealId: otherSeal }], carrier: null, vehicle: 'TRN 978', reference: '26XV0000000079T' }
  await sql`insert into supervision.trip (id, reference, status, office, destination_office, corridor_id, state, armed_at, deadline_at, updated_at)
    values (${otherTrip}, ${second.reference}, 'inTransit', 'XV000301', 'XV000101', ${corridor!.id}, ${sql.json(second)}, ${state.armedAt}, ${state.deadlineAt}, ${now})`
  await sql`insert into supervision.trip_seal (trip_id, seal_id, number, since) values (${otherTrip}, ${otherSeal}, 1, '-infinity')`
  await sql`insert into supervision.position (event_at, device_id, hash, received_at, kind, origin, clock_suspect, valid, lat, lon, speed_kph, course_deg, battery_pct, alarms, record)
    select event_at, ${otherSeal}, hash, received_at, kind, origin, clock_suspect, valid, lat, lon, speed_kph, course_deg, battery_pct, alarms, record
    from supervision.position where device_id = ${sealId}`
  await sql`update supervision.device_now set lat = 34.45, lon = ${20.95 + asideDeg}, speed_kph = 0 where device_id = ${loneSeal}`
  await sql`insert into supervision.position (event_at, device_id, hash, received_at, kind, origin, clock_suspect, valid, lat, lon, speed_kph, course_deg, battery_pct, alarms, record)
    select ${now}::timestamptz - make_interval(mins => n), ${loneSeal}, 's' || n, ${now}, 'position', 'live', false, true, 34.45, ${20.95 + asideDeg}, 0, 0, 80, '', '{}'
    from generate_series(0, 30) n`
}

before(async () => {
  administration = await startAdministration()
  sql = connect({ url: administration.databaseUrl, max: 2 })
  await fill()
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await sql?.end({ timeout: 5 })
  await administration?.close()
})

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `control-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

const map = (page: Page) => page.locator('[data-map=ready]')
/** Waits until the map has come to rest with at least so many of something in its picture (software rendering takes its time). */
const drawn = async (page: Page, what: 'clusters' | 'land', least = 1): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const until = Date.now() + 120_000
  const look = async (): Promise<void> => {
    const count = Number((await map(page).getAttribute(`data-${what}`, { timeout: 120_000 })) ?? 0)
    if (count >= least) return resolve(count)
    if (Date.now() > until) return reject(new Error(`${what}: ${count} drawn, not ${least}`))
    setTimeout(() => void look().catch(reject), 300)
  }
  await look()
  return promise
}

test('the control room begins with its map: thousands of seals, clustered, and the desk of alarms beside', async () => {
  const { page, faults } = await administration.open(browser, 'control-room', { width: 1440, height: 900 })
  await page.goto(administration.address)
  await page.waitForURL(/supervision\/map/)
  const clusters = await drawn(page, 'clusters', 10)
  assert.ok((await drawn(page, 'land')) > 0 && clusters > 10)
  const desk = page.getByRole('region', { name: 'Open alarms' })
  await desk.getByText('Rope cut').waitFor()
  await sound(page, 'map')
  // Found by the number of its second seal: one row, one place on the map, and what each of them says.
  await page.keyboard.press('t')
  await page.getByRole('searchbox', { name: /Seal, declaration/ }).fill(rearSeal)
  const row = page.getByRole('row', { name: new RegExp(`${sealId}.*${rearSeal}.*41%`) })
  await row.getByRole('button', { name: 'Show on the map' }).click()
  await page.getByRole('region', { name: 'Chosen seal' }).getByText('Trailer TRN 12').waitFor()
  await keepPicture(page, 'control-two-seals')
  assert.deepEqual(faults, [])
})

test('a cluster opens the list of what stands there; a card tells for how long; the tone can be muted; trips are replayed together', async () => {
  const { page, faults } = await administration.open(browser, 'control-room', { width: 1440, height: 900 })
  page.setDefaultTimeout(60_000)
  await page.goto(administration.address)
  await drawn(page, 'land')
  await page.getByRole('region', { name: 'Open alarms' }).getByText('Rope cut').waitFor()
  await page.keyboard.press('n')
  await page.locator('[data-map=ready][data-zoom="14.0"]').waitFor()
  await drawn(page, 'clusters')
  const box = (await map(page).boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x + asidePx, y)
  await page.getByText('Stands for').waitFor()
  await keepPicture(page, 'control-card')
  await page.mouse.click(x, y)
  const list = page.getByRole('region', { name: `${parked} seals at this place` })
  await list.getByRole('button', { name: /TRN 977.*Critical/ }).waitFor()
  await keepPicture(page, 'control-parked')

  const sounds = page.getByRole('button', { name: /^Sound/ })
  const before = await sounds.textContent()
  await sounds.click()
  assert.notEqual(await sounds.textContent(), before)

  await list.getByRole('button', { name: 'Replay these trips' }).click()
  await page.getByText('2 trips').waitFor()
  // The map goes to where both have been, and both are drawn.
  await page.locator('[data-map=ready][data-heads="2"]').waitFor()
  const at = page.getByRole('slider', { name: 'Time of the replay' })
  const first = Number(await at.inputValue())
  await page.getByRole('button', { name: /Rope cut/ }).click()
  assert.ok(Number(await at.inputValue()) > first)
  await keepPicture(page, 'control-replay')
  await page.getByRole('button', { name: 'End the replay' }).click()
  await drawn(page, 'clusters')
  assert.deepEqual(faults, [])
})

test('the wall stands without a frame, large, and goes to the grave alarm', async () => {
  const { page, faults } = await administration.open(browser, 'control-room', { width: 1920, height: 1080 })
  await page.goto(`${administration.address}/supervision/wall`)
  await drawn(page, 'land')
  assert.equal(await page.getByRole('navigation').count(), 0)
  await page.getByText('Rope cut').first().waitFor()
  const size = await page.evaluate<number>(`Number.parseFloat(getComputedStyle(document.querySelector('dl dd')).fontSize)`)
  assert.ok(size >= 80, `figures are ${size} px high`)
  await keepPicture(page, 'control-wall-country')
  await page.getByText(`Rope cut, ${reference}`).waitFor({ timeout: 60_000 })
  await sound(page, 'wall')
  assert.deepEqual(faults, [])
})

test('a model is certified before one’s eyes, and the register shows what is where', async () => {
  const { page, faults } = await administration.open(browser, 'control-room')
  await page.goto(`${administration.address}/supervision/models`)
  await page.getByRole('link', { name: 'Tessel T1' }).click()
  await page.getByText('Waits for its conformance run').waitFor()
  await page.getByRole('button', { name: 'Run conformance' }).click()
  await page.getByText('The model is certified').waitFor({ timeout: 60_000 })
  const backlog = page.getByRole('row', { name: /Backlog/ })
  await backlog.getByText('Passed').waitFor()
  await backlog.getByText('20,000').waitFor()
  await sound(page, 'certificate')
  await page.goto(`${administration.address}/supervision/seals?state=inStock`)
  await page
    .getByRole('cell', { name: /Norvik Locks/ })
    .first()
    .waitFor()
  await sound(page, 'seals')
  assert.deepEqual(faults, [])
})

test('a corridor is drawn, and a trip planned along it', async () => {
  const control = await administration.open(browser, 'control-room')
  await control.page.goto(`${administration.address}/supervision/corridors`)
  await drawn(control.page, 'land')
  await control.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Quarry road')
  for (const [lat, lon] of [
    ['34.45', '20.95'],
    ['34.32', '21.19'],
  ] as const) {
    await control.page.getByLabel('Latitude').fill(lat)
    await control.page.getByLabel('Longitude').fill(lon)
    await control.page.getByRole('button', { name: 'Add', exact: true }).click()
  }
  const box = (await map(control.page).boundingBox())!
  await control.page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.8)
  await control.page.getByText(/, 3 vertices/).waitFor()
  await sound(control.page, 'corridor')
  await control.page.getByRole('button', { name: 'Keep the corridor' }).click()
  await control.page.getByText('The corridor is kept').waitFor()
  assert.deepEqual(control.faults, [])

  const { page, faults } = await administration.open(browser, 'escort-land')
  await page.goto(`${administration.address}/supervision/trips/new`)
  await page.getByRole('button', { name: 'Plan the trip' }).click()
  await page.getByRole('alert').waitFor()
  for (const [label, value] of [
    ['Transit declaration (MRN)', '26XV0000000078T'],
    ['Vehicle', 'TRN 78'],
    ['Driver', 'Ola Berg'],
  ] as const)
    await page.getByRole('textbox', { name: label, exact: true }).fill(value)
  const code = async (label: string, value: string): Promise<void> => {
    await page.getByRole('combobox', { name: new RegExp(`^${label}`) }).fill(value)
    await page
      .getByRole('option', { name: new RegExp(value) })
      .first()
      .click()
  }
  await code('From office', 'XV000301')
  await code('To office', 'XV000101')
  await page.getByLabel('Corridor').selectOption({ label: 'Tarn Bridge – Port Marrin' })
  await page.getByText(/Orrin weighbridge: 0 to 240 minutes/).waitFor()
  await code('Seal', '80006400')
  await page.getByRole('button', { name: 'Add a seal' }).click()
  await page.getByRole('textbox', { name: 'Where it sits' }).last().fill('Trailer')
  await code('Seal 2', '800064004')
  await sound(page, 'plan')
  await page.getByRole('button', { name: 'Plan the trip' }).click()
  await page.waitForURL(/supervision\/trips\/[0-9a-f-]{36}$/)
  await page.getByText('26XV0000000078T').first().waitFor()
  await page.getByRole('listitem').filter({ hasText: '800064004' }).getByText('Trailer').waitFor()
  assert.deepEqual(faults, [])
})

test('a carrier sees its own trips and no other; an officer works at the gate on a tablet', async () => {
  const own = await administration.open(browser, 'carrier')
  await own.page.goto(administration.address)
  await own.page.getByText(reference).waitFor()
  await own.page.getByText(/Drive corridor Tarn Bridge – Port Marrin/).waitFor()
  assert.equal(await own.page.getByRole('article').count(), 1)
  await sound(own.page, 'carrier')
  assert.deepEqual(own.faults, [])

  const { page, faults } = await administration.open(browser, 'escort-land', { width: 800, height: 1280, touch: true })
  await page.goto(`${administration.address}/supervision/field`)
  await page.getByRole('button', { name: /TRN 977/ }).waitFor()
  await sound(page, 'field')
  const small = await page.evaluate(
    `[...document.querySelectorAll('main button, main a[data-kind], main select, main input')].filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44).length`,
  )
  assert.equal(small, 0, 'a target on the tablet is lower than 44 px')
  await page.getByRole('textbox', { name: /Scan or type/ }).fill(sealId)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'The lorry is here' }).waitFor()
  await sound(page, 'field-trip')
  assert.deepEqual(faults, [])
})
