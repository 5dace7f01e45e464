import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readEntries } from '#platform/journal.ts'
import { fold } from '#kernel/decide.ts'
import { routes as identityRoutes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { evolveProposal, type ProposalEvent } from '../change/proposal.ts'
import { issues, loadTariff, routes } from '../index.ts'
import { parseExpression, type Proposal } from '../schema.ts'

let db: TestDatabase
let h: Harness
let author: Browser
let second: Browser

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), (deps) => [...identityRoutes(deps), ...routes(deps)], { catalogue: issues })
  author = await signInAs(h, 'tariff')
  second = await signInAs(h, 'tariff-second')
})
after(async () => {
  await h?.close()
  await db?.close()
})

const television = '/api/trade/tariff/85287200?origin=CN'
const mfnOf = (body: { measures: { taxType: string; preferences?: string[]; rate: string; id: string }[] }) =>
  body.measures.find((m) => m.taxType === 'A00' && m.preferences?.includes('100'))!

const measure = (change: object = {}) => ({
  id: 'XV/85287200/test-ad',
  administration: 'XV',
  commodity: '85287200',
  type: '552',
  taxType: 'A30',
  area: 'CN',
  expression: parseExpression('12.5 %'),
  source: 'Order 12 of 2026',
  validFrom: '2026-06-01',
  ...change,
})

const begin = async (title: string): Promise<string> => {
  const { body, status } = await author.send('POST', '/api/trade/proposals', { title, reason: 'Because of a finding', effectiveFrom: '2026-06-01' })
  assert.equal(status, 201)
  return body.id as string
}
const put = (id: string, ...changes: object[]) => author.send('POST', `/api/trade/proposals/${id}/changes`, { put: changes })

test('the tree shows chapters, headings and lines with their duty', async () => {
  const chapters = await author.send('GET', '/api/trade/tree')
  assert.equal(chapters.body.total, 97)
  const lines = await author.send('GET', '/api/trade/tree?key=8528')
  const line = lines.body.rows.find((n: { code: string }) => n.code === '85287200') ?? lines.body.rows[0]
  assert.ok(line)
})

test('a proposal: checked, compared, submitted, put into force by another person, told to the journal', async () => {
  const knownBefore = h.deps.clock()
  const id = await begin('Defence on televisions')
  const wrong = await put(id, { op: 'put', what: 'measure', row: measure({ area: '9999', commodity: '99887766' }) })
  assert.deepEqual([wrong.status, wrong.issues.toSorted()], [422, ['trade.change_area_unknown', 'trade.change_commodity_unknown']])

  const looked = await author.send('POST', `/api/trade/proposals/${id}/check`, {
    put: [{ op: 'put', what: 'measure', row: measure({ type: '142', area: 'FR' }) }],
  })
  assert.deepEqual(
    [looked.body.issues.map((i: { code: string }) => i.code), looked.body.differences[0].kind],
    [['trade.change_preference_missing'], 'added'],
  )
  assert.equal((await author.send('GET', `/api/trade/proposals/${id}`)).body.changeCount, 0)

  const old = mfnOf((await author.send('GET', television)).body)
  const known = (await loadTariff(db.sql())).rows.measures.find((m) => m.id === old.id)!
  const done = await put(
    id,
    { op: 'put', what: 'measure', row: measure() },
    { op: 'put', what: 'measure', row: { ...known, expression: parseExpression('11 %') } },
  )
  assert.equal(done.body.changeCount, 2)
  const difference = (await author.send('GET', `/api/trade/proposals/${id}/difference`)).body
  assert.deepEqual(
    difference.rows.map((d: { kind: string; fields: string[] }) => [d.kind, d.fields]),
    [
      ['added', []],
      ['changed', ['expression']],
    ],
  )

  assert.equal((await author.send('POST', `/api/trade/proposals/${id}/submit`)).body.status, 'proposed')
  assert.deepEqual((await author.send('POST', `/api/trade/proposals/${id}/activate`)).issues, ['trade.proposal_own'])
  assert.deepEqual((await author.send('GET', `/api/trade/proposals/${id}`)).body.commands, ['proposal.withdraw', 'proposal.send-back'])
  assert.equal(mfnOf((await author.send('GET', television)).body).rate, old.rate)
  const active = await second.send('POST', `/api/trade/proposals/${id}/activate`)
  assert.deepEqual([active.status, active.body.status, active.body.decidedBy.name], [200, 'activated', 'Rashid Lindgren'])

  const now = await author.send('GET', television)
  assert.equal(mfnOf(now.body).rate, '11 %')
  assert.ok(now.body.measures.some((m: { id: string }) => m.id === 'XV/85287200/test-ad'))
  const then = await author.send('GET', `${television}&knownAt=${knownBefore}`)
  assert.equal(mfnOf(then.body).rate, old.rate)
  assert.equal((await author.send('GET', `/api/trade/measures/history?id=${old.id}`)).body.records.length, 2)

  const entries = await readEntries(db.sql(), { kind: 'tariff-proposal', id })
  const folded = fold<Proposal | null, ProposalEvent>(evolveProposal, null, entries.flatMap((e) => e.body.events) as ProposalEvent[])
  const { commands: _commands, ...row } = (await author.send('GET', `/api/trade/proposals/${id}`)).body
  assert.deepEqual(folded, row)
})

test('an activated batch is taken back on the same road, and leaves the tariff as it was', async () => {
  const { body } = await author.send('GET', '/api/trade/proposals?status=activated')
  const id = body.rows[0].id as string
  const before = (await loadTariff(db.sql(), { version: body.rows[0].version - 1 })).rows.measures
  const draft = await author.send('POST', `/api/trade/proposals/${id}/reverse`, { remark: 'The finding was withdrawn' })
  assert.deepEqual([draft.status, draft.body.kind, draft.body.reverses], [201, 'reversal', id])
  await author.send('POST', `/api/trade/proposals/${draft.body.id}/submit`)
  assert.equal((await second.send('POST', `/api/trade/proposals/${draft.body.id}/activate`)).status, 200)
  assert.deepEqual((await loadTariff(db.sql())).rows.measures, before)
})

test('who changed the same record meanwhile stops the activation; withdrawn is the end', async () => {
  const [one, two] = [await begin('First of two'), await begin('Second of two')]
  for (const id of [one, two]) {
    await put(id, { op: 'put', what: 'measure', row: measure({ id: 'XV/85287200/both' }) })
    await author.send('POST', `/api/trade/proposals/${id}/submit`)
  }
  assert.equal((await second.send('POST', `/api/trade/proposals/${one}/activate`)).status, 200)
  assert.deepEqual((await second.send('POST', `/api/trade/proposals/${two}/activate`)).issues, ['trade.proposal_stale'])
  assert.equal((await second.send('POST', `/api/trade/proposals/${two}/send-back`, { remark: 'Look again' })).body.status, 'draft')
  assert.equal((await author.send('POST', `/api/trade/proposals/${two}/withdraw`, { remark: 'No longer needed' })).body.status, 'withdrawn')
  assert.deepEqual((await author.send('POST', `/api/trade/proposals/${two}/submit`)).issues, ['trade.proposal_not_possible_now'])
})

test('what a version knew can be told by time, also when an activation had waited for another that is later by the clock', async () => {
  const ahead = '2099-01-01T00:00:00.000Z'
  await db.sql()`insert into trade.change (what, at) values ('another process', ${ahead})`
  const id = await begin('After another')
  await put(id, { op: 'put', what: 'measure', row: measure({ id: 'XV/85287200/late' }) })
  await author.send('POST', `/api/trade/proposals/${id}/submit`)
  const { body } = await second.send('POST', `/api/trade/proposals/${id}/activate`)
  assert.equal(body.decidedAt, '2099-01-01T00:00:00.001Z')
  const knows = async (version: number) => (await loadTariff(db.sql(), { version })).rows.measures.some((m) => m.id === 'XV/85287200/late')
  assert.deepEqual([await knows(body.version - 1), await knows(body.version)], [false, true])
})

test('a line that ends leaves its measures as orphans, which the difference tells', async () => {
  const id = await begin('A line ends')
  await put(id, { op: 'end', what: 'commodity', key: 'XV/85287200@2020-01-01', validTo: '2027-01-01' })
  const { counts, rows } = (await author.send('GET', `/api/trade/proposals/${id}/difference?kind=orphaned`)).body
  assert.ok(counts.orphaned > 0 && counts.ended === 1)
  assert.ok(rows.every((d: { commodity: string }) => d.commodity === '85287200'))
})

test('nobody else may propose or activate', async () => {
  const trader = await signInAs(h, 'trader-meridian')
  assert.equal((await trader.send('GET', '/api/trade/proposals')).status, 403)
  const content = { title: 'Mine', reason: 'for me', effectiveFrom: '2026-06-01' }
  assert.equal((await trader.send('POST', '/api/trade/proposals', content)).status, 403)
})
