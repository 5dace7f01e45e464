import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/database.ts'
import { routes as identityRoutes } from '#modules/identity'
import { issues as tradeIssues, loadTariff, onEffectWanted, routes as tradeRoutes } from '#modules/trade'
import { parseExpression } from '#schema/trade'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { issues } from '../index.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { createClearance, type Clearance } from './clearance.ts'
import { reassess } from './reassess.ts'
import { computeEffect, shiftedInto } from './tariff-effect.ts'

let db: TestDatabase
let h: Harness
let c: Clearance
let author: Browser
let second: Browser
const wanted: string[] = []

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...tradeRoutes(deps)], { catalogue: { ...tradeIssues, ...issues } })
  c = await createClearance(h.deps)
  onEffectWanted(async (_tx, id) => void wanted.push(id))
  author = await signInAs(h, 'tariff')
  second = await signInAs(h, 'tariff-second')
})
after(async () => {
  c?.close()
  await h?.close()
  await db?.close()
})

/** An import of the demo country's first days that owes an ordinary percentage for third countries. */
const anImport = async (): Promise<{ mrn: string; code: string; measureId: string; state: DeclarationState }> => {
  const tariff = await loadTariff(db.sql())
  const rows = await db.sql()<{ state: DeclarationState }[]>`
    select state from clearance.declaration where regime = 'import' and administration = 'XV' and accepted_at is not null order by lodged_at`
  for (const { state } of rows)
    for (const line of state.assessment?.lines ?? []) {
      const id = line.measureIds[0]
      if (line.type !== 'A00' || line.status !== 'assessed' || !line.rate || line.payable.minor === 0 || id === undefined) continue
      if (tariff.rows.measures.find((m) => m.id === id)?.preferences?.includes('100'))
        return { mrn: state.mrn, code: tariff.rows.measures.find((m) => m.id === id)!.commodity, measureId: id, state }
    }
  throw new Error('the demo country has no import that owes a percentage')
}

const activate = async (title: string, effectiveFrom: string, change: object): Promise<string> => {
  const { body } = await author.send('POST', '/api/trade/proposals', { title, reason: 'A test', effectiveFrom })
  const put = await author.send('POST', `/api/trade/proposals/${body.id}/changes`, { put: [change] })
  assert.equal(put.status, 200, JSON.stringify(put.body))
  assert.equal((await author.send('POST', `/api/trade/proposals/${body.id}/submit`)).status, 200)
  return body.id as string
}
const effectOf = async (id: string) => (await author.send('GET', `/api/trade/proposals/${id}/effect`)).body

test('a measure corrected backwards leaves the old result reproducible, and lists the declarations that come out otherwise', async () => {
  const { mrn, measureId } = await anImport()
  const knownThen = h.deps.clock()
  const old = (await loadTariff(db.sql())).rows.measures.find((m) => m.id === measureId)!
  const id = await activate('Correction', '2026-01-01', { op: 'put', what: 'measure', row: { ...old, expression: parseExpression('33 %') } })
  await computeEffect(c, id)
  const proposed = await effectOf(id)
  assert.equal(proposed.status, 'done')
  assert.ok(proposed.retroactive.declarations >= 1 && proposed.retroactive.afterMinor > proposed.retroactive.beforeMinor)
  const { rows } = (await author.send('GET', `/api/trade/proposals/${id}/effect/declarations?view=retroactive&size=500`)).body
  assert.ok(rows.some((r: { mrn: string }) => r.mrn === mrn))
  assert.equal((await reassess(c, mrn))!.changed, false)

  assert.equal((await second.send('POST', `/api/trade/proposals/${id}/activate`)).status, 200)
  assert.deepEqual(wanted, [id, id])
  const [known, then] = [await loadTariff(db.sql()), await reassess(c, mrn, { knownAt: knownThen })]
  assert.equal(then!.changed, false)
  assert.deepEqual(then!.compared.totals, then!.decided.totals)
  const now = await reassess(c, mrn, { knownAt: h.deps.clock() })
  assert.deepEqual([now!.changed, now!.versions.compared], [true, known.version])
  assert.ok(now!.compared.totals.assessed.minor > now!.decided.totals.assessed.minor)
  // Counted again after it is in force, the effect is what it was.
  await computeEffect(c, id)
  assert.deepEqual((await effectOf(id)).retroactive, proposed.retroactive)
})

test('a change to come is told on the imports of last year as if they came again, and changes no past one', async () => {
  const { code, state } = await anImport()
  const origin = state.document.items[0]!.origin ?? 'CN'
  const row = {
    id: 'XV/test/on-top',
    administration: 'XV',
    commodity: code,
    type: '695',
    taxType: 'A20',
    area: '1011',
    expression: parseExpression('10 %'),
    source: `Order against ${origin}`,
    validFrom: '2028-01-01',
  }
  const id = await activate('To come', '2028-01-01', { op: 'put', what: 'measure', row })
  await computeEffect(c, id)
  const effect = await effectOf(id)
  assert.equal(effect.retroactive, undefined)
  assert.ok(effect.forecast.declarations >= 1)
  assert.ok(
    effect.forecast.byTaxType.some(
      (t: { type: string; beforeMinor: number; afterMinor: number }) => t.type === 'A20' && t.beforeMinor === 0 && t.afterMinor > 0,
    ),
  )
  assert.ok(effect.forecast.byCommodity[0].code.startsWith(code))
  assert.equal(effect.examined, effect.total)
})

test('the same day comes again in the twelve months from the first day of a change', () => {
  assert.equal(shiftedInto('2026-03-01', '2027-06-01'), '2028-03-01')
  assert.equal(shiftedInto('2026-06-01', '2027-06-01'), '2027-06-01')
  assert.equal(shiftedInto('2024-02-29', '2027-01-01'), '2027-02-28')
})

test('a job that is wanted stands with its proposal', async () => {
  const { effectWanted } = await import('./tariff-effect.ts')
  await inTransaction(db.sql(), (tx) => effectWanted(tx, wanted[0]!))
  const [job] = await db.sql()<{ n: number }[]>`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'clearance:tariff-effect'`
  assert.equal(job!.n, 1)
})
