/** What the administration laid down: terms and rates of interest, by date. */
import type { Reader, Tx } from '#platform/database.ts'
import type { InterestRate, Terms } from '../schema.ts'

/** Where nothing was laid down: the days of the UCC, and two persons for everything. */
const otherwise: Terms = {
  paymentDays: 10,
  reminderDays: 10,
  graceDays: 10,
  decisionDays: 120,
  refundYears: 3,
  interestMinimumMinor: 1_000,
  secondPersonMinor: 0,
  drawbackPercent: '100',
  dayCount: 'actual/365',
}

type TermsSql = {
  payment_days: number
  reminder_days: number
  grace_days: number
  decision_days: number
  refund_years: number
  interest_minimum_minor: number
  second_person_minor: number
  drawback_percent: string
  day_count: Terms['dayCount']
}

export const readTerms = async (db: Reader, administration: string, date: string): Promise<Terms> => {
  const [r] = await db<TermsSql[]>`
    select payment_days, reminder_days, grace_days, decision_days, refund_years, interest_minimum_minor, second_person_minor, drawback_percent, day_count
    from duty.terms where administration = ${administration} and valid_from <= ${date} and (valid_to is null or valid_to > ${date}) order by valid_from desc limit 1`
  if (!r) return otherwise
  return {
    paymentDays: r.payment_days,
    reminderDays: r.reminder_days,
    graceDays: r.grace_days,
    decisionDays: r.decision_days,
    refundYears: r.refund_years,
    interestMinimumMinor: r.interest_minimum_minor,
    secondPersonMinor: r.second_person_minor,
    drawbackPercent: String(Number(r.drawback_percent)),
    dayCount: r.day_count,
  }
}

export const saveTerms = async (tx: Tx, administration: string, validFrom: string, t: Terms): Promise<void> => {
  await tx`
    insert into duty.terms (administration, valid_from, payment_days, reminder_days, grace_days, decision_days, refund_years, interest_minimum_minor, second_person_minor, drawback_percent, day_count)
    values (${administration}, ${validFrom}, ${t.paymentDays}, ${t.reminderDays}, ${t.graceDays}, ${t.decisionDays}, ${t.refundYears}, ${t.interestMinimumMinor}, ${t.secondPersonMinor},
      ${t.drawbackPercent}::text::numeric, ${t.dayCount})
    on conflict do nothing`
}

type RateSql = { kind: InterestRate['kind']; percent: string; source: string; valid_from: string; valid_to: string | null }

/** All rates of an administration, the oldest first. */
export const readRates = async (db: Reader, administration: string): Promise<InterestRate[]> => {
  const rows = await db<RateSql[]>`
    select kind, trim_scale(percent)::text as percent, source, valid_from, valid_to from duty.interest_rate where administration = ${administration} order by kind, valid_from`
  return rows.map((r) => ({
    kind: r.kind,
    percent: r.percent,
    source: r.source,
    validFrom: r.valid_from,
    ...(r.valid_to !== null && { validTo: r.valid_to }),
  }))
}

/** A new rate ends the one before it. */
export const saveRate = async (tx: Tx, administration: string, rate: InterestRate): Promise<void> => {
  await tx`
    update duty.interest_rate set valid_to = ${rate.validFrom}
    where administration = ${administration} and kind = ${rate.kind} and valid_from < ${rate.validFrom} and (valid_to is null or valid_to > ${rate.validFrom})`
  await tx`
    insert into duty.interest_rate (administration, kind, percent, source, valid_from)
    values (${administration}, ${rate.kind}, ${rate.percent}::text::numeric, ${rate.source}, ${rate.validFrom})`
}
