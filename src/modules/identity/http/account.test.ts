import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { demoPassword, demoPerson, routes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { codeAt } from '../totp.ts'

let db: TestDatabase
let h: Harness
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), routes)
})
after(async () => {
  await h?.close()
  await db?.close()
})

const enrol = async (key: string): Promise<{ browser: Browser; secret: string; recoveryCodes: string[] }> => {
  const browser = await signInAs(h, key)
  assert.deepEqual((await browser.send('POST', '/api/account/totp')).issues, ['identity.step_up_required'])
  assert.equal((await browser.send('POST', '/api/session/step-up', { password: demoPassword })).status, 200)
  const begun = await browser.send('POST', '/api/account/totp')
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  assert.match(begun.body.qrSvg, /^<svg /)
  assert.match(begun.body.uri, /^otpauth:\/\/totp\/Portcullis:/)
  assert.deepEqual((await browser.send('POST', '/api/account/totp/confirm', { code: '000000' })).issues, ['identity.code_wrong'])
  const confirmed = await browser.send('POST', '/api/account/totp/confirm', { code: codeAt(begun.body.secret, h.deps.clock()) })
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  return { browser, secret: begun.body.secret, recoveryCodes: confirmed.body.recoveryCodes }
}

const signIn = (email: string, totp?: string, password = demoPassword) =>
  openBrowser(h).send('POST', '/api/session', { email, password, ...(totp && { totp }) })

test('a generator: enrol, be asked for the code, each code once', async () => {
  const { email } = demoPerson('auditor')
  const { browser, secret } = await enrol('auditor')
  assert.equal((await browser.send('GET', '/api/session')).body.totp, true)
  assert.deepEqual((await signIn(email)).issues, ['identity.totp_required'])
  // The code that confirmed the enrolment is used up.
  assert.deepEqual((await signIn(email, codeAt(secret, h.deps.clock()))).issues, ['identity.totp_wrong'])
  h.pass(30_000)
  const code = codeAt(secret, h.deps.clock())
  const together = await Promise.all([signIn(email, code), signIn(email, code)])
  assert.deepEqual(together.map((a) => a.status).sort(), [200, 401])
  assert.deepEqual((await signIn(email, code)).issues, ['identity.totp_wrong'])
  assert.deepEqual((await browser.send('POST', '/api/account/totp')).issues, ['identity.totp_enrolled'])
})

test('a recovery code opens once', async () => {
  const { email } = demoPerson('cashier')
  const { recoveryCodes } = await enrol('cashier')
  const code = recoveryCodes[3]!.toUpperCase()
  assert.equal((await signIn(email, code)).status, 200)
  assert.deepEqual((await signIn(email, code)).issues, ['identity.totp_wrong'])
  assert.equal((await signIn(email, recoveryCodes[4])).status, 200)
})

test('step-up by code, and removal of the generator', async () => {
  const { browser, secret } = await enrol('exit-officer')
  const { email } = demoPerson('exit-officer')
  h.pass(11 * 60_000)
  assert.deepEqual((await browser.send('DELETE', '/api/account/totp')).issues, ['identity.step_up_required'])
  assert.deepEqual((await browser.send('POST', '/api/session/step-up', {})).issues, ['identity.step_up_missing'])
  assert.deepEqual((await browser.send('POST', '/api/session/step-up', { totp: '000000' })).issues, ['identity.step_up_wrong'])
  const stepped = await browser.send('POST', '/api/session/step-up', { totp: codeAt(secret, h.deps.clock()) })
  assert.equal(Date.parse(stepped.body.steppedUpUntil) > Date.parse(h.deps.clock()) + 9 * 60_000, true)
  assert.equal((await browser.send('DELETE', '/api/account/totp')).status, 200)
  assert.equal((await signIn(email)).status, 200)
})

test('an enrolment that was not confirmed proves nobody', async () => {
  const browser = await signInAs(h, 'supervisor-sea', { steppedUp: true })
  assert.equal((await browser.send('POST', '/api/account/totp')).status, 200)
  for (const secret of ['', 'A']) {
    const code = createHmac('sha1', Buffer.from(secret))
      .update(
        Buffer.from(
          BigInt(Math.floor(Date.parse(h.deps.clock()) / 30_000))
            .toString(16)
            .padStart(16, '0'),
          'hex',
        ),
      )
      .digest()
    const at = code[19]! & 15
    const digits = String((code.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
    assert.deepEqual((await browser.send('POST', '/api/session/step-up', { totp: digits })).issues, ['identity.step_up_wrong'])
  }
  assert.equal((await signIn(demoPerson('supervisor-sea').email)).status, 200, 'nor is it asked for')
})

test('a new password: the old one is asked for, every fault told, other sessions end', async () => {
  const here = await signInAs(h, 'officer-post')
  const there = await signInAs(h, 'officer-post')
  const { email } = demoPerson('officer-post')
  const bad = await here.send('PUT', '/api/account/password', { current: 'wrong', next: 'portcullis' })
  assert.deepEqual(bad.issues.sort(), ['identity.password_common', 'identity.password_short', 'identity.step_up_wrong'])
  const next = 'four grey herons'
  assert.equal((await here.send('PUT', '/api/account/password', { current: demoPassword, next })).status, 200)
  assert.equal((await here.send('GET', '/api/session')).status, 200)
  assert.equal((await there.send('GET', '/api/session')).status, 401)
  assert.equal((await signIn(email)).status, 401)
  assert.equal((await signIn(email, undefined, next)).status, 200)
})

test('failures shut an account for a growing while; the right password waits too, and then opens', async () => {
  const { email } = demoPerson('trader-cobalt')
  for (let i = 0; i < 5; i++) assert.equal((await signIn(email, undefined, `guess ${i}`)).status, 401)
  const shut = await signIn(email)
  assert.deepEqual([shut.status, shut.issues, shut.headers['retry-after']], [429, ['identity.too_many_attempts'], '2'])
  h.pass(2100)
  assert.equal((await signIn(email, undefined, 'guess 6')).status, 401)
  assert.equal((await signIn(email)).headers['retry-after'], '4')
  h.pass(4100)
  assert.equal((await signIn(email)).status, 200)
  assert.equal((await signIn(email, undefined, 'one slip')).status, 401)
  assert.equal((await signIn(email)).status, 200, 'success forgives')
})

test('many guesses at the same moment are not more guesses', async () => {
  const { email } = demoPerson('trader-castellane')
  const answers = await Promise.all(Array.from({ length: 25 }, (_, i) => signIn(email, undefined, `guess ${i}`)))
  assert.equal(answers.filter((a) => a.status === 401).length, 5)
  assert.equal(answers.filter((a) => a.status === 429).length, 20)
})

test('an attack from elsewhere does not shut out a person’s own device', async () => {
  const { email } = demoPerson('trader-sunfold')
  const own = openBrowser(h)
  assert.equal((await own.send('POST', '/api/session', { email, password: demoPassword })).status, 200)
  await own.send('DELETE', '/api/session')
  for (let i = 0; i < 8; i++) await signIn(email, undefined, `guess ${i}`)
  assert.equal((await signIn(email)).status, 429)
  assert.equal((await own.send('POST', '/api/session', { email, password: demoPassword })).status, 200)
})

test('one address that tries account after account is shut', async () => {
  const attacker = openBrowser(h, 'Attacker/1', '198.51.100.9')
  let last = 0
  for (let i = 0; i < 101 && last !== 429; i++)
    last = (await attacker.send('POST', '/api/session', { email: `account${i}@x.example`, password: 'portcullis' })).status
  assert.equal(last, 429)
  assert.equal((await signIn(demoPerson('examiner-sea').email)).status, 200)
})

test('an API key: made after step-up, narrower than its person, ended at once', async () => {
  const browser = await signInAs(h, 'trader-northlight')
  const wanted = { name: 'ERP', scopes: ['clearance:declaration:lodge'], days: 30 }
  assert.deepEqual((await browser.send('POST', '/api/keys', wanted)).issues, ['identity.step_up_required'])
  await browser.send('POST', '/api/session/step-up', { password: demoPassword })
  assert.deepEqual((await browser.send('POST', '/api/keys', { ...wanted, scopes: ['clearance:declaration:release'] })).issues, ['identity.key_scope'])
  const attempt = { 'idempotency-key': crypto.randomUUID() }
  const made = await browser.send('POST', '/api/keys', wanted, attempt)
  assert.match(made.body.secret, /^pcl_[\w-]{43}$/)
  const again = await browser.send('POST', '/api/keys', wanted, attempt)
  assert.deepEqual([again.body.id, again.body.secret], [made.body.id, null])
  const machine = (url: string, method: 'GET' | 'DELETE' = 'GET') =>
    openBrowser(h).send(method, url, undefined, { authorization: `Bearer ${made.body.secret}` })
  assert.equal((await machine('/api/keys')).body.length, 1)
  assert.deepEqual((await machine('/api/mandates')).issues, ['access.denied'])
  assert.deepEqual((await machine('/api/session')).issues, ['identity.session_needed'])
  const [stored] = await db.sql()<
    { found: boolean }[]
  >`select exists (select from journal.entry where (body::text || reply::text) like ${`%${made.body.secret}%`}) as found`
  assert.equal(stored!.found, false)
  assert.equal((await browser.send('DELETE', `/api/keys/${made.body.id}`)).status, 200)
  assert.equal((await machine('/api/keys')).status, 401)
})

test('the office one works at is chosen among those held', async () => {
  const browser = await signInAs(h, 'exit-officer')
  assert.deepEqual((await browser.send('PUT', '/api/session/office', { office: 'XV000501' })).issues, ['identity.office_not_held'])
  assert.equal((await browser.send('PUT', '/api/session/office', { office: 'XV000101' })).body.office.code, 'XV000101')
  assert.equal((await browser.send('GET', '/api/session')).body.office.code, 'XV000101')
})

test('where one is signed in: see it, end it', async () => {
  const here = await signInAs(h, 'officer-inland')
  const there = await signInAs(h, 'officer-inland')
  const devices = (await here.send('GET', '/api/session/devices')).body
  assert.deepEqual(devices.map((d: { current: boolean }) => d.current).sort(), [false, true])
  const other = devices.find((d: { current: boolean }) => !d.current)
  assert.equal((await here.send('DELETE', `/api/session/devices/${other.id}`)).status, 200)
  assert.equal((await there.send('GET', '/api/session')).status, 401)
  const stranger = await signInAs(h, 'officer-air')
  const mine = devices.find((d: { current: boolean }) => d.current)
  assert.equal((await stranger.send('DELETE', `/api/session/devices/${mine.id}`)).status, 404)
  assert.equal((await here.send('GET', '/api/session')).status, 200)
})

test('the language stays for the next sign-in', async () => {
  assert.equal((await (await signInAs(h, 'officer-land')).send('PUT', '/api/account/preferences', { language: 'ar' })).status, 200)
  assert.equal((await (await signInAs(h, 'officer-land')).send('GET', '/api/session')).body.language, 'ar')
})
