import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Route } from '#platform/http.ts'
import { demoPeople, permissions, roles, routes, type RoleName } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'

let db: TestDatabase
let h: Harness
let all: Route[] = []
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), (deps) => (all = routes(deps)))
})
after(async () => {
  await h?.close()
  await db?.close()
})

/** Who may come in, written down by hand: the test is worth nothing when it reads the table it checks. */
const entry: Record<string, RoleName[]> = {
  'identity:mandate:manage-own': ['trader', 'broker'],
  'identity:organisation:manage-own': ['trader', 'broker'],
  'identity:organisation:manage': ['administrator'],
  'identity:person:manage': ['administrator'],
}
const open = [
  'POST /api/session',
  'DELETE /api/session',
  'GET /api/demo/sign-ins',
  'POST /api/demo/sign-in',
  'POST /api/invitations/look',
  'POST /api/invitations/accept',
]

const urlOf = (r: Route): string => r.path.replaceAll(/:\w+/g, '01890000-0000-7000-8000-000000000000')

test('what is open to everybody is a list', () => {
  assert.deepEqual(
    all
      .filter((r) => r.permission === 'public')
      .map((r) => `${r.method} ${r.path}`)
      .sort(),
    open.sort(),
  )
})

test('without a session every other route refuses, whatever is sent', async () => {
  for (const r of all.filter((x) => x.permission !== 'public')) {
    const answer = await openBrowser(h).send(r.method, urlOf(r), r.method === 'GET' ? undefined : { nonsense: true })
    assert.deepEqual([answer.status, answer.issues], [401, ['access.not_signed_in']], `${r.method} ${r.path}`)
  }
})

test('each role comes in where the list says, and nowhere else', async () => {
  for (const role of Object.keys(roles) as RoleName[]) {
    const person = demoPeople.find((p) => p.roles.length > 0 && p.roles.every((x) => x.role === role))
    assert.ok(person, `the demo has somebody who is ${role} and nothing else`)
    const browser = await signInAs(h, person.key)
    for (const r of all.filter((x) => x.permission !== 'public' && x.permission !== 'signed-in')) {
      const answer = await browser.send(r.method, urlOf(r), r.method === 'GET' ? undefined : { nonsense: true })
      const denied = answer.status === 403 && answer.issues.includes('access.denied')
      assert.ok(entry[r.permission], `${r.permission} is in the list of this test`)
      assert.equal(denied, !entry[r.permission]!.includes(role), `${role}: ${r.method} ${r.path} → ${answer.status}`)
    }
  }
})

test('every permission that a route asks for is one that some role has', () => {
  for (const r of all) if (r.permission !== 'public' && r.permission !== 'signed-in') assert.ok(permissions.includes(r.permission), r.permission)
})
