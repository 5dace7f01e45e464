// What the screen shows is what the pure functions say, pixel by pixel: the shader and the worker against pixels/develop.ts, on a phantom.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { colourPhantom, dualPhantom, volumePhantom } from '../../src/web/app/kit/viewer/phantom.ts'
import { develop } from '../../src/web/viewer/pixels/develop.ts'
import { highPenetration, lowPenetration, plainLook, withAlert, withGamma, type Look } from '../../src/web/viewer/pixels/look.ts'
import { plainTable } from '../../src/web/viewer/pixels/material.ts'
import type { Pixels } from '../../src/web/viewer/pixels/pixels.ts'
import { greatestAlong } from '../../src/web/viewer/pixels/volume.ts'
import { ensureWebApp } from '../../src/web-app.ts'
import { accessibilityFaults, keepPicture, launchBrowser, openPage } from '../browser.ts'
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

const patienceMs = 60_000

const onStation = async (query: string, work: (page: Page) => Promise<void>): Promise<void> => {
  const { page, context, faults } = await openPage(browser, { scheme: 'dark', width: 1280, height: 720 })
  page.setDefaultTimeout(patienceMs)
  await page.goto(`${server.url}/kit/viewer?${query}`)
  await page.locator('[data-drawn]').first().waitFor()
  await work(page)
  assert.deepEqual(faults, [])
  await context.close()
}

/** A square part of the first picture's canvas as it is on the screen: RGBA. */
const readCanvas = async (page: Page, side: { width: number; height: number }): Promise<Buffer> => {
  const text = await page.evaluate<string>(`(() => {
    const canvas = document.querySelector('[data-drawn] > canvas')
    const [width, height] = [${side.width}, ${side.height}]
    const copy = new OffscreenCanvas(width, height)
    const context = copy.getContext('2d')
    context.drawImage(canvas, -Math.round(canvas.width / 2 - width / 2), -Math.round(canvas.height / 2 - height / 2))
    let text = ''
    for (const byte of context.getImageData(0, 0, width, height).data) text += String.fromCharCode(byte)
    return btoa(text)
  })()`)
  return Buffer.from(text, 'base64')
}

/** Greatest difference of any channel of any pixel. */
const farthest = (seen: Buffer, wanted: Uint8ClampedArray): number => {
  assert.equal(seen.length, wanted.length)
  let most = 0
  for (let at = 0; at < wanted.length; at += 1) most = Math.max(most, Math.abs(seen[at]! - wanted[at]!))
  return most
}

/** Until the picture has followed the keys: the worker takes its time. */
const untilAlike = async (page: Page, pixels: Pixels, look: Look, within: number, what: string): Promise<void> => {
  const wanted = develop(pixels, look, plainTable)
  let most = 255
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    most = farthest(await readCanvas(page, pixels), wanted)
    if (most <= within) return
    await page.waitForTimeout(100)
  }
  assert.fail(`${what}: a pixel differs by ${most} of 255`)
}

type Step = readonly [keys: readonly string[], look: Look, back: readonly string[]]
const steps: readonly Step[] = [
  [[], plainLook, []],
  [['b'], { ...plainLook, palette: 'grey' }, ['p']],
  [['i'], { ...plainLook, palette: 'inverse' }, ['p']],
  [['o'], { ...plainLook, palette: 'organic' }, ['p']],
  [['n'], { ...plainLook, palette: 'inorganic' }, ['p']],
  [['m'], { ...plainLook, palette: 'metal' }, ['p']],
  [['l'], { ...plainLook, window: lowPenetration }, ['l']],
  [['h'], { ...plainLook, window: highPenetration }, ['h']],
  [[']', ']', ']'], withGamma(plainLook, 1.3), ['[', '[', '[']],
  [['e'], { ...plainLook, enhancement: 'edge' }, ['e']],
  [['b', 'u'], { ...plainLook, enhancement: 'super', palette: 'grey' }, ['p', 'u']],
  [['d', '.'], withAlert(plainLook, 3.25), ['d']],
]

const press = async (page: Page, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

for (const [kind, pixels] of [
  ['dual', dualPhantom()],
  ['colour', colourPhantom((dual) => develop(dual, plainLook, plainTable))],
] as const)
  test(`the shader paints ${kind} images as the pure functions do, within 2 of 255`, () =>
    onStation(`image=${kind}`, async (page) => {
      assert.equal(await page.locator('[data-drawn]').getAttribute('data-renderer'), 'webgl2')
      await press(page, ['z', 'a'])
      for (const [keys, look, back] of steps) {
        await press(page, keys)
        await untilAlike(page, pixels, look, 2, keys.join(' ') || 'plain')
        await press(page, back)
      }
    }))

test('without WebGL the worker paints the same, to the level, and the screen says so', () =>
  onStation('image=dual&render=software', async (page) => {
    assert.equal(await page.locator('[data-drawn]').getAttribute('data-renderer'), 'software')
    await page.getByText('Software rendering').waitFor()
    await press(page, ['z', 'a'])
    for (const [keys, look, back] of steps) {
      await press(page, keys)
      await untilAlike(page, dualPhantom(), look, 0, keys.join(' ') || 'plain')
      await press(page, back)
    }
    await keepPicture(page, 'viewer-software')
  }))

test('the volume in three dimensions shows the greatest values along its rays', () =>
  onStation('image=volume', async (page) => {
    await keepPicture(page, 'viewer-volume')
    assert.deepEqual(await accessibilityFaults(page), [])
    const solid = page.getByRole('img', { name: 'Volume' })
    const { side, bytes } = await page.evaluate<{ side: number; bytes: string }>(`(() => {
      const canvas = document.querySelector('[aria-label="Volume"] > canvas')
      const side = Math.min(canvas.width, canvas.height)
      const copy = new OffscreenCanvas(side, side)
      const context = copy.getContext('2d')
      context.drawImage(canvas, -Math.floor((canvas.width - side) / 2), -Math.floor((canvas.height - side) / 2))
      let text = ''
      const { data } = context.getImageData(0, 0, side, side)
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at])
      return { side, bytes: btoa(text) }
    })()`)
    const seen = Buffer.from(bytes, 'base64')
    const wanted = greatestAlong(volumePhantom(), { yaw: 30, pitch: 20 }, side)
    // At the edge of a voxel 32 bits may fall to the other side than 64: few pixels do.
    const others = wanted.reduce((count, value, at) => count + Number(Math.abs(value / 257 - seen[at]!) > 2), 0)
    assert.ok(others < wanted.length / 50, `${others} of ${wanted.length} pixels differ`)
    assert.ok(seen.some((value) => value > 150))
    const before = await solid.screenshot()
    await solid.focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(500)
    assert.ok(!before.equals(await solid.screenshot()), 'it turns by arrow keys')
    await page.getByLabel('Volume as').selectOption('surface')
    await page.keyboard.press('PageDown')
    await page.getByText('Axial · Slice 32 of 60').waitFor()
    // A press in the coronal slice moves the two others to that point.
    await page.getByRole('img', { name: /Coronal/ }).click({ position: { x: 60, y: 30 } })
    await page.getByText(/Axial · Slice [1-9] of 60/).waitFor()
    await keepPicture(page, 'viewer-volume-surface')
  }))
