/** Recovery: what may be done with a demand, and who may give one up. Pure. Law: UCC Art. 105, 108, 109, 113. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Money } from '#kernel/money.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { ClaimStage, Terms } from './schema.ts'

export type ClaimState = { stage: ClaimStage; dueOn: LegalDate; outstanding: Money; proposedBy: string | null }
export type ClaimCommand =
  | { name: 'remind' }
  | { name: 'enforce' }
  | { name: 'set-off'; money: Money; available: Money | null }
  | { name: 'give-up'; kind: 'write_off' | 'remission' }
  | { name: 'decline-giving-up' }
export type ClaimFacts = { today: LegalDate; terms: Terms; personId: string; mayGiveUp: boolean }
export type ClaimEvent =
  | { type: 'claim.reminded' }
  | { type: 'claim.enforced' }
  | { type: 'claim.set-off'; money: Money }
  | { type: 'claim.giving-up-proposed' }
  | { type: 'claim.given-up'; kind: 'write_off' | 'remission' }
  | { type: 'claim.giving-up-declined' }

/** stage → what may be done: the guard of the server and the buttons of the screen. */
export const claimActions: Readonly<Record<ClaimStage, readonly ClaimCommand['name'][]>> = {
  demanded: ['remind', 'set-off', 'give-up', 'decline-giving-up'],
  reminded: ['remind', 'enforce', 'set-off', 'give-up', 'decline-giving-up'],
  enforcement: ['set-off', 'give-up', 'decline-giving-up'],
  closed: [],
}

const setOffIssues = (s: ClaimState, money: Money, available: Money | null): Issue[] => {
  if (!available) return [error('duty.account_not_found', '/account', { code: '' })]
  if (money.currency !== s.outstanding.currency || available.currency !== money.currency)
    return [error('duty.currency_differs', '/money/currency', { due: s.outstanding.currency })]
  if (money.minor <= 0) return [error('duty.amount_not_positive', '/money')]
  if (money.minor > s.outstanding.minor) return [error('duty.overpaid', '/money', { due: s.outstanding.minor, currency: money.currency })]
  return money.minor > available.minor ? [error('duty.credit_short', '/money', { available: available.minor, currency: money.currency })] : []
}

/** Giving up takes two persons, whatever the sum: the second must have the authority (Terms name the sum only for refunds). */
const giveUp = (s: ClaimState, kind: 'write_off' | 'remission', f: ClaimFacts): Decision<ClaimEvent> => {
  if (s.proposedBy === null) return decided([{ type: 'claim.giving-up-proposed' }])
  if (s.proposedBy === f.personId) return refused(error('duty.second_person'))
  if (!f.mayGiveUp) return refused(error('access.denied', '', { permission: 'duty:claim:give-up' }))
  return decided([{ type: 'claim.given-up', kind }])
}

export const decideClaim = (s: ClaimState, c: ClaimCommand, f: ClaimFacts): Decision<ClaimEvent> => {
  if (!claimActions[s.stage].includes(c.name)) return refused(error('duty.claim_stage', '', { stage: s.stage }))
  if (c.name === 'set-off') {
    const issues = setOffIssues(s, c.money, c.available)
    return issues.length > 0 ? refused(...issues) : decided([{ type: 'claim.set-off', money: c.money }])
  }
  if (c.name === 'give-up') return giveUp(s, c.kind, f)
  if (c.name === 'decline-giving-up')
    return s.proposedBy === null ? refused(error('duty.claim_no_proposal')) : decided([{ type: 'claim.giving-up-declined' }])
  if (f.today <= s.dueOn) return refused(error('duty.claim_not_overdue', '', { dueOn: s.dueOn }))
  return decided([{ type: c.name === 'remind' ? 'claim.reminded' : 'claim.enforced' }])
}
