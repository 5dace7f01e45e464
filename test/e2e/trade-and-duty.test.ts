/**
 * The tour "Trade and duty" of the README, click by click: a quota, a preference and an anti-dumping duty are set up by two persons, the
 * calculator offers them, a declaration uses them, the quota is shared out, the duty is paid and stands in the revenue.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser } from '../browser.ts'
import { startAdministration, type Administration } from './desk.ts'

let administration: Administration
let browser: Browser
let mrn = ''

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await administration?.close()
})

const code = '85287200'
const as = async (key: string, work: (page: Page) => Promise<void>): Promise<void> => {
  const { page, context, faults } = await administration.open(browser, key)
  try {
    await work(page)
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.deepEqual(faults, [])
  } catch (fault) {
    await keepPicture(page, `trade-and-duty-failed-${key}`)
    throw fault
  } finally {
    await context.close()
  }
}
const goTo = (page: Page, path: string): Promise<unknown> => page.goto(administration.address + path)

const choose = async (within: Locator | Page, page: Page, name: RegExp, value: string): Promise<void> => {
  await within.getByRole('combobox', { name }).fill(value)
  await page
    .getByRole('option', { name: new RegExp(value) })
    .first()
    .click()
}

type Fields = { type: string; tax: string; rate: string; area?: string; claimed?: string; quota?: string; code?: string; conditions?: string }

const addMeasure = async (page: Page, fields: Fields, proposal: { title?: string; joins?: string }): Promise<void> => {
  await goTo(page, `/tariff/codes/${code}?origin=VN`)
  await page.getByRole('button', { name: 'Add a measure' }).click()
  const dialog = page.getByRole('dialog')
  await choose(dialog, page, /^Type of measure/, fields.type)
  await dialog.getByLabel(/^Tax type/).fill(fields.tax)
  await dialog.getByLabel(/^Rate/).fill(fields.rate)
  if (fields.area) await choose(dialog, page, /^Country or group/, fields.area)
  if (fields.claimed) await dialog.getByLabel(/^Claimed by/).fill(fields.claimed)
  if (fields.quota) await dialog.getByLabel(/^Quota/).fill(fields.quota)
  if (fields.code) await dialog.getByLabel(/^Additional code/).fill(fields.code)
  if (fields.conditions) await dialog.getByLabel(/^Conditions/).fill(fields.conditions)
  await dialog.getByLabel(/^Legal base/).fill('Decision 7')
  if (proposal.joins) await dialog.getByLabel(/^Proposal/).selectOption({ label: proposal.joins })
  if (proposal.title) {
    await dialog.getByLabel('Title').fill(proposal.title)
    await dialog.getByLabel('Reason').fill('Decision 7')
  }
  await dialog.getByRole('button', { name: 'Put into the proposal' }).click()
  await page.waitForURL(/tariff\/changes\//)
}

const decide = async (page: Page, action: string): Promise<void> => {
  const bar = page.getByRole('region', { name: 'Decision' })
  await bar.getByRole('button', { name: action }).click()
  await bar.getByRole('button', { name: 'Cancel' }).waitFor()
  const words = bar.getByRole('textbox')
  if ((await words.count()) > 0) await words.first().fill('In order, as the papers say.')
  const answer = page.waitForResponse((r) => r.request().method() === 'POST')
  await bar.getByRole('button', { name: action }).last().click()
  assert.ok((await answer).ok())
}

test('a tariff officer opens a quota and proposes what is charged under it, a preference, and a duty by exporter', () =>
  as('tariff', async (page) => {
    await goTo(page, '/quotas')
    await page.getByRole('button', { name: 'Open a quota' }).click()
    const dialog = page.getByRole('dialog')
    const year = new Date().getUTCFullYear()
    const fields = [
      ['Order number', '090956'],
      ['Goods', 'Televisions'],
      ['Commodity codes', code],
      ['First day', `${year}-01-01`],
      ['Ends before', `${year + 1}-01-01`],
      ['Legal base', 'Decision 7'],
      ['Opened volume', '1000'],
      ['Unit', 'NAR'],
      ['Digits of shares', '0'],
    ] as const
    for (const [label, value] of fields) await dialog.getByLabel(label).fill(value)
    await dialog.getByRole('button', { name: 'Open a quota' }).click()
    await page.getByRole('heading', { name: '090956 · Televisions' }).waitFor()

    await addMeasure(page, { type: '122', tax: 'A00', rate: '8 %', claimed: '120', quota: '090956' }, { title: 'Televisions' })
    const joins = { joins: 'Televisions' }
    await addMeasure(page, { type: '142', tax: 'A00', rate: 'free', area: 'JP', claimed: '300', conditions: 'Y; N954; 27\nY; ; 07' }, joins)
    await addMeasure(page, { type: '552', tax: 'A30', rate: '12 %', area: 'VN', code: 'C901' }, joins)
    await addMeasure(page, { type: '552', tax: 'A30', rate: '38 %', area: 'VN', code: 'C999' }, joins)
    await page.getByText('Added: 4').waitFor()
    await decide(page, 'Hand to the second person')
    await page.getByText('You worked on this proposal').waitFor()
    await page.getByRole('tab', { name: 'What it does to duty' }).click()
    await page.getByText('were assessed again').waitFor({ timeout: 60_000 })
    await page.locator('[data-table="tariff-effect"] tbody th').first().waitFor()
  }))

test('a second person puts it into force, and the calculator offers each way of entering with what it saves', async () => {
  await as('tariff-second', async (page) => {
    await goTo(page, '/tariff/changes')
    await page.getByRole('link', { name: 'Televisions' }).click()
    await decide(page, 'Put into force')
    await page.getByText('In force', { exact: true }).first().waitFor()
  })
  await as('trader-meridian', async (page) => {
    await goTo(page, `/tariff/calculator?code=${code}&origin=JP&value=10000&quantity=10&preference=300&documents=N954`)
    await page.getByRole('button', { name: 'Calculate' }).click()
    await page.getByRole('row', { name: /^120 Tariff quota.*8 %.*708\.00/ }).waitFor()
    await page.getByRole('row', { name: /^300 Preference.*0 %.*Applied/ }).waitFor()
    await keepPicture(page, 'trade-and-duty-calculator')
  })
})

test('the broker lodges four lines, one for each way; the case tells the officer how each figure came about', async () => {
  await as('broker', async (page) => {
    await goTo(page, '/drafts/new')
    await page.locator('input[type=file]').setInputFiles(join(import.meta.dirname, '../../docs/examples/televisions.xml'))
    await page.waitForURL(/drafts\/[0-9a-f-]{36}/)
    await page.getByText('Nothing is missing').waitFor()
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: /Check and lodge/ })
      .click()
    await page
      .getByRole('button', { name: /^Lodge/ })
      .first()
      .click()
    await page.waitForURL(/\/lodged$/)
    mrn = /declarations\/(\w+)\//.exec(page.url())![1]!
  })
  await as('officer-sea', async (page) => {
    await goTo(page, `/declarations/${mrn}`)
    await page.getByRole('tab', { name: /^Duty/ }).click()
    const steps = page.getByText('How this was computed')
    await steps.first().waitFor()
    for (let n = 0; n < (await steps.count()); n += 1) await steps.nth(n).click()
    for (const text of [
      'Condition Y is met by document N954.',
      'The tariff says 8 % (measure 122, area 1011).',
      'The tariff says 12 % for the additional code C901 (measure 552, area VN).',
      'The tariff says 38 % for the additional code C999 (measure 552, area VN).',
    ])
      await page.getByText(text).first().waitFor()
    await page.getByText('20,092.00').first().waitFor()
    await keepPicture(page, 'trade-and-duty-case', { fullPage: true })
    // The lane is the risk's matter: whatever it asks for is found in order.
    const open = async (): Promise<boolean> =>
      ((await (await page.request.get(`${administration.address}/api/declarations/${mrn}`)).json()) as { status: string }).status === 'under-control'
    const bar = page.getByRole('region', { name: 'Decision' })
    while (await open()) {
      await goTo(page, `/declarations/${mrn}`)
      const button = bar.getByRole('button', { name: /(Documents|Goods) conform/ }).first()
      await decide(page, /\w+ conform/.exec(await button.innerText())![0])
    }
  })
})

test('the quota is shared out, the duty is paid in cash, and the revenue shows it by tax', async () => {
  await as('tariff', async (page) => {
    await goTo(page, '/quotas/090956?tab=claims')
    await page.getByRole('link', { name: mrn }).waitFor()
    await page.getByRole('button', { name: /^Share out now/ }).click()
    await page.getByText('1 declaration has its share').waitFor()
    await page.getByRole('cell', { name: 'Decided' }).waitFor()
    await page.getByText('980 of 1,000 NAR left').first().waitFor()
  })
  await as('cashier', async (page) => {
    await goTo(page, '/cash')
    await page.getByLabel('MRN').fill(mrn)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('button', { name: 'Receive and print the receipt' }).click()
    await page.waitForURL(/cash\/receipts\//)
  })
  await as('accountant', async (page) => {
    await goTo(page, '/revenue/overview')
    await page.getByRole('row', { name: /^A30 Anti-dumping duty, definitive/ }).waitFor()
  })
  await as('trader-meridian', async (page) => {
    await goTo(page, `/declarations/${mrn}`)
    await page.getByText('Nothing is left to do').waitFor()
  })
})
