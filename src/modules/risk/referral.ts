/** The life of a referral: issued → answered → resolved, or expired; the order not to load is only lifted, by a person. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { later, type Instant } from '#kernel/time.ts'
import type { Person } from './schema/profile.ts'
import { referralTransitions, type IssueReferral, type Referral } from './schema/referral.ts'

export type ReferralCommand =
  | { name: 'issue'; id: string; ask: IssueReferral; subject: Referral['subject']; recipient: string; office: string; agency: string }
  | { name: 'answer'; text: string }
  | { name: 'resolve'; conclusion: string }
  | { name: 'lift'; conclusion: string }
  | { name: 'expire' }

/** `represents`: registrations that the person stands for · `previous`: the referral that a new one follows */
export type ReferralFacts = {
  at: Instant
  by: Person & { agency: string; permissions: readonly string[] }
  represents: readonly string[]
  previous: Referral | null
}

export type ReferralEvent =
  | { type: 'referral.issued'; referral: Referral }
  | { type: 'referral.answered'; at: Instant; by: string; text: string }
  | { type: 'referral.closed'; as: 'resolved' | 'lifted'; at: Instant; by: Person; conclusion: string }
  | { type: 'referral.expired'; at: Instant }

const usualHours = 72

const issued = (c: Extract<ReferralCommand, { name: 'issue' }>, f: ReferralFacts): Decision<ReferralEvent> => {
  const { kind, reference, question, hours, previousId } = c.ask
  if (previousId !== undefined && f.previous?.reference !== reference) return refused(error('risk.referral_unknown', '/previousId'))
  const { personId, name } = f.by
  const referral: Referral = {
    id: c.id,
    kind,
    status: 'issued',
    subject: c.subject,
    reference,
    recipient: c.recipient,
    office: c.office,
    agency: c.agency,
    question,
    issuedBy: { personId, name },
    issuedAt: f.at,
    deadlineAt: kind === 'DNL' ? null : later(f.at, (hours ?? usualHours) * 3_600_000),
    previousId: previousId ?? null,
    answers: [],
    closedBy: null,
    closedAt: null,
    conclusion: null,
  }
  return decided([{ type: 'referral.issued', referral }])
}

const guard = (r: Referral, command: Exclude<ReferralCommand, { name: 'issue' }>, f: ReferralFacts): Issue[] => {
  const step = referralTransitions[r.status][command.name]
  const fits = r.kind === 'DNL' ? command.name === 'lift' : command.name !== 'lift'
  if (!step || !fits) return [error('risk.referral_not_possible_now', '', { command: command.name, kind: r.kind, status: r.status })]
  if (step.permission !== 'system' && !f.by.permissions.includes(step.permission))
    return [error('access.denied', '', { permission: step.permission })]
  if (command.name === 'answer' && !f.represents.includes(r.recipient)) return [error('risk.referral_unknown', '/id')]
  if ((command.name === 'resolve' || command.name === 'lift') && f.by.agency !== r.agency) return [error('risk.referral_foreign')]
  // Who ordered it does not take it back alone.
  if (command.name === 'lift' && f.by.personId === r.issuedBy.personId) return [error('risk.second_person_needed')]
  return []
}

export const decideReferral = (r: Referral | null, command: ReferralCommand, f: ReferralFacts): Decision<ReferralEvent> => {
  if (command.name === 'issue') return issued(command, f)
  if (!r) return refused(error('risk.referral_unknown', '/id'))
  const issues = guard(r, command, f)
  if (issues.length > 0) return refused(...issues)
  const { at } = f
  const { personId, name } = f.by
  switch (command.name) {
    case 'answer':
      return decided([{ type: 'referral.answered', at, by: name, text: command.text }])
    case 'resolve':
    case 'lift':
      return decided([
        { type: 'referral.closed', as: command.name === 'lift' ? 'lifted' : 'resolved', at, by: { personId, name }, conclusion: command.conclusion },
      ])
    case 'expire':
      return decided([{ type: 'referral.expired', at }])
  }
}

export const evolveReferral = (r: Referral | null, e: ReferralEvent): Referral => {
  if (e.type === 'referral.issued') return e.referral
  if (!r) throw new Error(`${e.type} of a referral that was never issued`)
  if (e.type === 'referral.answered') return { ...r, status: 'answered', answers: [...r.answers, { by: e.by, at: e.at, text: e.text }] }
  if (e.type === 'referral.expired') return { ...r, status: 'expired' }
  return { ...r, status: e.as, closedBy: e.by, closedAt: e.at, conclusion: e.conclusion }
}
