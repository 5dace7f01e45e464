/** The officer's day in a real browser: queue, case, decisions of two people, examination, exit, journal, people. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults, keepPicture, launchBrowser, sidewaysScroll } from '../browser.ts'
import { exported, lodge, lodgeUntil, payable, startAdministration, type Administration } from './desk.ts'

let administration: Administration
let browser: Browser
const mrns: string[] = []

const sound = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, `officer-${name}`)
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await sidewaysScroll(page), 0, `${name} can be moved sideways`)
}

before(async () => {
  administration = await startAdministration()
  browser = await launchBrowser()
  for (const lrn of ['E2E-OFF-1', 'E2E-OFF-2', 'E2E-OFF-3']) {
    const { mrn, status } = await lodge(administration, lrn)
    assert.equal(status, 'under-control')
    mrns.push(mrn)
  }
})
after(async () => {
  await browser?.close()
  await administration?.close()
})

test('an officer takes a case from the queue and closes the documentary control with the keys', async () => {
  const { page, faults } = await administration.open(browser, 'officer-sea')
  const mrn = mrns[0]!
  await page.goto(`${administration.address}/work?lane=red&q=${mrn}`)
  await page.getByRole('link', { name: mrn }).waitFor()
  await sound(page, 'queue')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('t')
  await page.getByText('Taken: 1 declaration').waitFor()
  await page.getByRole('cell', { name: 'Daniela Osei' }).waitFor()
  await page.getByRole('link', { name: mrn }).click()
  await page.getByText('You hold this case').waitFor()
  await page.getByRole('heading', { name: 'Lane and why' }).waitFor()
  await sound(page, 'case')
  // A control has its own key; nothing is sent before the remarks are there.
  await page.keyboard.press('1')
  await page.getByText('The documentary control is closed as conform').waitFor()
  await sound(page, 'decision')
  const bar = page.getByRole('region', { name: 'Decision' })
  await bar.getByRole('button', { name: 'Documents conform' }).click()
  await bar.getByText('This field is empty').waitFor()
  await bar.getByLabel('Remarks').fill('Invoice and excise stamps agree.')
  await bar.getByRole('button', { name: 'Documents conform' }).click()
  // The goods are the same officer's to examine: the case stays.
  await page.getByText(`Documents conform: ${mrn} · There is more to control in this case`).waitFor()
  await bar.getByRole('button', { name: 'Goods conform' }).waitFor()
  assert.ok(page.url().endsWith(mrn))
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('an examiner finds another quantity; the head of office settles it only as another person', async () => {
  const mrn = mrns[1]!
  const examiner = await administration.open(browser, 'officer-sea', { width: 800, height: 1280, touch: true })
  await examiner.page.goto(`${administration.address}/examinations/${mrn}`)
  const { page } = examiner
  await page.getByRole('button', { name: 'Different' }).first().click()
  await page.getByLabel('Data element').selectOption({ label: 'Net mass, kg' })
  await page.getByLabel('Found').fill('twice as much')
  await page.getByLabel('Remarks').fill('Opened two cartons.')
  await sound(page, 'examination')
  const small = await page
    .locator('main :is(button, input, select)')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0 && box.height < 44).length)
  assert.equal(small, 0, 'a target on the tablet is lower than 44 px')
  // A reload loses nothing of what was typed.
  await page.reload()
  assert.equal(await page.getByLabel('Found').inputValue(), 'twice as much')
  await page.getByRole('button', { name: 'Close with findings' }).click()
  await page.getByText('The result is recorded').waitFor()
  await page.goto(`${administration.address}/declarations/${mrn}`)
  await page.getByText('Not as declared').first().waitFor()
  assert.equal(await page.getByRole('button', { name: 'Settle the discrepancy' }).count(), 0, 'who found it is offered to settle it')
  await page.context().close()

  const head = await administration.open(browser, 'supervisor-sea')
  await head.page.goto(`${administration.address}/declarations/${mrn}`)
  await head.page.getByText('twice as much').first().waitFor()
  await sound(head.page, 'discrepancy')
  await head.page.getByRole('button', { name: 'Settle the discrepancy' }).click()
  await head.page.getByText('counts as settled').waitFor()
  await head.page.getByLabel('Grounds').fill('Weighing slip explains it.')
  await head.page.getByRole('button', { name: 'Settle the discrepancy' }).last().click()
  await head.page.getByText(`Settle the discrepancy: ${mrn}`).waitFor()
  assert.deepEqual([...examiner.faults, ...head.faults], [])
  await head.page.context().close()
})

test('a release in spite of controls takes two people, and says to the second what will happen', async () => {
  const mrn = mrns[2]!
  const first = await administration.open(browser, 'officer-sea')
  await first.page.goto(`${administration.address}/declarations/${mrn}`)
  await first.page.getByRole('button', { name: 'Propose release' }).click()
  await first.page.getByLabel('Grounds').fill('Urgent medical need, examined at the seller.')
  await first.page.getByRole('button', { name: 'Propose release' }).last().click()
  await first.page.getByText(`Propose release: ${mrn}`).waitFor()
  await first.page.goto(`${administration.address}/declarations/${mrn}`)
  await first.page.getByText('Release proposed by Daniela Osei').waitFor()
  assert.equal(await first.page.getByRole('button', { name: 'Release as second person' }).count(), 0)
  await first.page.context().close()

  const second = await administration.open(browser, 'supervisor-sea', { scheme: 'dark' })
  await second.page.goto(`${administration.address}/work?request=true`)
  await second.page.getByRole('link', { name: mrn }).click()
  await second.page.getByRole('button', { name: 'Release as second person' }).click()
  await second.page.getByText('Proposed by Daniela Osei: “').waitFor()
  await sound(second.page, 'second-person')
  await second.page.getByRole('button', { name: 'Release as second person' }).last().click()
  await second.page.getByText(`Release as second person: ${mrn}`).waitFor()
  assert.deepEqual([...first.faults, ...second.faults], [])
  await second.page.context().close()

  const officer = await administration.signIn('supervisor-sea')
  const { body } = await officer.send('GET', `/api/declarations/${mrn}`)
  assert.ok((body['state'] as { releasedAt?: string }).releasedAt, 'the goods are released')
})

test('the search of the shell finds a declaration for an officer, and none of another office', async () => {
  const { page } = await administration.open(browser, 'officer-sea')
  await page.goto(`${administration.address}/work`)
  await page.getByRole('heading', { name: 'Work' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('E2E-OFF-1')
  await page.getByRole('option', { name: new RegExp(mrns[0]!) }).waitFor()
  await page.context().close()
  const officer = await administration.signIn('officer-sea')
  const { body } = await officer.send('GET', `/api/declarations/${mrns[0]!}`)
  const { containers, importer } = (body['state'] as { document: { containers: { id: string }[]; importer: { id: string } } }).document
  for (const q of [mrns[0]!.slice(0, 12), containers[0]!.id, '2402 20']) {
    const found = (await officer.send('GET', `/api/search?q=${encodeURIComponent(q)}`)).body as unknown as { id: string }[]
    assert.ok(
      found.some((hit) => hit.id === mrns[0]),
      `${q} does not find ${mrns[0]!}`,
    )
  }
  for (const q of ['E2E-OFF', mrns[0]!, containers[0]!.id, importer.id]) {
    const found = (await (await administration.signIn('officer-air')).send('GET', `/api/search?q=${q}`)).body as unknown as { id: string }[]
    assert.ok(!found.some((hit) => mrns.includes(hit.id)), `${q} shows a declaration of another office`)
  }
})

test('a cashier finds the debt, takes the cash, hands over a receipt, and closes the day', async () => {
  const mrn = await lodgeUntil(administration, ['payment-due'], 'E2E-CASH', payable)
  const { page, faults } = await administration.open(browser, 'cashier')
  await page.goto(`${administration.address}/cash`)
  await page.getByRole('link', { name: mrn }).waitFor()
  await sound(page, 'cash-due')
  await page.getByLabel('MRN', { exact: true }).fill(mrn)
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('heading', { name: 'Receive cash' }).waitFor()
  await page.getByLabel('Given by the payer').fill('1')
  await page.getByText('The payer gave less than the amount').waitFor()
  await page.getByLabel('Given by the payer').fill('99999999')
  await page.getByText('Change to give back').waitFor()
  await sound(page, 'cash')
  await page.evaluate('window.print = () => undefined')
  await page.getByRole('button', { name: 'Receive and print the receipt' }).click()
  await page
    .getByRole('heading', { name: /^Receipt / })
    .first()
    .waitFor()
  await sound(page, 'receipt')
  await page.goto(`${administration.address}/cash?reference=${mrn}`)
  await page.getByText('Nothing is outstanding').waitFor()
  await page.goto(`${administration.address}/cash/day`)
  await page.getByLabel('Counted in the drawer').fill('100')
  await sound(page, 'cash-day')
  await page.getByRole('button', { name: 'Close the day' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close the day' }).click()
  await page.getByText('There is less in the drawer than the receipts say').waitFor()
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('the exit desk records that exported goods have left', async () => {
  const mrn = await lodgeUntil(administration, ['released', 'cleared'], 'E2E-EXIT', exported)
  const { page, faults } = await administration.open(browser, 'exit-officer')
  await page.goto(`${administration.address}/exit?q=${mrn}`)
  await page.getByRole('link', { name: mrn }).waitFor()
  await sound(page, 'exit')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('e')
  await page.getByRole('dialog').getByRole('button', { name: 'Record exit' }).click()
  await page.getByText('Exit recorded: 1 declaration').waitFor()
  await page.getByText('No export waits for its exit').or(page.getByText('Nothing fits these filters')).waitFor()
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('an auditor searches the journal, follows a chain, proves it whole and takes decisions again', async () => {
  const { page, faults } = await administration.open(browser, 'auditor')
  await page.goto(`${administration.address}/audit`)
  await page.getByLabel('MRN or identifier').fill(mrns[1]!)
  await page.getByRole('button', { name: 'Open the chain' }).click()
  await page.getByRole('link', { name: 'record-control' }).first().waitFor()
  await sound(page, 'chain')
  await page.getByRole('link', { name: 'Replay its decisions' }).click()
  await page.getByText('The journal gives the stored state').waitFor()
  assert.equal(await page.getByText('Different', { exact: true }).count(), 0)
  await sound(page, 'replay')
  await page.goto(`${administration.address}/audit/proof`)
  await page.getByRole('button', { name: 'Prove it now' }).click()
  await page.getByText('The journal is whole').waitFor()
  await sound(page, 'proof')
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('an administrator invites somebody, whose link is shown once, and a leaver is ended', async () => {
  const { page, faults } = await administration.open(browser, 'administrator')
  await page.goto(`${administration.address}/people`)
  await page.getByRole('link', { name: 'Invite somebody' }).waitFor()
  await sound(page, 'people')
  await page.getByRole('link', { name: 'Invite somebody' }).click()
  // the list has a search by name too: wait until it is the form that is asked
  await page.getByRole('button', { name: 'Invite', exact: true }).waitFor()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ola Nordin')
  await page.getByLabel('E-mail address').fill('ola.nordin@customs.example')
  await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Auditor' })
  await sound(page, 'invite')
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByText('Invited: Ola Nordin').waitFor()
  await page.getByRole('button', { name: 'I have passed it on' }).click()
  await page.getByRole('link', { name: 'Ola Nordin' }).click()
  await page.getByRole('button', { name: 'Leaves the service' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Took another post')
  await page.getByRole('dialog').getByRole('button', { name: 'Leaves the service' }).click()
  await page.getByText('Left', { exact: true }).waitFor()
  await sound(page, 'person')
  assert.deepEqual(faults, [])
  await page.context().close()
})

test('the desks read from right to left, and the developer page draws the states', async () => {
  const { page, faults } = await administration.open(browser, 'supervisor-sea', { language: 'ar', scheme: 'dark' })
  await page.goto(`${administration.address}/work`)
  await page.getByRole('table').waitFor()
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
  await sound(page, 'queue-arabic')
  await page.goto(`${administration.address}/developer`)
  await page.getByRole('figure').waitFor()
  await sound(page, 'developer-arabic')
  assert.deepEqual(faults, [])
  await page.context().close()
})
