/** Refunds: what may be asked for, what drawback gives, who decides. Pure. Law: UCC Art. 116 to 121; drawback: WCO revised Kyoto Convention, annex F chapter 3. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Static } from 'typebox'
import { addDays, addMonths } from './calendar.ts'
import { isIban } from './iban.ts'
import type { DecideRefund, RefundKind, RefundReason, RequestRefund, ReExport, TaxAmount, Terms } from './schema.ts'

/** Which article a reason stands on, and for which kind it serves. */
export const reasons: Readonly<Record<RefundReason, { law: string; kinds: readonly RefundKind[] }>> = {
  overcharged: { law: 'UCC Art. 117', kinds: ['repayment', 'remission'] },
  defective_goods: { law: 'UCC Art. 118', kinds: ['repayment', 'remission'] },
  authority_error: { law: 'UCC Art. 119', kinds: ['repayment', 'remission'] },
  equity: { law: 'UCC Art. 120', kinds: ['repayment', 'remission'] },
  re_exported: { law: 'RKC annex F chapter 3', kinds: ['drawback'] },
  paid_twice: { law: 'UCC Art. 109', kinds: ['overpayment'] },
}

/** Drawback: the exported share of each duty, times what the law gives back of it; never rounded up. */
export const drawbackOf = (lines: readonly TaxAmount[], e: Pick<ReExport, 'importedQuantity' | 'exportedQuantity'>, percent: string): TaxAmount[] => {
  const share = decimal(e.exportedQuantity).div(decimal(e.importedQuantity)).times(decimal(percent)).div(100)
  return lines
    .map((l) => ({ tax: l.tax, minor: decimal(l.minor).times(share).toDecimalPlaces(0, Decimal.ROUND_DOWN).toNumber() }))
    .filter((l) => l.minor > 0)
}

export type RefundFacts = {
  today: LegalDate
  terms: Terms
  debt: null | {
    currency: string
    /** legal date on which the debt was notified */ chargedOn: LegalDate
    /** what stands collected by tax, refunds and other open applications taken off */ collected: Readonly<Record<string, number>>
    /** still outstanding by tax */ outstanding: Readonly<Record<string, number>>
    /** paid by hand too much */ credit: number
    /** of this item, in earlier drawbacks */ exportedBefore: string
  }
  /** does the account to refund to exist and belong to the debtor */ accountFits: boolean
}
export type RefundEvent = { type: 'refund.requested'; lines: TaxAmount[]; law: string; decideBy: LegalDate }

const sumOf = (lines: readonly TaxAmount[]): number => lines.reduce((sum, l) => sum + l.minor, 0)

const exportIssues = (c: RequestRefund, before: string, today: LegalDate): Issue[] => {
  if (c.kind !== 'drawback') return c.export ? [error('duty.refund_export_unused', '/export')] : []
  if (!c.export) return [error('duty.refund_export_missing', '/export')]
  const [imported, exported] = [decimal(c.export.importedQuantity), decimal(c.export.exportedQuantity)]
  const issues: Issue[] = []
  if (!imported.isPositive() || imported.isZero()) issues.push(error('duty.refund_quantity', '/export/importedQuantity'))
  if (!exported.isPositive() || exported.isZero()) issues.push(error('duty.refund_quantity', '/export/exportedQuantity'))
  else if (exported.plus(decimal(before)).greaterThan(imported))
    issues.push(error('duty.refund_exported_more', '/export/exportedQuantity', { before, imported: c.export.importedQuantity }))
  if (c.export.exportedOn > today) issues.push(error('duty.refund_export_ahead', '/export/exportedOn'))
  return issues
}

const amountIssues = (c: RequestRefund, f: NonNullable<RefundFacts['debt']>): Issue[] => {
  if (new Set(c.lines.map((l) => l.tax)).size < c.lines.length) return [error('duty.refund_tax_twice', '/lines')]
  if (c.kind === 'overpayment')
    return sumOf(c.lines) > f.credit ? [error('duty.refund_exceeds_paid', '/lines', { most: f.credit, currency: f.currency })] : []
  const most = c.kind === 'remission' ? f.outstanding : f.collected
  return c.lines.flatMap((l, at) =>
    l.minor > (most[l.tax] ?? 0) ? [error('duty.refund_exceeds_paid', `/lines/${at}/minor`, { most: most[l.tax] ?? 0, currency: f.currency })] : [],
  )
}

const destinationIssues = (c: RequestRefund, accountFits: boolean): Issue[] => {
  const { destination: d } = c
  if ((d.to === 'none') !== (c.kind === 'remission')) return [error('duty.refund_destination', '/destination')]
  if (d.to === 'account' && !accountFits) return [error('duty.refund_account', '/destination/account', { account: d.account })]
  return d.to === 'bank' && !isIban(d.iban) ? [error('duty.iban_wrong', '/destination/iban')] : []
}

export const decideRefundRequest = (c: RequestRefund, f: RefundFacts): Decision<RefundEvent> => {
  if (!f.debt) return refused(error('duty.debt_unknown', '/reference', { reference: c.reference }))
  const { law, kinds } = reasons[c.reason]
  const issues = [
    ...(kinds.includes(c.kind) ? [] : [error('duty.refund_reason', '/reason', { kind: c.kind })]),
    ...(addMonths(f.debt.chargedOn, 12 * f.terms.refundYears) < f.today
      ? [error('duty.refund_late', '/reference', { years: f.terms.refundYears })]
      : []),
    ...exportIssues(c, f.debt.exportedBefore, f.today),
    ...amountIssues(c, f.debt),
    ...destinationIssues(c, f.accountFits),
  ]
  if (issues.length > 0) return refused(...issues)
  const lines = c.kind === 'drawback' ? drawbackOf(c.lines, c.export!, f.terms.drawbackPercent) : c.lines
  if (lines.length === 0) return refused(error('duty.amount_not_positive', '/lines'))
  return decided([{ type: 'refund.requested', lines, law, decideBy: addDays(f.today, f.terms.decisionDays) }])
}

export type RefundState = {
  status: 'requested' | 'proposed' | 'approved' | 'paid' | 'refused'
  amountMinor: number
  requestedBy: string
  reviewedBy: string | null
}
export type DecisionFacts = { personId: string; mayReview: boolean; mayApprove: boolean; secondPersonMinor: number }
export type RefundDecided = { type: 'refund.proposed' } | { type: 'refund.approved' } | { type: 'refund.refused' }

/** Above the sum of the terms one person proposes and another approves; below it one decides. Nobody decides on an application of their own. */
export const decideRefund = (s: RefundState, c: Static<typeof DecideRefund>, f: DecisionFacts): Decision<RefundDecided> => {
  if (s.status !== 'requested' && s.status !== 'proposed') return refused(error('duty.refund_decided', '', { status: s.status }))
  if (f.personId === s.requestedBy) return refused(error('duty.second_person'))
  if (s.status === 'proposed') {
    if (f.personId === s.reviewedBy) return refused(error('duty.second_person'))
    if (!f.mayApprove) return refused(error('access.denied', '', { permission: 'duty:refund:approve' }))
    return decided([{ type: c.grant ? 'refund.approved' : 'refund.refused' }])
  }
  if (!f.mayReview && !f.mayApprove) return refused(error('access.denied', '', { permission: 'duty:refund:review' }))
  if (!c.grant) return decided([{ type: 'refund.refused' }])
  return decided([{ type: s.amountMinor > f.secondPersonMinor ? 'refund.proposed' : 'refund.approved' }])
}
