import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, inTransaction } from '#platform/database.ts'
import { record, type Actor } from '#platform/journal.ts'
import { anchorNow, issues, routes } from '#modules/audit'
import { demoPerson, folds, routes as identityRoutes } from '#modules/identity'
import { searchEntries } from './read/search.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { openBrowser, startHarness, type Browser, type Harness } from '../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../test/identity.ts'

let db: TestDatabase
let h: Harness
let auditor: Browser
const subject = { kind: 'crate', id: 'crate-1' }
const actorAt = (name: string, personId: string, office: string | null): Actor => ({ personId, name, roles: ['officer'], office, channel: 'web' })

before(async () => {
  db = await testDatabase({ alone: true })
  await ensureDemoIdentity(db.sql())
  const sea = actorAt('Sea Officer', 'sea-1', 'XV000101')
  const air = actorAt('Air Officer', 'air-1', 'XV000201')
  await inTransaction(db.sql(), async (tx) => {
    const body = (events: unknown[], reason?: string) => ({ payload: { reason }, facts: { rate: '1' }, events })
    await record(
      tx,
      subject,
      { command: 'crate.open', actor: sea, at: '2031-05-01T10:00:00.000Z', body: body([{ type: 'crate.opened', seals: ['A1'], weightKg: '10' }]) },
      {
        command: 'crate.close',
        actor: air,
        at: '2031-05-02T10:00:00.000Z',
        body: body([{ type: 'crate.closed', seals: ['B2'], note: '=1+1' }], 'inspection over'),
      },
    )
    await record(
      tx,
      { kind: 'crate', id: 'crate-2' },
      { command: 'crate.open', actor: air, at: '2031-05-03T10:00:00.000Z', body: body([{ type: 'crate.opened', seals: [] }]) },
    )
  })
  h = await startHarness(
    db.sql(),
    (deps) => [...identityRoutes(deps), ...routes({ ...deps, folds, findSubject: async (_db, name) => (name === 'CRATE ONE' ? subject : null) })],
    { catalogue: issues },
  )
  auditor = await signInAs(h, 'auditor')
})
after(async () => {
  await h?.close()
  await db?.close()
})

const commandsOf = async (browser: Browser, query: string): Promise<string[]> =>
  (await browser.send('GET', `/api/audit/entries?subjectKind=crate&${query}`)).body.rows.map(
    (r: { subjectId: string; command: string }) => `${r.subjectId} ${r.command}`,
  )

test('search by subject, person, time and command; the latest first', async () => {
  assert.deepEqual(await commandsOf(auditor, ''), ['crate-2 crate.open', 'crate-1 crate.close', 'crate-1 crate.open'])
  assert.deepEqual(await commandsOf(auditor, 'subjectId=crate-1&sort=seq'), ['crate-1 crate.open', 'crate-1 crate.close'])
  assert.deepEqual(await commandsOf(auditor, 'personId=air-1'), ['crate-2 crate.open', 'crate-1 crate.close'])
  assert.deepEqual(await commandsOf(auditor, 'person=SEA%20off'), ['crate-1 crate.open'])
  assert.deepEqual(await commandsOf(auditor, 'command=crate.close'), ['crate-1 crate.close'])
  assert.deepEqual(await commandsOf(auditor, 'from=2031-05-02&to=2031-05-03'), ['crate-1 crate.close'])
  assert.deepEqual(await commandsOf(auditor, 'size=1&page=2'), ['crate-1 crate.close'])
  const page = (await auditor.send('GET', '/api/audit/entries?subjectKind=crate&size=2')).body
  assert.deepEqual([page.total, page.rows.length, page.rows[1].reason, page.rows[1].events], [3, 2, 'inspection over', ['crate.closed']])
  assert.equal((await auditor.send('GET', '/api/audit/entries?from=yesterday')).status, 400)
})

test('a search that takes too long is given up', async () => {
  const owner = connect({ url: db.url, max: 1, asOwner: true })
  try {
    await owner.begin(async (tx) => {
      await tx`lock table journal.entry in access exclusive mode`
      assert.equal(await searchEntries(db.sql(), { page: 1, size: 10 }, '*', 50), null)
    })
  } finally {
    await owner.end({ timeout: 5 })
  }
})

test('the csv holds all rows, and no formula', async () => {
  const csv: string = (await auditor.send('GET', '/api/audit/entries?subjectKind=crate&size=1&format=csv')).body
  assert.equal(csv.trim().split('\r\n').length, 4)
  const history: string = (await auditor.send('GET', '/api/audit/subjects/crate/crate-1?format=csv')).body
  assert.match(history, /\/note,,'=1\+1/)
})

test('one entry shows what was asked, on which facts, and which anchor covers it', async () => {
  const [row] = (await auditor.send('GET', '/api/audit/entries?subjectKind=crate&subjectId=crate-2')).body.rows
  const before = (await auditor.send('GET', `/api/audit/entries/${row.seq}`)).body
  assert.deepEqual([before.body.facts, before.anchor], [{ rate: '1' }, null])
  const anchor = await anchorNow(db.sql(), h.deps.clock())
  assert.equal((await auditor.send('GET', `/api/audit/entries/${row.seq}`)).body.anchor, anchor!.number)
  assert.equal((await auditor.send('GET', '/api/audit/anchors')).body.rows[0].hash, anchor!.hash)
  assert.deepEqual((await auditor.send('GET', '/api/audit/entries/999999999')).issues, ['audit.entry_unknown'])
})

test('a history tells who, when, why, and each element that changed', async () => {
  const history = (await auditor.send('GET', '/api/audit/subjects/crate/crate-1')).body
  assert.deepEqual(
    history.map((e: { person: string; reason: string | null; changes: unknown }) => [e.person, e.reason, e.changes]),
    [
      [
        'Sea Officer',
        null,
        [
          { path: '/seals', new: ['A1'] },
          { path: '/weightKg', new: '10' },
        ],
      ],
      [
        'Air Officer',
        'inspection over',
        [
          { path: '/seals/0', old: 'A1', new: 'B2' },
          { path: '/note', new: '=1+1' },
        ],
      ],
    ],
  )
  const admin = await signInAs(h, 'administrator', { steppedUp: true })
  const person = demoPerson('officer-land')
  await admin.send('PUT', `/api/people/${person.id}/office`, { office: null })
  const [last] = (await auditor.send('GET', `/api/audit/subjects/person/${person.id}`)).body.toReversed()
  assert.deepEqual(
    [last.command, last.person, last.changes],
    ['person.set-home-office', demoPerson('administrator').name, [{ path: '/homeOffice', old: 'XV000301', new: null }]],
  )
  assert.deepEqual((await auditor.send('GET', '/api/audit/subjects/crate/none')).issues, ['audit.subject_unknown'])
  assert.deepEqual((await auditor.send('GET', '/api/audit/find?name=CRATE%20ONE')).body, subject)
  assert.equal((await auditor.send('GET', '/api/audit/find?name=nothing')).status, 404)
})

test('the head of an office sees what was decided there, the head of all offices everything', async () => {
  const sea = await signInAs(h, 'supervisor-sea')
  assert.deepEqual(await commandsOf(sea, ''), ['crate-1 crate.open'])
  assert.equal((await sea.send('GET', '/api/audit/subjects/crate/crate-1')).body.length, 2)
  assert.deepEqual((await sea.send('GET', '/api/audit/subjects/crate/crate-2')).issues, ['audit.subject_unknown'])
  const all = await signInAs(h, 'supervisor-country')
  assert.equal((await commandsOf(all, '')).length, 3)
})

test('only auditors prove the journal, nobody outside the office of audit and supervision reads it', async () => {
  for (const key of ['broker', 'officer-sea', 'cashier', 'administrator', 'exit-officer']) {
    const browser = await signInAs(h, key)
    assert.deepEqual((await browser.send('GET', '/api/audit/entries')).issues, ['access.denied'], key)
    assert.deepEqual((await browser.send('POST', '/api/audit/verifications', {})).issues, ['access.denied'], key)
  }
  assert.deepEqual((await (await signInAs(h, 'supervisor-country')).send('POST', '/api/audit/verifications', {})).issues, ['access.denied'])
  assert.equal((await openBrowser(h).send('GET', '/api/audit/entries')).status, 401)
})

test('a proof is itself journalled, and answers the same when asked twice', async () => {
  const attempt = { 'idempotency-key': crypto.randomUUID() }
  const result = await auditor.send('POST', '/api/audit/verifications', {}, attempt)
  assert.deepEqual([result.status, result.body.ok, result.body.broken], [200, true, []])
  assert.deepEqual((await auditor.send('POST', '/api/audit/verifications', {}, attempt)).body, result.body)
  const [row] = (await auditor.send('GET', '/api/audit/entries?command=journal.verify')).body.rows
  assert.equal(row.personId, demoPerson('auditor').id)
  const refuted = await auditor.send('POST', '/api/audit/verifications', { witnesses: [{ number: 1, hash: 'ab'.repeat(32) }] })
  assert.deepEqual([refuted.body.ok, refuted.body.broken[0].what], [false, 'witness'])
})
