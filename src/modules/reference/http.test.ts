import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes as identityRoutes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { startHarness, type Browser, type Harness } from '../../../test/harness.ts'
import { signInAs } from '../../../test/identity.ts'
import { issues, routes } from './index.ts'

let db: TestDatabase
let h: Harness
let trader: Browser
let administrator: Browser

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes(deps)], { catalogue: issues })
  trader = await signInAs(h, 'trader-meridian')
  administrator = await signInAs(h, 'administrator')
})
after(async () => {
  await h?.close()
  await db?.close()
})

const days = (n: number): string => new Date(Date.parse(h.deps.clock()) + n * 86_400_000).toISOString().slice(0, 10)

test('code lists, countries, offices and rates for whoever is signed in', async () => {
  const methods = await trader.send('GET', '/api/reference/lists/payment-method?q=defer')
  assert.deepEqual(
    methods.body.rows.map((r: { code: string }) => r.code),
    ['E', 'R'],
  )
  assert.equal(
    (await trader.send('GET', '/api/reference/countries?q=ver&language=fr')).body.rows.find((r: { code: string }) => r.code === 'XV').name,
    'Véranie',
  )
  assert.ok((await trader.send('GET', '/api/reference/countries')).body.total > 249)
  assert.equal((await trader.send('GET', '/api/reference/offices')).body.total, 5)
  assert.ok((await trader.send('GET', '/api/reference/rates')).body.rows.some((r: { currency: string }) => r.currency === 'EUR'))
  assert.equal((await trader.send('GET', '/api/reference/lists/nothing')).status, 404)
})

test('a new rate ends the one before it, and everybody hears of it', async () => {
  const rate = { administration: 'XV', currency: 'ZAR', rate: '0.1234', validFrom: days(4_000), source: 'decree 7' }
  assert.equal((await trader.send('POST', '/api/reference/rates', rate)).status, 403)
  // The demo's own months end in 2028: this one begins after them.
  const set = await administrator.send('POST', '/api/reference/rates', rate)
  assert.equal(set.status, 201, JSON.stringify(set.body))
  const at = async (date: string) =>
    (await trader.send('GET', `/api/reference/rates?date=${date}`)).body.rows.find((r: { currency: string }) => r.currency === 'ZAR')
  assert.equal((await at(days(4_001)))?.rate, '0.1234')
  const later = { ...rate, rate: '0.2', validFrom: days(4_010) }
  assert.equal((await administrator.send('POST', '/api/reference/rates', later)).status, 201)
  assert.deepEqual([(await at(days(4_005))).rate, (await at(days(4_010))).rate], ['0.1234', '0.2'])
})

test('rates that decisions may have used stay; every reason at once', async () => {
  const wrong = { administration: 'QQ', currency: 'QQQ', rate: '0', validFrom: days(0), source: 'x' }
  assert.deepEqual((await administrator.send('POST', '/api/reference/rates', wrong)).issues.sort(), [
    'reference.administration_unknown',
    'reference.currency_unknown',
    'reference.rate_in_past',
    'reference.rate_not_positive',
  ])
  const taken = { administration: 'XV', currency: 'EUR', rate: '2', validFrom: days(2), source: 'x' }
  assert.deepEqual((await administrator.send('POST', '/api/reference/rates', taken)).issues, ['reference.rate_later_exists'])
})
