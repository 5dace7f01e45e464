/** The trader's day in a real browser: file from nothing, lose nothing, lodge, amend, read the inbox, pay, give and end a mandate. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { configureProvider } from '#modules/duty'
import { connect, type Sql } from '#platform/database.ts'
import { startPaymentProvider, type PaymentProvider } from '../../src/simulator/payment-provider.ts'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll, type PageOptions } from '../browser.ts'
import { lodgeUntil, payable, startAdministration, type Administration } from './desk.ts'

let administration: Administration
let browser: Browser
let provider: PaymentProvider
let sql: Sql

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
  provider = await startPaymentProvider({
    reportTo: `${administration.address}/api/payment-provider/reports`,
    secret: 'only-for-this-test-and-nobody-else-0123456789',
  })
  sql = connect({ url: administration.databaseUrl, max: 1 })
  await configureProvider(sql, 'XV', { url: provider.url, secret: 'only-for-this-test-and-nobody-else-0123456789' })
})
after(async () => {
  await browser?.close()
  await provider?.close()
  await sql?.end({ timeout: 5 })
  await administration?.close()
})

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `trader-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}
/** Somebody's page for a piece of work; what it looked like when that failed is kept, and no page may complain. */
const as = async (key: string, work: (page: Page) => Promise<void>, options?: PageOptions): Promise<void> => {
  const { page, context, faults } = await administration.open(browser, key, options)
  try {
    await work(page)
    assert.deepEqual(faults, [])
  } catch (fault) {
    await keepPicture(page, `trader-failed-${key}`)
    throw fault
  } finally {
    await context.close()
  }
}
const step = (page: Page, name: string): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: new RegExp(name) })
    .click()
const cell = (page: Page, at: number, column: string): Locator => page.locator(`[data-cell="${at}:${column}"]`)
const group = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true })
const choose = async (field: Locator, text: string, option: RegExp): Promise<void> => {
  await field.fill(text)
  await field.page().getByRole('option', { name: option }).first().click()
}

const fillTransport = async (page: Page): Promise<void> => {
  await step(page, 'Transport')
  await choose(page.getByRole('combobox', { name: /Where the goods are/ }), 'quay1', /PMRQUAY1/)
  await choose(page.getByRole('combobox', { name: /Country of dispatch/ }), 'china', /CN/)
  const border = group(page, 'Means of transport at the border')
  await choose(border.getByRole('combobox', { name: /Mode of transport at the border/ }), 'sea', /^1/)
  await choose(border.getByRole('combobox', { name: /Nationality/ }), 'XV', /XV/)
  await choose(border.getByRole('combobox', { name: /Kind of number/ }), '10', /^10/)
  await border.getByRole('textbox', { name: /Number of the means/ }).fill('IMO9321483')
  const arrival = group(page, 'Means on arrival')
  await choose(arrival.getByRole('combobox', { name: /Kind of number/ }), '10', /^10/)
  await arrival.getByRole('textbox', { name: /Number of the means/ }).fill('IMO9321483')
  await page.getByRole('radio', { name: 'No' }).check()
}

const fillLine = async (page: Page): Promise<void> => {
  await step(page, 'Goods')
  await page.getByRole('button', { name: 'Add a line' }).click()
  const values = {
    commodity: '85183000',
    description: 'Headphones, wireless',
    origin: 'cn',
    price: '12,400.50',
    currency: 'vrc',
    net: '310',
    gross: '200',
    packageCount: '20',
    packageType: 'ct',
  }
  for (const [column, value] of Object.entries(values)) await cell(page, 0, column).fill(value)
  await cell(page, 0, 'gross').press('Control+Enter')
  await group(page, 'Packages').getByRole('textbox', { name: /Marks/ }).fill('HP 1-20')
}

const addPapers = async (page: Page): Promise<void> => {
  await step(page, 'Documents')
  await page.getByRole('button', { name: 'Add: Documents' }).first().click()
  const papers = group(page, 'Documents').first()
  await choose(papers.getByRole('combobox', { name: /Document/ }).first(), 'N935', /N935/)
  await papers.getByRole('textbox', { name: /Number of the document/ }).fill('INV-7')
  await choose(papers.getByRole('combobox', { name: /Status/ }), 'AC', /AC/)
  await page.getByRole('button', { name: 'Add: Previous documents' }).first().click()
  const previous = group(page, 'Previous documents').first()
  await choose(previous.getByRole('combobox', { name: /Kind/ }), 'ZZZ', /ZZZ/)
  await previous.getByRole('textbox', { name: /^Number/ }).fill('BL-7')
}

test('a declaration is filed from nothing, survives a reload, is corrected at the field and lodged', () =>
  as('broker', async (page) => {
    await page.goto(`${administration.address}/today`)
    await page.getByRole('region', { name: 'What waits for you' }).waitFor()
    await sound(page, 'today')
    await page.getByRole('link', { name: 'New declaration' }).click()
    await page.getByRole('checkbox', { name: /last time/ }).uncheck()
    await choose(page.getByRole('combobox', { name: 'For whom?' }), 'Meridian', /Meridian/)
    await sound(page, 'new')
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.waitForURL(/\/drafts\/[0-9a-f-]{36}/)
    await page.getByRole('textbox', { name: /Your reference for the consignment/ }).fill('E2E-7')
    await choose(page.getByRole('combobox', { name: /Delivery terms/ }), 'CIF', /CIF/)
    await page.getByRole('textbox', { name: /Place of delivery/ }).fill('XVPMR')
    await choose(page.getByRole('combobox', { name: /Nature of transaction/ }), '11', /^11/)
    await sound(page, 'filing-declaration')
    await step(page, 'Parties')
    const exporter = group(page, 'Exporter')
    for (const [name, value] of [
      ['Name', 'Lotus River Electronics Co.'],
      ['Street and number', '88 Harbour Road'],
      ['Postcode', '518000'],
      ['City', 'Shenzhen'],
    ] as const)
      await exporter.getByRole('textbox', { name, exact: true }).fill(value)
    await choose(exporter.getByRole('combobox', { name: 'Country' }), 'China', /CN/)
    await sound(page, 'filing-parties')
    await fillTransport(page)
    await fillLine(page)
    // The page is loaded anew: nothing that was typed is gone.
    await page.getByText(/^Saved (now|in|\d)/).waitFor()
    await page.reload()
    await cell(page, 0, 'description').waitFor()
    assert.equal(await cell(page, 0, 'description').inputValue(), 'Headphones, wireless')
    await addPapers(page)
    await sound(page, 'filing-documents')
    // What is still wrong leads to its field.
    await page.getByRole('button', { name: /Line 1 · (Net|Gross) mass/ }).click()
    const gross = page.getByRole('textbox', { name: /Gross mass DE 6\/5/ })
    await page.locator('[data-invalid] input:focus').waitFor()
    await sound(page, 'filing-goods')
    await gross.fill('330')
    await step(page, 'Check and lodge')
    await page.getByText('Ready to lodge').waitFor()
    await sound(page, 'filing-check')
    await page.getByRole('button', { name: 'Lodge', exact: true }).click()
    await page.waitForURL(/\/declarations\/[0-9A-Z]{18}\/lodged/)
    const mrn = /declarations\/([0-9A-Z]{18})/.exec(page.url())![1]!
    await page.getByText('What happens now').waitFor()
    assert.equal(await page.getByText(/lane/i).count(), 0)
    await sound(page, 'lodged')
    await page.getByRole('link', { name: 'Open the declaration' }).click()
    for (const tab of ['Overview', 'Goods', 'Duty', 'Documents', 'Messages', 'Changes', 'Time line']) {
      await page.getByRole('tab', { name: new RegExp(tab) }).click()
      await sound(page, `case-${tab.toLowerCase().replace(' ', '-')}`)
    }
    await page.goto(`${administration.address}/declarations/${mrn}/sheet`)
    await page.getByRole('img', { name: `Barcode of ${mrn}` }).waitFor()
    await sound(page, 'sheet')
  }))

const lodgePayable = (lrn: string): Promise<string> => lodgeUntil(administration, ['payment-due'], lrn, payable)

test('what is due is paid at the provider, twice reported and once booked, and the goods go', () =>
  as('broker', async (page) => {
    const mrn = await lodgePayable('E2E-PAY')
    await page.goto(`${administration.address}/declarations/${mrn}`)
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    await page.waitForURL(`**/payments/${mrn}`)
    await page.getByRole('button', { name: /^Pay \d/ }).waitFor()
    await sound(page, 'pay')
    await page.getByRole('button', { name: /^Pay \d/ }).click()
    const link = page.getByRole('link', { name: 'Go on at the provider' })
    await link.waitFor()
    await provider.decide((await link.getAttribute('href'))!.split('/').at(-1)!, 'succeeded')
    await page.getByText('The money has arrived').waitFor()
    await sound(page, 'paid')
    await page.getByRole('link', { name: /^Receipt/ }).click()
    await page
      .getByRole('heading', { name: /^Receipt/ })
      .last()
      .waitFor()
    await sound(page, 'receipt')
    await page.goto(`${administration.address}/declarations/${mrn}`)
    await page.getByText('Released and settled').waitFor()
    for (const tab of ['due', 'accounts', 'receipts']) {
      await page.goto(`${administration.address}/payments?tab=${tab}`)
      await page.getByRole('tabpanel').locator('table').first().waitFor()
      await sound(page, `payments-${tab}`)
    }
  }))

test('an amendment shows what changes before it is sent, and is kept while one looks elsewhere', () =>
  as('broker', async (page) => {
    const mrn = await lodgePayable('E2E-AMEND')
    await page.goto(`${administration.address}/declarations/${mrn}/amend?step=declaration`)
    const reference = page.getByRole('textbox', { name: /Your reference for the consignment/ })
    await reference.fill('CORRECTED-1')
    await reference.blur()
    await page.goto(`${administration.address}/today`)
    await page.goto(`${administration.address}/declarations/${mrn}/amend?step=lodge`)
    await page.getByRole('row', { name: /Your reference/ }).waitFor()
    assert.match((await page.getByRole('row', { name: /Your reference/ }).textContent()) ?? '', /CORRECTED-1/)
    await sound(page, 'amend')
    await page.getByRole('textbox', { name: /Why is it amended/ }).fill('The reference was that of another consignment.')
    await page.getByRole('button', { name: 'Send the amendment' }).click()
    await page.waitForURL(`**/declarations/${mrn}`)
    // Nobody controls these goods, so the amendment is granted by the rules.
    await page.getByRole('tab', { name: 'Changes' }).click()
    await page.getByText('CORRECTED-1').waitFor()
    await sound(page, 'changes')
  }))

test('the inbox is acknowledged up to a number and read again from any', () =>
  as('broker', async (page) => {
    await page.goto(`${administration.address}/inbox`)
    await page
      .getByText(/^No\. \d+$/)
      .first()
      .waitFor()
    await sound(page, 'inbox')
    await page.getByRole('textbox', { name: 'Read again from number' }).fill('2')
    await page.getByText('No. 2', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Acknowledge up to here: 3', exact: true }).click()
    await page.getByText(/3 messages acknowledged/).waitFor()
    await page.goto(`${administration.address}/inbox?show=unread&from=1`)
    await page.getByText('No. 4', { exact: true }).waitFor()
    assert.equal(await page.getByText('No. 3', { exact: true }).count(), 0)
  }))

test('a mandate is given and ended by the firm that is represented', () =>
  as('trader-meridian', async (page) => {
    await page.goto(`${administration.address}/mandates`)
    await page.getByRole('region', { name: 'Who may act for you' }).first().waitFor()
    await sound(page, 'mandates')
    await page.getByRole('button', { name: 'Give a mandate' }).click()
    await choose(page.getByRole('combobox', { name: 'Representative' }), 'Lantern', /Lantern/)
    await page.getByRole('dialog').getByRole('radio', { name: 'Exports' }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Give a mandate' }).click()
    await page.getByText('The mandate is given').waitFor()
    await page
      .getByRole('button', { name: /^End: .*Lantern/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click()
    await page.getByText('The mandate has ended').waitFor()
  }))

test('the screens stand in the dark and from right to left', async () => {
  const look = (paths: readonly string[], name: string) => async (page: Page) => {
    for (const path of paths) {
      await page.goto(administration.address + path)
      await page.locator('main').getByRole('region').first().waitFor()
      await sound(page, `${name}${path.replaceAll('/', '-')}`)
    }
  }
  await as('broker', look(['/today', '/declarations', '/inbox', '/payments'], 'dark'), { scheme: 'dark' })
  await as('broker', look(['/today', '/declarations', '/drafts/new', '/inbox'], 'arabic'), { language: 'ar' })
})
