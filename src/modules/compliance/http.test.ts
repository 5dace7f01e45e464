/** Authorisations through the interface, on a real database: two persons, one of a kind, the journal gives the row, and clearance hears of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as identity from '#modules/identity'
import { readEntries } from '#platform/journal.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../test/harness.ts'
import { signInAs } from '../../../test/identity.ts'
import type { AuthorisationEvent } from './authorisation.ts'
import { folds, isTrustedOperator, issues, loadDemoCompliance, routes } from './index.ts'
import type { Authorisation, AuthorisationRow } from './schema.ts'
import { inTransaction } from '#platform/database.ts'

let db: TestDatabase
let h: Harness
let analyst: Browser
let head: Browser
before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes(deps)], { catalogue: issues })
  analyst = await signInAs(h, 'risk-analyst')
  head = await signInAs(h, 'risk-head')
})
after(async () => {
  await h?.close()
  await db?.close()
})

const path = '/api/compliance/authorisations'
const holder = identity.demoOrganisations.find((o) => o.key === 'cobalt')!.registration
const ask = { kind: 'AEOC', holder, validFrom: '2026-03-01', reason: 'Audited' }
const send = (who: Browser, id: string, name: string) => who.send('POST', `${path}/${id}/${name}`, { reason: `because of ${name}` })

test('proposed by one, granted by another, suspended at once, revoked by two; trusted only while it holds', async () => {
  const trusted = (date: string) => isTrustedOperator(db.sql(), holder, date)
  const { body: proposed, status } = await analyst.send('POST', path, ask)
  assert.deepEqual([status, proposed.status, await trusted('2026-04-01')], [201, 'proposed', false])
  assert.deepEqual((await analyst.send('POST', path, ask)).issues, ['compliance.held_already'])
  assert.equal((await send(analyst, proposed.id, 'approve')).status, 403)
  assert.equal((await head.send('POST', path, { ...ask, kind: 'AEOS' })).status, 403)
  assert.equal((await send(head, proposed.id, 'approve')).body.status, 'granted')
  assert.deepEqual(
    [await trusted('2026-02-28'), await trusted('2026-03-01'), await isTrustedOperator(db.sql(), undefined, '2026-03-01')],
    [false, true, false],
  )
  assert.equal((await send(analyst, proposed.id, 'suspend')).body.status, 'suspended')
  assert.equal(await trusted('2026-04-01'), false)
  assert.equal((await send(analyst, proposed.id, 'ask-revoke')).body.waiting.change, 'revoke')
  assert.deepEqual((await send(analyst, proposed.id, 'ask-resume')).issues, ['compliance.not_possible_now'])
  const { body: revoked } = await send(head, proposed.id, 'approve')
  assert.deepEqual([revoked.status, revoked.history.length], ['revoked', 5])

  const entries = await readEntries(db.sql(), { kind: 'authorisation', id: proposed.id })
  const events = entries.flatMap((e) => (e.body as unknown as { events: AuthorisationEvent[] }).events)
  assert.deepEqual(events.reduce<Authorisation | null>(folds.authorisation, null), revoked)
  assert.equal((await analyst.send('POST', path, ask)).status, 201, 'what has ended may be proposed again')
})

test('an operator that the register does not know is refused; others may not read', async () => {
  assert.deepEqual((await analyst.send('POST', path, { ...ask, holder: 'XV999999999999', validTo: '2026-01-01' })).issues, [
    'compliance.holder_unknown',
    'compliance.validity',
  ])
  for (const key of ['broker', 'examiner-sea']) assert.equal((await (await signInAs(h, key)).send('GET', path)).status, 403, key)
})

test('the demo’s operators stand by the rules of everybody', async () => {
  await inTransaction(db.sql(), loadDemoCompliance)
  const all: Authorisation[] = (await head.send('GET', path)).body
  assert.deepEqual(
    all.filter((a) => a.waiting).map((a) => a.status),
    ['proposed', 'proposed'],
  )
  const trusted = identity.demoOrganisations.find((o) => o.key === 'meridian')!.registration
  assert.ok(await isTrustedOperator(db.sql(), trusted, '2026-06-01'))
  assert.deepEqual(
    ((await head.send('GET', `${path}?holder=${trusted}`)).body as AuthorisationRow[]).map((a) => [a.kind, a.holderName]),
    [['AEOC', 'Meridian Home Electronics']],
  )
})
