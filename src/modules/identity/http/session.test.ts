import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword, demoPerson, routes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity } from '../../../../test/identity.ts'

let db: TestDatabase
let h: Harness
const broker = demoPerson('broker')
const officer = demoPerson('officer-sea')

before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), routes)
})
after(async () => {
  await h?.close()
  await db?.close()
})

const signedIn = async (email = broker.email) => {
  const browser = openBrowser(h)
  const answer = await browser.send('POST', '/api/session', { email, password: demoPassword })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return browser
}

test('sign in, be known, sign out, be forgotten', async () => {
  const browser = openBrowser(h)
  assert.deepEqual((await browser.send('GET', '/api/session')).issues, ['access.not_signed_in'])
  const answer = await browser.send('POST', '/api/session', { email: ` ${broker.email.toUpperCase()} `, password: demoPassword })
  assert.equal(answer.status, 200)
  assert.equal(answer.body.person.name, broker.name)
  assert.equal(answer.body.organisation.kind, 'broker')
  assert.ok(answer.body.permissions.includes('clearance:declaration:lodge'))
  assert.equal(answer.body.represents[0].name, answer.body.organisation.name)
  assert.ok(answer.body.represents.length >= 10)
  assert.deepEqual((await browser.send('GET', '/api/session')).body, answer.body)
  const token = browser.cookies.get('portcullis_session')!
  assert.equal((await browser.send('DELETE', '/api/session')).status, 200)
  browser.cookies.set('portcullis_session', token)
  assert.equal((await browser.send('GET', '/api/session')).status, 401)
})

test('the cookies cannot be read by scripts nor sent by other sites', async () => {
  const answer = await h.server.inject({ method: 'POST', url: '/api/session', payload: { email: broker.email, password: demoPassword } })
  for (const c of answer.cookies) {
    assert.equal(c.httpOnly, true)
    assert.equal(c.sameSite, 'Strict')
  }
  assert.equal(answer.cookies.length, 2)
})

test('a token on another device, or in another browser, is worth nothing', async () => {
  const browser = await signedIn()
  const token = browser.cookies.get('portcullis_session')!
  const thief = openBrowser(h)
  thief.cookies.set('portcullis_session', token)
  assert.equal((await thief.send('GET', '/api/session')).status, 401)
  const sameCookies = openBrowser(h, 'Another Browser/2.0')
  for (const [k, v] of browser.cookies) sameCookies.cookies.set(k, v)
  assert.equal((await sameCookies.send('GET', '/api/session')).status, 401)
  assert.equal((await browser.send('GET', '/api/session')).status, 200)
})

test('a request that another site started does not act', async () => {
  const browser = await signedIn()
  const crossSite = { 'sec-fetch-site': 'cross-site' }
  assert.equal((await browser.send('POST', '/api/session/step-up', { password: demoPassword }, crossSite)).status, 401)
  assert.equal((await browser.send('POST', '/api/session/step-up', { password: demoPassword }, { 'sec-fetch-site': 'same-origin' })).status, 200)
})

test('a wrong password and an unknown account get the same answer', async () => {
  const wrong = await openBrowser(h).send('POST', '/api/session', { email: officer.email, password: 'wrong' })
  const unknown = await openBrowser(h).send('POST', '/api/session', { email: 'nobody@customs.example', password: 'wrong' })
  assert.deepEqual([wrong.status, wrong.issues], [401, ['identity.credentials_wrong']])
  assert.deepEqual([unknown.status, unknown.issues], [wrong.status, wrong.issues])
})

test('a session ends after 30 minutes without a request, and after 12 hours whatever happens', async () => {
  const idle = await signedIn()
  h.pass(29 * 60_000)
  // Known sessions are read again after a second; the clock that the test turns does not turn that one.
  await new Promise((resolve) => setTimeout(resolve, 1050))
  assert.equal((await idle.send('GET', '/api/session')).status, 200)
  h.pass(31 * 60_000)
  await new Promise((resolve) => setTimeout(resolve, 1050))
  assert.equal((await idle.send('GET', '/api/session')).status, 401)
  const busy = await signedIn()
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    h.pass(20 * 60_000)
    h.bus.announce({ topic: 'session', id: broker.id })
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal((await busy.send('GET', '/api/session')).status, minutes + 20 < 12 * 60 ? 200 : 401, `after ${minutes + 20} minutes`)
  }
})

test('one-click sign-ins exist in the demo and nowhere else', async () => {
  const rows = (await openBrowser(h).send('GET', '/api/demo/sign-ins')).body
  assert.ok(rows.length >= 14)
  assert.equal(new Set(rows.map((r: { personId: string }) => r.personId)).size, rows.length)
  const browser = openBrowser(h)
  const answer = await browser.send('POST', '/api/demo/sign-in', { personId: officer.id })
  assert.equal(answer.body.office.code, 'XV000101')
  const real = await startHarness(db.sql(), routes, { demo: false })
  try {
    assert.equal((await openBrowser(real).send('GET', '/api/demo/sign-ins')).status, 404)
    assert.equal((await openBrowser(real).send('POST', '/api/demo/sign-in', { personId: officer.id })).status, 404)
    const secure = await real.server.inject({ method: 'POST', url: '/api/session', payload: { email: broker.email, password: demoPassword } })
    assert.ok(secure.cookies.length === 2 && secure.cookies.every((c) => c.secure))
  } finally {
    await real.close()
  }
})
