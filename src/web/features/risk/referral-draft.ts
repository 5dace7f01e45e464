/** A referral as its form holds it, and what is wrong with it. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import { referralKinds, type IssueReferral } from '#schema/risk'

export type ReferralDraft = { kind?: string; reference?: string; question?: string; hours?: string; previousId?: string }

const kindOf = (draft: ReferralDraft): IssueReferral['kind'] | undefined => referralKinds.find((k) => k === draft.kind)
const mostHours = 720

/** What is sent; an order not to load has no deadline. Asked only of a draft without issues. */
export const askOf = (draft: ReferralDraft): IssueReferral => {
  const kind = kindOf(draft) ?? 'RfI'
  return {
    kind,
    reference: draft.reference ?? '',
    question: draft.question?.trim() ?? '',
    ...(kind !== 'DNL' && draft.hours !== undefined && { hours: Number(draft.hours) }),
    ...(draft.previousId !== undefined && { previousId: draft.previousId }),
  }
}

export const referralIssues = (draft: ReferralDraft): Issue[] => [
  ...(kindOf(draft) ? [] : [error('form.required', '/kind')]),
  ...(/^[0-9A-Z]{18}$/.test(draft.reference ?? '') ? [] : [error('form.does_not_fit', '/reference')]),
  ...(draft.question?.trim() ? [] : [error('form.required', '/question')]),
  ...(draft.kind === 'DNL' || draft.hours === undefined || (/^[1-9]\d{0,2}$/.test(draft.hours) && Number(draft.hours) <= mostHours)
    ? []
    : [error('form.does_not_fit', '/hours')]),
]
