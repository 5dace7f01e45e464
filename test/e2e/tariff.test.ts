// Finding a code in a real browser: by anybody, and where a line is filed; and the warning when a description does not fit its code.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser, openPage, sidewaysScroll } from '../browser.ts'
import { cigarettes, lodge, startAdministration, type Administration, type Make } from './desk.ts'

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

test('anybody finds a code with its reason and duty, and a word that names nothing is asked about', async () => {
  const { page, context, faults } = await openPage(browser)
  await page.goto(`${administration.address}/sign-in`)
  await page.getByRole('link', { name: 'Find the code of a good' }).click()
  const text = page.getByRole('textbox', { name: 'What is the good?' })
  await text.fill('gift')
  await page.getByText('can be anything').waitFor()
  await text.fill('colour television')
  const first = page.getByRole('listitem').filter({ hasText: 'Because of' }).first()
  await first.getByText('8528 72 00').waitFor()
  await first.getByText('14 %').first().waitFor()
  assert.match(page.url(), /\?q=colour(\+|%20)television$/)
  await text.fill('bowl')
  await page.getByRole('group', { name: 'What is it made of?' }).getByRole('button', { name: 'Plastic' }).click()
  await page.getByRole('heading', { name: /^3924/ }).waitFor()
  assert.equal(await page.getByRole('heading', { name: /^7323/ }).count(), 0)
  await keepPicture(page, 'tariff-find')
  assert.deepEqual(await accessibilityFaults(page), [])
  assert.equal(await sidewaysScroll(page), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

test('a line whose description does not fit its code says so, until the code that fits is taken', async () => {
  const { page, context, faults } = await administration.open(browser, 'broker')
  await page.goto(`${administration.address}/drafts/new`)
  await page.getByRole('checkbox', { name: /last time/ }).uncheck()
  await page.getByRole('combobox', { name: 'For whom?' }).fill('Meridian')
  await page
    .getByRole('option', { name: /Meridian/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  await page.waitForURL(/\/drafts\/[0-9a-f-]{36}/)
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Goods/ }).click()
  await page.getByRole('button', { name: 'Add a line' }).click()
  await page.locator('[data-cell="0:commodity"]').fill('61091000')
  await page.locator('[data-cell="0:description"]').fill('Wireless headphones')
  await page.locator('[data-cell="0:description"]').press('Control+Enter')
  await page.getByText('does not seem to fit heading 6109').waitFor()
  await keepPicture(page, 'tariff-doubt')
  await page.getByRole('button', { name: 'Find by description' }).click()
  await page.getByRole('button', { name: 'Take 85183000' }).click()
  await page.getByText('does not seem to fit heading').waitFor({ state: 'detached' })
  assert.equal(await page.locator('[data-cell="0:commodity"]').inputValue(), '85183000')
  assert.deepEqual(faults, [])
  await context.close()
})

test('an officer sees beside the case which descriptions do not fit their codes', async () => {
  const disguised: Make = (...given) => {
    const plain = cigarettes(...given)
    return { ...plain, items: plain.items.map((item) => ({ ...item, description: 'Wireless headphones' })) }
  }
  const { mrn } = await lodge(administration, 'E2E-DOUBT', disguised)
  const { page, context, faults } = await administration.open(browser, 'officer-sea')
  await page.goto(`${administration.address}/declarations/${mrn}`)
  const doubts = page.getByRole('region', { name: /Descriptions that do not seem to fit/ })
  await doubts.getByText('Line 1, heading 2402').waitFor()
  await doubts.getByText('851830').waitFor()
  await keepPicture(page, 'tariff-officer')
  assert.deepEqual(faults, [])
  await context.close()
})
