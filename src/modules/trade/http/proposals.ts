/** Routes of the change of the tariff: draft, see the difference and the effect, submit; a second person activates, sends back or withdraws. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { inTransaction } from '#platform/database.ts'
import { route, type Context, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf, windowOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { home } from '#schema/reference'
import { checkChanges } from '../change/check.ts'
import { applied, countDifferences, differenceOf, indexOf, orphansOf } from '../change/difference.ts'
import { proposalTransitions } from '../change/proposal.ts'
import {
  Change,
  Difference,
  DifferenceCounts,
  EditChanges,
  Effect,
  EffectDeclaration,
  NewProposal,
  Proposal,
  proposalStatuses,
  WithRemark,
  type Proposal as ProposalRow,
} from '../schema.ts'
import { createTariff } from '../snapshot.ts'
import { wantEffect } from '../service/effect.ts'
import { activateProposal, draftProposal, editProposal, remarkOnProposal, reverseProposal, submitProposal, type Asking } from '../service/proposal.ts'
import { effectSortable, findEffect, listEffect } from '../store/effect.ts'
import { loadRows } from '../store/load.ts'
import { findProposal, listProposals, proposalSortable, readChanges } from '../store/proposal.ts'

const tag = 'tariff changes'
const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) }, { additionalProperties: false })
const closed = { additionalProperties: false } as const

type At = Pick<Context<undefined, undefined, unknown>, 'principal' | 'key' | 'now'>
const asking = (x: At): Asking => ({ principal: x.principal, key: x.key, at: x.now })

/** What this person may do with it now: the buttons of its page. */
const commandsFor = (p: ProposalRow, x: At): string[] =>
  Object.entries(proposalTransitions).flatMap(([name, t]) => {
    const own = p.authors.some((a) => a.personId === x.principal.personId)
    if (!(t.from as readonly string[]).includes(p.status) || !x.principal.permissions.has(t.permission)) return []
    return name === 'proposal.activate' && own ? [] : [name]
  })

const ProposalView = Type.Object({ ...Proposal.properties, commands: Type.Array(Type.String()) }, { ...closed, title: 'TariffProposalView' })

const differences = async (deps: Deps, p: ProposalRow): Promise<Difference[]> => {
  const changes = await readChanges(deps.sql, p.id)
  const rows = await loadRows(deps.sql, p.version === undefined ? {} : { version: p.version - 1 })
  const index = indexOf(rows)
  const bare = changes.map((c) => c.change)
  return [...changes.map((c) => differenceOf(index, c.change, c.number)), ...orphansOf(index, applied(rows, bare), bare)]
}

const withProposal = async <T>(deps: Deps, id: string, then: (p: ProposalRow) => Promise<T>): Promise<Outcome<T>> => {
  const p = await findProposal(deps.sql, id)
  return p ? accept(await then(p)) : refuse(error('trade.proposal_unknown'))
}

const reading = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/trade/proposals',
    permission: 'trade:tariff:read',
    summary: 'Proposed changes of the tariff',
    tag,
    query: listQuery(proposalSortable, {
      q: Type.Optional(Type.String({ maxLength: 100 })),
      status: Type.Optional(Type.Enum([...proposalStatuses])),
      administration: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    }),
    out: pageOf(Proposal),
    handler: async ({ query }) =>
      answerList(query, await listProposals(deps.sql, query), 'tariff-changes', [
        'title',
        'status',
        'kind',
        'administration',
        'effectiveFrom',
        'changeCount',
        'createdAt',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/trade/proposals/:id',
    permission: 'trade:tariff:read',
    summary: 'One proposal, with what may be done with it',
    tag,
    params: Id,
    out: ProposalView,
    handler: (x) => withProposal(deps, x.params.id, async (p) => ({ ...p, commands: commandsFor(p, x) })),
  }),
  route({
    method: 'GET',
    path: '/api/trade/proposals/:id/changes',
    permission: 'trade:tariff:read',
    summary: 'The changes of a proposal as they were entered',
    tag,
    params: Id,
    query: listQuery(['number'], {}),
    out: pageOf(Type.Object({ number: Type.Integer(), change: Change }, closed)),
    handler: ({ params, query }) =>
      withProposal(deps, params.id, async () => {
        const all = await readChanges(deps.sql, params.id)
        const { limit, offset } = windowOf(query)
        return { rows: all.slice(offset, offset + limit), total: all.length, page: query.page, size: query.size }
      }),
  }),
  route({
    method: 'GET',
    path: '/api/trade/proposals/:id/difference',
    permission: 'trade:tariff:read',
    summary: 'What a proposal changes, record by record: added, changed, ended, removed, orphaned',
    tag,
    params: Id,
    query: listQuery(['key'], { kind: Type.Optional(Difference.properties.kind), what: Type.Optional(Difference.properties.what) }),
    out: Type.Object({ ...pageOf(Difference).properties, counts: DifferenceCounts }, closed),
    handler: ({ params, query }) =>
      withProposal(deps, params.id, async (p) => {
        const all = await differences(deps, p)
        const asked = all.filter((d) => (!query.kind || d.kind === query.kind) && (!query.what || d.what === query.what))
        const { limit, offset } = windowOf(query)
        return { rows: asked.slice(offset, offset + limit), total: asked.length, page: query.page, size: query.size, counts: countDifferences(all) }
      }),
  }),
  route({
    method: 'GET',
    path: '/api/trade/proposals/:id/effect',
    permission: 'trade:tariff:read',
    summary: 'What a proposal does to duty: number of declarations and revenue before and after, by code and tax type; progress while it is computed',
    tag,
    params: Id,
    out: Effect,
    handler: ({ params }) => withProposal(deps, params.id, () => findEffect(deps.sql, params.id)),
  }),
  route({
    method: 'GET',
    path: '/api/trade/proposals/:id/effect/declarations',
    permission: 'trade:tariff:read',
    summary: 'Declarations whose duty comes out otherwise: at their own dates (retroactive) or if they came again (forecast)',
    tag,
    params: Id,
    query: listQuery(effectSortable, { view: Type.Optional(Type.Enum(['forecast', 'retroactive'])) }),
    out: pageOf(EffectDeclaration),
    handler: async ({ params, query }) =>
      answerList(query, await listEffect(deps.sql, params.id, query), 'tariff-effect', ['mrn', 'lawDate', 'beforeMinor', 'afterMinor', 'currency']),
  }),
]

/** What a change would be refused for and what it would make different, before it is kept: for an editor that tells while one types. */
const looking = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/check',
    permission: 'trade:tariff:propose',
    summary: 'Look at changes without keeping them: what is wrong with them, what they would make different',
    tag,
    command: false,
    params: Id,
    body: Type.Object({ put: Type.Array(Change, { maxItems: 200 }) }, closed),
    out: Type.Object({ issues: Type.Array(Type.Unknown()), differences: Type.Array(Difference) }, closed),
    handler: ({ params, body }) =>
      withProposal(deps, params.id, async () => {
        const rows = await loadRows(deps.sql)
        const index = indexOf(rows)
        const among = (await readChanges(deps.sql, params.id)).map((c) => c.change)
        return { issues: checkChanges(createTariff(rows), index, body.put, { among }), differences: body.put.map((c) => differenceOf(index, c)) }
      }),
  }),
]

const commands = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/trade/proposals',
    permission: 'trade:tariff:propose',
    summary: 'Begin a proposal',
    tag,
    body: NewProposal,
    out: Proposal,
    successStatus: 201,
    handler: (x) => draftProposal(deps, asking(x), { ...x.body, administration: x.body.administration ?? home, kind: 'officer' }),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/changes',
    permission: 'trade:tariff:propose',
    summary: 'Add changes to a draft, or leave some out; a change of the same record takes the place of the one before',
    tag,
    params: Id,
    body: EditChanges,
    out: Proposal,
    handler: (x) => editProposal(deps, asking(x), x.params.id, x.body),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/submit',
    permission: 'trade:tariff:propose',
    summary: 'Hand a draft to the second person; its effect is computed',
    tag,
    params: Id,
    out: Proposal,
    handler: (x) => submitProposal(deps, asking(x), x.params.id),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/activate',
    permission: 'trade:tariff:activate',
    summary: 'Put a proposal into force; never by one of its authors',
    tag,
    params: Id,
    out: Proposal,
    handler: (x) => activateProposal(deps, asking(x), x.params.id),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/send-back',
    permission: 'trade:tariff:activate',
    summary: 'Send a proposal back to its authors',
    tag,
    params: Id,
    body: WithRemark,
    out: Proposal,
    handler: (x) => remarkOnProposal(deps, asking(x), x.params.id, 'proposal.send-back', x.body.remark),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/withdraw',
    permission: 'trade:tariff:propose',
    summary: 'Withdraw a proposal that is not in force',
    tag,
    params: Id,
    body: WithRemark,
    out: Proposal,
    handler: (x) => remarkOnProposal(deps, asking(x), x.params.id, 'proposal.withdraw', x.body.remark),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/reverse',
    permission: 'trade:tariff:propose',
    summary: 'Draft the proposal that takes an activated one back',
    tag,
    params: Id,
    body: WithRemark,
    out: Proposal,
    successStatus: 201,
    handler: (x) => reverseProposal(deps, asking(x), x.params.id, x.body.remark),
  }),
  route({
    method: 'POST',
    path: '/api/trade/proposals/:id/effect',
    permission: 'trade:tariff:propose',
    summary: 'Compute the effect anew',
    tag,
    command: false,
    params: Id,
    out: Effect,
    handler: (x) =>
      withProposal(deps, x.params.id, async () => {
        await inTransaction(deps.sql, (tx) => wantEffect(tx, x.params.id, x.now))
        return findEffect(deps.sql, x.params.id)
      }),
  }),
]

export const proposalRoutes = (deps: Deps): Route[] => [...reading(deps), ...looking(deps), ...commands(deps)]
