import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { connect, inTransaction, type Sql } from '#platform/database.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import type { Charge, ChargeLine, Settlement } from '../schema.ts'
import { openAccounts, takeIn, type NewAccount } from './accounts.ts'
import { collectDeferred } from '../jobs.ts'
import { charge, refundOrAdjust, releaseGuarantee } from './ledger.ts'

const at = '2026-11-25T12:00:00.000Z'
let db: TestDatabase
let sql: Sql

before(async () => {
  db = await testDatabase()
  sql = connect({ url: db.url, max: 20, applicationName: 'test-ledger' })
})
after(async () => {
  await sql.end({ timeout: 5 })
  await db.close()
})

const vrc = (minor: number) => ({ minor, currency: 'VRC' })
const line = (method: string, taxType: string, minor: number, secure?: boolean): ChargeLine => ({ method, taxType, money: vrc(minor), ...(secure && { secure }) })

let serial = 0
/** An owner of its own with accounts of these kinds. */
const opened = async (limits: Partial<Record<'deferment' | 'guarantee', number>> = {}, cash = 0): Promise<{ owner: string; deferment: string; guarantee: string }> => {
  const owner = `XV9000000${String(++serial).padStart(5, '0')}`
  const account = (kind: NewAccount['kind'], code: string, limitMinor: number): NewAccount => ({ administration: 'XV', kind, code, owner, currency: 'VRC', limitMinor })
  const names = { owner, deferment: `D${owner}`, guarantee: `G${owner}` }
  await inTransaction(sql, async (tx) => {
    const ids = await openAccounts(tx, [account('deferment', names.deferment, limits.deferment ?? 0), account('guarantee', names.guarantee, limits.guarantee ?? 0), account('cash_account', `CA-${owner}`, 0)], at)
    if (cash > 0)
      await takeIn(tx, { administration: 'XV', kind: 'deposit', from: { kind: 'provider', code: 'bank' }, accountId: ids.get(`CA-${owner}`)!, subject: { kind: 'account', id: owner }, reference: owner, money: vrc(cash), key: `open/${owner}`, at })
  })
  return names
}

const chargeOf = (who: { owner: string; deferment: string; guarantee: string }, subject: string, lines: ChargeLine[], change: Partial<Charge> = {}): Charge => ({
  subject: { kind: 'declaration', id: subject }, reference: `MRN-${subject}`, administration: 'XV', currency: 'VRC', payer: who.owner, holders: [who.owner], lines, deferments: [who.deferment],
  guarantees: [{ type: '1', reference: who.guarantee }], key: `${subject}/1`, at, ...change,
})

const settle = async (c: Charge): Promise<Settlement> => {
  const outcome = await inTransaction(sql, (tx) => charge(tx, c))
  assert.ok(outcome.ok)
  return outcome.value
}

const receive = (c: Charge, minor: number, key: string): Promise<void> =>
  inTransaction(sql, async (tx) => {
    const posting = await takeIn(tx, { administration: 'XV', kind: 'receipt', from: { kind: 'provider', code: 'card' }, subject: c.subject, reference: c.reference, money: vrc(minor), key, at })
    await tx`insert into duty.receipt (number, administration, subject_kind, subject_id, reference, payer, currency, amount_minor, method, posting_id, day, at)
      values (${key}, 'XV', ${c.subject.kind}, ${c.subject.id}, ${c.reference}, ${c.payer}, 'VRC', ${minor}, 'card', ${posting}, '2026-11-25', ${at})`
  })

const balance = async (code: string): Promise<number> => (await sql<{ balance_minor: number }[]>`select balance_minor from duty.account where code = ${code}`)[0]!.balance_minor

/** Every posting sums to zero; every kept balance is what was posted. Returns how many postings were looked at. */
const booksHold = async (): Promise<number> => {
  const [sums] = await sql<{ wrong: number; postings: number }[]>`
    select (count(*) filter (where sum <> 0))::int as wrong, count(*)::int as postings from (select posting_id, sum(amount_minor) from duty.posting_line group by posting_id) x`
  assert.equal(sums!.wrong, 0, 'a posting does not sum to zero')
  const wrong = await sql`
    select a.code from duty.account a left join (select account_id, sum(amount_minor) as posted from duty.posting_line group by account_id) l on l.account_id = a.id
    where a.kind in ('cash_account', 'deferment', 'guarantee') and a.balance_minor <> coalesce(l.posted, 0)`
  assert.deepEqual([...wrong], [])
  return sums!.postings
}

describe('a charge', () => {
  test('is borne by the accounts that its methods name', async () => {
    const who = await opened({ deferment: 1000, guarantee: 1000 }, 1000)
    const s = await settle(chargeOf(who, 'bear', [line('E', 'A00', 100), line('P', 'B00', 200), line('U', 'T24', 300, true)]))
    assert.equal(s.outstanding.minor, 0)
    assert.deepEqual([await balance(who.deferment), await balance(`CA-${who.owner}`), await balance(who.guarantee)], [-100, 800, -300])
    const posted = await sql`
      select a.kind, l.tax_type, l.amount_minor::int as minor from duty.posting_line l join duty.account a on a.id = l.account_id where l.posting_id = ${s.postingId} and l.amount_minor > 0 order by l.tax_type`
    assert.deepEqual([...posted], [{ kind: 'revenue', tax_type: 'A00', minor: 100 }, { kind: 'revenue', tax_type: 'B00', minor: 200 }, { kind: 'secured', tax_type: 'T24', minor: 300 }])
  })

  test('asked for again with its key charges nothing more', async () => {
    const who = await opened({ deferment: 1000 })
    const c = chargeOf(who, 'again', [line('E', 'A00', 100)])
    const [first, second] = [await settle(c), await settle(c)]
    assert.notEqual(first.postingId, null)
    assert.equal(second.postingId, null)
    assert.deepEqual(second.settled, first.settled)
    assert.equal(await balance(who.deferment), -100)
  })

  test('an account bears its whole part or nothing; the rest is borne, the shortfall told', async () => {
    const who = await opened({ deferment: 150 }, 1000)
    const outcome = await inTransaction(sql, (tx) => charge(tx, chargeOf(who, 'short', [line('E', 'A00', 100), line('E', 'B00', 100), line('P', '331', 50)])))
    assert.ok(outcome.ok)
    assert.equal(outcome.value.outstanding.minor, 200)
    assert.deepEqual(outcome.value.shortfalls, [{ code: 'duty.cover_short', method: 'E', account: who.deferment, required: vrc(200), short: vrc(50) }])
    assert.equal(outcome.value.reference, who.deferment)
    assert.deepEqual(outcome.issues.map((i) => [i.code, i.severity]), [['duty.cover_short', 'warning']])
    assert.deepEqual([await balance(who.deferment), await balance(`CA-${who.owner}`)], [0, 950])
  })

  const faults: [name: string, change: (who: { owner: string }) => Promise<Partial<Charge>>, method: string, code: string][] = [
    ['no account named', () => Promise.resolve({ deferments: [] }), 'E', 'duty.account_missing'],
    ['no such account', () => Promise.resolve({ deferments: ['nowhere'] }), 'E', 'duty.account_unknown'],
    ['somebody else’s account', async () => ({ deferments: [(await opened({ deferment: 1000 })).deferment] }), 'E', 'duty.account_foreign'],
    ['paid by hand and not paid yet', () => Promise.resolve({}), 'A', 'duty.unpaid'],
  ]
  for (const [name, change, method, code] of faults)
    test(`stays outstanding: ${name}`, async () => {
      const who = await opened({ deferment: 1000 })
      const s = await settle(chargeOf(who, `fault-${code}`, [line(method, 'A00', 100)], await change(who)))
      assert.deepEqual([s.outstanding.minor, s.shortfalls.map((f) => f.code)], [100, [code]])
    })

  test('a blocked account bears nothing', async () => {
    const who = await opened({ deferment: 1000 })
    await sql`update duty.account set status = 'blocked' where code = ${who.deferment}`
    assert.deepEqual((await settle(chargeOf(who, 'blocked', [line('E', 'A00', 1)]))).shortfalls.map((f) => f.code), ['duty.account_blocked'])
  })

  test('in the trader test service, accounts open themselves', async () => {
    const who = { owner: 'GB123456789012', deferment: '1234567', guarantee: 'GBGUA001' }
    const c = { ...chargeOf(who, 'sandbox', [{ method: 'E', taxType: 'A00', money: { minor: 5, currency: 'GBP' } }, { method: 'S', taxType: 'MDC', money: { minor: 7, currency: 'GBP' }, secure: true }]), administration: 'GB', currency: 'GBP', sandbox: true }
    assert.equal((await settle(c)).outstanding.minor, 0)
    assert.deepEqual([await balance('1234567'), await balance('GBGUA001')], [-5, -7])
  })

  test('two at once for one subject charge once', async () => {
    const who = await opened({ deferment: 1000 })
    const c = chargeOf(who, 'twice', [line('E', 'A00', 100)])
    await Promise.all(Array.from({ length: 8 }, () => settle(c)))
    assert.equal(await balance(who.deferment), -100)
  })
})

describe('paid by hand', () => {
  test('money covers what is due when it is enough, and not before', async () => {
    const who = await opened()
    const c = chargeOf(who, 'hand', [line('A', 'A00', 100), line('A', 'B00', 20)])
    assert.equal((await settle(c)).outstanding.minor, 120)
    await receive(c, 70, 'hand-1')
    assert.deepEqual((await settle(c)).shortfalls, [{ code: 'duty.unpaid', method: 'A', account: null, required: vrc(120), short: vrc(50) }])
    await receive(c, 50, 'hand-2')
    assert.equal((await settle(c)).outstanding.minor, 0)
  })

  test('money also covers what an account did not bear', async () => {
    const who = await opened({ deferment: 10 })
    const c = chargeOf(who, 'instead', [line('E', 'A00', 100)])
    assert.equal((await settle(c)).outstanding.minor, 100)
    await receive(c, 100, 'instead-1')
    const s = await settle(c)
    assert.equal(s.outstanding.minor, 0)
    assert.deepEqual(s.settled, [{ method: 'E', account: null, taxType: 'A00', money: vrc(100) }])
    assert.equal(await balance(who.deferment), 0)
  })
})

describe('an adjustment', () => {
  test('gives back where it came from, takes what is more', async () => {
    const who = await opened({ deferment: 1000 }, 1000)
    const c = chargeOf(who, 'adjust', [line('E', 'A00', 100), line('P', 'B00', 200)])
    await settle(c)
    const next = await inTransaction(sql, (tx) => refundOrAdjust(tx, { ...c, key: 'adjust/2', lines: [line('E', 'A00', 60), line('P', 'B00', 250)] }))
    assert.ok(next.ok && next.value.outstanding.minor === 0)
    assert.deepEqual([await balance(who.deferment), await balance(`CA-${who.owner}`)], [-60, 750])
  })

  test('to nothing gives everything back', async () => {
    const who = await opened({ deferment: 1000 }, 1000)
    const c = chargeOf(who, 'nothing', [line('E', 'A00', 100), line('P', 'B00', 200), line('A', '331', 30)])
    await settle(c)
    await receive(c, 30, 'nothing-1')
    await settle(c)
    const s = await settle({ ...c, key: 'nothing/2', lines: [] })
    assert.deepEqual([s.outstanding.minor, s.settled], [0, []])
    assert.deepEqual([await balance(who.deferment), await balance(`CA-${who.owner}`)], [0, 1000])
  })

  test('that an account cannot bear leaves what was borne and tells the difference', async () => {
    const who = await opened({ deferment: 100 })
    const c = chargeOf(who, 'more', [line('E', 'A00', 80)])
    await settle(c)
    const s = await settle({ ...c, key: 'more/2', lines: [line('E', 'A00', 130)] })
    assert.deepEqual([s.outstanding.minor, s.shortfalls[0]!.short.minor, await balance(who.deferment)], [50, 30, -80])
  })

  test('released security goes back to the guarantee; what was paid stays', async () => {
    const who = await opened({ deferment: 1000, guarantee: 1000 })
    const c = chargeOf(who, 'release', [line('E', 'A00', 100), line('S', 'MDC', 40, true)])
    await settle(c)
    await inTransaction(sql, (tx) => releaseGuarantee(tx, c.subject, 'release/2', at))
    assert.deepEqual([await balance(who.deferment), await balance(who.guarantee)], [-100, 0])
    assert.equal(await inTransaction(sql, (tx) => releaseGuarantee(tx, { kind: 'declaration', id: 'nobody' }, 'k', at)), null)
  })
})

test('deferred debts are collected once, in the month after', async () => {
  const who = await opened({ deferment: 1000 })
  await settle(chargeOf(who, 'october', [line('E', 'A00', 300)], { at: '2026-10-20T10:00:00.000Z' }))
  await settle(chargeOf(who, 'november', [line('E', 'A00', 50)], { at: '2026-11-02T10:00:00.000Z' }))
  await collectDeferred(sql, '2026-11-16T02:30:00.000Z')
  assert.equal(await balance(who.deferment), -50)
  await collectDeferred(sql, '2026-11-16T02:31:00.000Z')
  assert.equal(await balance(who.deferment), -50)
})

/** Numbers by a linear congruence: the same run every time, no two alike. */
const numbers = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648)

test('64 at once on few accounts: none is ever overdrawn, nothing is lost, the books hold', async () => {
  const accounts = await Promise.all([600, 900, 1_500].map((deferment) => opened({ deferment, guarantee: 400 }, 500)))
  const next = numbers(20_261_125)
  const methods = ['E', 'P', 'U'] as const
  const claim = async (n: number): Promise<void> => {
    for (let version = 1; version <= 3; version++) {
      const who = accounts[n % accounts.length]!
      const method = methods[next() % methods.length]!
      const lines = [line(method, 'A00', 1 + (next() % 120), method === 'U'), line('E', 'B00', 1 + (next() % 90))]
      const c = chargeOf(who, `claim-${n}`, lines, { key: `claim-${n}/${version}` })
      const s = await settle(c)
      const wanted = lines.reduce((sum, l) => sum + l.money.minor, 0)
      const borne = s.settled.reduce((sum, l) => sum + l.money.minor, 0)
      assert.ok(s.outstanding.minor >= 0 && (s.outstanding.minor > 0 || borne === wanted), `claim ${n}/${version}: ${borne} of ${wanted}, outstanding ${s.outstanding.minor}`)
    }
  }
  await Promise.all(Array.from({ length: 64 }, (_, n) => claim(n)))
  const over = await sql`select code from duty.account where balance_minor < -limit_minor`
  assert.deepEqual([...over], [])
  const [shortOnes] = await sql<{ n: number }[]>`select count(*)::int as n from duty.charge where subject_id like 'claim-%' and outstanding_minor > 0`
  assert.ok(shortOnes!.n > 0, 'nobody was short: the test would prove nothing')
  assert.ok((await booksHold()) > 64)
})

describe('what the database itself refuses', () => {
  const refused = (work: () => Promise<unknown>, what: RegExp) => assert.rejects(work, what)
  test('to write postings past the functions', () => refused(() => sql`insert into duty.posting_line (posting_id, account_id, amount_minor) values (1, 1, 5)`, /permission denied/))
  test('to set a balance', () => refused(() => sql`update duty.account set balance_minor = 0`, /permission denied/))
  test('to delete from the ledger', () => refused(() => sql`delete from duty.posting`, /permission denied/))
  test('a posting that does not sum to zero, also from the owner', async () => {
    const owner = connect({ url: db.url, max: 1, asOwner: true })
    try {
      const [posting] = await owner<{ id: number }[]>`insert into duty.posting (administration, kind, subject_kind, subject_id, reference, at) values ('XV', 'deposit', 'account', 'x', 'x', now()) returning id`
      await refused(() => owner`insert into duty.posting_line (posting_id, account_id, amount_minor) select ${posting!.id}, id, 5 from duty.account limit 1`, /does not sum to zero/)
      await refused(() => owner`update duty.posting set reference = 'y' where id = ${posting!.id}`, /append-only/)
      await refused(() => owner`insert into duty.posting_line (posting_id, account_id, amount_minor) select ${posting!.id}, id, -1000000000000000 * (case when kind = 'provider' then -1 else 1 end)
        from duty.account where id in (select min(id) from duty.account where kind = 'deferment' union select min(id) from duty.account where kind = 'provider')`, /account_not_overdrawn/)
    } finally {
      await owner.end({ timeout: 5 })
    }
  })
})
