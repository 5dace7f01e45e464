// The parts of the kit at work: table, form, codes, spreadsheet, autosave, decision.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, openPage } from '../browser.ts'
import { startWebServer, type WebServer } from '../web-server.ts'

let server: WebServer
let browser: Browser

before(async () => {
  const person = {
    personId: '01970000-0000-7000-8000-000000000002',
    name: 'Daniela Osei',
    role: 'officer',
    organisation: 'Port Marrin',
    office: null,
    line: 'Works the queue',
    lineKey: 'identity.demo.none',
  }
  server = await startWebServer({ 'GET /api/demo/sign-ins': () => ({ body: [person] }) })
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await server?.close()
})

const onKit = async (work: (page: Page) => Promise<void>, query = ''): Promise<void> => {
  const { page, context, faults } = await openPage(browser)
  await page.goto(`${server.url}/kit${query}`)
  await page.getByRole('region', { name: 'Declarations of the kit' }).locator('tbody tr').first().waitFor()
  await work(page)
  assert.deepEqual(faults, [])
  await context.close()
}
const table = (page: Page) => page.locator('[data-table="kit"]')
const firstCells = (page: Page): Promise<string[]> => table(page).locator('tbody th').allTextContents()

test('a table keeps page, order, filters and columns in the address, and shows the same from it', () =>
  onKit(async (page) => {
    await table(page).getByRole('button', { name: 'Gross mass' }).click()
    await page.waitForURL('**/kit?sort=gross')
    await table(page).getByRole('button', { name: 'Gross mass' }).click()
    await page.waitForURL('**/kit?sort=-gross')
    await table(page).getByRole('button', { name: 'Next page' }).click()
    await page.waitForURL('**/kit?sort=-gross&page=2')
    await table(page).getByRole('button', { name: 'Lane', exact: true }).first().click()
    await page.getByRole('checkbox', { name: 'Yellow' }).check()
    // A filter begins at the first page again.
    await page.waitForURL('**/kit?sort=-gross&lane=yellow')
    await page.keyboard.press('Escape')
    await table(page).getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Importer' }).uncheck()
    await page.keyboard.press('Escape')
    await page.locator('[data-table="kit"] thead', { hasNotText: 'Importer' }).waitFor()
    const shown = await firstCells(page)
    await page.reload()
    await table(page).locator('tbody tr').first().waitFor()
    assert.deepEqual(await firstCells(page), shown)
    assert.equal(await table(page).getByRole('columnheader', { name: 'Gross mass' }).getAttribute('aria-sort'), 'descending')
    assert.equal(await table(page).getByRole('columnheader', { name: 'Importer' }).count(), 0)
  }))

test('rows are walked, ticked and opened by keys; the case knows its place, and Back finds it again', () =>
  onKit(async (page) => {
    const active = (): Promise<string | null> => page.evaluate<string | null>(`document.activeElement.closest('[data-row]')?.dataset.row ?? null`)
    const rows = await firstCells(page)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    assert.equal(await active(), rows[1])
    await page.keyboard.press('x')
    await page.getByText('1 ticked').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/kit/${rows[1]}`)
    await page.getByText('Row 2 of 25 of the list').waitFor()
    await page.goBack()
    await page.locator(`[data-row="${rows[1]}"]:focus-within`).waitFor()
    await page.keyboard.press('j')
    assert.equal(await active(), rows[2])
  }))

test('a view sets its filters in one click, and a view of one’s own is kept', () =>
  onKit(async (page) => {
    await table(page).getByRole('button', { name: 'Red lane' }).click()
    await page.waitForURL('**/kit?lane=red')
    await table(page).getByRole('button', { name: 'Views of my own' }).click()
    await page.getByLabel('Name of this view').fill('Urgent')
    await page.getByRole('button', { name: 'Save view' }).click()
    await table(page).getByRole('button', { name: 'All' }).click()
    await page.waitForURL('**/kit')
    await table(page).getByRole('button', { name: 'Urgent' }).click()
    await page.waitForURL('**/kit?lane=red')
  }))

test('a form says what is missing at the field and on top, jumps there, and keeps what was typed', () =>
  onKit(async (page) => {
    const form = page.locator('form').first()
    await form.getByLabel('Net mass').fill('12x')
    await form.getByRole('button', { name: 'Lodge' }).click()
    const summary = form.getByRole('alert')
    await summary.getByRole('heading', { name: '4 things need attention' }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'alert')
    await summary.getByRole('button', { name: /^Country of origin: / }).click()
    const origin = form.getByRole('combobox', { name: /Country of origin/ })
    assert.match((await page.locator(':focus').getAttribute('id')) ?? '', /-origin$/)
    assert.equal(await origin.getAttribute('aria-invalid'), 'true')
    await page.keyboard.type('moro')
    await page.getByRole('option', { name: /Morocco/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.equal(await origin.inputValue(), 'MA')
    await form.getByLabel('Local reference (LRN)').fill('abc-1')
    await form.getByLabel('Description of the goods').fill('Tea of Ceylon, green')
    assert.equal(await form.getByLabel('Net mass').inputValue(), '12x')
    await form.getByLabel('Net mass').fill('1,234.5')
    await form.getByLabel('Local reference (LRN)').focus()
    assert.equal(await form.getByLabel('Net mass').inputValue(), '1234.5')
    await form.getByRole('button', { name: 'Lodge' }).click()
    await page.getByRole('region', { name: 'Messages' }).getByText('Accepted').waitFor()
  }))

test('lines come out of a spreadsheet with their columns found', () =>
  onKit(async (page) => {
    await page.getByRole('button', { name: 'Lines from a spreadsheet' }).click()
    const dialog = page.getByRole('dialog', { name: 'Lines from a spreadsheet' })
    await dialog.getByLabel('Paste here').fill('HS\tColour\tGross mass\n85287220\tblack\t120\n8528\twhite\t12\n')
    assert.equal(await dialog.getByLabel('Column 1').inputValue(), 'cnCode')
    assert.equal(await dialog.getByLabel('Column 2').inputValue(), '')
    await dialog.getByText('1 line has a cell that does not fit').waitFor()
    await dialog.getByRole('button', { name: 'Add 2 lines' }).click()
    await page.getByText('Lines taken over: 2').waitFor()
  }))

test('what is typed is saved by itself; what cannot be saved is kept here and brought back', () =>
  onKit(async (page) => {
    await page.getByLabel('Note', { exact: true }).fill('on the server')
    await page.getByText(/^Saved (now|\d)/).waitFor()
    await page.getByLabel('Note that cannot be saved').fill('only here')
    await page.getByText('Not saved yet; kept in this browser').waitFor()
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByText('Brought back from this browser').waitFor()
    assert.equal(await page.getByLabel('Note that cannot be saved').inputValue(), 'only here')
    assert.equal(await page.getByLabel('Note', { exact: true }).inputValue(), '')
  }))

test('a decision names its consequences, wants its grounds, and has the safe action first', () =>
  onKit(async (page) => {
    const bar = page.getByRole('region', { name: 'Decision' })
    assert.deepEqual(await bar.getByRole('button').allTextContents(), ['Conforms', 'Does not conform', 'Release', 'Seize'])
    assert.ok(await bar.getByRole('button', { name: 'Release' }).isDisabled())
    await bar.getByRole('button', { name: 'Seize' }).click()
    await bar.getByText('Only a court gives them back.').waitFor()
    await bar.getByRole('button', { name: 'Seize' }).click()
    await bar.getByText('This field is empty.').waitFor()
    await bar.getByLabel('Grounds').fill('Found on the list')
    await bar.getByRole('button', { name: 'Seize' }).click()
    await page.getByRole('region', { name: 'Messages' }).getByText('Released').waitFor()
    await bar.getByRole('button', { name: 'Conforms' }).waitFor()
  }))

test('a chart answers its question, and shows the numbers behind it on request, mirrored where people read from the right', async () => {
  await onKit(async (page) => {
    const chart = page.getByRole('figure', { name: 'Do the figures hold from week to week?' })
    await chart.scrollIntoViewIfNeeded()
    await chart.getByRole('img').waitFor()
    await page.getByRole('region', { name: 'Charts' }).screenshot({ path: 'test/output/kit-charts.png' })
    await chart.getByRole('button', { name: 'Numbers' }).press('Enter')
    assert.equal(await chart.getByRole('row').count(), 8)
    assert.match((await chart.getByRole('row').nth(1).textContent()) ?? '', /31\s?%.*25\s?%.*37\s?%/)
  })
  const { page, context, faults } = await openPage(browser, { language: 'ar', scheme: 'dark' })
  await page.goto(`${server.url}/kit`)
  const line = page.locator('figure svg path').first()
  await line.waitFor()
  const [first, last] = ((await page.locator('figure svg g path').first().getAttribute('d')) ?? '').match(/(?<=[ML])[\d.]+/g)!.map(Number) as [
    number,
    number,
  ]
  assert.ok(first > last, 'the first week stands on the right')
  await page.locator('figure').first().screenshot({ path: 'test/output/kit-charts-ar.png' })
  assert.deepEqual(faults, [])
  await context.close()
})
