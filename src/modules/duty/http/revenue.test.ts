import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addDays } from '../calendar.ts'
import { answered, lineOf, meridian, openDesks, vrc, type Desks } from '../fixtures/revenue.ts'
import { ibanOf } from '../iban.ts'
import type { ClaimView, GuaranteeView, PlanView, RefundView } from '../schema.ts'
import { remindOverdue } from '../service/claims.ts'
import { followPlans } from '../service/plans.ts'

let d: Desks
before(async () => {
  d = await openDesks()
})
after(async () => {
  // Whatever was done here, the books hold.
  if (d) assert.deepEqual(await d.breaches(), [])
  await d?.close()
})

const cash = `CA-${meridian}`
const askRefund = (reference: string, change: Record<string, unknown> = {}) =>
  d.trader.send('POST', '/api/refunds', {
    reference,
    kind: 'repayment',
    reason: 'overcharged',
    lines: [{ tax: 'A00', minor: 400 }],
    grounds: 'The invoice was wrong.',
    destination: { to: 'account', account: cash },
    ...change,
  })
const decide = (who: Desks['manager'], number: string, grant = true) =>
  who.send('POST', `/api/refunds/${number}/decision`, { grant, grounds: 'As applied for.' })

describe('a refund', () => {
  test('of a small sum goes back to the account by one decision, and an amendment does not give it back again', async () => {
    const before = await d.balance(cash)
    const reference = await d.owe([lineOf('P', 'A00', 1_000), lineOf('P', 'B00', 200)])
    const asked = answered<RefundView>(await askRefund(reference), 201)
    assert.deepEqual([asked.status, asked.law, asked.twoPersons], ['requested', 'UCC Art. 117', false])
    const paid = answered<RefundView>(await decide(d.accountant, asked.number), 200)
    assert.equal(paid.status, 'paid')
    assert.equal(await d.balance(cash), before - 1_200 + 400)
    // 400 of the reduction were given back already
    await d.amend(reference, [lineOf('P', 'A00', 500), lineOf('P', 'B00', 200)])
    assert.equal(await d.balance(cash), before - 700)
    await d.amend(reference, [])
    assert.equal(await d.balance(cash), before)
  })

  test('of a large sum needs two persons, and is paid by the bank', async () => {
    const reference = await d.owe([lineOf('P', 'A00', 90_000)])
    const asked = answered<RefundView>(
      await askRefund(reference, {
        lines: [{ tax: 'A00', minor: 60_000 }],
        destination: { to: 'bank', name: 'Meridian', iban: ibanOf('XV', '0020202600001042') },
      }),
      201,
    )
    assert.equal(answered<RefundView>(await decide(d.accountant, asked.number), 200).status, 'proposed')
    assert.deepEqual((await decide(d.accountant, asked.number)).issues, ['duty.second_person'])
    assert.equal(answered<RefundView>(await decide(d.manager, asked.number), 200).status, 'approved')
    const orders = answered<{ rows: { endToEnd: string; money: { minor: number } }[] }>(
      await d.accountant.send('GET', '/api/payment-orders?status=ready'),
      200,
    )
    assert.equal(orders.rows.find((o) => o.endToEnd === asked.number)?.money.minor, 60_000)
    assert.deepEqual(await d.breaches(), [])
  })

  test('never exceeds what was paid, whoever asks how often at once', async () => {
    const reference = await d.owe([lineOf('P', 'A00', 1_000)])
    const asked = await Promise.all(Array.from({ length: 6 }, () => askRefund(reference)))
    assert.deepEqual(asked.map((a) => a.status).sort(), [201, 201, 422, 422, 422, 422])
    assert.deepEqual(asked.find((a) => a.status === 422)!.issues, ['duty.refund_exceeds_paid'])
    await Promise.all(asked.filter((a) => a.status === 201).map((a) => decide(d.accountant, a.body.number)))
    const [row] = await d.sql<{ sum: number }[]>`select duty.sum_minor(refunded)::bigint as sum from duty.charge where reference = ${reference}`
    assert.equal(row!.sum, 800)
    // also past the routes
    const direct = d.sql`select duty.refund(${JSON.stringify({ subjectKind: 'declaration', subjectId: 'rev-3', reference, lines: [{ tax: 'A00', minor: 201 }], overpaid: false, to: { kind: 'payable', code: 'payable' }, at: d.clock() })}::text::jsonb)`
    await assert.rejects(direct, /more than was collected/)
  })

  test('is for its debtor to ask and for nobody else to see or decide', async () => {
    const reference = await d.owe([lineOf('P', 'A00', 1_000)])
    const asked = answered<RefundView>(await askRefund(reference), 201)
    assert.equal((await decide(d.trader, asked.number)).status, 403)
    assert.deepEqual((await askRefund('nowhere')).issues, ['duty.debt_unknown'])
    assert.equal(answered<RefundView>(await decide(d.accountant, asked.number, false), 200).status, 'refused')
    assert.deepEqual((await decide(d.accountant, asked.number)).issues, ['duty.refund_decided'])
  })

  test('as remission makes the debt smaller without money', async () => {
    const reference = await d.owe([lineOf('A', 'A00', 700)])
    const asked = answered<RefundView>(
      await askRefund(reference, { kind: 'remission', reason: 'equity', lines: [{ tax: 'A00', minor: 700 }], destination: { to: 'none' } }),
      201,
    )
    assert.equal(answered<RefundView>(await decide(d.accountant, asked.number), 200).status, 'paid')
    assert.equal((await d.debt(reference)).outstanding.minor, 0)
  })

  test('as drawback gives 99 % of the exported share', async () => {
    const reference = await d.owe([lineOf('P', 'A00', 1_000)])
    const asked = answered<RefundView>(
      await askRefund(reference, {
        kind: 'drawback',
        reason: 're_exported',
        lines: [{ tax: 'A00', minor: 1_000 }],
        export: { reference: '26XVEXPORT', exportedOn: d.clock().slice(0, 10), item: 1, importedQuantity: '4', exportedQuantity: '1' },
      }),
      201,
    )
    assert.equal(asked.money.minor, 247)
  })
})

describe('recovery', () => {
  test('an amendment after cover is demanded by itself, and the demand ends with its payment', async () => {
    const reference = await d.owe([lineOf('E', 'A00', 500)])
    await d.amend(reference, [lineOf('E', 'A00', 500), lineOf('A', 'B00', 300)])
    const found = answered<{ rows: ClaimView[] }>(await d.accountant.send('GET', `/api/claims?q=${reference}`), 200).rows
    assert.deepEqual(
      found.map((c) => [c.kind, c.stage, c.outstanding.minor]),
      [['additional', 'demanded', 300]],
    )
    await d.amend(reference, [lineOf('E', 'A00', 800)])
    const [closed] = answered<{ rows: ClaimView[] }>(await d.accountant.send('GET', `/api/claims?q=${reference}`), 200).rows
    assert.deepEqual([closed!.stage, closed!.outcome], ['closed', 'covered'])
  })

  const raise = async (minor: number): Promise<ClaimView> => {
    const origin = await d.owe([lineOf('E', 'A00', 10)])
    return answered(
      await d.accountant.send('POST', '/api/claims', {
        origin,
        payer: meridian,
        lines: [{ tax: 'A00', minor }],
        grounds: 'Wrong code.',
        law: 'UCC Art. 105(4)',
      }),
      201,
    )
  }
  const late = async (number: string, days: number): Promise<void> => {
    await d.sql`update duty.claim set due_on = ${addDays(d.clock().slice(0, 10), -days)} where number = ${number}`
  }

  test('a late demand is reminded, set off against a credit, and bears interest as a demand of its own', async () => {
    const claim = await raise(2_000_00)
    await late(claim.number, 73)
    assert.ok((await remindOverdue(d.sql, 'XV', d.clock(), d.clock().slice(0, 10))) > 0)
    const seen = answered<ClaimView>(await d.accountant.send('GET', `/api/claims/${claim.number}`), 200)
    assert.equal(seen.stage, 'reminded')
    // 73 of 365 days at 5.5 % (or the older rate for some of them) of 2,000.00
    assert.ok(seen.interest!.money.minor >= 22_00 && seen.interest!.money.minor <= 24_60, JSON.stringify(seen.interest))
    assert.equal(seen.credits[0]!.account, cash)
    const before = await d.balance(cash)
    const off = answered<ClaimView>(
      await d.accountant.send('POST', `/api/claims/${claim.number}/set-off`, { account: cash, money: vrc(2_000_00) }),
      200,
    )
    assert.deepEqual([off.stage, off.outcome, await d.balance(cash)], ['closed', 'covered', before - 2_000_00])
    const interest = answered<{ rows: ClaimView[] }>(await d.accountant.send('GET', `/api/claims?q=${claim.origin}`), 200).rows.find(
      (c) => c.kind === 'interest',
    )!
    assert.equal(interest.outstanding.minor, seen.interest!.money.minor)
    assert.deepEqual((await d.accountant.send('POST', `/api/claims/${claim.number}/remind`, { grounds: 'again' })).issues, ['duty.claim_stage'])
  })

  test('is paid by the trader like any other debt', async () => {
    const claim = await raise(700)
    const due = answered<{ rows: { reference: string }[] }>(await d.trader.send('GET', '/api/debts?size=500'), 200).rows
    assert.ok(due.some((r) => r.reference === claim.reference))
  })

  test('is written off by two persons only, and the revenue stays gross', async () => {
    const claim = await raise(5_000)
    const giveUp = (who: Desks['manager']) =>
      who.send('POST', `/api/claims/${claim.number}/give-up`, { kind: 'write_off', grounds: 'The firm is dissolved.' })
    answered(await giveUp(d.accountant), 200)
    assert.deepEqual((await giveUp(d.accountant)).issues, ['duty.second_person'])
    const done = answered<ClaimView>(await giveUp(d.manager), 200)
    assert.deepEqual([done.stage, done.outcome], ['closed', 'written_off'])
    const [sum] = await d.sql<{ minor: number }[]>`
      select sum(l.amount_minor)::bigint as minor from duty.posting_line l join duty.posting p on p.id = l.posting_id join duty.account a on a.id = l.account_id where p.subject_id = ${claim.number} and a.kind = 'written_off'`
    assert.equal(sum!.minor, -5_000)
    const { history } = answered<ClaimView>(await d.manager.send('GET', `/api/claims/${claim.number}`), 200)
    assert.deepEqual(
      history.map((h) => h.what),
      ['claim.raised', 'claim.giving-up-proposed', 'claim.given-up'],
    )
  })
})

describe('instalments', () => {
  const ask = (reference: string) =>
    d.trader.send('POST', '/api/plans', { reference, parts: 4, firstDue: addDays(d.clock().slice(0, 10), 20), grounds: 'Season.' })
  const grant = (number: string) => d.manager.send('POST', `/api/plans/${number}/decision`, { grant: true, grounds: 'Granted.' })
  const payOn = (code: string, minor: number) => d.trader.send('POST', `/api/accounts/${code}/deposits`, { money: vrc(minor) })

  test('granted, the credit bears the debt with its interest; paid, the plan is complete', async () => {
    const reference = await d.owe([lineOf('A', 'A00', 100_000)])
    const asked = answered<PlanView>(await ask(reference), 201)
    assert.equal((await d.debt(reference)).outstanding.minor, 100_000)
    assert.deepEqual((await ask(reference)).issues, ['duty.plan_exists'])
    const plan = answered<PlanView>(await grant(asked.number), 200)
    assert.equal((await d.debt(reference)).outstanding.minor, 0)
    const whole = plan.principal.minor + plan.interest.minor
    assert.ok(plan.interest.minor > 0)
    assert.equal(await d.balance(asked.number), -whole)
    answered(await payOn(asked.number, whole), 201)
    await followPlans(d.sql, d.clock(), d.clock().slice(0, 10))
    const done = answered<PlanView>(await d.trader.send('GET', `/api/plans/${asked.number}`), 200)
    assert.deepEqual([done.status, done.parts.every((p) => p.state === 'paid'), await d.balance(asked.number)], ['completed', true, 0])
  })

  test('in default the whole sum is due at once, less what was paid', async () => {
    const reference = await d.owe([lineOf('A', 'A00', 100_000)])
    const asked = answered<PlanView>(await ask(reference), 201)
    const plan = answered<PlanView>(await grant(asked.number), 200)
    answered(await payOn(asked.number, 30_000), 201)
    const later = addDays(plan.parts[1]!.dueOn, 8)
    await followPlans(d.sql, d.clock(), later)
    const found = answered<PlanView>(await d.trader.send('GET', `/api/plans/${asked.number}`), 200)
    assert.equal(found.status, 'defaulted')
    const [claim] = answered<{ rows: ClaimView[] }>(await d.accountant.send('GET', `/api/claims?q=${asked.number}`), 200).rows.filter(
      (c) => c.kind === 'instalment',
    )
    assert.deepEqual([claim!.stage, claim!.outstanding.minor, claim!.reference], ['demanded', 70_000, reference])
    assert.equal(await d.balance(asked.number), 0)
    assert.deepEqual(await d.breaches(), [])
  })

  test('nobody grants a plan of their own making; what was refused stays due', async () => {
    const reference = await d.owe([lineOf('A', 'A00', 100_000)])
    const asked = answered<PlanView>(await ask(reference), 201)
    assert.equal((await d.accountant.send('POST', `/api/plans/${asked.number}/decision`, { grant: true, grounds: 'x y z' })).status, 403)
    answered(await d.manager.send('POST', `/api/plans/${asked.number}/decision`, { grant: false, grounds: 'No security.' }), 200)
    assert.equal((await d.debt(reference)).outstanding.minor, 100_000)
  })
})

describe('a guarantee', () => {
  const open = (code: string, change: Record<string, unknown> = {}) =>
    d.accountant.send('POST', '/api/guarantees', {
      code,
      owner: meridian,
      kind: 'comprehensive',
      guarantor: 'XV-BANK-02',
      guarantorName: 'Second Bank',
      referenceAmount: vrc(1_000),
      levelPercent: 50,
      validFrom: '2026-01-01',
      ...change,
    })
  const secure = (code: string, minor: number, change = {}) =>
    d.owe([lineOf('S', 'ACS', minor, true)], { guarantees: [{ type: '1', reference: code }], ...change })

  test('is used up to its reference amount, refuses with the shortfall, and is free again when discharged', async () => {
    answered(await open('GT-1'), 201)
    const held = await secure('GT-1', 700)
    const short = await secure('GT-1', 400)
    assert.deepEqual(
      (await d.debt(short)).shortfalls.map((s) => [s.code, s.short.minor]),
      [['duty.cover_short', 100]],
    )
    const view = answered<GuaranteeView>(await d.trader.send('GET', '/api/guarantees/GT-1'), 200)
    assert.deepEqual([view.used.minor, view.available.minor, view.guaranteed.minor], [700, 300, 500])
    const usage = answered<{ rows: { reference: string; money: { minor: number } }[] }>(await d.trader.send('GET', '/api/guarantees/GT-1/usage'), 200)
    assert.deepEqual(
      usage.rows.map((r) => [r.reference, r.money.minor]),
      [[held, 700]],
    )
    assert.deepEqual((await d.accountant.send('PATCH', '/api/guarantees/GT-1', { referenceAmount: vrc(699), grounds: 'lower' })).issues, [
      'duty.guarantee_below_use',
    ])
    answered(await d.accountant.send('POST', '/api/guarantees/GT-1/releases', { reference: held, grounds: 'Discharged.' }), 200)
    // what was freed lets the waiting one go on
    assert.equal((await d.debt(short)).outstanding.minor, 0)
    assert.equal(await d.balance('GT-1'), -400)
  })

  test('that has expired, is blocked, or serves another operation bears nothing', async () => {
    answered(await open('GT-2', { validTo: '2099-01-01' }), 201)
    await d.sql`update duty.account set valid_to = '2026-02-01' where code = 'GT-2'`
    answered(await open('GT-3'), 201)
    answered(await d.accountant.send('PATCH', '/api/guarantees/GT-3', { status: 'blocked', grounds: 'The guarantor is insolvent.' }), 200)
    answered(await open('GT-4', { kind: 'individual', levelPercent: 100, onlyFor: 'ANOTHER' }), 201)
    const codeOf = async (code: string) => (await d.debt(await secure(code, 10))).shortfalls.map((s) => s.code)
    assert.deepEqual(await codeOf('GT-2'), ['duty.account_expired'])
    assert.deepEqual(await codeOf('GT-3'), ['duty.account_blocked'])
    assert.deepEqual(await codeOf('GT-4'), ['duty.guarantee_other_operation'])
    assert.equal(answered<GuaranteeView>(await d.accountant.send('GET', '/api/guarantees/GT-2'), 200).status, 'expired')
  })

  test('is called on its guarantor once; paid by him, it is free again', async () => {
    answered(await open('GT-5'), 201)
    const held = await secure('GT-5', 600)
    const call = () => d.accountant.send('POST', '/api/guarantees/GT-5/calls', { reference: held, grounds: 'The transit was never discharged.' })
    const claim = answered<ClaimView>(await call(), 201)
    assert.deepEqual([claim.kind, claim.payer, claim.outstanding.minor], ['guarantor', 'XV-BANK-02', 600])
    assert.deepEqual((await call()).issues, ['duty.guarantee_called'])
    const receipt = answered<{ number: string }>(
      await (await signInCashier()).send('POST', '/api/cash-desk/receipts', { reference: claim.reference, money: vrc(600), office: 'XV000101' }),
      201,
    )
    assert.ok(receipt.number)
    assert.equal(await d.balance('GT-5'), 0)
    assert.equal(answered<ClaimView>(await d.accountant.send('GET', `/api/claims/${claim.number}`), 200).stage, 'closed')
  })
})

const signInCashier = () => d.signIn('cashier')

describe('the overview', () => {
  test('agrees with itself and with the rows behind it', async () => {
    await d.owe([lineOf('A', 'C00', 4_321)], { office: 'XV000301' })
    const o = answered<{
      total: { due: { minor: number }; collected: { minor: number } }
      byOffice: { key: string; due: { minor: number } }[]
      byTax: { key: string; due: { minor: number } }[]
    }>(await d.manager.send('GET', '/api/revenue/overview'), 200)
    for (const part of [o.byOffice, o.byTax])
      assert.equal(
        part.reduce((sum, c) => sum + c.due.minor, 0),
        o.total.due.minor,
      )
    assert.equal(o.byTax.find((c) => c.key === 'C00')?.due.minor, 4_321)
    const rows = answered<{ rows: { due: { minor: number } }[]; total: number }>(
      await d.manager.send('GET', '/api/revenue/rows?state=due&size=500'),
      200,
    )
    assert.equal(
      rows.rows.reduce((sum, r) => sum + r.due.minor, 0),
      o.total.due.minor,
    )
    assert.equal((await d.trader.send('GET', '/api/revenue/overview')).status, 403)
  })

  test('a rate of interest begins tomorrow or later, and ends the one before', async () => {
    const set = (validFrom: string) => d.manager.send('POST', '/api/revenue/rates', { kind: 'late', percent: '7.25', source: 'Notice 9', validFrom })
    const today = d.clock().slice(0, 10)
    assert.deepEqual((await set(today)).issues, ['duty.rate_in_past'])
    const rates = answered<{ kind: string; percent: string; validTo?: string }[]>(await set(addDays(today, 30)), 201)
    assert.deepEqual(
      rates
        .filter((r) => r.kind === 'late')
        .map((r) => [r.percent, r.validTo])
        .slice(-2),
      [
        ['5.5', addDays(today, 30)],
        ['7.25', undefined],
      ],
    )
    assert.deepEqual((await set(addDays(today, 10))).issues, ['duty.rate_later_exists'])
  })
})
