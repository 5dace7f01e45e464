import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { formatMoney } from '#kernel/money.ts'
import { connect } from '#platform/database.ts'
import { addDays, addMonths } from '../calendar.ts'
import { answered, lineOf, meridian, openDesks, vrc, type Desks } from '../fixtures/revenue.ts'
import { ibanOf } from '../iban.ts'
import type { BankEntryRow, DefermentStatement, ImportResult, LedgerDay, PaymentFileRow, RefundView } from '../schema.ts'
import { collectDeferred, issueStatements } from '../service/deferment.ts'

let d: Desks
before(async () => {
  d = await openDesks()
})
after(async () => {
  if (d) assert.deepEqual(await d.breaches(), [])
  await d?.close()
})

const account = ['XV40', '00102026', '00007711'].join('')
const sender = ibanOf('XV', '0020202600007777')
let serial = 0
type Line = { minor: number; text?: string; endToEnd?: string; out?: boolean; reference?: string; reversal?: boolean }

const file = (lines: readonly Line[], change: { kind?: '053' | '054'; message?: string; account?: string } = {}): string => {
  const { kind = '053', message = `T-${++serial}` } = change
  const entry = (l: Line): string =>
    `<Ntry><Amt Ccy="VRC">${formatMoney(vrc(l.minor))}</Amt><CdtDbtInd>${l.out ? 'DBIT' : 'CRDT'}</CdtDbtInd>${l.reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt><AcctSvcrRef>${l.reference ?? `REF-${++serial}`}</AcctSvcrRef>` +
    `<NtryDtls><TxDtls><Refs><EndToEndId>${l.endToEnd ?? 'NOTPROVIDED'}</EndToEndId></Refs><RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><DbtrAcct><Id><IBAN>${sender}</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>${l.text ?? ''}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  const [outer, inner] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn']
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.08"><${outer}><GrpHdr><MsgId>${message}</MsgId></GrpHdr><${inner}><Acct><Id><IBAN>${change.account ?? account}</IBAN></Id><Ccy>VRC</Ccy></Acct>${lines.map(entry).join('')}</${inner}></${outer}></Document>`
}
const bring = (content: string) => d.accountant.send('POST', '/api/bank-files', content, { 'content-type': 'application/xml' })
const entries = async (status: string): Promise<BankEntryRow[]> =>
  answered<{ rows: BankEntryRow[] }>(await d.accountant.send('GET', `/api/bank-entries?status=${status}&size=500`), 200).rows
const propose = (who: Desks['manager'], id: string, target: unknown) => who.send('POST', `/api/bank-entries/${id}/proposal`, { target })
const confirm = (who: Desks['manager'], id: string) => who.send('POST', `/api/bank-entries/${id}/confirmation`)
const entryWith = async (text: string): Promise<BankEntryRow> => (await entries('unmatched,proposed')).find((e) => e.remittance === text)!

describe('a file of the bank', () => {
  test('pays debts and accounts by itself; the rest stands on the suspense account', async () => {
    const [exact, part] = [await d.owe([lineOf('A', 'A00', 500)]), await d.owe([lineOf('A', 'A00', 600)])]
    const before = await d.balance(`CA-${meridian}`)
    const result = answered<ImportResult>(
      await bring(
        file([
          { minor: 500, text: exact },
          { minor: 500, text: exact },
          { minor: 599, text: part },
          { minor: 70, text: `CA-${meridian}` },
          { minor: 5, text: 'no idea' },
        ]),
      ),
      201,
    )
    assert.deepEqual([result.entries, result.matched, result.unmatched, result.repeated], [5, 2, 3, 0])
    assert.deepEqual([(await d.debt(exact)).outstanding.minor, await d.balance(`CA-${meridian}`)], [0, before + 70])
    assert.deepEqual(
      (await entries('unmatched'))
        .filter((e) => [exact, part, 'no idea'].includes(e.remittance))
        .map((e) => e.reason)
        .sort(),
      ['amount_differs', 'no_reference', 'nothing_due'],
    )
    assert.deepEqual(await d.breaches(), [])
  })

  test('comes in once; an entry in a notification and in the statement is the same money', async () => {
    const first = file([{ minor: 11, text: 'twice', reference: 'SAME' }], { kind: '054' })
    assert.equal((await bring(first)).status, 201)
    assert.deepEqual((await bring(first)).issues, ['duty.bank_file_repeated'])
    const statement = answered<ImportResult>(
      await bring(
        file([
          { minor: 11, text: 'twice', reference: 'SAME' },
          { minor: 12, text: 'twice' },
        ]),
      ),
      201,
    )
    assert.deepEqual([statement.repeated, statement.unmatched], [1, 1])
  })

  test('of another account, or that is none, is refused', async () => {
    assert.deepEqual((await bring(file([], { account: 'XV0000000000' }))).issues, ['duty.bank_account_foreign'])
    assert.deepEqual((await bring('<a/>')).issues, ['duty.bank_file_kind'])
    assert.equal((await d.trader.send('POST', '/api/bank-files', file([]), { 'content-type': 'application/xml' })).status, 403)
  })
})

describe('what does not match', () => {
  test('is matched by two persons, never by one', async () => {
    const reference = await d.owe([lineOf('A', 'A00', 900)])
    await bring(file([{ minor: 950, text: 'two persons' }]))
    const entry = await entryWith('two persons')
    assert.deepEqual((await confirm(d.manager, entry.id)).issues, ['duty.bank_entry_not_proposed'])
    assert.deepEqual((await propose(d.accountant, entry.id, { kind: 'debt', reference: 'nowhere' })).issues, ['duty.debt_unknown'])
    answered(await propose(d.accountant, entry.id, { kind: 'debt', reference }), 200)
    assert.deepEqual((await confirm(d.accountant, entry.id)).issues, ['duty.second_person'])
    answered(await confirm(d.manager, entry.id), 200)
    const debt = await d.debt(reference)
    assert.deepEqual([debt.outstanding.minor, debt.credit.minor], [0, 50])
    assert.deepEqual((await confirm(d.manager, entry.id)).issues, ['duty.bank_entry_not_proposed'])
  })

  test('goes back to its sender by the next file', async () => {
    await bring(file([{ minor: 333, text: 'not ours' }]))
    const entry = await entryWith('not ours')
    answered(await propose(d.accountant, entry.id, { kind: 'sender', reference: '-' }), 200)
    answered(await confirm(d.manager, entry.id), 200)
    const orders = answered<{ rows: { iban: string; money: { minor: number } }[] }>(
      await d.accountant.send('GET', '/api/payment-orders?status=ready'),
      200,
    ).rows
    assert.ok(orders.some((o) => o.iban === sender && o.money.minor === 333))
    assert.deepEqual(await d.breaches(), [])
  })
})

test('a refund goes out in a pain.001, is paid when the bank says so, and is open again when it comes back', async () => {
  const reference = await d.owe([lineOf('P', 'A00', 1_000)])
  const asked = answered<RefundView>(
    await d.trader.send('POST', '/api/refunds', {
      reference,
      kind: 'repayment',
      reason: 'overcharged',
      lines: [{ tax: 'A00', minor: 450 }],
      grounds: 'The invoice was wrong.',
      destination: { to: 'bank', name: 'Meridian', iban: sender },
    }),
    201,
  )
  answered(await d.accountant.send('POST', `/api/refunds/${asked.number}/decision`, { grant: true, grounds: 'Yes.' }), 200)
  const made = answered<PaymentFileRow>(
    await d.accountant.send('POST', '/api/payment-files', { kind: 'pain.001', executeOn: addDays(d.clock().slice(0, 10), 1) }),
    201,
  )
  const content = await d.accountant.send('GET', `/api/payment-files/${made.id}/content`)
  assert.match(String(content.body), new RegExp(`<EndToEndId>${asked.number}</EndToEndId>.*<InstdAmt Ccy="VRC">4.50`))
  assert.deepEqual(
    (await d.accountant.send('POST', '/api/payment-files', { kind: 'pain.001', executeOn: addDays(d.clock().slice(0, 10), 1) })).issues,
    ['duty.nothing_to_send'],
  )
  const status = async () => answered<RefundView>(await d.trader.send('GET', `/api/refunds/${asked.number}`), 200).status
  assert.equal(await status(), 'approved')
  answered(await bring(file([{ minor: 450, endToEnd: asked.number, out: true }])), 201)
  assert.equal(await status(), 'paid')
  await bring(file([{ minor: 450, endToEnd: asked.number, text: 'account closed' }]))
  const back = await entryWith('account closed')
  assert.equal(back.reason, 'returned')
  answered(await propose(d.accountant, back.id, { kind: 'order', reference: asked.number }), 200)
  answered(await confirm(d.manager, back.id), 200)
  assert.equal(await status(), 'approved')
  assert.deepEqual(await d.breaches(), [])
})

test('deferred duty is stated for the month, collected by direct debit, and owed again when the debit comes back', async () => {
  const month = `${addMonths(`${d.clock().slice(0, 7)}-01`, 1)}T01:30:00.000Z`
  const before = -(await d.balance(meridian))
  await d.owe([lineOf('E', 'A00', 2_500)])
  await d.sql`insert into duty.mandate (account_id, reference, signed_on, name, iban) select id, 'M-TEST', '2025-01-01', 'Meridian', ${sender} from duty.account where code = ${meridian} on conflict (account_id) do nothing`
  assert.ok((await issueStatements(d.sql, month)) > 0)
  assert.equal(await issueStatements(d.sql, month), 0)
  const heads = answered<{ rows: { number: string; month: string; due: { minor: number } }[] }>(
    await d.trader.send('GET', '/api/deferment-statements'),
    200,
  ).rows
  const head = heads.find((s) => s.month === `${d.clock().slice(0, 7)}-01`)!
  assert.equal(head.due.minor, before + 2_500)
  const statement = answered<DefermentStatement>(await d.trader.send('GET', `/api/deferment-statements/${head.number}`), 200)
  assert.equal(statement.collection, 'direct_debit')
  assert.equal(
    statement.rows.reduce((sum, r) => sum + r.money.minor, 0),
    statement.paid.minor - statement.charged.minor,
  )
  const collected = `${month.slice(0, 7)}-16T02:30:00.000Z`
  await collectDeferred(d.sql, collected)
  await collectDeferred(d.sql, collected)
  const made = answered<PaymentFileRow>(
    await d.accountant.send('POST', '/api/payment-files', { kind: 'pain.008', executeOn: addDays(d.clock().slice(0, 10), 30) }),
    201,
  )
  const content = String((await d.accountant.send('GET', `/api/payment-files/${made.id}/content`)).body)
  assert.match(content, new RegExp(`<EndToEndId>${head.number}</EndToEndId>`))
  answered(await bring(file([{ minor: head.due.minor, endToEnd: head.number }])), 201)
  assert.equal(await d.balance(meridian), 0)
  await bring(file([{ minor: head.due.minor, endToEnd: head.number, out: true, reversal: true, text: 'refused by payer' }]))
  const back = await entryWith('refused by payer')
  answered(await propose(d.accountant, back.id, { kind: 'order', reference: head.number }), 200)
  answered(await confirm(d.manager, back.id), 200)
  assert.equal(await d.balance(meridian), -head.due.minor)
  assert.equal((await d.trader.send('GET', `/api/accounts/${meridian}`)).body.status, 'blocked')
})

describe('the end of a day', () => {
  const close = (day: string) => d.accountant.send('POST', '/api/ledger-days', { day, remarks: '' })
  test('is closed with totals that sum to nothing, once, and nothing later changes it', async () => {
    const today = d.clock().slice(0, 10)
    const closed = answered<LedgerDay>(await close(today), 201)
    assert.equal(
      closed.totals.reduce((sum, t) => sum + t.credits - t.debits, 0),
      0,
    )
    assert.equal(
      closed.totals.reduce((sum, t) => sum + t.closing, 0),
      0,
    )
    assert.deepEqual((await close(today)).issues, ['duty.day_closed'])
    await d.owe([lineOf('P', 'A00', 5)])
    const [open, first] = answered<LedgerDay[]>(await d.accountant.send('GET', '/api/ledger-days'), 200)
    assert.deepEqual([open!.status, first!.hash], ['open', closed.hash])
    assert.equal(open!.totals.find((t) => t.kind === 'revenue')!.opening, closed.totals.find((t) => t.kind === 'revenue')!.closing)
    await assert.rejects(() => d.sql`delete from duty.ledger_day`, /permission denied/)
  })

  test('waits for desks that were not counted', async () => {
    const cashier = await d.signIn('cashier')
    const reference = await d.owe([lineOf('A', 'A00', 40)])
    answered(await cashier.send('POST', '/api/cash-desk/receipts', { reference, money: vrc(40), office: 'XV000101' }), 201)
    const open = answered<LedgerDay[]>(await d.accountant.send('GET', '/api/ledger-days'), 200)[0]!
    assert.deepEqual(
      open.openDesks.map((x) => x.office),
      ['XV000101'],
    )
  })

  test('is refused when the books do not hold', async () => {
    // The application cannot write this at all: only somebody who owns the database can.
    const owner = connect({ url: d.url, max: 1, asOwner: true })
    try {
      await owner`update duty.charge set settled = settled || '[{"kind": "immediate", "account": null, "method": "A", "tax": "A00", "secure": false, "minor": 7}]', total_minor = total_minor + 7 where subject_id = (select subject_id from duty.charge where subject_kind = 'declaration' order by opened_at desc limit 1)`
      const broken = answered<LedgerDay[]>(await d.accountant.send('GET', '/api/ledger-days'), 200)[0]!.breaches
      assert.ok(broken.some((b) => b.invariant === 'settled_is_what_was_posted'))
      await assert.rejects(
        owner`update duty.charge set total_minor = total_minor + 1 where subject_kind = 'declaration'`,
        /charge_borne_or_outstanding/,
      )
      await owner`update duty.charge set settled = (select jsonb_agg(s) from jsonb_array_elements(settled) s where s ->> 'minor' <> '7'), total_minor = total_minor - 7 where settled @> '[{"minor": 7}]'`
    } finally {
      await owner.end({ timeout: 5 })
    }
    assert.equal((await close(randomUUID())).status, 400)
  })
})
