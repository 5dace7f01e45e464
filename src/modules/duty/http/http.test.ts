import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/database.ts'
import { routes as identityRoutes, demoOrganisations } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { startPaymentProvider, type PaymentProvider } from '../../../simulator/payment-provider.ts'
import { charge, configureProvider, issues, onPaid, routes } from '../index.ts'
import type { Charge, DebtView } from '../schema.ts'
import { signatureOf } from './provider.ts'

const meridian = demoOrganisations.find((o) => o.key === 'meridian')!.registration
const cobalt = demoOrganisations.find((o) => o.key === 'cobalt')!.registration
const secret = randomBytes(32).toString('hex')

let db: TestDatabase
let h: Harness
let provider: PaymentProvider
let trader: Browser
let stranger: Browser
let cashier: Browser
/** subjects that the ledger told of money, as clearance would be told */
let told: string[] = []
const charges = new Map<string, Charge>()

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes(deps)], { catalogue: issues })
  const address = await h.server.listen({ port: 0, host: '127.0.0.1' })
  provider = await startPaymentProvider({ reportTo: `${address}/api/payment-provider/reports`, secret, copies: () => 3 })
  await configureProvider(db.sql(), 'XV', { url: provider.url, secret })
  // What clearance does when it is told: settle the same debt again, in the same transaction.
  onPaid(async (tx, subject, at) => {
    told.push(subject.id)
    const c = charges.get(subject.id)
    if (c) await charge(tx, { ...c, at })
    return () => undefined
  })
  ;[trader, stranger, cashier] = await Promise.all([signInAs(h, 'trader-meridian'), signInAs(h, 'trader-cobalt'), signInAs(h, 'cashier')])
})
after(async () => {
  await provider?.close()
  await h?.close()
  await db?.close()
})
beforeEach(() => {
  told = []
})

let serial = 0
/** A debt of Meridian's, paid by hand unless another method is named; answers its reference. */
const owe = async (minor: number, change: Partial<Charge> = {}, method = 'A'): Promise<string> => {
  const id = `debt-${++serial}`
  const c: Charge = {
    subject: { kind: 'declaration', id },
    reference: `26XVTEST${id}`,
    administration: 'XV',
    currency: 'VRC',
    payer: meridian,
    holders: [meridian],
    lines: [{ method, taxType: 'A00', money: { minor, currency: 'VRC' } }],
    deferments: [],
    guarantees: [],
    key: `${id}/1`,
    at: h.deps.clock(),
    ...change,
  }
  charges.set(id, c)
  await inTransaction(db.sql(), (tx) => charge(tx, c))
  return c.reference
}
const debtOf = async (reference: string): Promise<DebtView> => (await trader.send('GET', `/api/debts/${reference}`)).body as DebtView
const pay = (reference: string, method = 'card') => trader.send('POST', '/api/payments', { reference, method })
const report = (change: Record<string, unknown>, signedWith = secret) => {
  const body = {
    id: `evt-${randomBytes(6).toString('hex')}`,
    type: 'payment.succeeded',
    providerReference: 'PP-1',
    occurredAt: h.deps.clock(),
    ...change,
  }
  return openBrowser(h).send('POST', '/api/payment-provider/reports', body, { 'x-provider-signature': signatureOf(signedWith, body) })
}

describe('a payment at the provider', () => {
  test('is begun, paid on the provider’s page, and lets the debt go; every report comes three times and counts once', async () => {
    const reference = await owe(123_45)
    const begun = await pay(reference)
    assert.equal(begun.status, 201, JSON.stringify(begun.body))
    assert.deepEqual([begun.body.status, begun.body.money.minor], ['pending', 123_45])
    assert.match(await (await fetch(begun.body.payAt)).text(), /123\.45 VRC/)
    const paid = await fetch(begun.body.payAt, { method: 'POST', body: new URLSearchParams({ outcome: 'succeeded' }) })
    assert.match(await paid.text(), /has succeeded/)
    const debt = await debtOf(reference)
    assert.deepEqual([debt.outstanding.minor, debt.credit.minor, debt.payments.map((p) => p.status)], [0, 0, ['paid']])
    assert.equal(told.length, 1)
    assert.match(debt.payments[0]!.receipt!, /^XV-\d\d-\d{6}$/)
    const [postings] = await db.sql()<
      { n: number }[]
    >`select count(*)::int as n from duty.posting where reference = ${reference} and kind = 'receipt'`
    assert.equal(postings!.n, 1)
  })

  test('declined is told, and can be begun anew', async () => {
    const reference = await owe(500)
    const first = (await pay(reference)).body
    await provider.decide(first.id, 'failed')
    assert.deepEqual([(await trader.send('GET', `/api/payments/${first.id}`)).body.status, told], ['failed', []])
    const second = (await pay(reference)).body
    assert.notEqual(second.id, first.id)
    await provider.decide(second.id, 'succeeded')
    assert.equal((await debtOf(reference)).outstanding.minor, 0)
  })

  test('begun twice is one payment; sent twice with one key as well', async () => {
    const reference = await owe(700)
    const key = crypto.randomUUID()
    const send = () => trader.send('POST', '/api/payments', { reference, method: 'card' }, { 'idempotency-key': key })
    const ids = await Promise.all([send(), send(), pay(reference)])
    assert.equal(new Set(ids.map((a) => a.body.id)).size, 1, JSON.stringify(ids.map((a) => a.body)))
  })

  test('success reported after failure still counts, and a failure after success does not', async () => {
    const reference = await owe(900)
    const payment = (await pay(reference)).body
    const money = { minor: 900, currency: 'VRC' }
    for (const type of ['payment.failed', 'payment.succeeded', 'payment.failed', 'payment.pending'] as const)
      assert.equal((await report({ type, paymentId: payment.id, money })).status, 200)
    assert.deepEqual(
      [(await debtOf(reference)).outstanding.minor, (await trader.send('GET', `/api/payments/${payment.id}`)).body.status, told.length],
      [0, 'paid', 1],
    )
  })

  test('thirty reports of success at once post once', async () => {
    const reference = await owe(1_100)
    const payment = (await pay(reference)).body
    const answers = await Promise.all(Array.from({ length: 30 }, () => report({ paymentId: payment.id, money: { minor: 1_100, currency: 'VRC' } })))
    assert.deepEqual([...new Set(answers.map((a) => a.status))], [200])
    assert.deepEqual([told.length, (await debtOf(reference)).outstanding.minor, (await debtOf(reference)).credit.minor], [1, 0, 0])
  })

  test('a report that is not signed, signed with another key, or about nothing is refused', async () => {
    const payment = (await pay(await owe(100))).body
    const money = { minor: 100, currency: 'VRC' }
    assert.deepEqual((await report({ paymentId: payment.id, money }, 'x'.repeat(64))).issues, ['duty.signature_wrong'])
    assert.deepEqual((await report({ paymentId: crypto.randomUUID(), money })).issues, ['duty.signature_wrong'])
    const body = { id: 'e', type: 'payment.succeeded', paymentId: payment.id, providerReference: 'x', money, occurredAt: h.deps.clock() }
    assert.deepEqual((await openBrowser(h).send('POST', '/api/payment-provider/reports', body)).issues, ['duty.signature_wrong'])
    assert.equal(told.length, 0)
  })

  test('another amount than was asked for is refused and posts nothing', async () => {
    const reference = await owe(100)
    const payment = (await pay(reference)).body
    assert.deepEqual((await report({ paymentId: payment.id, money: { minor: 99, currency: 'VRC' } })).issues, ['duty.payment_amount_differs'])
    assert.equal((await debtOf(reference)).outstanding.minor, 100)
  })

  test('nothing due, no debt, not one’s own debt, no provider', async () => {
    assert.deepEqual((await pay('nowhere')).issues, ['duty.debt_unknown'])
    const reference = await owe(100)
    assert.deepEqual((await stranger.send('POST', '/api/payments', { reference, method: 'card' })).issues, ['duty.debt_unknown'])
    await provider.decide((await pay(reference)).body.id, 'succeeded')
    assert.deepEqual((await pay(reference)).issues, ['duty.nothing_due'])
    const elsewhere = await owe(100, { administration: 'GB', currency: 'VRC' })
    assert.deepEqual((await pay(elsewhere)).issues, ['duty.provider_unavailable'])
  })

  test('a provider that does not answer is asked again by a job', async () => {
    await configureProvider(db.sql(), 'XV', { url: 'http://127.0.0.1:9', secret })
    const reference = await owe(100)
    const begun = await pay(reference)
    await configureProvider(db.sql(), 'XV', { url: provider.url, secret })
    assert.deepEqual([begun.status, begun.body.status], [201, 'created'])
    const [job] = await db.sql()<
      { n: number }[]
    >`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'duty.send-payment' and key = ${`send-payment/${begun.body.id}`}`
    assert.equal(job!.n, 1)
  })
})

describe('the cash desk', () => {
  const take = (reference: string, minor: number, currency = 'VRC') =>
    cashier.send('POST', '/api/cash-desk/receipts', { reference, money: { minor, currency } })

  test('takes cash in parts, numbers receipts, and the last part lets the debt go', async () => {
    const reference = await owe(1_000)
    const first = await take(reference, 400)
    assert.equal(first.status, 201, JSON.stringify(first.body))
    assert.equal((await debtOf(reference)).outstanding.minor, 1_000)
    assert.deepEqual((await take(reference, 1_001)).issues, ['duty.overpaid'])
    const second = await take(reference, 600)
    assert.match(first.body.number, /^XV000101-\d\d-\d{6}$/)
    assert.equal(Number(second.body.number.slice(-6)), Number(first.body.number.slice(-6)) + 1)
    assert.equal((await debtOf(reference)).outstanding.minor, 0)
    const receipt = await trader.send('GET', `/api/receipts/${second.body.number}`)
    assert.deepEqual([receipt.body.money.minor, receipt.body.office], [600, 'XV000101'])
    assert.equal((await stranger.send('GET', `/api/receipts/${second.body.number}`)).status, 404)
  })

  test('sent twice with one key, gives one receipt', async () => {
    const reference = await owe(300)
    const key = crypto.randomUUID()
    const send = () =>
      cashier.send('POST', '/api/cash-desk/receipts', { reference, money: { minor: 300, currency: 'VRC' } }, { 'idempotency-key': key })
    const [a, b] = await Promise.all([send(), send()])
    assert.equal(a.body.number, b.body.number)
    assert.equal(told.length, 1)
  })

  test('two cashiers’ hands on one debt do not take it twice', async () => {
    const reference = await owe(800)
    const answers = await Promise.all([take(reference, 800), take(reference, 800), take(reference, 800)])
    assert.deepEqual(answers.map((a) => a.status).sort(), [201, 409, 409])
  })

  test('is served by cashiers only, at their offices', async () => {
    const reference = await owe(100)
    const body = { reference, money: { minor: 100, currency: 'VRC' } }
    assert.equal((await trader.send('POST', '/api/cash-desk/receipts', body)).status, 403)
    assert.deepEqual((await cashier.send('POST', '/api/cash-desk/receipts', { ...body, office: 'XV000201' })).issues, ['duty.office_not_served'])
    assert.equal((await cashier.send('POST', '/api/cash-desk/receipts', { ...body, office: 'XV000301' })).status, 201)
  })

  test('a day is summed by cashier, closed with what was counted, and then takes nothing more', async () => {
    await take(await owe(250), 250)
    const days = await cashier.send('GET', '/api/cash-desk/days')
    const own = days.body.find((d: { office: string }) => d.office === 'XV000101')
    const [sum] = await db.sql()<{ sum: number }[]>`select sum(amount_minor)::bigint as sum from duty.receipt where office = 'XV000101'`
    assert.equal(own.sum.minor, sum!.sum)
    const closed = await cashier.send('POST', '/api/cash-desk/close', { date: own.date, counted: { minor: own.sum.minor - 5, currency: 'VRC' } })
    assert.deepEqual([closed.status, closed.body.closed.difference.minor], [201, -5])
    assert.deepEqual((await take(await owe(100), 100)).issues, ['duty.desk_closed'])
    assert.deepEqual((await cashier.send('POST', '/api/cash-desk/close', { date: own.date, counted: own.sum })).issues, ['duty.desk_closed'])
  })
})

describe('accounts', () => {
  test('traders see their own, cashiers all, officers none', async () => {
    const mine = (await trader.send('GET', '/api/accounts')).body.rows as { owner: string; code: string }[]
    assert.deepEqual([...new Set(mine.map((a) => a.owner))], [meridian])
    assert.ok(mine.some((a) => a.code === meridian) && mine.some((a) => a.code === `CA-${meridian}`))
    assert.ok((await cashier.send('GET', '/api/accounts?size=500')).body.total > 100)
    assert.equal((await (await signInAs(h, 'officer-sea')).send('GET', '/api/accounts')).status, 403)
    assert.equal((await trader.send('GET', `/api/accounts/CA-${cobalt}`)).status, 404)
  })

  test('a deposit raises the balance, is on the statement, and lets waiting debts go on', async () => {
    const code = `CA-${meridian}`
    const before = (await trader.send('GET', `/api/accounts/${code}`)).body
    const reference = await owe(before.available.minor + 500, {}, 'P')
    assert.equal((await debtOf(reference)).shortfalls[0]!.short.minor, 500)
    const deposited = await trader.send('POST', `/api/accounts/${code}/deposits`, { money: { minor: 700, currency: 'VRC' } })
    assert.equal(deposited.status, 201, JSON.stringify(deposited.body))
    assert.equal(deposited.body.available.minor, 200)
    assert.equal((await debtOf(reference)).outstanding.minor, 0)
    const statement = await trader.send('GET', `/api/accounts/${code}/statement`)
    const [charged, paidIn] = statement.body.rows
    assert.deepEqual(
      [charged.reference, charged.money.minor, charged.balance.minor, charged.taxTypes],
      [reference, -(before.available.minor + 500), 200, 'A00'],
    )
    assert.deepEqual([paidIn.kind, paidIn.money.minor, paidIn.balance.minor], ['deposit', 700, before.balance.minor + 700])
    const csv = await trader.send('GET', `/api/accounts/${code}/statement?format=csv`)
    assert.match(String(csv.body), new RegExp(`charge,${reference},A00,`))
  })

  test('a deposit is refused to guarantees, strangers, in other currencies and of nothing', async () => {
    const deposit = (who: Browser, code: string, minor: number, currency: string) =>
      who.send('POST', `/api/accounts/${code}/deposits`, { money: { minor, currency } })
    assert.deepEqual((await deposit(trader, `G-${meridian}`, 1, 'VRC')).issues, ['duty.deposit_kind'])
    assert.deepEqual((await deposit(stranger, `CA-${meridian}`, 1, 'VRC')).issues, ['duty.account_not_found'])
    assert.deepEqual((await deposit(trader, `CA-${meridian}`, 1, 'EUR')).issues, ['duty.currency_differs'])
    assert.deepEqual((await deposit(trader, `CA-${meridian}`, 0, 'VRC')).issues, ['duty.amount_not_positive'])
  })

  test('what is due is listed for those concerned only', async () => {
    const reference = await owe(321)
    const rows = (await trader.send('GET', '/api/debts?size=500')).body.rows as { reference: string; outstanding: { minor: number } }[]
    assert.equal(rows.find((r) => r.reference === reference)?.outstanding.minor, 321)
    const strange = (await stranger.send('GET', '/api/debts?size=500')).body.rows as { payer: string }[]
    assert.ok(strange.every((r) => r.payer === cobalt))
    assert.equal((await stranger.send('GET', `/api/debts/${reference}`)).status, 404)
    assert.equal((await cashier.send('GET', `/api/debts?q=${reference}`)).body.total, 1)
  })
})
