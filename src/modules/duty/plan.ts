/** Instalments: how a debt is spread, what of it is paid, and when the whole falls due. Pure. Law: UCC Art. 112. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Money, Rounding } from '#kernel/money.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Static } from 'typebox'
import { addDays, addMonths } from './calendar.ts'
import { interestOf } from './interest.ts'
import type { InterestRate, PlanView, RequestPlan, Terms } from './schema.ts'

export type Part = { part: number; dueOn: LegalDate; principal: Money; interest: Money }
export type ScheduleInput = {
  principal: Money
  parts: number
  firstDue: LegalDate
  /** the day from which credit is given */ from: LegalDate
  rates: readonly InterestRate[]
  dayCount: Terms['dayCount']
  rounding: Rounding
}

/** Equal parts of the principal month by month, the last with what division leaves; each bears the interest of its interval on what is still owed. */
export const scheduleOf = (s: ScheduleInput): Outcome<Part[]> => {
  const each = Math.floor(s.principal.minor / s.parts)
  const parts: Part[] = []
  let owed = s.principal.minor
  let from = s.from
  for (let n = 1; n <= s.parts; n++) {
    const dueOn = addMonths(s.firstDue, n - 1)
    const interest = interestOf({
      principal: { minor: owed, currency: s.principal.currency },
      from,
      through: addDays(dueOn, -1),
      kind: 'credit',
      rates: s.rates,
      dayCount: s.dayCount,
      rounding: s.rounding,
    })
    if (!interest.ok) return interest
    const minor = n === s.parts ? owed : each
    parts.push({ part: n, dueOn, principal: { minor, currency: s.principal.currency }, interest: interest.value.money })
    owed -= minor
    from = dueOn
  }
  return accept(parts)
}

export type PartState = PlanView['parts'][number]['state']

/** What was paid fills the parts in order; a part counts as paid when it is paid whole. */
export const statesOf = (parts: readonly Part[], paidMinor: number, today: LegalDate): PartState[] => {
  let through = 0
  return parts.map((p) => {
    through += p.principal.minor + p.interest.minor
    if (paidMinor >= through) return 'paid'
    if (p.dueOn < today) return 'overdue'
    return p.dueOn === today ? 'due' : 'coming'
  })
}

/** An instalment is late beyond the days of grace: then the whole sum is due (UCC Art. 112, and the decision that granted it). */
export const isDefaulted = (parts: readonly Part[], paidMinor: number, today: LegalDate, graceDays: number): boolean =>
  statesOf(parts, paidMinor, addDays(today, -graceDays)).includes('overdue')

export type PlanFacts = { today: LegalDate; due: Money | null; alreadyPlanned: boolean }
export type PlanEvent = { type: 'plan.requested'; principal: Money; parts: number; firstDue: LegalDate }

const monthsAheadAtMost = 3

export const decidePlanRequest = (command: Static<typeof RequestPlan>, f: PlanFacts): Decision<PlanEvent> => {
  if (!f.due) return refused(error('duty.debt_unknown', '/reference', { reference: command.reference }))
  const issues: Issue[] = []
  if (f.due.minor === 0) issues.push(error('duty.nothing_due', '/reference', { reference: command.reference }))
  else if (f.due.minor < command.parts) issues.push(error('duty.plan_too_small', '/parts'))
  if (f.alreadyPlanned) issues.push(error('duty.plan_exists', '/reference', { reference: command.reference }))
  if (command.firstDue <= f.today || command.firstDue > addMonths(f.today, monthsAheadAtMost))
    issues.push(error('duty.plan_first_due', '/firstDue', { after: f.today, latest: addMonths(f.today, monthsAheadAtMost) }))
  if (issues.length > 0) return refused(...issues)
  return decided([{ type: 'plan.requested', principal: f.due, parts: command.parts, firstDue: command.firstDue }])
}
