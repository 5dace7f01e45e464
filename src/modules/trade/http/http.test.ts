import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/database.ts'
import { routes as identityRoutes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { issues, loadTariff, routes, saveTariffSettings } from '../index.ts'
import { recordMeasures } from '../store/record.ts'

let db: TestDatabase
let h: Harness
let trader: Browser

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes(deps)], { catalogue: issues })
  trader = await signInAs(h, 'trader-meridian')
})
after(async () => {
  await h?.close()
  await db?.close()
})

test('search gives name, path, duty and unit', async () => {
  const { body } = await trader.send('GET', '/api/trade/commodities?q=television')
  const line = body.rows.find((r: { code: string }) => r.code === '85287200')
  assert.deepEqual(
    [line.name, line.declarable, line.duty, line.supplementaryUnit, line.path.length],
    ['Television receivers, colour', true, '14 %', 'NAR', 2],
  )
})

test('a commodity shows what is charged by origin; an unknown one is not found', async () => {
  const { body } = await trader.send('GET', '/api/trade/commodities/22042100?origin=ZA')
  assert.ok(body.measures.some((m: { taxType: string; text: string }) => m.taxType === '331' && m.text === '75.00 VRC / hl'))
  assert.ok(body.measures.some((m: { preferences: string[] }) => m.preferences.includes('300')))
  assert.deepEqual((await trader.send('GET', '/api/trade/commodities/85287290')).issues, ['trade.commodity_unknown'])
})

test('a corrected measure keeps what was known before; a file is laid over and taken away', async () => {
  const sql = db.sql()
  const query = { administration: 'XV', hsCode: '85287200', date: '2026-11-25', origin: 'CN', preference: '100' }
  const duty = async () => (await loadTariff(sql)).measuresFor(query).find((m) => m.taxType === 'A00')
  const before = await loadTariff(sql)
  const [old] = before.measuresOf(query).filter((m) => m.taxType === 'A00')
  await inTransaction(sql, (tx) =>
    recordMeasures(tx, [{ ...old!, expression: [{ op: 'first', kind: 'percent', value: '12' }] }], '2026-11-24T00:00:00.000Z'),
  )
  assert.deepEqual((await duty())?.expression, [{ op: 'first', kind: 'percent', value: '12' }])
  const known = await sql<{ n: number }[]>`select count(*)::int as n from trade.measure where id = ${old!.id}`
  assert.equal(known[0]!.n, 2)
  const version = await inTransaction(sql, (tx) =>
    saveTariffSettings(tx, 'XV', { measures: [{ hsCode: '85287200', type: 'A00', expression: '1%' }] }, h.deps.clock()),
  )
  assert.ok(version > before.version)
  assert.deepEqual((await duty())?.id, 'file/1')
  await inTransaction(sql, (tx) => saveTariffSettings(tx, 'XV', null, h.deps.clock()))
  assert.equal((await duty())?.id, old!.id)
})
