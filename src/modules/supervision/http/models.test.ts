import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as identity from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { issues, routes } from '../index.ts'
import type { Certificate } from '../schema/certificate.ts'

let db: TestDatabase
let h: Harness
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes(deps)], { catalogue: issues })
})
after(async () => {
  await h?.close()
  await db?.close()
})

const model = { vendor: 'Example', model: 'Lock 1', protocol: 'jt701' }
const path = '/api/supervision/models/certificates'

test('a model is certified by a run that passes, loses that by one that fails, and only some may run it', async () => {
  const control = await signInAs(h, 'control-room')
  const escort = await signInAs(h, 'escort-land')
  assert.deepEqual((await control.send('POST', path, model)).issues, ['supervision.model_unknown'])
  const device = { id: '8000620077', ...model, role: 'seal', imei: null, sim: null, aliases: [], office: 'XV000301', liable: 'Store' }
  assert.equal((await escort.send('POST', '/api/supervision/devices', device)).status, 201)
  const certified = async (): Promise<boolean> => (await control.send('GET', `/api/supervision/devices?q=${device.id}`)).body.rows[0].certified
  assert.equal(await certified(), false)
  assert.equal((await escort.send('POST', path, model)).status, 403)

  const passed = await control.send('POST', path, model)
  assert.equal(passed.status, 201)
  const certificate = passed.body as Certificate
  assert.ok(certificate.passed && certificate.captures > 0 && certificate.checks.every((c) => c.passed))
  assert.equal(await certified(), true)

  const { captures } = (await control.send('GET', `${path}?vendor=Example&model=Lock%201&protocol=jt701`)).body
  const wrong = { ...captures[0], name: 'handed in by the vendor', replies: ['2829'] }
  const failed = (await control.send('POST', path, { ...model, captures: [wrong] })).body as Certificate
  assert.deepEqual(
    failed.checks.filter((c) => !c.passed).map((c) => [c.id, c.capture]),
    [['acknowledge', wrong.name]],
  )
  assert.notEqual(failed.captureSha256, certificate.captureSha256)
  assert.equal(await certified(), false)
  assert.deepEqual((await control.send('POST', path, { ...model, captures: [{ ...wrong, protocol: 'gt06' }] })).issues, [
    'supervision.capture_of_other_protocol',
  ])
  const { certificates } = (await control.send('GET', `${path}?vendor=Example&model=Lock%201&protocol=jt701`)).body
  assert.deepEqual(
    certificates.map((c: Certificate) => c.passed),
    [false, true],
  )
})
