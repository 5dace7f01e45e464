/** Sixty-four claimants at once on a real PostgreSQL: nothing is made or lost, and the shares are those of the rule. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { connect, inTransaction, type Sql } from '#platform/database.ts'
import { readEntries } from '#platform/journal.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { allocateAll } from './allocate.ts'
import { evolve } from './quota.ts'
import type { QuotaEvent, QuotaState } from './schema.ts'
import { allocateThrough } from './service/allocate.ts'
import { newId, setClaims, type ClaimRequest } from './service/claim.ts'
import { findPeriod, insertQuota, openPeriod } from './store.ts'

const claimants = 64
const actor = { personId: 'test', name: 'Test', roles: [], channel: 'system' }
let database: TestDatabase
let sql: Sql
before(async () => {
  database = await testDatabase()
  sql = connect({ url: database.url, max: claimants, applicationName: 'claimants' })
})
after(async () => {
  await sql.end({ timeout: 5 })
  await database.close()
})

let last = 700_000
const open = async (volume: string, precision: number): Promise<QuotaState> => {
  const orderNumber = String(++last)
  const at = '2026-01-01T00:00:00.000Z'
  const state: QuotaState = {
    id: newId(at),
    administration: 'XV',
    orderNumber,
    validFrom: '2026-01-01',
    validTo: '2027-01-01',
    volume,
    transferred: '0',
    unit: 'KGM',
    precision,
    criticalPercent: '90',
    criticalFromStart: false,
    balance: '0',
    hold: 'none',
    version: 0,
  }
  await inTransaction(sql, async (tx) => {
    await insertQuota(tx, {
      administration: 'XV',
      orderNumber,
      kind: 'first-come',
      names: { en: 'x' },
      commodities: ['02'],
      origins: [],
      legalBase: 'test',
    })
    await openPeriod(tx, state, { actor, at, command: 'quota.open', payload: {}, facts: {} })
  })
  return (await findPeriod(sql, 'XV', orderNumber, '2026-06-01'))!
}

type Step = { quantity: number; day: number }
const request = (period: QuotaState, n: number, kilograms: string | null, day: number): ClaimRequest => ({
  administration: 'XV',
  subject: { kind: 'declaration', id: `${period.orderNumber}-${n}` },
  reference: `MRN${n}`,
  holder: `XV${n}`,
  wanted: kilograms === null ? [] : [{ itemNumber: 1, orderNumber: period.orderNumber, quantities: { netMassKg: kilograms } }],
  acceptedOn: `2026-06-0${day}`,
  at: `2026-06-0${day}T08:00:${String(n % 60).padStart(2, '0')}.000Z`,
})
const set = (r: ClaimRequest) => inTransaction(sql, (tx) => setClaims(tx, r))
const kilograms = (thousandths: number): string => new Decimal(thousandths).div(1000).toFixed()

const booked = async (period: QuotaState) => {
  const [sums] = await sql<{ got: string; over: number; waiting: number }[]>`
    select coalesce(sum(allocated - returned), 0)::text as got, count(*) filter (where allocated > quantity)::int as over, count(*) filter (where status = 'pending')::int as waiting
    from trade.quota_claim where definition_id = ${period.id}`
  const [row] = await sql<{ balance: string; version: number }[]>`select balance::text, version from trade.quota_definition where id = ${period.id}`
  return { ...sums!, ...row! }
}

/** The journal, folded, is the row; the list of events ends in the same balance. */
const replays = async (period: QuotaState): Promise<void> => {
  const entries = await readEntries(sql, { kind: 'quota', id: period.id })
  const state = entries.flatMap((e) => e.body.events as QuotaEvent[]).reduce(evolve, { ...period, balance: '0', version: 0 })
  const now = await booked(period)
  assert.ok(decimal(state.balance).eq(decimal(now.balance)))
  assert.equal(state.version, now.version)
  const [end] = await sql<
    { balance: string }[]
  >`select balance::text from trade.quota_event where definition_id = ${period.id} order by version desc limit 1`
  assert.ok(decimal(end!.balance).eq(decimal(now.balance)))
}

const steps = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 9_000 }), day: fc.integer({ min: 1, max: 3 }) }), {
  minLength: claimants,
  maxLength: claimants,
})

test('64 claimants at once and 8 allocations at once give the shares of the rule, and a second run changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1_000, max: 400_000 }), fc.integer({ min: 0, max: 3 }), async (claims: Step[], volume, precision) => {
      const period = await open(kilograms(volume), precision)
      const facts = await Promise.all(claims.map((c, n) => set(request(period, n, kilograms(c.quantity), c.day))))
      assert.ok(facts.every((f) => f['1']!.allocated === null))
      const at = '2026-06-05T02:00:00.000Z'
      await Promise.all(Array.from({ length: 8 }, () => allocateThrough(sql, 'XV', '2026-06-04', at)))
      const rows = await sql<{ id: string; quantity: string; allocated: string; accepted_at: string; priority: string }[]>`
        select id, quantity::text, allocated::text, accepted_at, priority from trade.quota_claim where definition_id = ${period.id}`
      const rule = allocateAll(
        kilograms(volume),
        precision,
        rows.map((r) => ({ id: r.id, quantity: r.quantity, acceptedAt: r.accepted_at, priority: r.priority })),
      )
      const shares = new Map(rule.flatMap((d) => d.shares.map((s) => [s.id, s.allocated])))
      for (const r of rows) assert.ok(decimal(r.allocated).eq(decimal(shares.get(r.id)!)), r.id)
      const first = await booked(period)
      assert.ok(
        decimal(first.got)
          .plus(decimal(first.balance))
          .eq(decimal(kilograms(volume))),
      )
      await allocateThrough(sql, 'XV', '2026-06-04', at)
      await Promise.all(claims.map((c, n) => set(request(period, n, kilograms(c.quantity), c.day))))
      assert.deepEqual(await booked(period), first)
      await replays(period)
    }),
    { numRuns: 5 },
  )
})

test('claims, amendments, withdrawals and allocations all at once: what is out and what is left is the volume', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: claimants, maxLength: claimants }),
      async (claims: Step[], later) => {
        const period = await open('150', 3)
        const life = async (n: number): Promise<void> => {
          const c = claims[n]!
          await set(request(period, n, kilograms(c.quantity), c.day))
          if (n % 4 === 0) await allocateThrough(sql, 'XV', '2026-06-04', '2026-06-05T02:00:00.000Z')
          // amended to another quantity, or withdrawn
          if (n % 2 === 0) await set(request(period, n, later[n] === 0 || n % 6 === 0 ? null : kilograms(later[n]!), c.day))
        }
        await Promise.all(claims.map((_, n) => life(n)))
        await allocateThrough(sql, 'XV', '2026-06-04', '2026-06-05T03:00:00.000Z')
        const end = await booked(period)
        assert.equal(end.over, 0)
        assert.equal(end.waiting, 0)
        assert.ok(decimal(end.balance).gte(0))
        assert.ok(decimal(end.got).plus(decimal(end.balance)).eq(150), `${end.got} + ${end.balance}`)
        const [open6] = await sql<{ n: number }[]>`
        select count(*)::int as n from trade.quota_claim where definition_id = ${period.id} and status <> 'returned' and subject_id = any(${claims.flatMap((_, n) => (n % 6 === 0 ? [`${period.orderNumber}-${n}`] : []))})`
        assert.equal(open6!.n, 0)
        await replays(period)
      },
    ),
    { numRuns: 4 },
  )
})

test('the database itself keeps a balance from going below nothing or above the whole', async () => {
  const period = await open('10', 0)
  await assert.rejects(sql`update trade.quota_definition set balance = -1 where id = ${period.id}`, /quota_definition_not_negative/)
  await assert.rejects(sql`update trade.quota_definition set balance = 11 where id = ${period.id}`, /quota_definition_not_above/)
  await assert.rejects(sql`update trade.quota_event set quantity = 0 where definition_id = ${period.id}`, /permission denied/)
})
