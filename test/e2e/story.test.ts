/**
 * One consignment of cigarettes from the first click to the proof: the broker files it, it goes red, an officer checks papers and goods and
 * finds more than was declared, the broker amends, the head of office settles, the duty is paid in cash, the goods go, the trader reads it all,
 * the auditor proves it. Each of them in a browser of their own, as in life.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import type { Browser, Locator, Page } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser, openPage, sidewaysScroll } from '../browser.ts'
import { cigarettes, startAdministration, type Administration } from './desk.ts'

/** What happens, in order; what comes later needs what came before, so the first that fails ends the story. */
const chapters: { title: string; happens: () => Promise<void> }[] = []
const chapter = (title: string, happens: () => Promise<void>): void => void chapters.push({ title, happens })

const repository = join(import.meta.dirname, '../..')
const lrn = 'STORY-1'
let administration: Administration
let browser: Browser
let mrn = ''
/** Names of those who decide, which are not the trader's to know. */
const staff = /Osei|Eriksen|Novak|N-TOBACCO/
const faults: string[][] = []

const open = async (key: string): Promise<Page> => {
  const opened = await administration.open(browser, key)
  faults.push(opened.faults)
  return opened.page
}
const go = (page: Page, to: string): Promise<unknown> => page.goto(administration.address + to)

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `story-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

/** A code by typing it, as one does who knows it. */
const type = async (within: Page | Locator, name: string, code: string): Promise<void> => {
  const field = within.getByRole('combobox', { name }).first()
  await field.fill(code)
  await field.press('Tab')
}
const cell = (page: Page, name: string): Locator => page.locator(`[data-cell="0:${name}"]`)

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
  // What was the same last time is offered for the next one, so there is a last time.
  const broker = await administration.signIn('broker')
  const session = (await broker.send('GET', '/api/session')).body as {
    organisation: { registrationId: string }
    represents: { registration: string; name: string }[]
  }
  const client = session.represents.find((one) => one.name.startsWith('Meridian'))!
  assert.equal(
    (await broker.send('POST', '/api/declarations', cigarettes(session.organisation.registrationId, client.registration, 'STORY-0'))).status,
    201,
  )
})
after(async () => {
  await browser?.close()
  await administration?.close()
})

chapter('the broker signs in with one click, files the declaration by the form and lodges it', async () => {
  const opened = await openPage(browser)
  faults.push(opened.faults)
  const { page } = opened
  await go(page, '/')
  await page.getByRole('button', { name: /Amara Lindqvist/ }).waitFor()
  await sound(page, '01-sign-in')
  await page.getByRole('button', { name: /Amara Lindqvist/ }).click()
  await page.getByRole('heading', { name: 'What waits for you' }).waitFor()
  await sound(page, '02-today')
  await page.getByRole('link', { name: 'New declaration' }).click()
  await page.getByRole('combobox', { name: 'For whom?' }).fill('Meridian')
  await page.getByRole('option', { name: /Meridian Home Electronics/ }).click()
  await sound(page, '03-new')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByLabel('Your reference number').fill(lrn)
  await fillParties(page)
  await fillTransport(page)
  await fillGoods(page)
  await page.getByText('Nothing is missing').waitFor()
  await sound(page, '04-goods')
  // What was typed is there again after a reload.
  await page.reload()
  await cell(page, 'net').waitFor()
  assert.equal(await cell(page, 'net').inputValue(), '400')
  await page
    .getByRole('button', { name: /Check and lodge/ })
    .first()
    .click()
  await page.getByText('Ready to lodge').waitFor()
  await sound(page, '05-lodge')
  // Lodged once, however often one clicks.
  await page.getByRole('button', { name: 'Lodge', exact: true }).dblclick()
  await page.getByRole('heading', { name: 'What happens now' }).waitFor()
  mrn = /declarations\/([0-9A-Z]{18})\/lodged/.exec(page.url())?.[1] ?? ''
  assert.match(mrn, /^\d\dXV/)
  await page.getByText('Under control').waitFor()
  await sound(page, '06-lodged')
  await page.context().close()
  const broker = await administration.signIn('broker')
  const { body } = await broker.send('GET', `/api/declarations?q=${lrn}`)
  assert.equal(body['total'], 1)
})

const step = (page: Page, name: string): Promise<void> => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click()

/** This time it is paid in cash: no deferment account, so no authorisation to use one. */
const fillParties = async (page: Page): Promise<void> => {
  await step(page, 'Parties')
  await page.getByRole('button', { name: 'Remove Authorisations 1' }).click()
  await step(page, 'Duty and payment')
  await page.getByRole('button', { name: 'Remove Deferment accounts 1' }).click()
}

const fillTransport = async (page: Page): Promise<void> => {
  await step(page, 'Transport and place')
  await page.getByRole('group', { name: 'Means of transport at the border' }).getByLabel('Number of the means').fill('IMO9321483')
  const arrival = page.getByRole('group', { name: 'Means on arrival' })
  await type(arrival, 'Kind of number', '10')
  await arrival.getByLabel('Number of the means').fill('IMO9321483')
  await page.getByRole('button', { name: 'Add: Containers' }).click()
  await page.getByRole('group', { name: 'Containers' }).getByRole('textbox', { name: 'Container' }).fill('PELU1234560')
}

const fillGoods = async (page: Page): Promise<void> => {
  await step(page, 'Goods lines')
  const line = {
    commodity: '24022000',
    description: 'Cigarettes containing tobacco',
    origin: 'TR',
    price: '18000',
    currency: 'VRC',
    net: '400',
    gross: '450',
    packageCount: '40',
    packageType: 'CT',
  }
  for (const [name, value] of Object.entries(line)) await cell(page, name).fill(value)
  await cell(page, 'gross').press('Control+Enter')
  await type(page, 'Method of payment', 'A')
  await page.getByLabel('Marks and numbers').fill('MHE 1-40')
  await page.getByRole('button', { name: 'Add: Documents' }).click()
  const paper = page.getByRole('group', { name: 'Documents', exact: true })
  await type(paper, 'Document', 'N935')
  await paper.getByLabel('Number of the document').fill('INV-STORY-1')
  await type(paper, 'Status', 'AC')
  await page.getByRole('button', { name: 'Add: Previous documents' }).click()
  const previous = page.getByRole('group', { name: 'Previous documents' })
  await type(previous, 'Kind', 'ZZZ')
  await previous.getByRole('textbox', { name: 'Number', exact: true }).fill('BL-STORY-1')
}

chapter('an officer takes the case from the queue with the keys, finds the papers right and more goods than declared', async () => {
  const page = await open('officer-sea')
  await go(page, `/work?lane=red&q=${mrn}`)
  await page.getByRole('link', { name: mrn }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('t')
  await page.getByRole('cell', { name: 'Daniela Osei' }).waitFor()
  await keepPicture(page, 'story-07-queue')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByText('You hold this case').waitFor()
  await keepPicture(page, 'story-08-case')
  await page.keyboard.press('1')
  const bar = page.getByRole('region', { name: 'Decision' })
  await bar.getByLabel('Remarks').fill('Invoice and bill of lading agree.')
  await bar.getByRole('button', { name: 'Documents conform' }).click()
  await page.getByText(`Documents conform: ${mrn}`).waitFor()
  // Another look at the queue, and back by the number.
  await go(page, '/work')
  await page.getByRole('table').waitFor()
  await page.keyboard.press('/')
  // As fast as one types: Enter counts once the answer is there.
  await page.keyboard.type(mrn)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: mrn }).waitFor()
  await bar.getByRole('button', { name: 'Goods not as declared' }).click()
  await bar.getByLabel('Data element').selectOption({ label: 'Net mass, kg' })
  await bar.getByLabel('Found').fill('480')
  await bar.getByLabel('Remarks').fill('All forty cartons weighed.')
  await sound(page, '09-finding')
  await bar.getByRole('button', { name: 'Goods not as declared' }).click()
  await page.getByText(`Goods not as declared: ${mrn}`).waitFor()
  await page.context().close()
})

chapter('the broker is asked for an amendment, sends it, and an officer grants it', async () => {
  const page = await open('broker')
  await go(page, `/declarations/${mrn}`)
  await page.getByText('The control found a difference').waitFor()
  await sound(page, '10-trader-sees')
  await page.getByRole('button', { name: 'Amend' }).click()
  await step(page, 'Goods lines')
  await cell(page, 'net').fill('480')
  await cell(page, 'gross').fill('530')
  await step(page, 'Check and send')
  await page.getByRole('heading', { name: 'What changes' }).waitFor()
  await page.getByLabel('Why is it amended?').fill('The packing list named only the first pallet.')
  await sound(page, '11-amendment')
  await page.getByRole('button', { name: 'Send the amendment' }).click()
  await page.getByText('The amendment was sent').waitFor()
  await page.context().close()

  const officer = await open('officer-sea')
  await go(officer, `/work?request=true&q=${mrn}`)
  await officer.getByRole('link', { name: mrn }).click()
  await officer.getByRole('button', { name: 'Grant the request' }).click()
  await officer.getByLabel('Grounds').fill('Agrees with what was weighed.')
  await sound(officer, '12-request')
  await officer.getByRole('button', { name: 'Grant the request' }).last().click()
  await officer.getByText(`Grant the request: ${mrn}`).waitFor()
  await go(officer, `/declarations/${mrn}`)
  await officer.getByRole('heading', { name: mrn }).waitFor()
  assert.equal(await officer.getByRole('button', { name: 'Settle the discrepancy' }).count(), 0, 'who found it is offered to settle it')
  await officer.context().close()
})

chapter('the head of office settles the discrepancy, the cashier takes the duty, the goods are released', async () => {
  const head = await open('supervisor-sea')
  await go(head, `/declarations/${mrn}`)
  await head.getByRole('button', { name: 'Settle the discrepancy' }).click()
  await head.getByLabel('Grounds').fill('The amended mass is what was weighed.')
  await head.getByRole('button', { name: 'Settle the discrepancy' }).last().click()
  await head.getByText(`Settle the discrepancy: ${mrn}`).waitFor()
  await head.context().close()

  const trader = await open('trader-meridian')
  await go(trader, '/today')
  await trader.getByRole('link', { name: 'Pay', exact: true }).waitFor()
  await sound(trader, '13-trader-pays')
  await trader.context().close()

  const cashier = await open('cashier')
  await go(cashier, '/cash')
  await cashier.getByLabel('MRN').fill(mrn)
  await cashier.getByRole('button', { name: 'Show' }).click()
  await cashier.getByRole('heading', { name: 'Receive cash' }).waitFor()
  await sound(cashier, '14-cash')
  await cashier.getByRole('button', { name: 'Receive and print the receipt' }).click()
  await cashier.waitForURL(/cash\/receipts\//)
  await sound(cashier, '15-receipt')
  await cashier.context().close()
})

chapter('the trader reads every step in order, acknowledges it, and the time line tells the whole story', async () => {
  const page = await open('trader-meridian')
  await go(page, `/declarations/${mrn}`)
  await page.getByText('Nothing is left to do').waitFor()
  await page.getByRole('link', { name: 'Follow this consignment' }).click()
  const line = page.getByRole('tabpanel', { name: 'Time line' })
  const story = [
    'was lodged',
    'accepted the declaration',
    'documents agree',
    'goods are not as declared',
    'was amended',
    'asked for payment',
    'duty is covered',
    'were released',
    'procedure is complete',
  ]
  for (const words of story) await line.getByText(words).first().waitFor()
  const text = await line.innerText()
  const places = story.map((words) => text.indexOf(words))
  assert.deepEqual(
    places.toSorted((a, b) => a - b),
    places,
    'the story is not told in order',
  )
  assert.match(text, /Net mass: declared 400, found 480/)
  assert.doesNotMatch(text, staff)
  await sound(page, '16-time-line')
  // A code joins small letters with full stops; sentences do not.
  assert.deepEqual(text.match(/\b[a-z]+(?:[.][a-z]+)+(?:_[a-z]+)*\b/g), null, 'a raw code stands in the time line')
  const trader = await administration.signIn('trader-meridian')
  for (const part of ['', '/timeline', '/history']) {
    const { body } = await trader.send('GET', `/api/declarations/${mrn}${part}`)
    assert.doesNotMatch(JSON.stringify(body), staff, `the trader is told who of the staff did what: ${part}`)
  }
  await go(page, `/inbox?mrn=${mrn}`)
  await page.getByRole('button', { name: 'Acknowledge all' }).waitFor()
  const told = await page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByText(/^DMS/) })
    .allInnerTexts()
  const names = told.map((text) => /DMS[A-Z]{3}/.exec(text)?.[0]).toReversed()
  // Released and settled in one go is told once, as cleared.
  const inOrder = ['DMSACC', 'DMSDOC', 'DMSCTL', 'DMSREQ', 'DMSCPI', 'DMSRES', 'DMSCLE']
  assert.deepEqual(
    names.filter((name) => inOrder.includes(name ?? '')).filter((name, at, all) => all.indexOf(name) === at),
    inOrder,
    names.join(' '),
  )
  await sound(page, '17-inbox')
  await page.getByRole('button', { name: 'Acknowledge all' }).click()
  await page.getByRole('button', { name: 'Acknowledge all' }).waitFor({ state: 'detached' })
  await page.context().close()
})

chapter('the auditor decides every decision again and proves the journal, on the page and at the command line', async () => {
  const page = await open('auditor')
  await go(page, '/audit/replay')
  await page.getByLabel('MRN').fill(mrn)
  await page.keyboard.press('Enter')
  await page.getByText('The journal gives the stored state').waitFor()
  assert.equal(await page.getByText('Different', { exact: true }).count(), 0)
  await keepPicture(page, 'story-18-replay')
  await page.context().close()
  const run = async (...words: string[]): Promise<Record<string, unknown>[]> => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(repository, 'src/main.ts'), 'audit', ...words], {
      env: { ...process.env, DATABASE_URL: administration.databaseUrl },
      maxBuffer: 2 ** 26,
    })
    return stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>)
  }
  const [proof] = await run('verify')
  assert.equal(proof?.['ok'], true, JSON.stringify(proof))
  const decisions = await run('replay', mrn)
  assert.ok(decisions.length > 6, `only ${decisions.length} lines`)
  assert.deepEqual(
    decisions.filter((one) => one['alike'] === false),
    [],
  )
})

test('a consignment crosses the border', async (t) => {
  for (const { title, happens } of chapters) {
    t.diagnostic(title)
    await happens()
  }
  assert.deepEqual(faults.flat(), [], 'a page complained')
})
