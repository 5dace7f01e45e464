import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes as identityRoutes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Harness } from '../../../../test/harness.ts'
import { issues, routes } from '../index.ts'

let db: TestDatabase
let h: Harness

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes(deps)], { catalogue: issues })
})
after(async () => {
  await h?.close()
  await db?.close()
})

const get = async (path: string) => (await openBrowser(h).send('GET', path)).body

test('anybody may ask for a code, and sees the lines to declare with their duty', async () => {
  const { results } = await get('/api/trade/codes?q=colour%20television')
  const first = results[0]
  assert.equal(first.heading, '8528')
  assert.ok(first.reasons[0].words.includes('television'))
  assert.deepEqual(
    first.commodities
      .filter((c: { code: string }) => c.code === '85287200')
      .map((c: { duty: string; supplementaryUnit: string }) => [c.duty, c.supplementaryUnit]),
    [['14 %', 'NAR']],
  )
})

test('a word that names nothing is asked about', async () => {
  const answer = await get('/api/trade/codes?q=gift')
  assert.deepEqual([answer.results, answer.asks], [[], { code: 'what_is_it', words: ['gift'] }])
})

test('a described good is held against its code', async () => {
  assert.equal((await get('/api/trade/codes/85287200/fit?text=television%20set')).verdict, 'fits')
  const doubt = await get('/api/trade/codes/85287200/fit?text=cotton%20t-shirt')
  assert.equal(doubt.verdict, 'doubtful')
  assert.ok(doubt.suggestions.some((s: { heading: string }) => s.heading === '6109'))
})
