/** Setting a rate of exchange: it ends the one in force before it. Rates that decisions may have used are never changed. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { decimal } from '#kernel/decimal.ts'
import { error } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { SetRate } from './schema.ts'

export type RateFacts = {
  today: LegalDate
  administrationKnown: boolean
  currencyKnown: boolean
  /** rates in force at or after the new one's beginning */ existing: { validFrom: LegalDate; validTo: LegalDate | null }[]
}
export type RateEvent = { type: 'rate.set'; rate: SetRate; ends: LegalDate | null }

export const decideRate = (command: SetRate, facts: RateFacts): Decision<RateEvent> => {
  const issues = [
    ...(facts.administrationKnown ? [] : [error('reference.administration_unknown', '/administration')]),
    ...(facts.currencyKnown ? [] : [error('reference.currency_unknown', '/currency')]),
    ...(decimal(command.rate).gt(0) ? [] : [error('reference.rate_not_positive', '/rate')]),
    ...(command.validFrom > facts.today ? [] : [error('reference.rate_in_past', '/validFrom', { today: facts.today })]),
    ...(facts.existing.some((r) => r.validFrom >= command.validFrom) ? [error('reference.rate_later_exists', '/validFrom')] : []),
  ]
  if (issues.length > 0) return refused(...issues)
  return decided([{ type: 'rate.set', rate: command, ends: facts.existing.at(-1)?.validFrom ?? null }])
}
