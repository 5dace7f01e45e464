import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CalculatorReply } from '#schema/duty'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Harness } from '../../../../test/harness.ts'
import { issues, routes } from '../index.ts'

let db: TestDatabase
let h: Harness

before(async () => {
  db = await testDatabase()
  h = await startHarness(db.sql(), routes, { catalogue: issues })
})
after(async () => {
  await h?.close()
  await db?.close()
})

const ask = (query: Record<string, string>) => openBrowser(h).send('GET', `/api/duty/calculation?${new URLSearchParams(query)}`)
const answer = async (query: Record<string, string>): Promise<CalculatorReply> => {
  const { status, body } = await ask(query)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const amounts = (reply: CalculatorReply) => reply.assessment.lines.map((l) => [l.type, l.payable.minor])
/** Colour televisions of China at 1,000.00: 14 % duty, then VAT of 18 % on value and duty. */
const televisions = { code: '85287200', origin: 'CN', value: '1000.00', quantity: '5', date: '2026-11-20' }

test('anybody is told duty and VAT of a good, to the last unit', async () => {
  const reply = await answer(televisions)
  const duty = reply.assessment.lines.find((l) => l.type === 'A00')!
  assert.equal(duty.payable.minor, 14_000)
  const vat = reply.assessment.lines.find((l) => l.type === 'B00')!
  const stacked = amounts(reply).reduce((sum, [type, minor]) => (type === 'B00' ? sum : sum + Number(minor)), 0)
  assert.equal(vat.payable.minor, Math.round((100_000 + stacked) * 0.18))
  assert.equal(reply.supplementaryUnit, 'NAR')
  assert.ok(duty.trace.length > 0, 'with the reason of the figure')
  assert.equal(reply.names.A00 !== undefined, true)
})

test('transport to the border belongs to the value', async () => {
  const [without, with200] = await Promise.all([answer(televisions), answer({ ...televisions, transport: '200' })])
  assert.equal(with200.assessment.totals.customsValue.minor - without.assessment.totals.customsValue.minor, 20_000)
})

test('a foreign price is converted by the rate of the day', async () => {
  const reply = await answer({ ...televisions, currency: 'EUR' })
  assert.ok(reply.assessment.totals.customsValue.minor > 100_000)
  assert.equal(reply.assessment.totals.customsValue.currency, 'VRC')
})

test('every option of the tariff is shown with what it saves, and the claimed one is applied', async () => {
  const plain = await answer({ code: '04090000', origin: 'FR', value: '1000', netMassKg: '100', date: '2026-11-20' })
  const preference = plain.options.find((o) => o.preference.startsWith('3') && o.saves.minor > 0)!
  assert.ok(preference, JSON.stringify(plain.options))
  const claimed = await answer({
    code: '04090000',
    origin: 'FR',
    value: '1000',
    netMassKg: '100',
    date: '2026-11-20',
    preference: preference.preference,
  })
  assert.equal(plain.assessment.totals.payable.minor - claimed.assessment.totals.payable.minor, preference.saves.minor)
})

test('papers that a declaration must state are told, and which are at hand', async () => {
  const query = { code: '04090000', origin: 'FR', value: '1000', netMassKg: '100' }
  const [row] = (await answer(query)).papers
  assert.ok(row && !row.stated)
  const [stated] = (await answer({ ...query, documents: row.documents[0]! })).papers
  assert.equal(stated!.stated, true)
})

test('what cannot be calculated is refused by field, all at once', async () => {
  const { status, body } = await ask({ code: '99999999', origin: 'AA', value: '1', currency: 'XAU' })
  assert.equal(status, 422)
  assert.deepEqual(
    body.issues.map((i: { code: string; path: string }) => [i.code, i.path]),
    [
      ['trade.commodity_unknown', '/code'],
      ['duty.origin_unknown', '/origin'],
      ['duty.rate_unknown', '/currency'],
    ],
  )
  const endless = await ask({ code: '85287200', origin: 'CN', value: '99999999999999999999' })
  assert.equal(endless.status, 400)
  assert.ok(endless.body.issues.some((i: { path: string }) => /value/.test(i.path)))
  const malformed = await ask({ code: 'abc', origin: 'China', value: 'much' })
  assert.equal(malformed.status, 400)
  assert.ok(malformed.body.issues.some((i: { path: string }) => /code/.test(i.path)))
})
