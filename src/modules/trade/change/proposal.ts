/** The life of a proposal: draft → proposed → activated by another person, or withdrawn; sent back it is a draft again. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Proposal, ProposalPerson } from '../schema.ts'

export type ProposalCommand =
  | {
      type: 'proposal.draft'
      administration: string
      kind: Proposal['kind']
      title: string
      reason: string
      effectiveFrom: string
      reverses?: string
    }
  | { type: 'proposal.edit' }
  | { type: 'proposal.submit' }
  | { type: 'proposal.activate' }
  | { type: 'proposal.send-back'; remark: string }
  | { type: 'proposal.withdraw'; remark: string }

/** `changes`: how many it has after the command · `issues`: what is wrong with them against the tariff of now · `stale`: records that others changed meanwhile */
export type ProposalFacts = {
  id: string
  at: string
  by: ProposalPerson
  changes: number
  issues: Issue[]
  stale: string[]
  version?: number
  hash?: string
}

export type ProposalEvent =
  | { type: 'proposal.drafted'; proposal: Proposal }
  | { type: 'proposal.edited'; by: ProposalPerson; changes: number; hash?: string }
  | { type: 'proposal.submitted'; at: string; by: ProposalPerson; changes: number }
  | { type: 'proposal.activated'; at: string; by: ProposalPerson; version: number }
  | { type: 'proposal.sent-back'; at: string; by: ProposalPerson; remark: string }
  | { type: 'proposal.withdrawn'; at: string; by: ProposalPerson; remark: string }

/** What may be done in which state, and which permission it takes: guard, buttons and tests read it. */
export const proposalTransitions = {
  'proposal.edit': { from: ['draft'], permission: 'trade:tariff:propose' },
  'proposal.submit': { from: ['draft'], permission: 'trade:tariff:propose' },
  'proposal.withdraw': { from: ['draft', 'proposed'], permission: 'trade:tariff:propose' },
  'proposal.send-back': { from: ['proposed'], permission: 'trade:tariff:activate' },
  'proposal.activate': { from: ['proposed'], permission: 'trade:tariff:activate' },
} as const

const draft = (c: Extract<ProposalCommand, { type: 'proposal.draft' }>, f: ProposalFacts): Decision<ProposalEvent> => {
  const { type: _type, ...content } = c
  return decided([
    {
      type: 'proposal.drafted',
      proposal: {
        id: f.id,
        status: 'draft',
        ...content,
        authors: [f.by],
        changeCount: f.changes,
        createdAt: f.at,
        ...(f.hash && { changesHash: f.hash }),
      },
    },
  ])
}

const activate = (p: Proposal, f: ProposalFacts): Decision<ProposalEvent> => {
  const issues = f.issues.filter((i) => i.severity === 'error')
  if (p.authors.some((a) => a.personId === f.by.personId)) issues.push(error('trade.proposal_own'))
  if (f.stale.length > 0) issues.push(error('trade.proposal_stale', '/changes', { keys: f.stale.slice(0, 5).join(', '), count: f.stale.length }))
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'proposal.activated', at: f.at, by: f.by, version: f.version! }])
}

const submit = (f: ProposalFacts): Decision<ProposalEvent> => {
  const issues = f.issues.filter((i) => i.severity === 'error')
  if (f.changes === 0) issues.push(error('trade.proposal_empty', '/changes'))
  return issues.length > 0 ? refused(...issues) : decided([{ type: 'proposal.submitted', at: f.at, by: f.by, changes: f.changes }], f.issues)
}

export const decideProposal = (p: Proposal | null, c: ProposalCommand, f: ProposalFacts): Decision<ProposalEvent> => {
  if (c.type === 'proposal.draft') return draft(c, f)
  if (!p) return refused(error('trade.proposal_unknown'))
  if (!(proposalTransitions[c.type].from as readonly string[]).includes(p.status))
    return refused(error('trade.proposal_not_possible_now', '', { status: p.status, command: c.type }))
  switch (c.type) {
    case 'proposal.edit': {
      const wrong = f.issues.filter((i) => i.severity === 'error')
      return wrong.length > 0
        ? refused(...f.issues)
        : decided([{ type: 'proposal.edited', by: f.by, changes: f.changes, ...(f.hash && { hash: f.hash }) }], f.issues)
    }
    case 'proposal.submit':
      return submit(f)
    case 'proposal.activate':
      return activate(p, f)
    case 'proposal.send-back':
      return decided([{ type: 'proposal.sent-back', at: f.at, by: f.by, remark: c.remark }])
    case 'proposal.withdraw':
      return decided([{ type: 'proposal.withdrawn', at: f.at, by: f.by, remark: c.remark }])
  }
}

const withAuthor = (p: Proposal, by: ProposalPerson): ProposalPerson[] =>
  p.authors.some((a) => a.personId === by.personId) ? p.authors : [...p.authors, by]

export const evolveProposal = (p: Proposal | null, e: ProposalEvent): Proposal | null => {
  if (e.type === 'proposal.drafted') return e.proposal
  if (!p) return p
  switch (e.type) {
    case 'proposal.edited':
      return { ...p, authors: withAuthor(p, e.by), changeCount: e.changes, ...(e.hash && { changesHash: e.hash }) }
    case 'proposal.submitted':
      return { ...p, status: 'proposed', authors: withAuthor(p, e.by), proposedAt: e.at, changeCount: e.changes }
    case 'proposal.activated':
      return { ...p, status: 'activated', decidedAt: e.at, decidedBy: e.by, version: e.version }
    case 'proposal.sent-back':
      return { ...p, status: 'draft', remark: e.remark }
    case 'proposal.withdrawn':
      return { ...p, status: 'withdrawn', decidedAt: e.at, decidedBy: e.by, remark: e.remark }
  }
}
