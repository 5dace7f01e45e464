/** The treasury's day in a real browser: what the accountant does, what only a second person does, what the trader sees of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
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

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `revenue-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

type Rows<T> = { rows: T[] }
const listOf = async <T>(path: string): Promise<T[]> =>
  ((await (await administration.signIn('accountant')).send('GET', path)).body as unknown as Rows<T>).rows

/** Opens a decision of the bar, gives its grounds, does it. */
const decide = async (page: Page, name: string, grounds: string): Promise<void> => {
  const bar = page.getByRole('region', { name: 'Decision' })
  await bar.getByRole('button', { name, exact: true }).click()
  await bar.getByRole('textbox').fill(grounds)
  await bar.getByRole('button', { name, exact: true }).click()
}

test('the accountant sees revenue at a glance, and comes from a sum to its rows', async () => {
  const { page, faults } = await administration.open(browser, 'accountant')
  await page.goto(`${administration.address}/revenue/overview`)
  await page.getByRole('heading', { name: 'By office' }).waitFor()
  await sound(page, 'overview')
  await page.getByRole('region', { name: 'By tax' }).getByRole('link').first().click()
  await page.getByRole('table', { name: 'Declarations behind the sums' }).getByRole('row').nth(1).waitFor()
  await sound(page, 'rows')
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('a refund: small ones by one person, large ones by two', async () => {
  const refunds = await listOf<{ number: string; status: string }>('/api/refunds')
  const [small, large] = [refunds.find((r) => r.status === 'requested')!, refunds.find((r) => r.status === 'proposed')!]
  const first = await administration.open(browser, 'accountant')
  await first.page.goto(`${administration.address}/revenue/refunds`)
  await first.page.getByRole('link', { name: small.number }).click()
  await first.page.getByRole('heading', { name: 'The application' }).waitFor()
  await sound(first.page, 'refund')
  await decide(first.page, 'Grant', 'The corrected invoice is there.')
  await first.page.getByText('Granted, not paid yet').first().waitFor()
  await first.page.goto(`${administration.address}/revenue/refunds/${large.number}`)
  await first.page.getByText('Two persons decide about this sum.').waitFor()
  assert.equal(await first.page.getByRole('button', { name: 'Grant' }).count(), 0)
  await first.page.context().close()

  const second = await administration.open(browser, 'revenue-manager')
  await second.page.goto(`${administration.address}/revenue/refunds/${large.number}`)
  await decide(second.page, 'Grant', 'Agreed.')
  await second.page.getByText('Given back').first().waitFor()
  assert.deepEqual([...first.faults, ...second.faults], [])
  await second.page.context().close()
})

test('a movement of the bank that nothing matched is matched by two persons', async () => {
  const [demand] = await listOf<{ number: string }>('/api/claims?state=overdue')
  const first = await administration.open(browser, 'accountant')
  await first.page.goto(`${administration.address}/revenue/bank`)
  const row = first.page.getByRole('row', { name: /customs november/ })
  await row.waitFor()
  await sound(first.page, 'bank')
  await row.getByRole('button', { name: 'Match' }).click()
  const dialog = first.page.getByRole('dialog')
  await dialog.getByLabel('Reference').fill(demand!.number)
  await sound(first.page, 'match')
  await dialog.getByRole('button', { name: 'Propose' }).click()
  await first.page.getByText('Proposed; another person confirms').waitFor()
  await row.getByText('Another person decides').waitFor()
  await first.page.context().close()

  const second = await administration.open(browser, 'revenue-manager')
  await second.page.goto(`${administration.address}/revenue/bank`)
  await second.page
    .getByRole('row', { name: /customs november/ })
    .getByRole('button', { name: 'Confirm' })
    .click()
  await second.page.getByText('Matched and posted').waitFor()
  assert.deepEqual([...first.faults, ...second.faults], [])
  await second.page.context().close()
})

test('a late demand shows its interest, and is given up only by a second person with authority', async () => {
  const [demand] = await listOf<{ number: string }>('/api/claims?state=overdue')
  const first = await administration.open(browser, 'accountant')
  await first.page.goto(`${administration.address}/revenue/recovery?state=overdue`)
  await first.page.getByRole('link', { name: demand!.number }).click()
  await first.page.getByRole('heading', { name: 'Interest to today' }).waitFor()
  await sound(first.page, 'claim')
  await decide(first.page, 'Propose to give up', 'The firm is dissolved.')
  await first.page.getByText('Leila Hartono proposes to give this up').waitFor()
  await first.page.context().close()

  const second = await administration.open(browser, 'revenue-manager', { scheme: 'dark' })
  await second.page.goto(`${administration.address}/revenue/recovery/${demand!.number}`)
  await decide(second.page, 'Give up', 'Nothing is left there.')
  await second.page.getByText('Given up').first().waitFor()
  await sound(second.page, 'claim-given-up')
  assert.deepEqual([...first.faults, ...second.faults], [])
  await second.page.context().close()
})

test('instalments are granted by the manager; the trader finds the account to pay onto, and statements', async () => {
  const [plan] = await listOf<{ number: string }>('/api/plans?status=requested')
  const manager = await administration.open(browser, 'revenue-manager')
  await manager.page.goto(`${administration.address}/revenue/plans/${plan!.number}`)
  await decide(manager.page, 'Grant', 'Seasonal trade, always paid.')
  await manager.page.getByRole('heading', { name: 'Instalments' }).waitFor()
  await sound(manager.page, 'plan')
  await manager.page.context().close()

  const trader = await administration.open(browser, 'trader-meridian')
  await trader.page.goto(`${administration.address}/payments?tab=asked`)
  await trader.page.getByRole('link', { name: plan!.number }).waitFor()
  await sound(trader.page, 'asked')
  await trader.page.goto(`${administration.address}/payments?tab=statements`)
  await trader.page.getByRole('table').waitFor()
  await trader.page.getByRole('link', { name: /XV-S/ }).first().click()
  await trader.page
    .getByRole('heading', { name: /Statement XV-S/ })
    .first()
    .waitFor()
  await sound(trader.page, 'statement')
  assert.deepEqual([...manager.faults, ...trader.faults], [])
  await trader.page.context().close()
})

test('guarantees show what is held, and the books are closed for the day', async () => {
  const { page, faults } = await administration.open(browser, 'accountant')
  await page.goto(`${administration.address}/revenue/guarantees`)
  await page.getByRole('row').nth(1).getByRole('link').click()
  await page.getByRole('heading', { name: 'Guarantee' }).waitFor()
  await sound(page, 'guarantee')
  await page.goto(`${administration.address}/revenue/books`)
  await page.getByText('Every invariant of the ledger holds').waitFor()
  await sound(page, 'books')
  await page.getByRole('button', { name: 'Close the books' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close the books' }).click()
  await page.getByText('Closed', { exact: true }).first().waitFor()
  await sound(page, 'books-closed')
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('in Arabic and on a small screen nothing is lost', async () => {
  const arabic = await administration.open(browser, 'revenue-manager', { language: 'ar' })
  await arabic.page.goto(`${administration.address}/revenue/overview`)
  await arabic.page.getByRole('heading', { name: 'حسب المكتب' }).waitFor()
  await sound(arabic.page, 'arabic')
  await arabic.page.context().close()
  const small = await administration.open(browser, 'accountant', { width: 640, height: 360 })
  for (const at of ['/revenue/overview', '/revenue/bank', '/revenue/books']) {
    // One page after the other is the point.
    // oxlint-disable-next-line no-await-in-loop
    await small.page.goto(administration.address + at)
    // oxlint-disable-next-line no-await-in-loop
    await small.page.getByRole('table').first().waitFor()
    // oxlint-disable-next-line no-await-in-loop
    await sound(small.page, `small${at.replaceAll('/', '-')}`)
  }
  await small.page.context().close()
})
