/** Which guarantees may be opened. Pure. Law: UCC Art. 89 to 97, UCC-DA Art. 155 to 158. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { OpenGuarantee } from './schema.ts'

/** What an authorisation leaves of the reference amount: none of it waived, or reduced to 50, 30 or 0 % (UCC Art. 95(2)). */
const levels = [100, 50, 30, 0]

export type GuaranteeFacts = { today: LegalDate; currency: string; exists: boolean }

export const decideGuarantee = (g: OpenGuarantee, f: GuaranteeFacts): Decision<{ type: 'guarantee.opened'; code: string }> => {
  const issues: Issue[] = []
  if (f.exists) issues.push(error('duty.guarantee_exists', '/code', { code: g.code }))
  if (g.referenceAmount.minor <= 0) issues.push(error('duty.amount_not_positive', '/referenceAmount'))
  if (g.referenceAmount.currency !== f.currency) issues.push(error('duty.currency_differs', '/referenceAmount/currency', { due: f.currency }))
  if (!levels.includes(g.levelPercent) || (g.kind === 'individual' && g.levelPercent !== 100))
    issues.push(error('duty.guarantee_level', '/levelPercent'))
  if (g.validTo && (g.validTo <= g.validFrom || g.validTo <= f.today)) issues.push(error('duty.guarantee_dates', '/validTo'))
  if (g.validFrom > f.today) issues.push(error('duty.guarantee_dates', '/validFrom'))
  if ((g.kind === 'individual') !== (g.onlyFor !== undefined)) issues.push(error('duty.guarantee_operation', '/onlyFor', { kind: g.kind }))
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'guarantee.opened', code: g.code }])
}
