/**
 * The image room in a real browser: a flight lands, its bags are scanned, the machine clears most, a suspect one is diverted by the belt, read
 * twice blind, opened, found, and counts on the board; an open tag at the exit is an alarm. The detector is the test network "tiny", which knows
 * two colours, on drawn pictures: what is tested is the way of a bag, not how well anything sees.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import type { CaseView, TrayRow } from '#schema/inspection'
import { demoPerson } from '#modules/identity'
import { beams } from '../../src/modules/inspection/physics/beam.ts'
import { expose } from '../../src/modules/inspection/physics/detector.ts'
import { project } from '../../src/modules/inspection/physics/projection.ts'
import { carton } from '../../src/modules/inspection/physics/scenes/carton.ts'
import { writeModel } from '../../src/modules/inspection/detectors/fixtures/tiny-network.ts'
import { startBroker } from '../../src/modules/inspection/sorting/service/broker.ts'
import { startConveyor, type Conveyor } from '../../src/simulator/conveyor.ts'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { startAdministration, type Administration, type Person } from './desk.ts'

const office = 'XV000201'
const suspectBag = '0220555013'
const practiceBag = '0220790037'
const wrongParcel = 'RR555010013CN'
const root = mkdtempSync(join(tmpdir(), 'portcullis-room-'))
const closers: (() => Promise<unknown> | void)[] = [() => rmSync(root, { recursive: true, force: true })]

let administration: Administration
let browser: Browser
let belt: Conveyor
let supervisor: Person

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `inspection-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}
const until = async (what: string, holds: () => Promise<boolean>, withinMs = 30_000): Promise<void> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) if (await holds()) return
  assert.fail(`${what} did not happen in time`)
}
const done = async (who: Person, path: string, body?: object): Promise<Record<string, unknown>> => {
  const answer = await who.send('POST', `/api/inspection/${path}`, body)
  assert.ok(answer.status < 300, `${path} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** A drawn bag on white: beige, with a bottle and a book in it, and something red where the tiny network shall find it. */
const picture = (shift: number, red: boolean): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="440"><rect width="640" height="440" fill="#fff"/>
      <rect x="80" y="60" width="480" height="320" rx="40" fill="#d9c9a8"/><rect x="${130 + shift}" y="110" width="70" height="180" rx="20" fill="#b9a06e"/>
      <rect x="380" y="${130 + shift}" width="120" height="160" fill="#a8b89a"/>${red ? '<rect x="240" y="150" width="110" height="110" fill="#f01010"/>' : ''}</svg>`),
  )
    .png()
    .toBuffer()

/** The scanner operator's machine delivers a picture; its cookie is the operator's. */
const deliver = async (cookie: string, bag: string, png: Buffer, more = ''): Promise<string> => {
  const about = `subjectKind=bag&subjectId=${bag}&scannerId=halden-belt-1&takenAt=${new Date().toISOString()}&column=simulated${more}`
  const headers = { cookie, 'content-type': 'image/png', 'idempotency-key': randomUUID() }
  const answer = await fetch(`${administration.address}/api/inspection/images?${about}`, { method: 'POST', headers, body: new Uint8Array(png) })
  const body = (await answer.json()) as { id: string }
  assert.equal(answer.status, 201, JSON.stringify(body))
  return body.id
}
/** A parcel of sugar as a scanner of two energies sees it; declared is something else. */
const deliverSugar = async (operator: Person, cookie: string, parcel: string): Promise<void> => {
  const { low, high, width, height } = expose(project(carton({ seed: 21, chapter: '17' }).scene, beams.belt), beams.belt, 1)
  const files = []
  for (const [role, samples] of Object.entries({ low, high })) {
    const png = await sharp(samples, { raw: { width, height, channels: 1 } }).toColourspace('grey16').png().toBuffer() // prettier-ignore
    const headers = { cookie, 'content-type': 'image/png', 'idempotency-key': randomUUID() }
    const kept = await fetch(`${administration.address}/api/inspection/originals`, { method: 'POST', headers, body: new Uint8Array(png) })
    files.push({ role, sha256: ((await kept.json()) as { sha256: string }).sha256 })
  }
  const about = { subject: { kind: 'parcel', id: parcel }, item: 'bag', scannerId: 'halden-belt-1', takenAt: new Date().toISOString() }
  await done(operator, 'images/assembled', { ...about, column: 'simulated', isTip: false, sidecar: { mmPerPx: 1 }, files })
}
const operatorCookie = async (): Promise<string> => {
  const answer = await fetch(`${administration.address}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personId: demoPerson('scanner-air').id }),
  })
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

const rowsOf = async <T>(path: string): Promise<T[]> => (await supervisor.send('GET', `/api/inspection/${path}`)).body['rows'] as T[]
const caseOf = async (bag: string): Promise<CaseView | undefined> => (await rowsOf<CaseView>(`cases?q=${bag}`))[0]

before(async () => {
  const broker = await startBroker()
  closers.push(() => broker.close())
  writeModel(join(root, 'models'))
  administration = await startAdministration({ belts: broker.url, models: join(root, 'models') })
  closers.push(() => administration.close())
  belt = await startConveyor({ url: broker.url, office, travelMs: 15_000 })
  closers.push(() => belt.close())
  browser = await launchBrowser()
  closers.push(() => browser.close())
  supervisor = await administration.signIn('image-supervisor')
  const settings = (await supervisor.send('GET', '/api/inspection/settings')).body as unknown as { office: string; setting: object }[]
  const own = settings.find((s) => s.office === office)!
  const recheckPercent = { autoClear: 0, clear: 0, suspect: 100 }
  await done(supervisor, `settings/${office}`, { ...own.setting, autoClear: true, autoClearBelow: 0.5, recheckPercent, openPercent: 0 })
  const { id, name } = demoPerson('analyst-second')
  await done(supervisor, 'readers', { personId: id, name, team: 'intermediate', items: ['bag'], simulated: true })
})
after(async () => {
  for (const close of closers.toReversed()) await close()
})

test('a flight lands: its bags are scanned, the machine clears most, and the belt diverts the suspect one with a tag', async () => {
  const cookie = await operatorCookie()
  const bags = Array.from({ length: 5 }, (_, n) => `022055501${n}`)
  for (const [n, bag] of bags.entries()) {
    await belt.put(bag, 'XV410', `PNR-${n}`)
    await until(`${bag} on the belt`, async () => (await rowsOf<TrayRow>(`trays?q=${bag}`)).length === 1)
    await deliver(cookie, bag, await picture(n * 7, bag === suspectBag))
  }
  await until('the first pass', async () => (await Promise.all(bags.map(caseOf))).every((c) => c && c.status !== 'awaiting-ai'), 60_000)
  const statuses = Object.fromEntries(await Promise.all(bags.map(async (bag) => [bag, (await caseOf(bag))!.status] as const)))
  assert.equal(statuses[suspectBag], 'first-reading')
  assert.equal(Object.values(statuses).filter((s) => s === 'auto-cleared').length, 4, JSON.stringify(statuses))
  await until('the sorting', async () =>
    (await rowsOf<TrayRow>('trays?size=100')).filter((t) => bags.includes(t.subject.id)).every((t) => t.line !== null),
  )
  const [tray] = await rowsOf<TrayRow>(`trays?q=${suspectBag}`)
  assert.deepEqual([tray?.line, tray?.command?.state, tray?.tag?.open], ['contraband', 'acknowledged', true])

  const lines = [{ hsCode: '73181500', description: 'Screws of steel', grossMassKg: 14, packages: 9, packageKind: 'CT' }]
  await done(supervisor, `declared/parcel/${wrongParcel}`, { lines, consignor: { id: null, name: 'Bright Hardware' }, reference: 'CN23 13' })
  await belt.put(wrongParcel, null, null, 'parcel')
  await deliverSugar(await administration.signIn('scanner-air'), cookie, wrongParcel)
  await until('the parcel on its line', async () => (await rowsOf<TrayRow>(`trays?q=${wrongParcel}`))[0]?.line === 'not-matched', 60_000)
  const [parcel] = await rowsOf<TrayRow>(`trays?q=${wrongParcel}`)
  assert.deepEqual([parcel?.command?.state, parcel?.tag?.open], ['acknowledged', true])

  const { page, faults } = await administration.open(browser, 'scanner-air', { scheme: 'dark' })
  await page.goto(`${administration.address}/inspection/sorting`)
  await page.getByRole('region', { name: 'Not as declared' }).getByText(wrongParcel).waitFor()
  const bench = page.getByRole('region', { name: 'Bench' })
  await bench.getByText(suspectBag).waitFor()
  assert.equal(await page.getByRole('region', { name: 'Clear line' }).getByRole('listitem').count(), 4)
  await sound(page, 'sorting')
  assert.deepEqual(faults, [])
})

const readSuspect = async (page: Page): Promise<void> => {
  await page.keyboard.press('s')
  await page.getByRole('group', { name: 'What is seen' }).waitFor()
  await page.keyboard.press('1')
}

test('what is not as declared says why: each value with what was expected of it, drawn where it was seen', async () => {
  const { page, faults } = await administration.open(browser, 'image-supervisor', { scheme: 'dark' })
  await page.goto(`${administration.address}/inspection/queue`)
  const row = page.getByRole('row', { name: new RegExp(wrongParcel) })
  await row.getByText('Differs').waitFor()
  await row.getByRole('link').first().click()
  await page.getByText(/Metal 0%/).first().waitFor() // prettier-ignore
  await page.keyboard.press('\\')
  const panel = page.getByRole('complementary', { name: 'Findings and marks' })
  await panel.getByRole('row', { name: /Metal.*40% – 100%/ }).waitFor()
  await panel.getByText('Bright Hardware').waitFor()
  await panel.getByRole('row', { name: /Packages.*Differs.*1.*9/ }).waitFor()
  await page.locator('[data-number="1"]').waitFor()
  await sound(page, 'not-matched')
  assert.deepEqual(faults, [])
})

test('two readers see it blind, one after the other, and both find it', async () => {
  for (const [key, name] of [
    ['analyst-air', 'first'],
    ['analyst-second', 'second'],
  ] as const) {
    const { page, faults } = await administration.open(browser, key, { scheme: 'dark' })
    await page.goto(`${administration.address}/inspection/queue`)
    await page.getByRole('row', { name: new RegExp(suspectBag) }).waitFor()
    if (name === 'first') await sound(page, 'queue')
    await page.keyboard.press('n')
    await page.getByText('Blind reading').waitFor()
    await page
      .getByRole('img', { name: /X-ray image/ })
      .first()
      .waitFor()
    assert.equal(await page.getByText('tiny@1').count(), 0, 'no word of the machine')
    assert.equal(await page.getByText(demoPerson('analyst-air').name).count(), name === 'first' ? 1 : 0, 'no word of the other reader')
    await page.keyboard.press('\\')
    assert.equal(await page.getByText('Marks of readers').count(), 0, 'no mark of the other reader')
    await page.keyboard.press('\\')
    if (name === 'first') for (const key of ['t', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key)
    await sound(page, `case-${name}`)
    await readSuspect(page)
    await page
      .getByText(/Read as suspect|Nothing waits for you/)
      .first()
      .waitFor()
    await until(`the ${name} reading`, async () => (await caseOf(suspectBag))!.readings.length === (name === 'first' ? 1 : 2))
    assert.deepEqual(faults, [])
  }
  const c = (await caseOf(suspectBag))!
  assert.deepEqual([c.status, c.recheck, c.decision?.outcome], ['decided', 'random', 'suspect'])
})

test('somebody carries it out: the exit raises an alarm on the screen, and it is acknowledged', async () => {
  const [tray] = await rowsOf<TrayRow>(`trays?q=${suspectBag}`)
  const { page, faults } = await administration.open(browser, 'scanner-air', { scheme: 'dark' })
  await page.goto(`${administration.address}/inspection/sorting`)
  await page.getByText('No open tag has passed an exit.').waitFor()
  await page.getByRole('button', { name: 'Turn the sound on' }).click()
  await page.getByRole('button', { name: 'Sound is on' }).waitFor()
  await belt.carryOut('exit-2', tray!.tag!.number)
  const alarm = page.getByRole('alert').filter({ hasText: suspectBag })
  await alarm.waitFor({ timeout: 20_000 })
  await sound(page, 'gate-alarm')
  await alarm.getByRole('button', { name: 'Acknowledge' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'What became of it' }).fill('Traveller stopped, bag brought to the bench')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText('No open tag has passed an exit.').waitFor()
  assert.deepEqual(faults, [])
})

test('the bench opens the bag, finds it, and closes case and tag', async () => {
  const { page, faults } = await administration.open(browser, 'examiner-air')
  await page.goto(`${administration.address}/inspection/queue`)
  await page
    .getByRole('row', { name: new RegExp(suspectBag) })
    .getByRole('link')
    .first()
    .click()
  await page.locator('[data-drawn]').first().waitFor()
  await page.keyboard.press('\\')
  const drawn = page.getByRole('complementary', { name: 'Findings and marks' })
  await drawn.getByText('Marks of readers').waitFor()
  await drawn.getByText(demoPerson('analyst-air').name).waitFor()
  await sound(page, 'bench-marks')
  await page.keyboard.press('\\')
  await page.getByRole('button', { name: 'Record what the bag held' }).click()
  const bar = page.getByRole('group', { name: 'Record what the bag held' })
  await bar.getByRole('checkbox', { name: 'Gun' }).check()
  await sound(page, 'bench')
  await bar.getByRole('button', { name: 'Record what the bag held' }).click()
  await page.getByText('Bag opened').waitFor()
  await page.getByRole('button', { name: 'Done: close the case and its tag' }).click()
  await page.getByRole('group', { name: /Done/ }).getByRole('button', { name: /Done/ }).click()
  await until('the closing', async () => (await caseOf(suspectBag))!.status === 'closed')
  await page.getByText(/\(closed\)/).waitFor()
  await keepPicture(page, 'inspection-case-closed', { fullPage: true })
  assert.deepEqual(faults, [])
})

test('the board never puts a person beside an invented reader, and says which it shows', async () => {
  const { page, faults } = await administration.open(browser, 'image-supervisor')
  await page.goto(`${administration.address}/inspection/board?column=simulated`)
  // The first reader is a person, the second one of those for whom the demo reads.
  await page.getByText('No person has made these readings').waitFor()
  await page.getByText('have no image in common yet').waitFor()
  await page.getByRole('radio', { name: 'People', exact: true }).click()
  await page.getByText('No person has made these readings').waitFor({ state: 'hidden' })
  await sound(page, 'board')
  await keepPicture(page, 'inspection-board-whole', { fullPage: true })
  await page.getByRole('radio', { name: 'Real images', exact: true }).click()
  await page.getByText('have no image in common yet').waitFor()
  await page.goto(`${administration.address}/inspection/readers?column=simulated`)
  await page
    .getByRole('row', { name: /Malik Thorvald/ })
    .getByText('1 of 1')
    .waitFor()
  await sound(page, 'readers')
  const analyst = await administration.open(browser, 'analyst-air')
  await analyst.page.goto(`${administration.address}/inspection/board?column=simulated`)
  await analyst.page.getByRole('radio', { name: 'People', exact: true }).waitFor()
  assert.equal(await analyst.page.getByText('Do machine, readers and opened bags agree?').count(), 0)
  assert.deepEqual([faults, analyst.faults], [[], []])
})

test('a practice image tells that it was one, and nothing follows from it', async () => {
  const cookie = await operatorCookie()
  const imageId = await deliver(cookie, practiceBag, await picture(3, true), '&isTip=true')
  await done(supervisor, 'tip/items', { imageId, category: 'gun', threat: true, difficulty: 2, angleDeg: 0 })
  for (const shift of ['early', 'late', 'night']) await done(supervisor, 'tip/rates', { category: 'gun', shift, perHundred: 50 })
  const { page, faults } = await administration.open(browser, 'analyst-air', { scheme: 'dark' })
  // Every second image is one of practice; bags that the machine diverts keep the queue filled.
  for (let n = 0; n < 8; n += 1) await deliver(cookie, `02206660${n}0`, await picture(n * 5, true))
  await until('eight cases', async () => (await rowsOf<CaseView>('cases?q=02206660&group=to-read')).length === 8, 60_000)
  await page.goto(`${administration.address}/inspection/queue`)
  await page
    .getByRole('row', { name: /02206660/ })
    .first()
    .waitFor()
  await page.keyboard.press('n')
  for (let n = 0; n < 9; n += 1) {
    await page.getByText('Blind reading').waitFor()
    await page
      .getByRole('img', { name: /X-ray image/ })
      .first()
      .waitFor()
    const here = page.url()
    await readSuspect(page)
    await until('an answer', async () => page.url() !== here || (await page.getByRole('dialog').count()) > 0)
    if ((await page.getByRole('dialog').count()) > 0) break
  }
  await page.getByRole('dialog', { name: 'Hit: this was a practice image' }).waitFor()
  await sound(page, 'practice-hit')
  await page.getByRole('button', { name: 'Go on' }).click()
  const supervised = await administration.open(browser, 'image-supervisor')
  await supervised.page.goto(`${administration.address}/inspection/practice`)
  await supervised.page.getByText('1 of 1').first().waitFor()
  await sound(supervised.page, 'practice')
  assert.deepEqual([faults, supervised.faults], [[], []])
})

test('declared anew after its case was closed, as what it is not either: the decision stays, and the supervisor is told and says what became of it', async () => {
  const { id } = (await caseOf(wrongParcel))!
  const suspect = { decision: 'suspect', classes: ['other'], confidence: 4, remarks: 'No screws', ms: 1000 }
  for (const key of ['analyst-air', 'analyst-second'] as const) {
    // The first of them may have come by it among the images of practice.
    if ((await caseOf(wrongParcel))!.readings.some(({ by }) => by.personId === demoPerson(key).id)) continue
    const reader = await administration.signIn(key)
    await done(reader, `cases/${id}/claim`)
    await done(reader, `cases/${id}/read`, suspect)
  }
  const bench = await administration.signIn('examiner-air')
  await done(bench, `cases/${id}/open`, { found: [], asDeclared: false, remarks: '' })
  await done(bench, `cases/${id}/close`)
  const lines = [{ hsCode: '72142000', description: 'Bars of iron', grossMassKg: 3, packages: 1 }]
  await done(supervisor, `declared/parcel/${wrongParcel}`, { lines, consignor: null, reference: 'CN23 13' })
  const { page, faults } = await administration.open(browser, 'image-supervisor', { scheme: 'dark' })
  await until('the alert', async () => (await rowsOf('match-alerts?open=true')).length === 1)
  await page.goto(`${administration.address}/inspection/queue`)
  const alert = page.getByRole('alert').filter({ hasText: wrongParcel })
  await alert.waitFor()
  await sound(page, 'match-alert')
  await alert.getByRole('link').click()
  await page.getByRole('group', { name: 'Every version compared' }).first().getByText(/version 2/).waitFor() // prettier-ignore
  await keepPicture(page, 'inspection-match-history', { fullPage: true })
  await page.goBack()
  await alert.getByRole('button', { name: 'Acknowledge' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'What became of it' }).fill('Handed to post-clearance audit')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await alert.waitFor({ state: 'detached' })
  assert.equal((await caseOf(wrongParcel))!.status, 'closed')
  assert.deepEqual(faults, [])
})
