/**
 * A real browser for tests, from the development packages: no browser of the machine is needed.
 *   const browser = await launchBrowser()
 *   const { page, faults } = await openPage(browser, { width: 1280, height: 720, scheme: 'dark', language: 'ar' })
 *   assert.deepEqual(await accessibilityFaults(page), [])
 * Screenshots go to test/output, which is not committed.
 */
import chromium from '@sparticuz/chromium'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import axe from 'axe-core'
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core'

const repository = resolve(import.meta.dirname, '..')
const packageFile = join(repository, 'node_modules/@sparticuz/chromium/package.json')

// These flags of the package suit a function in a cloud: they let a page read other origins, or crash at the second context.
const unsafe = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--single-process',
  '--no-zygote',
  '--in-process-gpu',
  '--disable-site-isolation-trials',
]

// Without a GPU these compute every frame of every page as 3-D graphics, which is almost half of all the work of a journey. WebGL is
// there all the same, by the same software.
const costly = ['--use-gl=angle', '--use-angle=swiftshader']

/** Unpacks the browser once for each version; the package itself would take whatever older one lies in the temporary directory. */
const unpack = async (): Promise<string> => {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const before = process.env['TMPDIR']
  const folder = join(tmpdir(), `portcullis-chromium-${version}`)
  if (existsSync(join(folder, 'chromium'))) return join(folder, 'chromium')
  const half = mkdtempSync(`${folder}-`)
  try {
    process.env['TMPDIR'] = half
    await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  chmodSync(half, 0o755)
  try {
    renameSync(half, folder)
  } catch {
    // Another test was quicker: its copy is the same.
    rmSync(half, { recursive: true, force: true })
  }
  return join(folder, 'chromium')
}

export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await unpack(),
    args: [...chromium.args.filter((flag) => !unsafe.includes(flag) && !costly.includes(flag)), '--disable-gpu'],
    headless: true,
    chromiumSandbox: false,
  })

export type PageOptions = {
  /** CSS pixels; 200 % zoom of 1280 × 720 is 640 × 360 at a scale of 2 */
  width?: number
  height?: number
  scale?: number
  scheme?: 'light' | 'dark'
  language?: 'en' | 'fr' | 'es' | 'zh' | 'ar'
  reducedMotion?: boolean
  touch?: boolean
}

export type OpenPage = {
  page: Page
  context: BrowserContext
  /** what the page complained of: exceptions, errors in the console, refused loads */ faults: string[]
}

export const openPage = async (browser: Browser, options: PageOptions = {}): Promise<OpenPage> => {
  const { width = 1280, height = 720, scale = 1, scheme = 'light', language = 'en', reducedMotion = true, touch = false } = options
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: scheme,
    locale: language,
    hasTouch: touch,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    timezoneId: 'UTC',
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (fault) => faults.push(`exception: ${fault.message}`))
  // The browser itself reports each refused request in the console; whether a refusal was expected is the test's matter.
  page.on(
    'console',
    (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && faults.push(`console: ${message.text()}`),
  )
  return { page, context, faults }
}

// Runs in the page; text, because the types of a browser are not those of the tests.
const beyond = `(() => {
  const hidden = [...document.querySelectorAll('*')].filter((one) => one.clientWidth > 0 && /auto|scroll/.test(getComputedStyle(one).overflow))
  const most = (lengths) => Math.max(0, ...lengths)
  return {
    width: most(hidden.map((one) => one.scrollWidth - one.clientWidth)),
    height: most([...hidden.map((one) => one.scrollHeight - one.clientHeight), document.documentElement.scrollHeight - window.innerHeight]),
  }
})()`

/** Makes the window as large as everything in it, so that nothing lies behind a bar or an edge while contrasts are judged. */
const showAll = async (page: Page): Promise<() => Promise<void>> => {
  const before = page.viewportSize()
  if (!before) return async () => undefined
  let { width, height } = { ...before, height: before.height + 200 }
  for (let tries = 0; tries < 4; tries += 1) {
    const more = await page.evaluate<{ width: number; height: number }>(beyond)
    if (tries > 0 && more.width <= 0 && more.height <= 0) break
    width = Math.min(6_000, width + more.width)
    height = Math.min(16_000, height + Math.max(0, more.height))
    await page.setViewportSize({ width, height })
    // Drawn anew, and what watches sizes has answered.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))')
  }
  return () => page.setViewportSize(before)
}

/** Menus and lists that open hang outside the landmarks, as dialogs do; that is a practice, not a criterion. */
const isOverlay = (rule: { id: string }, target: string): boolean => rule.id === 'region' && /mantine-|data-portal|^#_r_/.test(target)

type Found = { id: string; help: string; nodes: { target: (string | string[])[]; any: Check[]; all: Check[]; none: Check[] }[] }
type Check = { message: string }
type Results = { violations: Found[]; incomplete: Found[] }

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const rules = { runOnly: { type: 'tag', values: tags }, rules: { 'color-contrast': { enabled: false } }, resultTypes: ['violations'] }
const contrasts = { runOnly: ['color-contrast'], resultTypes: ['violations', 'incomplete'] }

/** Asked of axe in the page itself, which takes a tenth of the time of asking through its driver: that sends the whole of axe each time. */
const askAxe = async (page: Page, options: object, context: object | null = null): Promise<Results> => {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source)
  return page.evaluate<Results>(`axe.run(${context ? JSON.stringify(context) : 'document'}, ${JSON.stringify(options)})`)
}
/** It cannot tell the ground of letters within a drawing or on a map. Those use pairs of tokens, whose contrast tokens.test.ts computes. */
const withoutDrawings = { exclude: [['svg[role="img"]'], ['.maplibregl-map']] }

/**
 * Everything that axe finds (WCAG 2.0 to 2.2, A and AA, best practices), and the contrasts that it could not decide; one line each. axe
 * says "no violations" of unreadable text whose ground it cannot make out, so what it left undecided counts.
 */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  const found = await askAxe(page, rules)
  const restore = await showAll(page)
  const contrast = await askAxe(page, contrasts, withoutDrawings)
  await restore()
  return [...found.violations, ...contrast.violations, ...contrast.incomplete].flatMap((rule) =>
    rule.nodes
      .filter((node) => !isOverlay(rule, node.target.join(' ')))
      .map((node) => `${rule.id}: ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? rule.help}`),
  )
}

/** By how many pixels the page can be moved sideways; 0 = not at all. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)')

/** Keeps a picture in test/output, for people to look at. */
export const keepPicture = async (page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<string> => {
  const folder = join(repository, 'test/output')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, fullPage: options.fullPage ?? false })
  return path
}
