/** For tests that need people: the demo country's identity in a test database, and browsers signed in as somebody. */
import assert from 'node:assert/strict'
import { inTransaction, type Sql } from '#platform/database.ts'
import { demoPassword, demoPerson, loadDemoIdentity } from '#modules/identity'
import { openBrowser, type Browser, type Harness } from './harness.ts'

/** Loads the people unless the template already held them. */
export const ensureDemoIdentity = async (sql: Sql): Promise<void> => {
  const found = await sql`select 1 from identity.person limit 1`
  if (found.length === 0) await inTransaction(sql, (tx) => loadDemoIdentity(tx, { at: '2026-01-05T08:00:00.000Z' }))
}

/** A browser of its own, signed in as a demo person by key; `steppedUp` proves the person anew. */
export const signInAs = async (h: Pick<Harness, 'server'>, key: string, options: { steppedUp?: boolean } = {}): Promise<Browser> => {
  const browser = openBrowser(h)
  const answer = await browser.send('POST', '/api/demo/sign-in', { personId: demoPerson(key).id })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  if (options.steppedUp) assert.equal((await browser.send('POST', '/api/session/step-up', { password: demoPassword })).status, 200)
  return browser
}
