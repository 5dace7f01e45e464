/**
 * Takes the pictures of docs/screenshots anew, on a demo country of its own: `node scripts/screenshots.ts`, by hand, after the screens have
 * changed. Looked at before they are committed: a picture is what people see first.
 */
import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser, type PageOptions } from '../test/browser.ts'
import { cigarettes, startAdministration } from '../test/e2e/desk.ts'

const folder = resolve(import.meta.dirname, '../docs/screenshots')
const mostBytes = 150_000

const administration = await startAdministration()
const browser = await launchBrowser()

const lodge = async (): Promise<string> => {
  const broker = await administration.signIn('broker')
  const session = (await broker.send('GET', '/api/session')).body as {
    organisation: { registrationId: string }
    represents: { registration: string; name: string }[]
  }
  const client = session.represents.find((one) => one.name.startsWith('Meridian'))!
  const { body } = await broker.send(
    'POST',
    '/api/declarations',
    cigarettes(session.organisation.registrationId, client.registration, 'PELAGIA-0417'),
  )
  return String(body['mrn'])
}

const take = async (name: string, person: string, options: PageOptions, show: (page: Page) => Promise<void>): Promise<void> => {
  const { page, context } = await administration.open(browser, person, { width: 1280, height: 720, ...options })
  await show(page)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  await context.close()
  const { size } = statSync(path)
  process.stderr.write(`${name}.png ${size} bytes${size > mostBytes ? ': too large' : ''}\n`)
}
const go = (page: Page, to: string): Promise<unknown> => page.goto(administration.address + to)

try {
  mkdirSync(folder, { recursive: true })
  const mrn = await lodge()
  await take('case', 'officer-sea', { height: 600 }, async (page) => {
    await go(page, `/declarations/${mrn}`)
    await page.getByRole('heading', { name: 'Lane and why' }).waitFor()
    await page.getByRole('tab', { name: 'Duty' }).click()
    await page.getByRole('table').first().waitFor()
  })
  await take('queue', 'officer-sea', { scheme: 'dark' }, async (page) => {
    await go(page, '/work')
    await page.getByRole('link', { name: mrn }).waitFor()
    await page.keyboard.press('j')
  })
  await take('filing', 'broker', {}, async (page) => {
    const broker = await administration.signIn('broker')
    const { body } = await broker.send('POST', '/api/drafts', { copyOf: mrn })
    await go(page, `/drafts/${String(body['id'])}?step=goods`)
    await page.getByText('To pay').first().waitFor()
  })
  await take('story', 'broker', {}, async (page) => {
    await go(page, `/declarations/${mrn}?tab=timeline&order=story`)
    await page.getByText('The declaration was lodged').waitFor()
  })
  await take('arabic', 'broker', { language: 'ar', height: 580 }, async (page) => {
    await go(page, '/today')
    await page.getByRole('table').or(page.getByRole('main').getByRole('listitem').first()).first().waitFor()
  })
} finally {
  await browser.close()
  await administration.close()
}
