/** Nothing that a trader typed is lost: not between two windows, not without a connection, not when an answer never came. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { keepPicture, launchBrowser } from '../browser.ts'
import { documentOf, exported, startAdministration, type Administration } from './desk.ts'

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

const asBroker = async (work: (page: Page) => Promise<void>): Promise<void> => {
  const { page, context, faults } = await administration.open(browser, 'broker')
  try {
    await work(page)
    assert.deepEqual(faults, [])
  } catch (fault) {
    await keepPicture(context.pages().at(-1) ?? page, 'drafts-failed')
    throw fault
  } finally {
    await context.close()
  }
}
const draft = async (lrn: string): Promise<string> => {
  const broker = await administration.signIn('broker')
  const { status, body } = await broker.send('POST', '/api/drafts', { document: await documentOf(broker, lrn, exported) })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body['id'])
}
const reference = (page: Page) => page.getByRole('textbox', { name: /Your reference for the consignment/ })
const saved = (page: Page): Promise<void> => page.getByText(/^Saved (now|in|\d)/).waitFor()
const openDraft = (page: Page, id: string, step = 'declaration'): Promise<unknown> => page.goto(`${administration.address}/drafts/${id}?step=${step}`)
const referenceOf = async (id: string): Promise<string | undefined> => {
  const { body } = await (await administration.signIn('broker')).send('GET', `/api/drafts/${id}`)
  return (body['document'] as { traderReference?: string }).traderReference
}

test('a message file becomes a draft, filled in and not lodged; one that is none says why', () =>
  asBroker(async (page) => {
    await page.goto(`${administration.address}/drafts/new`)
    const file = page.locator('input[type="file"]')
    await file.setInputFiles({ name: 'broken.xml', mimeType: 'application/xml', buffer: Buffer.from('<MetaData><Declaration></MetaData>') })
    await page.getByRole('alert').first().waitFor()
    await file.setInputFiles(join(import.meta.dirname, '../../src/modules/clearance/messages/fixtures/import.xml'))
    await page.waitForURL(/\/drafts\/[0-9a-f-]{36}/)
    assert.equal(await page.getByRole('textbox', { name: /Your reference number/ }).inputValue(), 'LAMPS-2026-0001')
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Goods/ }).click()
    await page.locator('[data-cell="1:description"]').waitFor()
    assert.equal(await page.locator('[data-cell="2:description"]').count(), 0)
    const { body } = await (await administration.signIn('broker')).send('GET', '/api/declarations?q=LAMPS-2026-0001')
    assert.equal(body['total'], 0)
  }))

test('a copy begins with a reference of its own and is told of nothing twice', () =>
  asBroker(async (page) => {
    const broker = await administration.signIn('broker')
    const lodged = await broker.send('POST', '/api/declarations', await documentOf(broker, 'E2E-COPIED', exported))
    await page.goto(`${administration.address}/declarations/${String(lodged.body['mrn'])}`)
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.waitForURL(/\/drafts\/[0-9a-f-]{36}/)
    const lrn = page.getByRole('textbox', { name: /Your reference number/ })
    assert.match(await lrn.inputValue(), /^\d{12}$/)
    await page.getByRole('status').filter({ hasText: 'Checking' }).waitFor({ state: 'detached' })
    await lrn.fill('')
    await page.getByRole('button', { name: /^Local reference/ }).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Local reference/ }).count(), 1)
  }))

test('nothing is called complete or ready before it was checked', () =>
  asBroker(async (page) => {
    const id = await draft('E2E-CHECK')
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/api/declarations/check', async (route) => {
      await held
      await route.continue()
    })
    await openDraft(page, id, 'lodge')
    await page.getByRole('status').filter({ hasText: 'Checking' }).first().waitFor()
    assert.equal(await page.getByRole('img', { name: 'complete' }).count(), 0)
    assert.equal(await page.getByText('Ready to lodge').count(), 0)
    answer()
    await page.getByText('Ready to lodge').waitFor()
    assert.equal(await page.getByRole('img', { name: 'complete' }).count(), 6)
  }))

test('two windows with one draft: nobody overwrites the other without choosing to', () =>
  asBroker(async (page) => {
    const id = await draft('E2E-TWO')
    const other = await page.context().newPage()
    other.on('dialog', (dialog) => void dialog.accept())
    await openDraft(page, id)
    await openDraft(other, id)
    await reference(page).waitFor()
    await reference(other).fill('SECOND')
    await saved(other)
    await reference(page).fill('FIRST')
    await page.getByText('Somebody else saved this meanwhile').waitFor()
    assert.equal(await referenceOf(id), 'SECOND')
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await saved(page)
    assert.equal(await referenceOf(id), 'FIRST')
    await reference(other).fill('THIRD')
    await other.getByText('Somebody else saved this meanwhile').waitFor()
    await other.getByRole('button', { name: 'Take theirs' }).click()
    await other.locator('input[value="FIRST"]').waitFor()
    assert.equal(await reference(other).inputValue(), 'FIRST')
    assert.equal(await referenceOf(id), 'FIRST')
  }))

test('without a connection one types on; it is saved when the line is back, and survives the window', () =>
  asBroker(async (page) => {
    const id = await draft('E2E-LINE')
    const context = page.context()
    await openDraft(page, id)
    await reference(page).waitFor()
    await context.setOffline(true)
    await page.getByText('Connection lost.').waitFor()
    await reference(page).fill('TYPED OFFLINE')
    await page.getByText('Not saved yet; kept in this browser').waitFor()
    await context.setOffline(false)
    await saved(page)
    assert.equal(await referenceOf(id), 'TYPED OFFLINE')
    await context.setOffline(true)
    await reference(page).fill('TYPED AND CLOSED')
    await page.getByText('Not saved yet; kept in this browser').waitFor()
    await page.close({ runBeforeUnload: false })
    await context.setOffline(false)
    const again = await context.newPage()
    await openDraft(again, id)
    await again.getByText('Brought back from this browser').waitFor()
    assert.equal(await reference(again).inputValue(), 'TYPED AND CLOSED')
    await saved(again)
    assert.equal(await referenceOf(id), 'TYPED AND CLOSED')
  }))

test('an answer that never came: lodging again gives the declaration that was lodged, once', () =>
  asBroker(async (page) => {
    const id = await draft('E2E-ONCE')
    let lost = 0
    await page.route('**/lodge', async (route) => {
      if (lost > 0) return route.continue()
      lost += 1
      await route.fetch()
      return route.abort()
    })
    await openDraft(page, id, 'lodge')
    await page.getByText('Ready to lodge').waitFor()
    const lodge = page.getByRole('button', { name: 'Lodge', exact: true })
    await lodge.click()
    await page.getByRole('alert').first().waitFor()
    await lodge.click()
    await page.waitForURL(/\/declarations\/[0-9A-Z]{18}\/lodged/)
    const { body } = await (await administration.signIn('broker')).send('GET', '/api/declarations?q=E2E-ONCE')
    assert.equal(lost, 1)
    assert.equal(body['total'], 1)
  }))
