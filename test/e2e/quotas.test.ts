/** Quotas, licences and origin in a real browser: what is left and why, a change by two persons, what an agreement would save. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoOrganisations } from '#modules/identity'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { startAdministration, type Administration } from './desk.ts'

let administration: Administration
let browser: Browser

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `quotas-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await administration?.close()
})

test('a tariff officer finds a quota, reads its life, and proposes to suspend it', async () => {
  const { page, faults } = await administration.open(browser, 'tariff')
  await page.goto(`${administration.address}/quotas?q=orange`)
  await page.getByRole('link', { name: '090300' }).waitFor()
  await sound(page, 'list')
  await page.getByRole('link', { name: '090300' }).click()
  await page.getByRole('heading', { name: '090300 · Oranges' }).waitFor()
  await page
    .getByText(/Of 30,000 TNE opened/)
    .first()
    .waitFor()
  await sound(page, 'page')
  await page.getByRole('tab', { name: /Claims/ }).click()
  await page.getByRole('cell', { name: 'Decided' }).first().waitFor()
  await page.getByRole('button', { name: 'Propose a change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What shall happen').selectOption('suspend')
  await dialog.getByRole('button', { name: 'Propose', exact: true }).click()
  await dialog.getByText('This field is empty').first().waitFor()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Volume under review')
  await dialog.getByRole('button', { name: 'Propose', exact: true }).click()
  await page.getByText('Proposed; a colleague decides').waitFor()
  await page.getByRole('tab', { name: /Changes/ }).click()
  await page.getByText('Your own proposal: somebody else decides.').waitFor()
  assert.deepEqual(faults, [])
})

test('a quota is opened with its first period', async () => {
  const { page, faults } = await administration.open(browser, 'tariff')
  await page.goto(`${administration.address}/quotas`)
  await page.getByRole('button', { name: 'Open a quota' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Order number').fill('090977')
  await dialog.getByLabel('Goods').fill('Natural honey')
  await dialog.getByLabel('Commodity codes').fill('0409')
  await dialog.getByLabel('First day').fill('2026-01-01')
  await dialog.getByLabel('Ends before').fill('2027-01-01')
  await dialog.getByLabel('Legal base').fill('Decision 4')
  await dialog.getByLabel('Opened volume').fill('250.5')
  await sound(page, 'open')
  await dialog.getByRole('button', { name: 'Open a quota' }).click()
  await page.getByRole('heading', { name: '090977 · Natural honey' }).waitFor()
  await page
    .getByText(/Of 250.5 TNE opened/)
    .first()
    .waitFor()
  assert.deepEqual(faults, [])
})

test('a trader who files takes over what the assistant advises', async () => {
  const trader = await administration.signIn('trader-sunfold')
  const document = {
    function: 'original',
    declarationType: 'IM',
    additionalType: 'A',
    items: [
      {
        itemNumber: 1,
        hsCode: '15092000',
        origin: 'MA',
        itemPrice: { amount: '2000', currency: 'VRC' },
        netMassKg: '1000',
        taxes: [{ type: 'A00', preference: '100' }],
      },
    ],
  }
  const { body } = await trader.send('POST', '/api/drafts', { document })
  const { page, faults } = await administration.open(browser, 'trader-sunfold')
  await page.goto(`${administration.address}/drafts/${body['id'] as string}`)
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Goods/ }).click()
  await page.locator('[data-cell="0:gross"]').press('Control+Enter')
  await page.getByRole('button', { name: 'Which preference fits?' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Show what fits' }).click()
  await dialog.getByRole('heading', { name: /Levant Partnership Agreement/ }).waitFor()
  await sound(page, 'filing')
  await dialog.getByRole('button', { name: 'Use preference 300' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.locator('input[value^="300"]').first().waitFor()
  assert.deepEqual(faults, [])
})

test('a second person approves it, and traders can no longer claim', async () => {
  const { page, faults } = await administration.open(browser, 'tariff-second')
  await page.goto(`${administration.address}/quotas/090300?tab=changes`)
  await page.getByText('Volume under review').waitFor()
  await sound(page, 'changes')
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Done').first().waitFor()
  await page.getByText('Approved', { exact: true }).waitFor()
  await page.goto(`${administration.address}/quotas?status=suspended`)
  await page.getByRole('link', { name: '090300' }).waitFor()
  assert.deepEqual(faults, [])
})

test('a licence is issued, and suspended with a reason', async () => {
  const { page, faults } = await administration.open(browser, 'tariff')
  await page.goto(`${administration.address}/licences`)
  await page.getByRole('link', { name: /-00013$/ }).waitFor()
  await sound(page, 'licences')
  await page.getByRole('button', { name: 'Issue a licence' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Number').fill('E2E-1')
  await dialog.getByLabel('Holder').fill('XV000000000001')
  await dialog.getByLabel('Quantity').fill('5000')
  await dialog.getByLabel('Commodity codes').fill('1701, 1702')
  await dialog.getByLabel('First day').fill('2026-01-01')
  await dialog.getByLabel('Ends before').fill('2027-01-01')
  await dialog.getByLabel('Office').fill('XV000101')
  await sound(page, 'issue')
  await dialog.getByRole('button', { name: 'Issue a licence' }).click()
  await dialog.getByText('Nobody is registered as XV000000000001.').first().waitFor()
  await dialog.getByLabel('Holder').fill(demoOrganisations.find((o) => o.key === 'sunfold')!.registration)
  await dialog.getByRole('button', { name: 'Issue a licence' }).click()
  await page.getByRole('heading', { name: 'L001 E2E-1' }).waitFor()
  await sound(page, 'licence')
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Documents are being checked')
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await page.getByText('Suspended').waitFor()
  assert.deepEqual(faults, [])
})

test('a trader asks what an agreement would save, and what it lacks', async () => {
  const { page, faults } = await administration.open(browser, 'trader-sunfold')
  await page.goto(`${administration.address}/origin`)
  await page.getByRole('combobox', { name: 'Commodity code' }).fill('08051000')
  await page.getByRole('combobox', { name: 'Country of origin' }).fill('MA')
  await page.getByRole('group', { name: 'Customs value' }).locator('input').first().fill('1000')
  await page.getByLabel('Materials used').fill('0805,MA,400')
  await page.getByRole('button', { name: 'Show what fits' }).click()
  await page.getByRole('heading', { name: /Levant Partnership Agreement/ }).waitFor()
  await page.getByText(/Proof missing: N954/).waitFor()
  await page.getByText('Rule met as stated').first().waitFor()
  await sound(page, 'origin')
  await page.getByLabel('Proofs you hold').fill('n954')
  await page.getByRole('button', { name: 'Show what fits' }).click()
  await page.getByText('Proof in hand').waitFor()
  assert.deepEqual(faults, [])
})

test('the pages stand in Arabic and in the dark, and what is no list also on a small screen', async () => {
  const { page, faults } = await administration.open(browser, 'trader-sunfold', { language: 'ar', scheme: 'dark' })
  for (const path of ['/quotas', '/quotas/090110', '/licences', '/origin']) {
    await page.goto(administration.address + path)
    await page.locator('main table, main form, main h2').first().waitFor()
    await sound(page, `ar${path.replaceAll('/', '-')}`)
  }
  await page.setViewportSize({ width: 640, height: 360 })
  for (const path of ['/quotas/090110', '/origin']) {
    await page.goto(administration.address + path)
    await page.locator('main table, main form').first().waitFor()
    await sound(page, `small${path.replaceAll('/', '-')}`)
  }
  assert.deepEqual(faults, [])
})
