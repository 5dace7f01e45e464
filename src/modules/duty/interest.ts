/** Interest: simple, by day, at the rate of each day, exact until the last step. Pure. Law: UCC Art. 112(2) (credit), 114 (arrears). */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { error } from '#kernel/issue.ts'
import type { Money, Rounding } from '#kernel/money.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { validOn, type LegalDate } from '#kernel/time.ts'
import { addDays, days30, daysBetween } from './calendar.ts'
import type { Interest, InterestRate, Terms } from './schema.ts'

type DayCount = Terms['dayCount']
const yearOf: Record<DayCount, number> = { 'actual/360': 360, 'actual/365': 365, '30/360': 360 }
const daysOf = (dayCount: DayCount, from: LegalDate, until: LegalDate): number =>
  dayCount === '30/360' ? days30(from, until) : daysBetween(from, until)

export type InterestInput = {
  principal: Money
  /** first day that bears interest */ from: LegalDate
  /** last day that bears interest */ through: LegalDate
  kind: InterestRate['kind']
  rates: readonly InterestRate[]
  dayCount: DayCount
  rounding: Rounding
}

type Span = { from: LegalDate; through: LegalDate; percent: string }

/** Where each rate holds between two days; null for days without a rate. */
const spansOf = ({ from, through, kind, rates }: InterestInput): Span[] | null => {
  const spans: Span[] = []
  for (let day = from; day <= through;) {
    const rate = rates.find((r) => r.kind === kind && validOn(r, day))
    if (!rate) return null
    const last = rate.validTo && addDays(rate.validTo, -1) < through ? addDays(rate.validTo, -1) : through
    spans.push({ from: day, through: last, percent: rate.percent })
    day = addDays(last, 1)
  }
  return spans
}

/**
 * Interest on a principal from one day through another (both count), with its periods. Rounded once, at the end. An empty range bears
 * nothing. Refused with `duty.interest_rate_missing` when a day has no rate: that is for people to settle, never zero.
 */
export const interestOf = (input: InterestInput): Outcome<Interest> => {
  const { principal, dayCount, rounding } = input
  const spans = spansOf(input)
  if (!spans) return refuse(error('duty.interest_rate_missing', '', { kind: input.kind, from: input.from, through: input.through }))
  const periods = spans.map((s) => {
    const days = daysOf(dayCount, s.from, addDays(s.through, 1))
    const amount = decimal(principal.minor)
      .times(decimal(s.percent))
      .times(days)
      .div(100 * yearOf[dayCount])
    return { from: s.from, through: s.through, days, percent: s.percent, exact: amount }
  })
  const exact = periods.reduce((sum, p) => sum.plus(p.exact), new Decimal(0))
  const minor = exact.toDecimalPlaces(0, rounding === 'truncate' ? Decimal.ROUND_DOWN : Decimal.ROUND_HALF_UP).toNumber()
  return accept({
    money: { minor: minor + 0, currency: principal.currency },
    dayCount,
    periods: periods.map(({ exact: amount, ...p }) => ({ ...p, amount: amount.toDecimalPlaces(6).toString() })),
  })
}
