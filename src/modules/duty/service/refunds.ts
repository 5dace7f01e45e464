/** Applications to give back: asked for, looked at, decided by as many persons as the terms ask, and posted. */
import { randomUUID } from 'node:crypto'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { violates, type Sql, type Tx } from '#platform/database.ts'
import { dayIn, type Reference } from '#modules/reference'
import { home } from '#schema/reference'
import { decideRefund, decideRefundRequest, type RefundDecided } from '../refund.ts'
import type { Destination, RefundView, RequestRefund } from '../schema.ts'
import { findAccount, type Holder } from '../store/accounts.ts'
import { findDebt, lockDebt, type DebtState } from '../store/debts.ts'
import { insertOrder } from '../store/orders.ts'
import { cover, nextNumber, postRefund } from '../store/posts.ts'
import { closeRefund, exportedBefore, findRefund, insertRefund, lockRefund, reviewRefund, standingOf, type Refund } from '../store/refunds.ts'
import { readTerms } from '../store/terms.ts'
import { act, type By } from './context.ts'
import { goOn } from './settle.ts'

/** Money goes back to an account of the debtor's that can take it. */
const payableKinds = ['cash_account', 'deferment', 'credit']

const accountFits = async (tx: Tx, destination: Destination, debt: DebtState | null): Promise<boolean> => {
  if (destination.to !== 'account' || !debt) return destination.to !== 'account'
  const account = await findAccount(tx, 'all', destination.account)
  return account !== null && debt.holders.includes(account.owner) && payableKinds.includes(account.kind) && account.balance.currency === debt.currency
}

export const requestRefund = async (sql: Sql, reference: Reference, holder: Holder, c: RequestRefund, by: By): Promise<Outcome<RefundView>> =>
  act(sql, by, 'refund.request', { kind: 'refund', id: by.key }, async (tx) => {
    const seen = await findDebt(tx, holder, c.reference)
    if (seen) await lockDebt(tx, seen.subject)
    const debt = seen && (await findDebt(tx, holder, c.reference))
    const today = dayIn(reference, debt?.administration ?? home, by.at)
    const standing = debt && (await standingOf(tx, debt.subject))
    const terms = await readTerms(tx, debt?.administration ?? home, today)
    const facts = {
      today,
      terms,
      accountFits: await accountFits(tx, c.destination, debt),
      debt: debt &&
        standing && {
          currency: debt.currency,
          chargedOn: dayIn(reference, debt.administration, standing.chargedAt),
          collected: standing.collected,
          outstanding: standing.outstanding,
          credit: standing.credit,
          exportedBefore: c.export ? await exportedBefore(tx, c.reference, c.export.item) : '0',
        },
    }
    const decision = decideRefundRequest(c, facts)
    if (!decision.ok || !debt)
      return decision.ok ? refuse(error('duty.debt_unknown', '/reference', { reference: c.reference })) : refuse(...decision.issues)
    const { lines, law, decideBy } = decision.events[0]!
    const number = await nextNumber(tx, `${debt.administration}-R${today.slice(2, 4)}`)
    await insertRefund(tx, {
      administration: debt.administration,
      subject: debt.subject,
      requestedById: by.principal.personId,
      reviewedById: null,
      view: {
        number,
        kind: c.kind,
        status: 'requested',
        reference: c.reference,
        payer: debt.payer,
        lines: [...lines],
        law,
        decideBy,
        money: { minor: lines.reduce((sum, l) => sum + l.minor, 0), currency: debt.currency },
        reason: c.reason,
        grounds: c.grounds,
        export: c.export ?? null,
        destination: c.destination,
        requestedAt: by.at,
        requestedBy: by.principal.name,
        reviewedBy: null,
        decidedBy: null,
        decidedAt: null,
        decisionGrounds: null,
        posting: null,
        paidAt: null,
      },
    })
    const refund = (await findRefund(tx, 'all', number))!
    return accept({ body: { payload: c, facts, events: decision.events }, reply: viewOf(refund, terms.secondPersonMinor) })
  })

export const viewOf = (r: Refund, secondPersonMinor: number): RefundView => ({ ...r.view, twoPersons: r.view.money.minor > secondPersonMinor })

type Executed = { posting: number; status: 'approved' | 'paid'; afterCommit: () => void }

/** Remission makes the debt smaller without money: what is given up covers it. */
const remit = async (tx: Tx, r: Refund, at: string, today: string): Promise<Executed> => {
  const posting = await cover(tx, {
    administration: r.administration,
    subject: r.subject,
    reference: r.view.reference,
    payer: r.view.payer,
    money: r.view.money,
    method: 'remission',
    from: { kind: 'remitted', code: 'remitted' },
    posting: 'remission',
    key: `refund/${r.view.number}`,
    day: today,
    at,
  })
  return { posting, status: 'paid', afterCommit: await goOn(tx, r.subject, at, { today, withoutInterest: true }) }
}

const execute = async (tx: Tx, r: Refund, at: string, today: string): Promise<Executed> => {
  const { destination: d, number } = r.view
  if (d.to === 'none') return remit(tx, r, at, today)
  const to = d.to === 'account' ? { accountId: (await findAccount(tx, 'all', d.account))!.id } : { kind: 'payable' as const, code: 'payable' }
  const posting = await postRefund(tx, {
    subject: r.subject,
    reference: r.view.reference,
    lines: r.view.lines,
    overpaid: r.view.kind === 'overpayment',
    to,
    key: `refund/${number}`,
    at,
  })
  if (d.to === 'account') return { posting, status: 'paid', afterCommit: () => undefined }
  await insertOrder(tx, {
    id: randomUUID(),
    endToEnd: number,
    administration: r.administration,
    direction: 'credit',
    money: r.view.money,
    name: d.name,
    iban: d.iban,
    mandate: null,
    reference: number,
    accountId: null,
    status: 'ready',
    createdAt: at,
  })
  return { posting, status: 'approved', afterCommit: () => undefined }
}

type Choice = { grant: boolean; grounds: string }

const carryOut = async (tx: Tx, r: Refund, event: RefundDecided, c: Choice, by: By, today: string): Promise<() => void> => {
  const person = { personId: by.principal.personId, name: by.principal.name }
  if (event.type === 'refund.proposed') {
    await reviewRefund(tx, r.view.number, person, c.grounds, by.at)
    return () => undefined
  }
  const done = event.type === 'refund.approved' ? await execute(tx, r, by.at, today) : null
  await closeRefund(tx, r.view.number, {
    status: done?.status ?? 'refused',
    by: person,
    grounds: c.grounds,
    posting: done?.posting ?? null,
    at: by.at,
  })
  return done?.afterCommit ?? (() => undefined)
}

/** Decides as far as this person may. What is no longer there to give back is refused, whatever was proposed (`duty.refund_exceeds_paid`). */
export const decideOnRefund = async (sql: Sql, reference: Reference, number: string, c: Choice, by: By): Promise<Outcome<RefundView>> => {
  try {
    return await act(sql, by, 'refund.decide', { kind: 'refund', id: number }, async (tx) => {
      const refund = await lockRefund(tx, number)
      if (!refund) return refuse(error('duty.refund_unknown', '/number', { number }))
      const today = dayIn(reference, refund.administration, by.at)
      const { secondPersonMinor } = await readTerms(tx, refund.administration, today)
      const facts = {
        personId: by.principal.personId,
        mayReview: by.principal.permissions.has('duty:refund:review'),
        mayApprove: by.principal.permissions.has('duty:refund:approve'),
        secondPersonMinor,
      }
      const state = {
        status: refund.view.status,
        amountMinor: refund.view.money.minor,
        requestedBy: refund.requestedById,
        reviewedBy: refund.reviewedById,
      }
      const decision = decideRefund(state, c, facts)
      if (!decision.ok) return refuse(...decision.issues)
      const afterCommit = await carryOut(tx, refund, decision.events[0]!, c, by, today)
      const after = (await findRefund(tx, 'all', number))!
      return accept({ body: { payload: c, facts, events: decision.events }, reply: viewOf(after, secondPersonMinor), afterCommit })
    })
  } catch (fault) {
    if (violates(fault, 'refund_within_paid')) return refuse(error('duty.refund_exceeds_paid', '', { most: 0, currency: '' }))
    throw fault
  }
}
