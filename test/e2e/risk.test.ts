// Risk analysts at their screens: a profile with a mistake, mended, asked of history and submitted; a second person lets it bind.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { lodge, startAdministration, type Administration } from './desk.ts'

let administration: Administration
let browser: Browser

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `risk-${name}`)
  assert.equal(await page.getByText('Something went wrong').count(), 0, name)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}
const decide = async (page: Page, name: string, done: string): Promise<void> => {
  const bar = page.getByRole('region', { name: 'Decision' })
  await bar.getByRole('button', { name, exact: true }).click()
  await bar.getByRole('button', { name, exact: true }).last().click()
  await page.getByText(done, { exact: true }).first().waitFor()
}

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await administration?.close()
})

test('an analyst writes a profile, sees a mistake at its place, mends it by a suggestion, and asks history', async () => {
  const { page, faults } = await administration.open(browser, 'risk-analyst')
  await page.goto(`${administration.address}/risk/profiles`)
  await page.getByRole('link', { name: 'N-TOBACCO', exact: true }).waitFor()
  await sound(page, 'list')
  await page.getByRole('button', { name: 'Write a profile' }).click()
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill('N-SHOES')
  const text = page.getByRole('textbox', { name: 'Text' })
  await text.fill(
    'profile "Shoes without a brand" scope national lane yellow percent 100\nwhen any item (hs under "64") and importr = "XV1"\ninstruct "Ask for the order."',
  )
  await page.getByRole('button', { name: 'Line 2, column 35: there is no field importr.' }).click()
  await sound(page, 'mistake')
  // The caret stands before the word: it is typed anew, and a suggestion takes its place.
  for (let n = 0; n < 7; n++) await page.keyboard.press('Delete')
  await page.keyboard.type('importe')
  await page.getByRole('option', { name: /^importerName/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await sound(page, 'suggestions')
  await page.keyboard.press('Enter')
  assert.match(await text.inputValue(), /and importer = "XV1"/)
  await page.getByText('The text can be read.').waitFor()
  await page.getByRole('button', { name: 'Keep as draft' }).click()
  await page.getByRole('heading', { name: 'Shoes without a brand' }).first().waitFor()
  await decide(page, 'Check', 'Checked')
  await page.getByRole('button', { name: 'Run the back-test' }).click()
  await page.getByRole('button', { name: 'Run again' }).waitFor()
  await sound(page, 'backtest')
  await decide(page, 'Submit for approval', 'Submitted')
  assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0, 'its author cannot approve it')
  assert.deepEqual(faults, [])
})

test('the head of risk reads it, approves it and lets it bind; the analyst writes the next version and sees what changed', async () => {
  const { page, faults } = await administration.open(browser, 'risk-head')
  await page.goto(`${administration.address}/risk/profiles?status=submitted`)
  await page.getByRole('link', { name: 'N-SHOES', exact: true }).click()
  await decide(page, 'Approve', 'Approved')
  await decide(page, 'Activate', 'Active from now')
  await sound(page, 'active')
  assert.deepEqual(faults, [])

  const analyst = await administration.open(browser, 'risk-analyst', { scheme: 'dark' })
  await analyst.page.goto(`${administration.address}/risk/profiles/N-SHOES`)
  await analyst.page.getByRole('button', { name: 'Write the next version' }).click()
  const text = analyst.page.getByRole('textbox', { name: 'Text' })
  await text.fill((await text.inputValue()).replace('"64"', '"6403"'))
  await analyst.page.getByText('The text can be read.').waitFor()
  await analyst.page.getByRole('button', { name: 'Keep as draft' }).click()
  await analyst.page.getByText('What changed since version 1').waitFor()
  await analyst.page.locator('ins', { hasText: '6403' }).waitFor()
  await sound(analyst.page, 'next-version')
  assert.deepEqual(analyst.faults, [])
})

/** Cigarettes, which a mandatory criterion hits, found to be more than declared. */
const findTooMany = async (): Promise<void> => {
  const { mrn } = await lodge(administration, 'RISK-FOUND')
  const officer = await administration.signIn('officer-sea')
  const { state } = (await officer.send('GET', `/api/declarations/${mrn}`)).body as { state: { controls: { id: string; kind: string }[] } }
  const goods = state.controls.find((c) => c.kind === 'physical')!
  const findings = [{ itemNumber: 1, path: '/items/0/packages/0/count', declared: '', found: 'Three packages more than declared' }]
  const answer = await officer.send('POST', `/api/declarations/${mrn}/controls/${goods.id}/result`, { conform: false, remarks: 'Too many', findings })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

test('selections explain themselves; what an examination found comes back to its profile; models are read where there are none yet', async () => {
  await findTooMany()
  const { page, faults } = await administration.open(browser, 'risk-head')
  await page.goto(`${administration.address}/risk/decisions`)
  await page.locator('[data-table="risk-decisions"] tbody tr a').first().waitFor()
  await sound(page, 'decisions')
  await page.locator('[data-table="risk-decisions"] tbody tr a').first().click()
  await page.getByRole('region', { name: 'What the model saw' }).waitFor()
  await page.getByRole('button', { name: 'Take it again from what it stored' }).click()
  await page.getByText('byte for byte as it was').waitFor()
  await sound(page, 'decision')
  await page.getByRole('link', { name: /^XV\d+$/ }).click()
  await page.getByRole('img', { name: /Network of/ }).waitFor()
  await sound(page, 'entity')
  await page.goto(`${administration.address}/risk/results`)
  await page.getByRole('region', { name: 'What was missed?' }).waitFor()
  await page.getByRole('row', { name: /^N-TOBACCO .*100\s?% \(1 \/ 1\)/ }).waitFor()
  await sound(page, 'results')
  await page.goto(`${administration.address}/risk/models`)
  await page.getByRole('region', { name: 'Models' }).first().waitFor()
  await sound(page, 'models')
  await page.goto(`${administration.address}/risk/alarms`)
  await page.getByText('No open alarm').waitFor()
  await sound(page, 'alarms')
  await page.goto(`${administration.address}/risk/capacity`)
  await page
    .getByRole('button', { name: /^Propose rates and capacity/ })
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Expected red' }).fill('120')
  await page.getByRole('textbox', { name: 'Why it should change' }).fill('Season of shoes')
  await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click()
  await page.getByText('Expected red: This is no share').waitFor()
  await page.getByRole('textbox', { name: 'Expected red' }).fill('12')
  await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click()
  await page.getByText('by Thandiwe Kovacs: Season of shoes').waitFor()
  await sound(page, 'capacity')
  assert.deepEqual(faults, [])
})

test('a trader is told nothing of profiles', async () => {
  const { page } = await administration.open(browser, 'broker')
  await page.goto(`${administration.address}/risk/profiles`)
  await page
    .getByText(/not|may/)
    .first()
    .waitFor()
  assert.equal(await page.getByText('N-TOBACCO').count(), 0)
})
