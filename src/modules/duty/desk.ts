/** The cash desk: what may be taken, and how a day is closed. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Money } from '#kernel/money.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Static } from 'typebox'
import type { CloseDesk, ReceiveCash } from './schema.ts'

export type Debt = { outstanding: Money; payer: string }
export type CashFacts = { debt: Debt | null; dayClosed: boolean }
export type CashEvent = { type: 'cash.received'; money: Money; payer: string }

/** Cash is taken up to what is due; change is the cashier's to give. */
export const decideCash = (command: Static<typeof ReceiveCash>, { debt, dayClosed }: CashFacts): Decision<CashEvent> => {
  if (!debt) return refused(error('duty.debt_unknown', '/reference', { reference: command.reference }))
  const issues: Issue[] = []
  if (dayClosed) issues.push(error('duty.desk_closed'))
  if (command.money.minor <= 0) issues.push(error('duty.amount_not_positive', '/money'))
  if (debt.outstanding.minor === 0) issues.push(error('duty.nothing_due', '/reference', { reference: command.reference }))
  else if (command.money.currency !== debt.outstanding.currency)
    issues.push(error('duty.currency_differs', '/money/currency', { due: debt.outstanding.currency }))
  else if (command.money.minor > debt.outstanding.minor)
    issues.push(error('duty.overpaid', '/money', { due: debt.outstanding.minor, currency: debt.outstanding.currency }))
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'cash.received', money: command.money, payer: debt.payer }])
}

export type CloseFacts = { today: LegalDate; sum: Money; closed: boolean }
export type CloseEvent = { type: 'desk.closed'; sum: Money; counted: Money; difference: Money }

/** Counts against the receipts of the day; the difference is written down, whatever it is. */
export const decideClose = (command: Static<typeof CloseDesk>, { today, sum, closed }: CloseFacts): Decision<CloseEvent> => {
  const issues: Issue[] = []
  if (closed) issues.push(error('duty.desk_closed'))
  if (command.date > today) issues.push(error('duty.desk_date_ahead', '/date', { today }))
  if (command.counted.minor < 0) issues.push(error('duty.amount_not_positive', '/counted'))
  if (command.counted.currency !== sum.currency) issues.push(error('duty.currency_differs', '/counted/currency', { due: sum.currency }))
  if (issues.length > 0) return refused(...issues)
  return decided([
    { type: 'desk.closed', sum, counted: command.counted, difference: { minor: command.counted.minor - sum.minor, currency: sum.currency } },
  ])
}
