/** Licences written off by sixty-four declarations at once on a real PostgreSQL: never overdrawn, never used twice, all given back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { connect, inTransaction, type Sql } from '#platform/database.ts'
import { readEntries } from '#platform/journal.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { changeStatus, evolve, issue, leftOf, problemsOf, type Use } from './licence.ts'
import type { IssueLicence, Licence, LicenceEvent } from './schema.ts'
import { checkLicences, writeOff, type Stated } from './service/write-off.ts'
import { applyLicence, findLicence } from './store.ts'

const claimants = 64
const actor = { personId: 'test', name: 'Test', roles: [], channel: 'system' }
const command: IssueLicence = {
  documentCode: 'L001',
  number: 'A-1',
  holder: 'XVIMPORTER',
  commodities: ['0201'],
  origins: ['AR'],
  unit: 'KGM',
  quantity: '100',
  tolerancePercent: '5',
  validFrom: '2026-01-01',
  validTo: '2027-01-01',
  office: 'XV000101',
}
const use: Use = { parties: ['XVIMPORTER'], commodity: '02013000', origin: 'AR', date: '2026-06-01', quantity: '10', valueMinor: 1000 }
const licenceOf = (change: Partial<IssueLicence> = {}): Licence => {
  const decision = issue({ ...command, ...change }, { id: '00000000-0000-7000-8000-000000000009', administration: 'XV' })
  assert.ok(decision.ok)
  return decision.events.reduce<Licence | null>(evolve, null)!
}

test('every reason why a licence does not cover an item is told', () => {
  const l = licenceOf()
  assert.deepEqual(problemsOf(l, use), [])
  assert.deepEqual(problemsOf(l, { ...use, parties: ['XVOTHER'], commodity: '0301', origin: 'CN', date: '2027-01-01', quantity: '106' }), [
    'holder',
    'commodity',
    'origin',
    'date',
    'short',
  ])
  assert.deepEqual(problemsOf(l, { ...use, quantity: null }), ['quantity_missing'])
  assert.deepEqual(problemsOf({ ...l, status: 'revoked' }, use), ['status'])
  assert.deepEqual(problemsOf({ ...l, orderNumber: '094001' }, { ...use, orderNumber: '094002' }), ['quota'])
  assert.equal(leftOf(l).quantity!.toFixed(), '105')
})

test('a licence needs a limit, its unit or currency, and a period', () => {
  const { quantity: _quantity, unit: _unit, ...bare } = command
  const refused = issue({ ...bare, validTo: '2026-01-01' }, { id: 'x', administration: 'XV' })
  assert.ok(!refused.ok)
  assert.deepEqual(
    refused.issues.map((i) => i.code),
    ['trade.licence_period', 'trade.licence_limit_missing'],
  )
  assert.ok(!changeStatus(licenceOf(), { action: 'resume', reason: 'x' }).ok)
})

let database: TestDatabase
let sql: Sql
before(async () => {
  database = await testDatabase()
  sql = connect({ url: database.url, max: claimants, applicationName: 'licences' })
})
after(async () => {
  await sql.end({ timeout: 5 })
  await database.close()
})

let last = 0
const register = async (quantity: string): Promise<Licence> => {
  const id = `00000000-0000-7000-8000-${String(++last).padStart(12, '0')}`
  const decision = issue({ ...command, number: `T-${last}`, quantity }, { id, administration: 'XV' })
  assert.ok(decision.ok)
  return inTransaction(sql, (tx) =>
    applyLicence(tx, null, decision.events, { actor, at: '2026-01-01T00:00:00.000Z', command: 'licence.issue', payload: {} }),
  )
}
const stated = (l: Licence, kilograms: string, itemNumber = 1): Stated => ({
  documentCode: l.documentCode,
  number: l.number,
  itemNumber,
  parties: ['XVIMPORTER'],
  commodity: '02013000',
  origin: 'AR',
  date: '2026-06-01',
  valueMinor: 1000,
  quantities: { netMassKg: kilograms },
})
const set = (l: Licence, n: number, kilograms: string | null) =>
  inTransaction(sql, (tx) =>
    writeOff(tx, {
      administration: 'XV',
      subject: { kind: 'declaration', id: `${l.number}-${n}` },
      reference: `MRN${n}`,
      stated: kilograms === null ? [] : [stated(l, kilograms)],
      at: '2026-06-01T08:00:00.000Z',
    }),
  )
const booked = async (l: Licence): Promise<{ used: Decimal; inForce: Decimal; doubled: number }> => {
  const [row] = await sql<{ in_force: string; doubled: number }[]>`
    select coalesce(sum(quantity), 0)::text as in_force, (count(*) - count(distinct subject_id))::int as doubled from trade.licence_use where licence_id = ${l.id} and returned_at is null`
  return { used: decimal((await findLicence(sql, l.id))!.used), inForce: decimal(row!.in_force), doubled: row!.doubled }
}

test('64 declarations at once never use more than quantity and tolerance; each is written off once; all goes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: claimants, maxLength: claimants }),
      fc.integer({ min: 1000, max: 300_000 }),
      async (quantities, limit) => {
        const l = await register(new Decimal(limit).div(1000).toFixed())
        const kilograms = (n: number): string => new Decimal(quantities[n]!).div(1000).toFixed()
        // each sent twice at once
        const answers = await Promise.all(quantities.flatMap((_, n) => [set(l, n, kilograms(n)), set(l, n, kilograms(n))]))
        const after1 = await booked(l)
        const most = leftOf({ ...l, used: '0' }).quantity!
        assert.ok(after1.used.lte(most), `${after1.used} of ${most}`)
        assert.ok(after1.used.eq(after1.inForce))
        assert.equal(after1.doubled, 0)
        const refused = answers.filter((a) => a[0]!.problems.length > 0)
        assert.ok(refused.every((a) => a[0]!.problems.join() === 'short'))
        if (
          quantities
            .reduce((s, q) => s.plus(q), new Decimal(0))
            .div(1000)
            .lte(most)
        )
          assert.equal(refused.length, 0)
        await Promise.all(quantities.map((_, n) => set(l, n, n % 3 === 0 ? kilograms((n + 1) % claimants) : null)))
        const after2 = await booked(l)
        assert.ok(after2.used.eq(after2.inForce) && after2.used.lte(most))
        await Promise.all(quantities.map((_, n) => set(l, n, null)))
        assert.ok((await booked(l)).used.isZero())
        const events = (await readEntries(sql, { kind: 'licence', id: l.id })).flatMap((e) => e.body.events as LicenceEvent[])
        const { used, version } = events.reduce<Licence | null>(evolve, null)!
        const row = (await findLicence(sql, l.id))!
        assert.deepEqual([used, version], [row.used, row.version])
      },
    ),
    { numRuns: 3 },
  )
})

test('a document is checked against the register before it is used; codes that nobody keeps get no answer', async () => {
  const l = await register('5')
  const answers = await checkLicences(sql, 'XV', [
    stated(l, '9'),
    { ...stated(l, '1', 2), number: 'nobody’s' },
    { ...stated(l, '1', 3), documentCode: 'Y901' },
  ])
  assert.deepEqual(
    answers.map((a) => [a.itemNumber, a.problems]),
    [
      [1, ['short']],
      [2, ['unknown']],
    ],
  )
})

test('the database itself refuses to overdraw a licence', async () => {
  const l = await register('10')
  await assert.rejects(sql`update trade.licence set used = 10.6 where id = ${l.id}`, /licence_not_overdrawn/)
})
