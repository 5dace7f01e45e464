/** Instalments: asked for, granted by a second person with a credit account, followed to their end or to default (UCC Art. 112). */
import { actorOf } from '#platform/command.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { inTransaction, type Sql, type Tx } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { dayIn, type Reference } from '#modules/reference'
import { home } from '#schema/reference'
import type { Static } from 'typebox'
import { decidePlanRequest, isDefaulted, scheduleOf, type Part } from '../plan.ts'
import type { PlanView, RequestPlan, Subject } from '../schema.ts'
import { findAccount, openAccounts, setAccountStatus, type Holder } from '../store/accounts.ts'
import { insertClaim } from '../store/claims.ts'
import { findDebt, lockDebt } from '../store/debts.ts'
import { charge, settleAgain } from '../store/ledger.ts'
import {
  activatePlan,
  activePlans,
  dueByHand,
  endPlan,
  findPlan,
  hasPlan,
  insertPlan,
  lockPlan,
  planView,
  refusePlan,
  type Plan,
} from '../store/plans.ts'
import { cover, grantCredit, nextNumber, postRefund } from '../store/posts.ts'
import { standingOf } from '../store/refunds.ts'
import { readRates, readTerms } from '../store/terms.ts'
import { act, type By } from './context.ts'
import { openClaim } from './open-claim.ts'
import { goOn } from './settle.ts'

export const requestPlan = async (
  sql: Sql,
  reference: Reference,
  holder: Holder,
  c: Static<typeof RequestPlan>,
  by: By,
): Promise<Outcome<PlanView>> =>
  act(sql, by, 'plan.request', { kind: 'plan', id: by.key }, async (tx) => {
    const debt = await findDebt(tx, holder, c.reference)
    if (debt) await lockDebt(tx, debt.subject)
    const today = dayIn(reference, debt?.administration ?? home, by.at)
    const minor = debt && (await dueByHand(tx, debt.subject))
    if (debt && minor === null) return refuse(error('duty.plan_account_short', '/reference', { reference: c.reference }))
    const facts = {
      today,
      due: debt && { minor: minor ?? 0, currency: debt.currency },
      alreadyPlanned: debt !== null && (await hasPlan(tx, debt.subject)),
    }
    const decision = decidePlanRequest(c, facts)
    if (!decision.ok || !debt) return decision.ok ? refuse(error('duty.debt_unknown', '/reference')) : refuse(...decision.issues)
    const number = await nextNumber(tx, `${debt.administration}-P${today.slice(2, 4)}`)
    await insertPlan(tx, {
      number,
      administration: debt.administration,
      subject: debt.subject,
      reference: c.reference,
      payer: debt.payer,
      principal: decision.events[0]!.principal,
      partsAsked: c.parts,
      firstDue: c.firstDue,
      grounds: c.grounds,
      requestedById: by.principal.personId,
      requestedBy: by.principal.name,
      requestedAt: by.at,
    })
    const plan = (await findPlan(tx, 'all', number))!
    return accept({ body: { payload: c, facts, events: decision.events }, reply: planView(plan, today) })
  })

const openCredit = async (tx: Tx, plan: Plan, limitMinor: number, at: string): Promise<number> => {
  const { currency } = plan.principal
  const opened = await openAccounts(
    tx,
    [{ administration: plan.administration, kind: 'credit', code: plan.number, owner: plan.payer, currency, limitMinor }],
    at,
  )
  return opened.get(plan.number)!
}

/** The interest of the whole plan is borne by the credit account from the start: what is paid in then covers both. */
const chargeCreditInterest = async (tx: Tx, plan: Plan, parts: readonly Part[], by: string, at: string): Promise<void> => {
  const minor = parts.reduce((sum, p) => sum + p.interest.minor, 0)
  if (minor === 0) return
  const number = await openClaim(tx, {
    administration: plan.administration,
    kind: 'interest',
    origin: plan.number,
    payer: plan.payer,
    currency: plan.principal.currency,
    lines: [{ tax: 'INT', minor }],
    law: 'UCC Art. 112(2)',
    grounds: plan.number,
    dueOn: parts.at(-1)!.dueOn,
    by,
    at,
  })
  const subject = { kind: 'claim', id: number }
  await grantCredit(tx, subject, plan.number)
  await settleAgain(tx, subject, at)
}

const grant = async (tx: Tx, plan: Plan, c: Choice, by: By, today: string): Promise<Outcome<() => void>> => {
  const minor = await dueByHand(tx, plan.subject)
  if (!minor) return refuse(error('duty.nothing_due', '', { reference: plan.reference }))
  const principal = { minor, currency: plan.principal.currency }
  const [terms, rates] = [await readTerms(tx, plan.administration, today), await readRates(tx, plan.administration)]
  const schedule = scheduleOf({
    principal,
    parts: plan.partsAsked,
    firstDue: plan.firstDue,
    from: today,
    rates,
    dayCount: terms.dayCount,
    rounding: 'half-up',
  })
  if (!schedule.ok) return schedule
  if (plan.firstDue <= today) return refuse(error('duty.plan_first_due', '/firstDue', { after: today, latest: '' }))
  const interest = schedule.value.reduce((sum, p) => sum + p.interest.minor, 0)
  const account = await openCredit(tx, plan, minor + interest, by.at)
  const decided = { by: { personId: by.principal.personId, name: by.principal.name }, grounds: c.grounds, at: by.at }
  await activatePlan(tx, plan.number, minor, plan.number, schedule.value, decided)
  await grantCredit(tx, plan.subject, plan.number)
  await settleAgain(tx, plan.subject, by.at)
  await chargeCreditInterest(tx, plan, schedule.value, by.principal.name, by.at)
  // What had been paid by hand in part is the first payment on the plan.
  const standing = await standingOf(tx, plan.subject)
  if (standing && standing.credit > 0)
    await postRefund(tx, {
      subject: plan.subject,
      reference: plan.reference,
      lines: [{ tax: '', minor: standing.credit }],
      overpaid: true,
      to: { accountId: account },
      key: `plan/${plan.number}`,
      at: by.at,
    })
  return accept(await goOn(tx, plan.subject, by.at, { today, withoutInterest: true }))
}

type Choice = { grant: boolean; grounds: string }

export const decideOnPlan = async (sql: Sql, reference: Reference, number: string, c: Choice, by: By): Promise<Outcome<PlanView>> =>
  act(sql, by, 'plan.decide', { kind: 'plan', id: number }, async (tx) => {
    const plan = await lockPlan(tx, number)
    if (!plan) return refuse(error('duty.plan_unknown', '/number', { number }))
    if (plan.status !== 'requested') return refuse(error('duty.plan_decided', '', { status: plan.status }))
    if (plan.requestedById === by.principal.personId) return refuse(error('duty.second_person'))
    await lockDebt(tx, plan.subject)
    const today = dayIn(reference, plan.administration, by.at)
    const granted: Outcome<() => void> = c.grant ? await grant(tx, plan, c, by, today) : accept(() => undefined)
    if (!granted.ok) return granted
    const person = { personId: by.principal.personId, name: by.principal.name }
    if (!c.grant) await refusePlan(tx, number, { by: person, grounds: c.grounds, at: by.at })
    const after = (await findPlan(tx, 'all', number))!
    const events = [{ type: c.grant ? 'plan.granted' : 'plan.refused', parts: after.parts }]
    return accept({ body: { payload: c, facts: { today }, events }, reply: planView(after, today), afterCommit: granted.value })
  })

const total = (plan: Plan): number => plan.parts.reduce((sum, p) => sum + p.principal.minor + p.interest.minor, 0)

const journal = async (tx: Tx, plan: Plan, type: string, facts: unknown, at: string): Promise<void> => {
  await record(
    tx,
    { kind: 'plan', id: plan.number },
    { command: 'plan.follow', actor: actorOf(systemPrincipal('Recovery')), body: { payload: {}, facts, events: [{ type }] }, at },
  )
}

/** Interest of intervals that have not ended is not owed any more when the whole falls due. */
const shortenInterest = async (tx: Tx, plan: Plan, today: string, at: string): Promise<void> => {
  const claim = await interestClaimOf(tx, plan.number)
  if (!claim) return
  const { currency } = plan.principal
  const accrued = plan.parts.filter((p) => p.dueOn <= today).reduce((sum, p) => sum + p.interest.minor, 0)
  await grantCredit(tx, claim, null)
  await charge(tx, {
    subject: claim,
    reference: claim.id,
    administration: plan.administration,
    currency,
    payer: plan.payer,
    holders: [plan.payer],
    lines: [{ method: 'A', taxType: 'INT', money: { minor: accrued, currency } }],
    deferments: [],
    guarantees: [],
    key: `${claim.id}/defaulted`,
    at,
  })
}

const interestClaimOf = async (tx: Tx, plan: string): Promise<Subject | null> => {
  const [row] = await tx<{ number: string }[]>`select number from duty.claim where origin = ${plan} and kind = 'interest' order by opened_at limit 1`
  return row ? { kind: 'claim', id: row.number } : null
}

/** The whole sum falls due: the credit ends, what was paid on it covers the debt as far as it goes, the rest is demanded at once. */
const defaultOn = async (tx: Tx, plan: Plan, at: string, today: string): Promise<() => void> => {
  await insertClaim(tx, {
    number: await nextNumber(tx, `${plan.administration}-D${today.slice(2, 4)}`),
    administration: plan.administration,
    kind: 'instalment',
    subject: plan.subject,
    reference: plan.reference,
    origin: plan.number,
    payer: plan.payer,
    currency: plan.principal.currency,
    dueOn: today,
    law: 'UCC Art. 112',
    grounds: plan.number,
    at,
    by: 'system',
  })
  await grantCredit(tx, plan.subject, null)
  await settleAgain(tx, plan.subject, at)
  await shortenInterest(tx, plan, today, at)
  const account = (await findAccount(tx, 'all', plan.number))!
  const minor = Math.min(account.balance.minor, plan.principal.minor)
  if (minor > 0)
    await cover(tx, {
      administration: plan.administration,
      subject: plan.subject,
      reference: plan.reference,
      payer: plan.payer,
      money: { minor, currency: plan.principal.currency },
      method: 'transfer',
      from: { accountId: account.id },
      posting: 'transfer',
      key: `defaulted/${plan.number}`,
      day: today,
      at,
    })
  await setAccountStatus(tx, plan.number, 'closed')
  await endPlan(tx, plan.number, 'defaulted')
  return goOn(tx, plan.subject, at, { today, withoutInterest: true })
}

const follow = async (tx: Tx, number: string, at: string, today: string): Promise<() => void> => {
  const plan = await lockPlan(tx, number)
  if (plan?.status !== 'active') return () => undefined
  const { graceDays } = await readTerms(tx, plan.administration, today)
  if (plan.paidMinor >= total(plan)) {
    await endPlan(tx, number, 'completed')
    await journal(tx, plan, 'plan.completed', { paid: plan.paidMinor }, at)
  } else if (isDefaulted(plan.parts, plan.paidMinor, today, graceDays)) {
    const after = await defaultOn(tx, plan, at, today)
    await journal(tx, plan, 'plan.defaulted', { paid: plan.paidMinor, today, graceDays }, at)
    return after
  }
  return () => undefined
}

/** Every plan that is running: completed when paid, in default when a part is late beyond its grace. Answers how many were looked at. */
export const followPlans = async (sql: Sql, at: string, today: string): Promise<number> => {
  const plans = await activePlans(sql)
  for (const number of plans) (await inTransaction(sql, (tx) => follow(tx, number, at, today)))()
  return plans.length
}
