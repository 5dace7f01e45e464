/** Routes of decisions and alarms. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { chosenBy, DecisionReplay, DecisionRow, DecisionView, Lane } from '../schema.ts'
import { replayDecision, rowFor, viewFor } from '../service/decisions.ts'
import { readerOf, type Risk } from '../service/live.ts'
import { noteReading } from '../store/readings.ts'
import { findDecision, listDecisions, sortableDecisions } from '../store/read-decisions.ts'
import { tag } from './shared.ts'

const read = 'risk:decision:read' as const
const By = Type.Object({ id: Type.String({ pattern: `${uuidPattern}|^[0-9A-Z]{18}$`, description: 'identifier of the subject, or MRN' }) })
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const decisionRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/decisions',
    permission: read,
    summary: 'Selections as they were made, newest first',
    tag,
    query: listQuery(sortableDecisions, {
      q: Type.Optional(Type.String({ maxLength: 70, description: 'MRN or importer' })),
      lane: Type.Optional(Lane),
      office: Type.Optional(Type.String({ maxLength: 20 })),
      chosenBy: Type.Optional(Type.Enum([...chosenBy])),
      profile: Type.Optional(Type.String({ maxLength: 40 })),
      from: Type.Optional(date),
      to: Type.Optional(date),
    }),
    out: pageOf(DecisionRow),
    handler: async ({ query, principal }) => {
      const reader = readerOf(principal)
      // What one agency may not know it may not filter by either: an empty answer would tell.
      const asked = principal.permissions.has('risk:model:read') ? query : { ...query, chosenBy: undefined, profile: undefined }
      const { rows, total } = await listDecisions(r.deps.sql, asked as typeof query)
      return answerList(query, { rows: rows.map((d) => rowFor(reader, d)), total }, 'decisions', [
        'reference',
        'office',
        'decidedAt',
        'lane',
        'hits',
        'result',
      ])
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/decisions/:id',
    permission: read,
    summary: 'One selection: hits, lots, score with its reasons, demotions, what was found; as far as you may know it',
    tag,
    params: By,
    out: DecisionView,
    handler: async ({ params, principal, now }) => {
      const found = await findDecision(r.deps.sql, params.id)
      if (!found) return refuse(error('risk.decision_unknown', '/id', params))
      await noteReading(r.deps.sql, { personId: principal.personId, name: principal.name, kind: 'decision', subject: found.id, at: now })
      return viewFor(readerOf(principal), found)
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/decisions/:id/replay',
    permission: read,
    summary: 'Take the selection again from what it stored',
    tag,
    params: By,
    out: DecisionReplay,
    handler: async ({ params, principal }) => {
      const found = await findDecision(r.deps.sql, params.id)
      if (!found) return refuse(error('risk.decision_unknown', '/id', params))
      const replay = await replayDecision(r, found)
      const known = new Set(viewFor(readerOf(principal), found).hitList.flatMap((h) => (h.profile ? [h.profile] : [])))
      return { ...replay, hitsApart: replay.hitsApart.filter((c) => known.has(c)), hitsUnasked: replay.hitsUnasked.filter((c) => known.has(c)) }
    },
  }),
]
