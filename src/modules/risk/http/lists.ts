/** Routes of named lists, of rates and capacities, and of what waits for a second person. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { mayReadOf } from '../access.ts'
import { ListRow, ListVersion, ProposalAsk, proposalStatuses, RiskProposal, SettingRow } from '../schema/proposal.ts'
import { readerOf, type Risk } from '../service/live.ts'
import { decideProposal, propose } from '../service/proposals.ts'
import { currentLists, listProposals, listVersions, sortableProposals, type StoredList } from '../store/lists.ts'
import { activeVersions } from '../store/profiles.ts'
import { noteReading } from '../store/readings.ts'
import { readSettings } from '../store/settings.ts'
import { agencySeen, closed, Id, tag } from './shared.ts'

const rowOf = (l: StoredList, usedBy: string[]): ListRow => ({ ...l, entries: l.entries.length, usedBy })

const usersOf = async (r: Risk): Promise<(name: string) => string[]> => {
  const active = await activeVersions(r.deps.sql)
  return (name) => active.filter((v) => v.content.lists.includes(name)).map((v) => v.code)
}

const lists = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/lists',
    permission: 'risk:profile:read',
    summary: 'Named lists of your agency',
    tag,
    out: Type.Array(ListRow),
    handler: async ({ principal }) => {
      const [agency, users] = [agencySeen(principal), await usersOf(r)]
      return (await currentLists(r.deps.sql)).filter((l) => agency === null || l.agency === agency).map((l) => rowOf(l, users(l.name)))
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/lists/:name',
    permission: 'risk:profile:read',
    summary: 'One list with its entries and versions',
    tag,
    params: Type.Object({ name: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }) }),
    out: ListVersion,
    handler: async ({ params, principal, now }) => {
      const versions = await listVersions(r.deps.sql, params.name)
      const [newest] = versions
      if (!newest || !mayReadOf(readerOf(principal), newest.agency)) return refuse(error('risk.list_unknown_name', '/name', params))
      await noteReading(r.deps.sql, { personId: principal.personId, name: principal.name, kind: 'list', subject: params.name, at: now })
      return {
        ...rowOf(newest, (await usersOf(r))(newest.name)),
        values: newest.entries,
        versions: versions.map(({ number, entries, author, approver, createdAt }) => ({
          number,
          entries: entries.length,
          author,
          approver,
          createdAt,
        })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/settings',
    permission: 'risk:profile:read',
    summary: 'Rates and capacity, of administrations (office empty) and of single offices',
    tag,
    out: Type.Array(SettingRow),
    handler: () => readSettings(r.deps.sql),
  }),
]

const remark = Type.Object({ remark: Type.String({ maxLength: 2000 }) }, closed)

const proposals = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/proposals',
    permission: 'risk:profile:read',
    summary: 'Changes of lists, rates and models that were proposed, and what became of them',
    tag,
    query: listQuery(sortableProposals, {
      kind: Type.Optional(RiskProposal.properties.kind),
      status: Type.Optional(Type.Enum([...proposalStatuses])),
    }),
    out: pageOf(RiskProposal),
    handler: async ({ query, principal }) =>
      answerList(query, await listProposals(r.deps.sql, agencySeen(principal), query), 'proposals', [
        'id',
        'kind',
        'subject',
        'status',
        'createdAt',
        'decidedAt',
      ]),
  }),
  route({
    method: 'POST',
    path: '/api/risk/proposals',
    permission: 'risk:proposal:make',
    summary: 'Propose a list, rates and capacity, or the place of a model; another person must approve it',
    tag,
    body: ProposalAsk,
    out: RiskProposal,
    successStatus: 201,
    handler: (x) => propose(r, askingOf(x), x.body),
  }),
  ...(['approve', 'reject', 'withdraw'] as const).map((name) =>
    route({
      method: 'POST',
      path: `/api/risk/proposals/:id/${name}`,
      permission: name === 'withdraw' ? 'risk:proposal:make' : 'risk:proposal:approve',
      summary: `Proposal: ${name}`,
      tag,
      params: Id,
      body: remark,
      out: RiskProposal,
      handler: (x) => decideProposal(r, askingOf(x), x.params.id, { name, remark: x.body.remark }),
    }),
  ),
]

export const listRoutes = (r: Risk): Route[] => [...lists(r), ...proposals(r)]
