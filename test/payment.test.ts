/** Money and goods together: a declaration that waits for its duty goes when the money comes, and gives it back when it is invalidated. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import * as clearance from '#modules/clearance'
import { configureProvider, issues as dutyIssues, onPaid, routes as dutyRoutes } from '#modules/duty'
import { demoOrganisations, routes as identityRoutes } from '#modules/identity'
import { createBus, type Bus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import type { DeclarationDocument } from '#schema/clearance'
import { chance, inventDeclaration } from '../src/simulator/declaration.ts'
import { startPaymentProvider, type PaymentProvider } from '../src/simulator/payment-provider.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { startHarness, type Browser, type Harness } from './harness.ts'
import { signInAs } from './identity.ts'

const cobalt = demoOrganisations.find((o) => o.key === 'cobalt')!.registration

let db: TestDatabase
let h: Harness
let bus: Bus
let cleared: clearance.Clearance
let provider: PaymentProvider
let trader: Browser
let cashier: Browser

before(async () => {
  db = await testDatabase()
  const log = createLog('silent')
  bus = await createBus(db.sql(), log)
  cleared = await clearance.createClearance({ sql: db.sql(), bus, log, clock: () => new Date().toISOString(), config: { demo: true } })
  const secret = randomBytes(32).toString('hex')
  const issues = { ...dutyIssues, ...clearance.issues }
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...dutyRoutes(deps), ...clearance.routes(cleared)], { catalogue: issues })
  onPaid((tx, subject, at) => clearance.paid(cleared, tx, subject, at))
  const address = await h.server.listen({ port: 0, host: '127.0.0.1' })
  provider = await startPaymentProvider({ reportTo: `${address}/api/payment-provider/reports`, secret, copies: () => 2 })
  await configureProvider(db.sql(), 'XV', { url: provider.url, secret })
  ;[trader, cashier] = await Promise.all([signInAs(h, 'trader-cobalt'), signInAs(h, 'cashier')])
})
after(async () => {
  await provider?.close()
  cleared?.close()
  await h?.close()
  await bus?.close()
  await db?.close()
})

let serial = 0
/** One line of kitchen boxes by sea: nothing that a criterion looks for. */
const plainImport = (method: string, price: string): DeclarationDocument => {
  const c = chance(++serial)
  let made: DeclarationDocument
  do made = inventDeclaration(c, { registration: cobalt, client: cobalt }, `PAY${serial}`)
  while (
    made.declarationType !== 'IM' ||
    made.additionalType !== 'A' ||
    made.goodsLocation?.name !== 'PMRQUAY1' ||
    Number(made.items[0]!.netMassKg) > Number(made.items[0]!.grossMassKg)
  )
  const { deferments: _deferments, authorisations: _authorisations, documents: _documents, ...rest } = made
  const { supplementary: _unit, preferentialOrigin: _origin, ...first } = made.items[0]!
  const itemPrice = { amount: price, currency: 'VRC' }
  const item = {
    ...first,
    hsCode: '39241000',
    description: 'Kitchen boxes of plastic',
    origin: 'PL',
    documents: [{ category: 'N', type: '935', id: 'INV', status: 'AC' }],
    itemPrice,
    taxes: [
      { type: 'A00', preference: '100', method },
      { type: 'B00', method },
    ],
  }
  return { ...rest, itemCount: 1, totalPackages: item.packages![0]!.count!, invoiceTotal: itemPrice, items: [item] }
}

/** Lodges until chance sends one straight to the payment desk (three in a hundred are drawn for control). */
const waitingForMoney = async (method = 'A', price = '1000.00'): Promise<string> => {
  for (let attempt = 0; attempt < 10; attempt++) {
    const answer = await trader.send('POST', '/api/declarations', plainImport(method, price))
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
    if (answer.body.status === 'payment-due') return answer.body.mrn
    assert.equal(answer.body.status, 'under-control', JSON.stringify(answer.body))
  }
  throw new Error('ten in a row were drawn for control')
}
const statusOf = async (mrn: string): Promise<string> => (await clearance.findDeclaration(cleared, mrn))!.status

test('paid at the provider: the report releases the goods, though it comes twice', async () => {
  const mrn = await waitingForMoney()
  const debt = await trader.send('GET', `/api/debts/${mrn}`)
  // 6.5 % of 1,000.00 and 18 % VAT on both
  assert.equal(debt.body.outstanding.minor, 65_00 + 191_70)
  const payment = await trader.send('POST', '/api/payments', { reference: mrn, method: 'card' })
  await provider.decide(payment.body.id, 'succeeded')
  assert.equal(await statusOf(mrn), 'cleared')
  const told = (await clearance.notificationsOf(db.sql(), mrn)).map((n) => n.notification.name)
  assert.equal(told.filter((n) => n === 'DMSCLE').length, 1, told.join(' '))
})

test('paid at the desk: the receipt releases the goods', async () => {
  const mrn = await waitingForMoney()
  const receipt = await cashier.send('POST', '/api/cash-desk/receipts', { reference: mrn, money: { minor: 256_70, currency: 'VRC' } })
  assert.equal(receipt.status, 201, JSON.stringify(receipt.body))
  assert.equal(await statusOf(mrn), 'cleared')
})

test('what is short on an account goes when money is paid onto it', async () => {
  const mrn = await waitingForMoney('P', '5000000.00')
  const { shortfalls } = (await trader.send('GET', `/api/debts/${mrn}`)).body
  const deposit = await trader.send('POST', `/api/accounts/CA-${cobalt}/deposits`, { money: shortfalls[0].short })
  assert.equal(deposit.status, 201, JSON.stringify(deposit.body))
  assert.equal(await statusOf(mrn), 'cleared')
  assert.equal(deposit.body.available.minor, 0)
})

test('an invalidated declaration gives its money back', async () => {
  const mrn = await waitingForMoney()
  await cashier.send('POST', '/api/cash-desk/receipts', { reference: mrn, money: { minor: 256_70, currency: 'VRC' } })
  const supervisor = await signInAs(h, 'supervisor-sea', { steppedUp: true })
  const country = await signInAs(h, 'supervisor-country', { steppedUp: true })
  assert.ok((await trader.send('POST', `/api/declarations/${mrn}/invalidation`, { reason: 'sold to another country' })).status < 300)
  for (const officer of [supervisor, country])
    await officer.send('POST', `/api/declarations/${mrn}/request-decision`, { grant: true, reason: 'goods are still here' })
  assert.equal(await statusOf(mrn), 'invalidated')
  const debt = (await trader.send('GET', `/api/debts/${mrn}`)).body
  assert.deepEqual([debt.outstanding.minor, debt.credit.minor], [0, 256_70])
})
