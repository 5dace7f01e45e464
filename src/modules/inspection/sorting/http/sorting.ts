/** Routes of sorting: trays, tags, gates, and what is known of a subject before its picture comes. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { actorOf, askingOf, once } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { Id, tag } from '../../http/shared.ts'
import { CaseOrigin } from '../../schema/case.ts'
import { GateAlarm, GateRead, Line, Tag, TrayRow } from '../../schema/sorting.ts'
import { Subject } from '../../schema/subject.ts'
import { acknowledgeGateAlarm, gateRead } from '../service/belt.ts'
import { findTag, findTagOfCase, listGateAlarms, listTrays, saveRisk, sortableGateAlarms, sortableTrays } from '../store/sorting.ts'

const closed = { additionalProperties: false } as const
const see = 'inspection:tray:read'

const trays = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/trays',
    permission: see,
    summary: 'Trays on the belts of your offices, where they were sent and where they went',
    tag,
    query: listQuery(sortableTrays, {
      q: Type.Optional(Type.String({ maxLength: 70 })),
      office: Type.Optional(Type.String({ maxLength: 20 })),
      line: Type.Optional(Line),
      onBelt: Type.Optional(Type.Boolean()),
    }),
    out: pageOf(TrayRow),
    handler: async ({ query, principal }) =>
      answerList(query, await listTrays(deps.sql, principal.offices, query), 'trays', [
        'office',
        'id',
        'movement',
        'announcedAt',
        'line',
        'passedAt',
        'status',
        'outcome',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/tags/:number',
    permission: see,
    summary: 'A tag and the bag that it is on',
    tag,
    params: Type.Object({ number: GateRead.properties.tag }),
    out: Tag,
    handler: async ({ params, principal }) => {
      const found = await findTag(deps.sql, params.number)
      return found && officeAllowed(principal, found.office, see) ? found : refuse(error('inspection.tag_unknown', '/number', params))
    },
  }),
  route({
    method: 'GET',
    path: '/api/inspection/cases/:id/tag',
    permission: see,
    summary: 'The tag of a case, null when it has none',
    tag,
    params: Id,
    out: Type.Union([Tag, Type.Null()]),
    handler: async ({ params, principal }) => {
      const found = await findTagOfCase(deps.sql, params.id)
      return accept(found && officeAllowed(principal, found.office, see) ? found : null)
    },
  }),
]

const gates = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/inspection/gates/reads',
    permission: 'inspection:gate:report',
    summary: 'A tag was carried through a gate; an open one is an alarm',
    tag,
    // A gate reports what it reads as often as it reads it: the alarm is one until somebody has seen it.
    command: false,
    body: GateRead,
    out: Type.Object({ alarm: Type.Union([Type.String(), Type.Null()]) }),
    handler: async ({ body, principal, now }) =>
      officeAllowed(principal, body.office, 'inspection:gate:report')
        ? gateRead(deps, { ...body, at: now }, now)
        : refuse(error('access.denied', '/office', { permission: 'inspection:gate:report' })),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/gate-alarms',
    permission: see,
    summary: 'Alarms of exit gates',
    tag,
    query: listQuery(sortableGateAlarms, { open: Type.Optional(Type.Boolean()) }),
    out: pageOf(GateAlarm),
    handler: async ({ query, principal }) =>
      answerList(query, await listGateAlarms(deps.sql, principal.offices, query), 'gate-alarms', [
        'readAt',
        'gate',
        'tag',
        'movement',
        'acknowledgedBy',
        'acknowledgedAt',
        'remarks',
      ]),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/gate-alarms/:id/acknowledge',
    permission: 'inspection:gate:acknowledge',
    summary: 'Say that you have seen an alarm of a gate, and what became of it',
    tag,
    params: Id,
    body: Type.Object({ remarks: Type.String({ minLength: 1, maxLength: 2000 }) }, closed),
    out: Id,
    handler: (x) => acknowledgeGateAlarm(deps, askingOf(x), x.params.id, x.body.remarks),
  }),
]

const RiskBody = Type.Object(
  {
    score: CaseOrigin.properties.riskScore,
    high: Type.Boolean(),
    matched: CaseOrigin.properties.matched,
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { ...closed, title: 'SubjectRisk' },
)

const risks = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/inspection/risks/:kind/:id',
    permission: 'inspection:risk:note',
    summary: 'What is known of a subject before its picture comes: it orders the queue, and what is high is never cleared by the machine alone',
    tag,
    params: Subject,
    body: RiskBody,
    out: RiskBody,
    handler: (x) => {
      const subject = { kind: 'subject-risk', id: `${x.params.kind}/${x.params.id}` }
      return once(deps.sql, { key: x.key, actor: actorOf(x.principal), name: 'subject-risk.note', subject, at: x.now }, async (tx) => {
        await saveRisk(tx, x.params, x.body, x.now)
        return accept({ body: { payload: x.body, facts: {}, events: [{ type: 'subject-risk.noted', ...x.body }] }, reply: x.body })
      })
    },
  }),
]

export const sortingRoutes = (deps: Deps): Route[] => [...trays(deps), ...gates(deps), ...risks(deps)]
