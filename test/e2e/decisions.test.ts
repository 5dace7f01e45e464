/** What officers decide about a case beside controls: who works on it, its lane, requests, seizure; and what the queue shows and exports. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { keepPicture, launchBrowser, type PageOptions } from '../browser.ts'
import { lodge, spirits, startAdministration, type Administration } from './desk.ts'

let administration: Administration
let browser: Browser

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await administration?.close()
})

/** Somebody's page for a piece of work; what it looked like when that failed is kept, and no page may complain. */
const as = async (key: string, work: (page: Page) => Promise<void>, options?: PageOptions & { proven?: boolean }): Promise<void> => {
  const { page, context, faults } = await administration.open(browser, key, options)
  try {
    await work(page)
    assert.deepEqual(faults, [])
  } catch (fault) {
    await keepPicture(page, `decisions-failed-${key}`)
    throw fault
  } finally {
    await context.close()
  }
}
const goTo = (page: Page, path: string): Promise<unknown> => page.goto(administration.address + path)

type State = {
  lane: { lane: string } | null
  assignedTo: { name: string } | null
  request?: object
  seizedAt?: string
  invalidatedAt?: string
  version: number
}
const caseOf = async (mrn: string): Promise<{ status: string; state: State }> => {
  const { body } = await (await administration.signIn('supervisor-sea')).send('GET', `/api/declarations/${mrn}`)
  return body as unknown as { status: string; state: State }
}
/** Opens a decision, gives its grounds, and carries it out. */
const decide = async (page: Page, action: string, grounds: string): Promise<void> => {
  const bar = page.getByRole('region', { name: 'Decision' })
  await bar.getByRole('button', { name: action }).click()
  await bar.getByLabel('Grounds').fill(grounds)
  await bar.getByRole('button', { name: action }).click()
}
const says = (page: Page, text: string): Promise<void> => page.getByRole('region', { name: 'Messages' }).getByText(text).waitFor()

test('the queue leaves as a file that holds what the table shows', () =>
  as('officer-sea', async (page) => {
    const red = [await lodge(administration, 'E2E-CSV-1'), await lodge(administration, 'E2E-CSV-2')].map((one) => one.mrn)
    const yellow = (await lodge(administration, 'E2E-CSV-3', spirits)).mrn
    await goTo(page, '/work?lane=red&sort=mrn')
    const rows = page.locator('[data-table="work"] tbody th')
    await rows.first().waitFor()
    const shown = (await rows.allInnerTexts()).map((text) => text.trim())
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Save as a file/ }).click()])
    assert.equal(download.suggestedFilename(), 'work.csv')
    const [head, ...lines] = readFileSync(await download.path(), 'utf8')
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
    assert.deepEqual(
      lines.map((line) => line.split(',')[0]),
      shown,
    )
    assert.ok(red.every((mrn) => shown.includes(mrn)) && !shown.includes(yellow), shown.join(' '))
    const heads = await page.locator('[data-table="work"] thead th').allInnerTexts()
    const names = head!.split(',')
    // The first heading is that of the boxes.
    assert.deepEqual(
      names,
      heads.slice(1).map((text) => text.trim()),
    )
    const lane = names.indexOf('Lane')
    assert.ok(
      lines.every((line) => line.split(',')[lane] === 'Red'),
      lines.join('\n'),
    )
  }))

test('what arrives while one looks waits behind "1 new" and moves nothing', () =>
  as('officer-sea', async (page) => {
    await lodge(administration, 'E2E-NEWS-0')
    const line = page.waitForResponse('**/api/events')
    await goTo(page, '/work?lane=red&sort=-lodgedAt')
    const rows = page.locator('[data-table="work"] tbody th')
    await rows.first().waitFor()
    const before = await rows.allInnerTexts()
    // News is heard once the line is open.
    await line
    const { mrn } = await lodge(administration, 'E2E-NEWS-1')
    const pill = page.getByRole('button', { name: '1 new', exact: true })
    await pill.waitFor()
    assert.deepEqual(await rows.allInnerTexts(), before)
    await pill.click()
    await page.getByRole('link', { name: mrn }).waitFor()
    assert.equal((await rows.first().innerText()).trim(), mrn)
    await pill.waitFor({ state: 'detached' })
  }))

test('a case is given to a colleague, from the queue and from the case', () =>
  as('supervisor-sea', async (page) => {
    const { mrn } = await lodge(administration, 'E2E-GIVE')
    await goTo(page, `/work?q=${mrn}`)
    await page.getByRole('link', { name: mrn }).waitFor()
    await page.getByRole('checkbox', { name: mrn }).check()
    await page.getByRole('button', { name: 'Give to', exact: false }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Colleague').selectOption({ label: 'Daniela Osei' })
    await dialog.getByRole('button', { name: 'Give' }).click()
    await page.getByRole('cell', { name: 'Daniela Osei' }).waitFor()
    assert.equal((await caseOf(mrn)).state.assignedTo?.name, 'Daniela Osei')
    await goTo(page, `/declarations/${mrn}`)
    await page.getByText('Held by Daniela Osei').waitFor()
    await page.getByRole('button', { name: 'Put back' }).click()
    await page.getByText('Held by nobody').waitFor()
    await page.getByRole('button', { name: 'Give to …' }).click()
    await dialog.getByLabel('Colleague').selectOption({ label: 'Daniela Osei' })
    await dialog.getByRole('button', { name: 'Give' }).click()
    await page.getByText('Held by Daniela Osei').waitFor()
  }))

test('a head of office raises a lane and lowers one, with grounds that stand in the case', () =>
  as('supervisor-sea', async (page) => {
    const yellow = await lodge(administration, 'E2E-RAISE', spirits)
    assert.equal((await caseOf(yellow.mrn)).state.lane?.lane, 'yellow')
    await goTo(page, `/declarations/${yellow.mrn}`)
    await decide(page, 'Raise to red', 'The bottles are to be counted.')
    await says(page, `Raise to red: ${yellow.mrn}`)
    await page
      .getByText(/^Raised by .*Zainab Eriksen.*The bottles are to be counted/)
      .first()
      .waitFor()
    assert.equal((await caseOf(yellow.mrn)).state.lane?.lane, 'red')
    const red = await lodge(administration, 'E2E-LOWER')
    await goTo(page, `/declarations/${red.mrn}`)
    await decide(page, 'Lower to green', 'Examined on board an hour ago.')
    await says(page, `Lower to green: ${red.mrn}`)
    const lowered = await caseOf(red.mrn)
    assert.equal(lowered.state.lane?.lane, 'green')
    assert.notEqual(lowered.status, 'under-control')
  }))

const findForged = async (mrn: string): Promise<void> => {
  const officer = await administration.signIn('officer-sea')
  const { body } = await officer.send('GET', `/api/declarations/${mrn}`)
  const { controls } = body['state'] as { controls: { id: string; kind: string }[] }
  const physical = controls.find((one) => one.kind === 'physical')!
  const result = { conform: false, remarks: 'Forty cartons opened.', findings: [{ itemNumber: 1, found: 'forged fiscal marks' }] }
  assert.equal((await officer.send('POST', `/api/declarations/${mrn}/controls/${physical.id}/result`, result)).status, 200)
}

test('a seizure asks who is there, refuses a wrong password, and then ends the declaration', () =>
  as(
    'supervisor-sea',
    async (page) => {
      const { mrn } = await lodge(administration, 'E2E-SEIZE')
      await findForged(mrn)
      await goTo(page, `/declarations/${mrn}`)
      await decide(page, 'Seize the goods', 'Fiscal marks are forged.')
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
      await dialog.getByLabel('Password').fill('not this one')
      await dialog.getByRole('button', { name: 'Confirm' }).click()
      await dialog.getByText('That does not prove that it is you.').waitFor()
      assert.equal((await caseOf(mrn)).status, 'under-control')
      await dialog.getByLabel('Password').fill('portcullis')
      await dialog.getByRole('button', { name: 'Confirm' }).click()
      await says(page, `Seize the goods: ${mrn}`)
      assert.equal((await caseOf(mrn)).status, 'seized')
      await goTo(page, `/declarations/${mrn}`)
      await page.getByRole('heading', { name: mrn }).waitFor()
      assert.equal(await page.getByRole('region', { name: 'Decision' }).count(), 0, 'a seized declaration offers a decision')
    },
    { proven: false },
  ))

const askToInvalidate = async (lrn: string, reason: string): Promise<string> => {
  const { mrn } = await lodge(administration, lrn)
  const broker = await administration.signIn('broker')
  assert.equal((await broker.send('POST', `/api/declarations/${mrn}/invalidation`, { reason })).status, 200)
  return mrn
}

test('a request is refused or granted with grounds, and the trader is told which', async () => {
  const refused = await askToInvalidate('E2E-REFUSE', 'Lodged twice.')
  const granted = await askToInvalidate('E2E-GRANT', 'The ship has turned round.')
  await as('officer-sea', async (page) => {
    await goTo(page, '/work?request=true')
    await page.getByRole('link', { name: refused }).click()
    await page.getByText('Reason given: Lodged twice.').waitFor()
    await decide(page, 'Refuse the request', 'It was lodged once only.')
    await says(page, `Refuse the request: ${refused}`)
    await goTo(page, `/declarations/${granted}`)
    await decide(page, 'Grant the request', 'The carrier confirms it.')
    await says(page, `Grant the request: ${granted}`)
  })
  assert.equal((await caseOf(refused)).status, 'under-control')
  assert.equal((await caseOf(granted)).status, 'invalidated')
  await as('broker', async (page) => {
    await goTo(page, `/declarations/${refused}?tab=messages`)
    await page.getByText('It was lodged once only.').waitFor()
    await goTo(page, `/declarations/${granted}`)
    await page.getByText('Invalidated', { exact: true }).first().waitFor()
  })
})
