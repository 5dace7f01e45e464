/** The tariff is changed by two persons: one proposes another rate and sees what it does, another puts it into force, and everybody is charged by it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll, type PageOptions } from '../browser.ts'
import { startAdministration, type Administration } from './desk.ts'

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

const as = async (key: string, work: (page: Page) => Promise<void>, options?: PageOptions): Promise<void> => {
  const { page, context, faults } = await administration.open(browser, key, options)
  try {
    await work(page)
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.deepEqual(faults, [])
  } catch (fault) {
    await keepPicture(page, `tariff-changes-failed-${key}`)
    throw fault
  } finally {
    await context.close()
  }
}
const goTo = (page: Page, path: string): Promise<unknown> => page.goto(administration.address + path)
const code = '85287200'
const day = '2026-12-01'
let proposal = ''

const payableOn = async (date: string): Promise<number> => {
  const query = new URLSearchParams({ code, origin: 'CN', value: '1000', quantity: '5', date })
  const answer = (await (await fetch(`${administration.address}/api/duty/calculation?${query}`)).json()) as {
    assessment: { lines: { type: string; payable: { minor: number } }[] }
  }
  return answer.assessment.lines.find((l) => l.type === 'A00')!.payable.minor
}

test('the tree opens down to a line, and a line tells its measures and why', () =>
  as('tariff', async (page) => {
    await goTo(page, '/tariff/codes')
    await page.getByRole('button', { name: /^Open 85 / }).click()
    await page.getByRole('button', { name: /^Open 8528 / }).click()
    await page.getByRole('link', { name: '8528 72 00' }).click()
    await page.getByText('Measures that concern these goods').waitFor()
    await page.getByRole('combobox', { name: /^Country of origin/ }).fill('CN')
    await page.getByRole('option', { name: /CN/ }).first().click()
    await page.getByText('It stands on this very line.').first().waitFor()
    assert.equal(await sidewaysScroll(page), 0)
    await keepPicture(page, 'tariff-code')
  }))

test('another rate from a day on is proposed, and shows what it does to last year’s declarations', () =>
  as('tariff', async (page) => {
    await goTo(page, `/tariff/codes/${code}?origin=CN`)
    await page.getByRole('button', { name: /^Change: third country duty/i }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('From', { exact: true }).fill(day)
    await dialog.getByLabel(/^Rate/).fill('see annex')
    await dialog.getByLabel('Title').fill('Televisions at 10 %')
    await dialog.getByLabel('Reason').fill('Budget of 2027')
    await dialog.getByRole('button', { name: 'Put into the proposal' }).click()
    await dialog.getByText('This rate cannot be read').first().waitFor()
    await dialog.getByLabel(/^Rate/).fill('10 %')
    await dialog.getByRole('button', { name: 'Put into the proposal' }).click()
    await page.getByRole('heading', { name: 'Televisions at 10 %' }).waitFor()
    proposal = new URL(page.url()).pathname
    await page.getByText('Added: 1').waitFor()
    await page.getByText('Ended: 1').waitFor()
    const bar = page.getByRole('region', { name: 'Decision' })
    await bar.getByRole('button', { name: 'Hand to the second person' }).click()
    await bar.getByRole('button', { name: 'Hand to the second person' }).click()
    await page.getByText('You worked on this proposal').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Put into force' }).count(), 0)
    await page.getByRole('tab', { name: 'What it does to duty' }).click()
    await page.getByText('were assessed again').waitFor({ timeout: 60_000 })
    await page.locator('[data-table="tariff-effect"] tbody th').first().waitFor()
    await keepPicture(page, 'tariff-effect')
  }))

test('a second person puts it into force, and the calculator charges by it from that day', async () => {
  const before = await payableOn(day)
  await as('tariff-second', async (page) => {
    await goTo(page, '/tariff/changes')
    await page.getByRole('link', { name: 'Televisions at 10 %' }).click()
    const bar = page.getByRole('region', { name: 'Decision' })
    await bar.getByRole('button', { name: 'Put into force' }).click()
    await bar.getByRole('button', { name: 'Put into force' }).click()
    await page.getByText('In force', { exact: true }).first().waitFor()
  })
  assert.equal(before, 14_000)
  assert.equal(await payableOn(day), 10_000)
  assert.equal(await payableOn('2026-11-20'), 14_000, 'what was before stays as it was')
  assert.ok(proposal.startsWith('/tariff/changes/'))
})

test('a tariff file is read without being taken, then becomes a proposal', () =>
  as('tariff', async (page) => {
    await goTo(page, '/tariff/changes/import')
    await page.getByLabel('Format').selectOption('s301')
    const rows = 'HTS_Code,Description,List\n8528.72.64,Sets,1\n12,Broken,1\n'
    await page.locator('input[type=file]').setInputFiles({ name: 'lists.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
    await page.getByLabel('Administration').fill('US')
    await page.getByLabel('In force from').fill(day)
    await page.getByRole('button', { name: 'Dry run' }).click()
    await page.getByRole('heading', { name: /^Rows that were refused/ }).waitFor()
    await page.getByRole('button', { name: 'Make a proposal of it' }).click()
    await page.getByText('From a file').or(page.getByText('Added: ')).first().waitFor()
  }))

test('the calculator is for everybody, and its answer stands in its address', async () => {
  const { page, context, faults } = await administration.open(browser, 'broker', { language: 'en' })
  await context.clearCookies()
  await goTo(page, '/calculator')
  await page.getByRole('combobox', { name: /^Commodity code/ }).fill('04090000')
  await page
    .getByRole('option', { name: /04090000/ })
    .first()
    .click()
  await page.getByRole('combobox', { name: /^Country of origin/ }).fill('FR')
  await page.getByRole('option', { name: /FR/ }).first().click()
  await page
    .getByRole('group', { name: /^Price paid/ })
    .getByRole('textbox')
    .first()
    .fill('1000')
  await page.getByRole('button', { name: 'Calculate' }).click()
  await page.getByRole('button', { name: 'Claim 300' }).click()
  await page.getByText('Applied').waitFor()
  assert.match(page.url(), /code=04090000.*preference=300/)
  assert.deepEqual(await accessibilityFaults(page), [])
  assert.deepEqual(faults, [])
  await keepPicture(page, 'calculator')
  await context.close()
})
