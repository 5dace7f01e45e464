import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { connect, inTransaction, type Sql } from '#platform/database.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { at, chargeOf, ledgerOn, line, vrc } from '../fixtures/ledger.ts'
import { collectDeferred } from '../service/deferment.ts'
import type { Charge } from '../schema.ts'
import { charge, giveBack, releaseGuarantee } from './ledger.ts'

let db: TestDatabase
let sql: Sql
let opened: ReturnType<typeof ledgerOn>['opened']
let settle: ReturnType<typeof ledgerOn>['settle']
let receive: ReturnType<typeof ledgerOn>['receive']
let balance: ReturnType<typeof ledgerOn>['balance']

before(async () => {
  db = await testDatabase()
  sql = db.sql()
  ;({ opened, settle, receive, balance } = ledgerOn(sql))
})
after(() => db?.close())

describe('a charge', () => {
  test('is borne by the accounts that its methods name', async () => {
    const who = await opened({ deferment: 1000, guarantee: 1000 }, 1000)
    const s = await settle(chargeOf(who, 'bear', [line('E', 'A00', 100), line('P', 'B00', 200), line('U', 'T24', 300, true)]))
    assert.equal(s.outstanding.minor, 0)
    assert.deepEqual([await balance(who.deferment), await balance(`CA-${who.owner}`), await balance(who.guarantee)], [-100, 800, -300])
    const posted = await sql`
      select a.kind, l.tax_type, l.amount_minor::int as minor from duty.posting_line l join duty.account a on a.id = l.account_id where l.posting_id = ${s.postingId} and l.amount_minor > 0 order by l.tax_type`
    assert.deepEqual(
      [...posted],
      [
        { kind: 'revenue', tax_type: 'A00', minor: 100 },
        { kind: 'revenue', tax_type: 'B00', minor: 200 },
        { kind: 'secured', tax_type: 'T24', minor: 300 },
      ],
    )
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
    const outcome = await inTransaction(sql, (tx) =>
      charge(tx, chargeOf(who, 'short', [line('E', 'A00', 100), line('E', 'B00', 100), line('P', '331', 50)])),
    )
    assert.ok(outcome.ok)
    assert.equal(outcome.value.outstanding.minor, 200)
    assert.deepEqual(outcome.value.shortfalls, [
      { code: 'duty.cover_short', method: 'E', account: who.deferment, required: vrc(200), short: vrc(50) },
    ])
    assert.equal(outcome.value.reference, who.deferment)
    assert.deepEqual(
      outcome.issues.map((i) => [i.code, i.severity]),
      [['duty.cover_short', 'warning']],
    )
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
    assert.deepEqual(
      (await settle(chargeOf(who, 'blocked', [line('E', 'A00', 1)]))).shortfalls.map((f) => f.code),
      ['duty.account_blocked'],
    )
  })

  test('in the trader test service, accounts open themselves', async () => {
    const who = { owner: 'GB123456789012', deferment: '1234567', guarantee: 'GBGUA001' }
    const c = {
      ...chargeOf(who, 'sandbox', [
        { method: 'E', taxType: 'A00', money: { minor: 5, currency: 'GBP' } },
        { method: 'S', taxType: 'MDC', money: { minor: 7, currency: 'GBP' }, secure: true },
      ]),
      administration: 'GB',
      currency: 'GBP',
      sandbox: true,
    }
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
    const next = await inTransaction(sql, (tx) => charge(tx, { ...c, key: 'adjust/2', lines: [line('E', 'A00', 60), line('P', 'B00', 250)] }))
    assert.ok(next.ok && next.value.outstanding.minor === 0)
    assert.deepEqual([await balance(who.deferment), await balance(`CA-${who.owner}`)], [-60, 750])
  })

  test('to nothing gives everything back', async () => {
    const who = await opened({ deferment: 1000 }, 1000)
    const c = chargeOf(who, 'nothing', [line('E', 'A00', 100), line('P', 'B00', 200), line('A', '331', 30)])
    await settle(c)
    await receive(c, 30, 'nothing-1')
    await settle(c)
    const s = await inTransaction(sql, (tx) => giveBack(tx, c.subject, 'nothing/2', at))
    assert.deepEqual([s?.outstanding.minor, s?.settled], [0, []])
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

describe('what the database itself refuses', () => {
  const refused = (work: () => Promise<unknown>, what: RegExp) => assert.rejects(work, what)
  test('to write postings past the functions', () =>
    refused(() => sql`insert into duty.posting_line (posting_id, account_id, amount_minor) values (1, 1, 5)`, /permission denied/))
  test('to set a balance', () => refused(() => sql`update duty.account set balance_minor = 0`, /permission denied/))
  test('to delete from the ledger', () => refused(() => sql`delete from duty.posting`, /permission denied/))
  test('a posting that does not sum to zero, also from the owner', async () => {
    const owner = connect({ url: db.url, max: 1, asOwner: true })
    try {
      const [posting] = await owner<
        { id: number }[]
      >`insert into duty.posting (administration, kind, subject_kind, subject_id, reference, at) values ('XV', 'deposit', 'account', 'x', 'x', now()) returning id`
      await refused(
        () => owner`insert into duty.posting_line (posting_id, account_id, amount_minor) select ${posting!.id}, id, 5 from duty.account limit 1`,
        /does not sum to zero/,
      )
      await refused(() => owner`update duty.posting set reference = 'y' where id = ${posting!.id}`, /append-only/)
      await refused(
        () => owner`insert into duty.posting_line (posting_id, account_id, amount_minor) select ${posting!.id}, id, -1000000000000000 * (case when kind = 'provider' then -1 else 1 end)
        from duty.account where id in (select min(id) from duty.account where kind = 'deferment' union select min(id) from duty.account where kind = 'provider')`,
        /account_not_overdrawn/,
      )
    } finally {
      await owner.end({ timeout: 5 })
    }
  })
})
