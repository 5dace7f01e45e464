// The frame and the kit in a real browser: what every screen of every feature stands on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults, launchBrowser, openPage, sidewaysScroll, type PageOptions } from '../browser.ts'
import { problem, startWebServer, type WebServer } from '../web-server.ts'

const session = {
  sessionId: '01970000-0000-7000-8000-000000000001',
  person: { id: '01970000-0000-7000-8000-000000000002', name: 'Daniela Osei', email: 'daniela.osei@customs.example' },
  organisation: null,
  roles: ['officer'],
  permissions: [] as string[],
  office: { code: 'XV000101', name: 'Port Marrin' },
  offices: [
    { code: 'XV000101', name: 'Port Marrin' },
    { code: 'XV000201', name: 'Halden Airport' },
  ],
  represents: [],
  steppedUpUntil: null,
  totp: false,
  language: 'en',
  endsAt: '2099-01-01T00:00:00.000Z',
  demo: true,
}
const demoPeople = [
  {
    personId: session.person.id,
    name: session.person.name,
    role: 'officer',
    organisation: 'Port Marrin',
    office: 'XV000101',
    line: 'Works the queue',
    lineKey: 'identity.demo.none',
  },
]

let server: WebServer
let browser: Browser
let signedIn = true
let office = session.offices[0]!
const here = () => ({ body: { ...session, office } })

before(async () => {
  server = await startWebServer({
    'GET /api/session': () => (signedIn ? here() : problem(401, 'access.not_signed_in')),
    'GET /api/demo/sign-ins': () => ({ body: demoPeople }),
    'POST /api/demo/sign-in': () => {
      signedIn = true
      return here()
    },
    'PUT /api/account/preferences': () => ({ body: {} }),
  })
  browser = await launchBrowser()
})
after(async () => {
  await browser?.close()
  await server?.close()
})

const open = async (path: string, options: PageOptions = {}): Promise<{ page: Page; faults: string[]; close: () => Promise<void> }> => {
  const { page, faults, context } = await openPage(browser, options)
  await page.goto(server.url + path)
  await page.locator('main').first().waitFor()
  await page.locator('h1').first().waitFor()
  // The kit hears no live news, so it comes to rest: with the texts of issues and, in Chinese, the faces.
  if (path.startsWith('/kit')) await page.waitForLoadState('networkidle')
  return { page, faults, close: () => context.close() }
}

const looks: [string, PageOptions][] = [
  ['light', {}],
  ['dark', { scheme: 'dark' }],
  ['Arabic, from right to left', { language: 'ar' }],
  ['Chinese', { language: 'zh' }],
]

for (const [name, options] of looks) {
  test(`every part of the kit is accessible and complains of nothing: ${name}`, async () => {
    const { page, faults, close } = await open('/kit', options)
    assert.deepEqual(await accessibilityFaults(page), [])
    assert.equal(await sidewaysScroll(page), 0)
    assert.deepEqual(faults, [])
    await close()
  })
}

test('the page is mirrored in Arabic: direction, language, and a time line whose dots stand at the right', async () => {
  const { page, close } = await open('/kit', { language: 'ar' })
  assert.deepEqual(await page.evaluate('[document.documentElement.dir, document.documentElement.lang]'), ['rtl', 'ar'])
  const entry = page.locator('ol > li').first()
  const [line, dot] = [await entry.boundingBox(), await entry.locator('span').nth(1).boundingBox()]
  assert.ok(line && dot && dot.x > line.x + line.width / 2)
  await close()
})

for (const [name, options] of [
  ['1280 × 720', {}],
  ['200 % zoom of it', { width: 640, height: 360 }],
  ['a tablet held upright', { width: 800, height: 1280, touch: true }],
] as [string, PageOptions][]) {
  test(`nothing needs scrolling sideways at ${name}`, async () => {
    for (const path of ['/kit', '/sign-in', '/nowhere']) {
      const { page, close } = await open(path, options)
      assert.equal(await sidewaysScroll(page), 0, path)
      await close()
    }
  })
}

test('sign-in: accessible, one click opens the page that was asked for', async () => {
  signedIn = false
  const { page, faults, close } = await open('/nowhere?a=1')
  assert.match(page.url(), /\/sign-in\?to=/)
  await page.getByRole('button', { name: /Daniela Osei/ }).waitFor()
  assert.deepEqual(await accessibilityFaults(page), [])
  await page.getByRole('button', { name: /Daniela Osei/ }).click()
  await page.waitForURL('**/nowhere?a=1')
  await page.getByRole('heading', { name: 'Nothing here', level: 1 }).waitFor()
  assert.equal(await page.title(), 'Nothing here · Portcullis')
  assert.deepEqual(await accessibilityFaults(page), [])
  assert.deepEqual(faults, [])
  await close()
})

test('a link to another site in the address of the sign-in page is not followed', async () => {
  signedIn = false
  const { page, close } = await open('/sign-in?to=//elsewhere.example/')
  await page.getByRole('button', { name: /Daniela Osei/ }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  assert.ok(page.url().startsWith(server.url))
  await close()
})

test('by keyboard alone: skip link, search, keys, menus, and the focus comes back', async () => {
  signedIn = true
  const { page, close } = await open('/nowhere')
  const focused = (): Promise<string> =>
    page.evaluate<string>('document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.textContent')
  await page.keyboard.press('Tab')
  assert.equal(await focused(), 'To the content')
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'main')
  await page.keyboard.press('/')
  assert.equal(await focused(), 'Search everything')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys on this page' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const menu = page.getByRole('button', { name: /Daniela Osei/ })
  await menu.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Dark' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' })
  assert.equal(await page.locator('[aria-label*="Daniela Osei"]:focus').count(), 1)
  // Escape as soon as the menu is drawn, before the focus has moved into it.
  await page.evaluate(`(async () => {
    const button = document.activeElement
    button.click()
    for (let tick = 0; tick < 9 && !document.querySelector('[role="menuitem"]'); tick += 1) await null
    if (!document.querySelector('[role="menuitem"]') || document.activeElement !== button) throw new Error('too late to be early')
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  })()`)
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' })
  assert.equal(await page.locator('[aria-label*="Daniela Osei"]:focus').count(), 1)
  await close()
})

test('language and colours are chosen, and stay after loading the page again', async () => {
  signedIn = true
  const { page, close } = await open('/nowhere')
  await page.getByRole('button', { name: /Daniela Osei/ }).click()
  await page.getByRole('menuitem', { name: 'Dark' }).click()
  await page.getByRole('button', { name: /Daniela Osei/ }).click()
  await page.getByRole('menuitem', { name: 'العربية' }).click()
  await page.getByRole('heading', { name: 'لا شيء هنا', level: 1 }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'لا شيء هنا', level: 1 }).waitFor()
  assert.equal(await page.evaluate('document.documentElement.getAttribute("data-mantine-color-scheme")'), 'dark')
  assert.ok(server.asked.some((one) => one.path === '/api/account/preferences' && (one.body as { language: string }).language === 'ar'))
  await close()
})

test('a lost connection says so, and goes by itself once it is back', async () => {
  signedIn = true
  const { page, close } = await open('/nowhere')
  server.cut()
  await page.getByText('Connection lost.').waitFor()
  server.mend()
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
  await close()
})

test('a session that has run out asks above the page and sends the very same request again', async () => {
  signedIn = true
  office = session.offices[0]!
  let isOver = true
  server.answers['PUT /api/session/office'] = () => {
    if (isOver) return problem(401, 'access.not_signed_in')
    office = session.offices[1]!
    return here()
  }
  const { page, close } = await open('/nowhere')
  server.asked.length = 0
  await page.getByRole('button', { name: /Office: Port Marrin/ }).click()
  await page.getByRole('menuitem', { name: /Halden Airport/ }).click()
  await page.getByRole('dialog', { name: 'Your session is over' }).waitFor()
  assert.deepEqual(await accessibilityFaults(page), [])
  isOver = false
  await page.getByRole('button', { name: 'Go on with one click' }).click()
  await page.getByRole('button', { name: /Office: Halden Airport/ }).waitFor()
  const sent = server.asked.filter((one) => one.path === '/api/session/office')
  assert.equal(sent.length, 2)
  assert.equal(sent[0]!.headers['idempotency-key'], sent[1]!.headers['idempotency-key'])
  assert.deepEqual(sent[0]!.body, sent[1]!.body)
  await close()
})

test('a command that wants a fresh proof asks for it, and goes out again under the same key', async () => {
  signedIn = true
  office = session.offices[0]!
  let isProven = false
  server.answers['PUT /api/session/office'] = () => {
    if (!isProven) return problem(403, 'identity.step_up_required')
    office = session.offices[1]!
    return here()
  }
  server.answers['POST /api/session/step-up'] = ({ body }) => {
    isProven = (body as { password?: string }).password === 'portcullis'
    return isProven ? here() : problem(422, 'identity.step_up_wrong')
  }
  const { page, close } = await open('/nowhere')
  server.asked.length = 0
  await page.getByRole('button', { name: /Office: Port Marrin/ }).click()
  await page.getByRole('menuitem', { name: /Halden Airport/ }).click()
  await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
  await page.keyboard.type('wrong')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('That does not prove that it is you.').waitFor()
  await page.getByLabel('Password').fill('portcullis')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Office: Halden Airport/ }).waitFor()
  const keys = server.asked.filter((one) => one.path === '/api/session/office').map((one) => one.headers['idempotency-key'])
  assert.equal(keys.length, 2)
  assert.equal(keys[0], keys[1])
  await close()
})
