/** A change of lists, rates or models: proposed by one person, approved or rejected by another, withdrawn by the first. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import type { Person } from './schema/profile.ts'
import type { ProposalAsk, RiskProposal } from './schema/proposal.ts'

export type ProposalCommand =
  | { name: 'submit'; id: string; agency: string; ask: ProposalAsk }
  | { name: 'approve'; remark: string }
  | { name: 'reject'; remark: string }
  | { name: 'withdraw'; remark: string }

export type ProposalEvent =
  | { type: 'risk-proposal.submitted'; proposal: RiskProposal }
  | { type: 'risk-proposal.decided'; as: 'approved' | 'rejected' | 'withdrawn'; at: string; by: Person; remark: string }

/** What the proposal is about: a list's name, a setting's place, a model's hash. */
const subjectOf = (ask: ProposalAsk): string =>
  ask.kind === 'list' ? ask.content.name : ask.kind === 'setting' ? `${ask.content.administration}/${ask.content.office}` : ask.content.hash

const submitted = (c: Extract<ProposalCommand, { name: 'submit' }>, at: string, by: Person): RiskProposal => ({
  id: c.id,
  kind: c.ask.kind,
  subject: subjectOf(c.ask),
  agency: c.agency,
  content: c.ask.content,
  reason: c.ask.reason,
  status: 'submitted',
  author: by,
  decidedBy: null,
  remark: null,
  createdAt: at,
  decidedAt: null,
})

const outcomes = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const

export const decideRiskProposal = (p: RiskProposal | null, command: ProposalCommand, facts: { at: string; by: Person }): Decision<ProposalEvent> => {
  const { at, by } = facts
  if (command.name === 'submit') return decided([{ type: 'risk-proposal.submitted', proposal: submitted(command, at, by) }])
  if (!p) return refused(error('risk.proposal_unknown', '/id'))
  if (p.status !== 'submitted') return refused(error('risk.proposal_decided', '', { status: p.status }))
  const own = p.author.personId === by.personId
  if (command.name === 'withdraw' && !own) return refused(error('risk.proposal_foreign'))
  if (command.name !== 'withdraw' && own) return refused(error('risk.second_person_needed'))
  if (command.name === 'reject' && command.remark.trim() === '') return refused(error('risk.reason_missing', '/remark'))
  return decided([{ type: 'risk-proposal.decided', as: outcomes[command.name], at, by, remark: command.remark }])
}

export const evolveRiskProposal = (p: RiskProposal | null, e: ProposalEvent): RiskProposal => {
  if (e.type === 'risk-proposal.submitted') return e.proposal
  if (!p) throw new Error(`${e.type} of a proposal that was never made`)
  return { ...p, status: e.as, decidedBy: e.by, decidedAt: e.at, remark: e.remark || null }
}
