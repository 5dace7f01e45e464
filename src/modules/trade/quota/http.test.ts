/** Quotas and licences through their routes: who sees what, two persons, the balance at a moment. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoOrganisations, routes as identityRoutes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { issues, routes, setClaims } from '../index.ts'

let db: TestDatabase
let h: Harness
let author: Browser
let second: Browser
let trader: Browser
const year = new Date().getUTCFullYear()

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes(deps)], { catalogue: issues })
  author = await signInAs(h, 'tariff')
  second = await signInAs(h, 'tariff-second')
  trader = await signInAs(h, 'trader-meridian')
})
after(async () => {
  await h?.close()
  await db?.close()
})

type Period = { id: string; balance: string; status: string; validFrom: string; unit: string }
const find = async (order: string, who = author) => {
  const { body, status } = await who.send('GET', `/api/trade/quotas/${order}`)
  assert.equal(status, 200)
  return body as {
    quota: { period: Period }
    periods: Period[]
    events: { type: string; at: string; balance: string }[]
    claims: { holder: string }[]
    proposals: { id: string; status: string }[]
  }
}
const propose = async (body: object) => author.send('POST', '/api/trade/quota-proposals', { reason: 'decision 12', ...body })
const decide = (who: Browser, id: string, approve = true) => who.send('POST', `/api/trade/quota-proposals/${id}/decision`, { approve })

test('the list is filtered, ordered and paged', async () => {
  const all = await trader.send('GET', '/api/trade/quotas?sort=left&size=3')
  assert.equal(all.body.rows.length, 3)
  assert.equal(all.body.rows[0].orderNumber, '090210')
  assert.equal(all.body.rows[0].period.status, 'exhausted')
  assert.ok(all.body.total > 10)
  const sugar = await trader.send('GET', '/api/trade/quotas?q=sugar')
  assert.deepEqual(
    sugar.body.rows.map((r: { orderNumber: string }) => r.orderNumber),
    ['090700', '090710'],
  )
  const blocked = await trader.send('GET', '/api/trade/quotas?status=blocked')
  assert.deepEqual(
    blocked.body.rows.map((r: { orderNumber: string }) => r.orderNumber),
    ['090600'],
  )
})

test('claims are for those who keep the quota, and for those whose they are', async () => {
  const kept = await find('090110')
  assert.equal(kept.claims.length, 8)
  const seen = await find('090110', trader)
  assert.ok(seen.claims.length < 8)
  assert.deepEqual(seen.proposals, [])
  assert.equal((await trader.send('GET', '/api/trade/quotas/099999')).status, 404)
})

test('the balance at a moment is what the events up to it left', async () => {
  const { events } = await find('090110')
  const some = events.filter((e) => e.type === 'allocated' && e.at.startsWith(String(year))).at(-2)!
  const then = await trader.send('GET', `/api/trade/quotas/090110/balance?asOf=${some.at}`)
  assert.equal(then.body.balance, some.balance)
  const first = await trader.send('GET', `/api/trade/quotas/090110/balance?asOf=${year}-01-02T00:00:00.000Z`)
  assert.equal(first.body.balance, '2500')
})

test('a change is proposed by one person and made by another, once', async () => {
  const { period } = (await find('090400')).quota
  assert.equal((await trader.send('POST', '/api/trade/quota-proposals', { definitionId: period.id, action: 'block', reason: 'x' })).status, 403)
  const made = await propose({ definitionId: period.id, action: 'block' })
  assert.equal(made.status, 201)
  assert.deepEqual((await propose({ definitionId: period.id, action: 'suspend' })).issues, ['trade.quota_proposal_open'])
  assert.deepEqual((await decide(author, made.body.id)).issues, ['trade.second_person_needed'])
  assert.equal((await decide(second, made.body.id)).status, 200)
  assert.deepEqual((await decide(second, made.body.id)).issues, ['trade.quota_proposal_decided'])
  assert.equal((await find('090400')).quota.period.status, 'blocked')
  assert.deepEqual((await propose({ definitionId: period.id, action: 'block' })).issues, ['trade.quota_not_possible_now'])
  const refused = await propose({ definitionId: period.id, action: 'unblock' })
  assert.equal((await decide(second, refused.body.id, false)).status, 200)
  assert.equal((await find('090400')).quota.period.status, 'blocked')
})

test('a transfer moves a quantity to another period; more than is left cannot be proposed', async () => {
  const before1 = await find('090300')
  const now = before1.quota.period
  const next = before1.periods.find((p) => p.validFrom > now.validFrom)!
  assert.deepEqual((await propose({ definitionId: now.id, action: 'transfer', quantity: '900000', toDefinitionId: next.id })).issues, [
    'trade.quota_balance_short',
  ])
  const made = await propose({ definitionId: now.id, action: 'transfer', quantity: '100.5', toDefinitionId: next.id })
  assert.equal(made.status, 201, made.issues.join())
  assert.equal((await decide(second, made.body.id)).status, 200)
  const after1 = await find('090300')
  assert.equal(Number(after1.quota.period.balance), Number(now.balance) - 100.5)
  assert.equal(Number(after1.periods.find((p) => p.id === next.id)!.balance), Number(next.balance) + 100.5)
})

test('a quota is opened with its period; a second one over the same days is refused', async () => {
  const body = {
    orderNumber: '090950',
    names: { en: 'Honey' },
    commodities: ['0409'],
    origins: ['MX'],
    legalBase: 'Decision 4',
    validFrom: `${year}-01-01`,
    validTo: `${year + 1}-01-01`,
    volume: '500',
    unit: 'TNE',
    precision: 3,
    criticalPercent: '90',
    criticalFromStart: false,
  }
  const opened = await author.send('POST', '/api/trade/quotas', body)
  assert.equal(opened.status, 201, opened.issues.join())
  assert.equal((await find('090950')).quota.period.balance, '500')
  assert.deepEqual((await author.send('POST', '/api/trade/quotas', { ...body, validFrom: `${year}-06-01` })).issues, ['trade.quota_period_overlaps'])
  assert.deepEqual(
    (await author.send('POST', '/api/trade/quotas', { ...body, orderNumber: '090951', validTo: `${year}-01-01`, volume: '0' })).issues,
    ['trade.quota_period', 'trade.quota_quantity_missing'],
  )
})

test('a licence is issued, found by its holder only, and its number is given once', async () => {
  const holder = demoOrganisations.find((o) => o.key === 'sunfold')!.registration
  const body = {
    documentCode: 'L001',
    number: 'HTTP-1',
    holder,
    commodities: ['1701'],
    origins: [],
    quantity: '100',
    unit: 'KGM',
    tolerancePercent: '5',
    validFrom: `${year}-01-01`,
    validTo: `${year + 1}-01-01`,
    office: 'XV000101',
  }
  assert.deepEqual((await author.send('POST', '/api/trade/licences', { ...body, holder: 'XVNOBODY', office: 'XV999999' })).issues, [
    'trade.licence_holder_unknown',
    'trade.licence_office_unknown',
  ])
  const made = await author.send('POST', '/api/trade/licences', body)
  assert.equal(made.status, 201, made.issues.join())
  assert.deepEqual((await author.send('POST', '/api/trade/licences', body)).issues, ['trade.licence_number_used'])
  assert.equal((await trader.send('GET', `/api/trade/licences/${made.body.id}`)).status, 404)
  assert.equal((await trader.send('POST', '/api/trade/licences', body)).status, 403)
  const found = await author.send('GET', '/api/trade/licences?q=http-1')
  assert.equal(found.body.total, 1)
  assert.equal((await author.send('POST', `/api/trade/licences/${made.body.id}/change`, { action: 'suspend', reason: 'checking' })).status, 200)
  assert.deepEqual((await author.send('POST', `/api/trade/licences/${made.body.id}/change`, { action: 'suspend', reason: 'again' })).issues, [
    'trade.licence_not_possible_now',
  ])
  const view = await author.send('GET', `/api/trade/licences/${made.body.id}`)
  assert.equal(view.body.licence.status, 'suspended')
})

test('a demo shares out at once for whoever manages quotas, and finds nothing the second time; elsewhere there is no such address', async () => {
  const { quota } = await find('090120')
  await db.sql().begin((tx) =>
    setClaims(tx, {
      administration: 'XV',
      subject: { kind: 'test', id: 'demo-allocation' },
      reference: 'demo-allocation',
      holder: 'XV416772681725',
      wanted: [{ itemNumber: 1, orderNumber: '090120', quantities: { netMassKg: '1000' } }],
      acceptedOn: new Date().toISOString().slice(0, 10),
      at: new Date().toISOString(),
    }),
  )
  assert.equal((await trader.send('POST', '/api/demo/quota-allocation')).status, 403)
  assert.deepEqual((await author.send('POST', '/api/demo/quota-allocation')).body, { told: 1 })
  assert.deepEqual((await author.send('POST', '/api/demo/quota-allocation')).body, { told: 0 })
  assert.equal(Number((await find('090120')).quota.period.balance), Number(quota.period.balance) - 1)
  const real = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes({ ...deps, config: { ...deps.config, demo: false } })], {
    catalogue: issues,
  })
  assert.equal((await (await signInAs(real, 'tariff')).send('POST', '/api/demo/quota-allocation')).status, 404)
  await real.close()
})
