// The workstation at work, by keys and by hand, on a phantom: what is known of it is known exactly.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { ensureWebApp } from '../../src/web-app.ts'
import { accessibilityFaults, keepPicture, launchBrowser, openPage, sidewaysScroll, type PageOptions } from '../browser.ts'
import { startWebServer, type WebServer } from '../web-server.ts'

let server: WebServer
let browser: Browser

before(async () => {
  await ensureWebApp(() => undefined)
  const person = {
    personId: '01970000-0000-7000-8000-000000000002',
    name: 'Malik Thorvald',
    role: 'image-analyst',
    organisation: 'Halden Air',
    office: null,
    line: 'Reads images',
    lineKey: 'identity.demo.none',
  }
  server = await startWebServer({ 'GET /api/demo/sign-ins': () => ({ body: [person] }) })
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await server?.close()
})

const onStation = async (query: string, work: (page: Page) => Promise<void>, options: PageOptions = {}): Promise<void> => {
  const { page, context, faults } = await openPage(browser, { scheme: 'dark', ...options })
  page.setDefaultTimeout(60_000)
  await page.goto(`${server.url}/kit/viewer?${query}`)
  await page.locator('[data-drawn]').first().waitFor()
  await work(page)
  assert.deepEqual(faults, [])
  await context.close()
}

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

/** The middle of the window is the middle of the phantom (200, 150) as long as nobody pans; one to one, a pixel is a pixel. */
const pointAt = async (page: Page, x: number, y: number): Promise<{ x: number; y: number }> => {
  const box = (await page.locator('[data-drawn]').first().boundingBox())!
  return { x: Math.round(box.x + box.width / 2 - 200) + x + 0.5, y: Math.round(box.y + box.height / 2 - 150) + y + 0.5 }
}

test('the probe names what the wedges are made of', () =>
  onStation('image=dual', async (page) => {
    await press(page, 'z')
    for (const [x, y, words, mass] of [
      [35, 40, /Organic, Z 5\.4/, '2.4 g/cm²'],
      [95, 90, /Inorganic, Z 13\.0/, '4.8 g/cm²'],
      [65, 140, /Metal, Z 26\.0/, '0.7 g/cm²'],
    ] as const) {
      const at = await pointAt(page, x, y)
      await page.mouse.move(at.x, at.y)
      const figures = page.getByLabel('Under the pointer', { exact: true })
      await figures.getByText(words).waitFor()
      await figures.getByText(mass).waitFor()
    }
    await keepPicture(page, 'viewer-probe')
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.equal(await sidewaysScroll(page), 0)
  }))

test('distances are measured by hand and by keys, in pixels and millimetres; marks stay in this browser and go one by one', () =>
  onStation('image=dual', async (page) => {
    await press(page, 'z', 't')
    const [from, to] = [await pointAt(page, 20, 20), await pointAt(page, 260, 20)]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 4 })
    await page.mouse.up()
    await page.getByText('360 mm (240 px)').waitFor()
    await press(
      page,
      'x',
      'Enter',
      ...Array.from({ length: 5 }, () => 'Shift+ArrowRight'),
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'Enter',
    )
    await page.getByText('75.0 mm (50 px) × 6.0 mm (4 px)').waitFor()
    await press(page, 'k', ...Array.from({ length: 6 }, () => 'Shift+ArrowDown'), 'Enter')
    await page.getByRole('dialog').getByLabel('Note').fill('Look at the hinge')
    await press(page, 'Enter')
    await page.getByText('Look at the hinge').waitFor()
    await keepPicture(page, 'viewer-marks')
    assert.deepEqual(await accessibilityFaults(page), [])
    await page.reload()
    await page.getByText('Look at the hinge').waitFor()
    await press(page, 'Delete')
    await page.getByText('Look at the hinge').waitFor({ state: 'detached' })
    await page.getByText('360 mm (240 px)').waitFor()
  }))

test('blind, boxes are neither shown nor to be had until the decision, which takes two keystrokes', () =>
  onStation('image=views&blind', async (page) => {
    const box = page.getByText('Knife 93%').first()
    assert.equal(await box.count(), 0)
    assert.ok(await page.getByRole('button', { name: 'AI boxes' }).isDisabled())
    await press(page, 'a')
    assert.equal(await page.getByText('Knife 93%').count(), 0)
    await keepPicture(page, 'viewer-blind')
    assert.deepEqual(await accessibilityFaults(page), [])
    await press(page, 's')
    await page.getByRole('group', { name: 'What is seen' }).waitFor()
    await keepPicture(page, 'viewer-suspect')
    await press(page, '2')
    await page.getByText('Decided: suspect knife').waitFor()
    await box.waitFor()
    await press(page, 'a')
    await box.waitFor({ state: 'detached' })
  }))

test('clear is given by c and Enter', () =>
  onStation('image=dual&blind', async (page) => {
    await press(page, 'c', 'Enter')
    await page.getByText('Decided: clear').waitFor()
    await page.getByText('Knife 93%').waitFor()
  }))

test('two views move in step; an earlier image stands beside, or under a divider', () =>
  onStation('image=views', async (page) => {
    await press(page, 'z', 'ArrowRight', 't')
    await press(page, 'g')
    await page.locator('[data-drawn]').nth(2).waitFor()
    assert.equal(await page.locator('[data-drawn]').count(), 3)
    await keepPicture(page, 'viewer-side')
    await press(page, 'g')
    await page.getByRole('slider', { name: 'Where the earlier image ends' }).fill('30')
    await keepPicture(page, 'viewer-slider')
    // Whether the label of a box lies under the divider cannot be made out by a machine.
    await press(page, 'a')
    assert.deepEqual(await accessibilityFaults(page), [])
  }))

test('a picture of a vendor’s colours says that materials are approximate', () =>
  onStation('image=colour', async (page) => {
    await page.getByText(/Material is approximate/).waitFor()
    await press(page, 'z')
    const at = await pointAt(page, 95, 90)
    await page.mouse.move(at.x, at.y)
    await page.getByText('Inorganic (approx.)').waitFor()
    await press(page, 'm', 'h')
    await keepPicture(page, 'viewer-colour')
  }))

test('it stands in Arabic, the picture unmirrored, and on a small screen', () =>
  onStation(
    'image=dual',
    async (page) => {
      assert.equal(await page.evaluate('getComputedStyle(document.querySelector("[data-drawn]")).direction'), 'ltr')
      await keepPicture(page, 'viewer-ar')
      assert.deepEqual(await accessibilityFaults(page), [])
      await page.setViewportSize({ width: 640, height: 360 })
      assert.equal(await sidewaysScroll(page), 0)
      await keepPicture(page, 'viewer-small')
    },
    { language: 'ar' },
  ))
