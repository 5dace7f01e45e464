/** Routes of officers: the queue, controls, lanes, requests, release by two persons, exit. */
import { Type } from 'typebox'
import { raw, route, type Route } from '#platform/http.ts'
import { toCsv } from '#platform/csv.ts'
import { workload } from '../read/desks.ts'
import { listDeclarations } from '../read/lists.ts'
import { Finding, TransitEnd } from '../schema/lifecycle.ts'
import { CommandReply, DeclarationQuery, DeclarationRow, page, Workload } from '../schema/views.ts'
import type { Clearance } from '../service/clearance.ts'
import { execute } from '../service/execute.ts'
import { MrnParam } from './declarations.ts'

const closed = { additionalProperties: false } as const
const reason = Type.String({ minLength: 1, maxLength: 2000 })
const ControlParam = Type.Object({ mrn: MrnParam.properties.mrn, id: Type.String({ maxLength: 60 }) })

const queueRoutes = (c: Clearance): Route[] => [
  route({
    method: 'GET',
    path: '/api/work',
    permission: 'clearance:work:read',
    tag: 'desks',
    summary: 'The queue: what waits for officers and examiners, most urgent first',
    query: DeclarationQuery,
    out: page(DeclarationRow),
    handler: async (x) => {
      const q = { waitsFor: 'officer,examiner', ...x.query }
      if (q.format !== 'csv') return listDeclarations(c.deps.sql, x.principal, q, 'dueAt')
      return raw(
        'text/csv; charset=utf-8',
        toCsv((await listDeclarations(c.deps.sql, x.principal, { ...q, page: 1, size: 100_000 }, 'dueAt')).rows),
        'work.csv',
      )
    },
  }),
  route({
    method: 'GET',
    path: '/api/work/load',
    permission: 'clearance:work:read',
    tag: 'desks',
    summary: 'Workload by lane and by officer',
    out: Workload,
    handler: (x) => workload(c.deps.sql, x.principal, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/assignment',
    permission: 'clearance:work:read',
    tag: 'officer',
    summary: 'Take, give or put back',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object(
      {
        to: Type.Union([
          Type.Object({ personId: Type.String({ maxLength: 60 }), name: Type.String({ maxLength: 200 }) }, closed),
          Type.Literal('me'),
          Type.Null(),
        ]),
      },
      closed,
    ),
    handler: (x) =>
      execute(
        c,
        x.principal,
        x.params.mrn,
        { name: 'assign', to: x.body.to === 'me' ? { personId: x.principal.personId, name: x.principal.name } : x.body.to },
        x.key!,
        x.now,
      ),
  }),
]

const controlRoutes = (c: Clearance): Route[] => [
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/controls/:id/result',
    permission: 'clearance:control:record',
    tag: 'officer',
    summary: 'Record the result of a control',
    params: ControlParam,
    out: CommandReply,
    body: Type.Object(
      {
        conform: Type.Boolean(),
        remarks: Type.String({ minLength: 1, maxLength: 2000 }),
        findings: Type.Optional(Type.Array(Finding, { maxItems: 200 })),
      },
      closed,
    ),
    handler: (x) =>
      execute(
        c,
        x.principal,
        x.params.mrn,
        { name: 'record-control', controlId: x.params.id, conform: x.body.conform, remarks: x.body.remarks, findings: x.body.findings ?? [] },
        x.key!,
        x.now,
      ),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/controls/:id/resolution',
    permission: 'clearance:control:record',
    tag: 'officer',
    summary: 'Settle a discrepancy without an amendment',
    params: ControlParam,
    out: CommandReply,
    body: Type.Object({ reason }, closed),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'resolve-control', controlId: x.params.id, reason: x.body.reason }, x.key!, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/lane',
    permission: 'clearance:lane:raise',
    tag: 'officer',
    summary: 'Raise the lane; the head of office may also lower it',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object({ lane: Type.Union([Type.Literal('green'), Type.Literal('yellow'), Type.Literal('red')]), reason }, closed),
    handler: (x) =>
      execute(
        c,
        x.principal,
        x.params.mrn,
        x.body.lane === 'green' ? { name: 'lower-lane', reason: x.body.reason } : { name: 'raise-lane', lane: x.body.lane, reason: x.body.reason },
        x.key!,
        x.now,
      ),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/seizure',
    permission: 'clearance:declaration:seize',
    tag: 'officer',
    summary: 'Seize the goods',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object({ reason }, closed),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'seize', reason: x.body.reason }, x.key!, x.now),
  }),
]

const decisionRoutes = (c: Clearance): Route[] => [
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/request-decision',
    permission: 'clearance:declaration:decide-request',
    tag: 'officer',
    summary: 'Grant or refuse an amendment or invalidation',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object({ grant: Type.Boolean(), reason }, closed),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'decide-request', grant: x.body.grant, reason: x.body.reason }, x.key!, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/release-proposal',
    permission: 'clearance:declaration:release',
    tag: 'officer',
    summary: 'Release by hand, first person',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object({ reason }, closed),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'propose-release', reason: x.body.reason }, x.key!, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/release-approval',
    permission: 'clearance:declaration:approve-release',
    tag: 'officer',
    summary: 'Release by hand, second person',
    params: MrnParam,
    out: CommandReply,
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'approve-release' }, x.key!, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/exit',
    permission: 'clearance:movement:record',
    tag: 'officer',
    summary: 'Record that exported goods have left',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object({ office: Type.String({ minLength: 1, maxLength: 17 }) }, closed),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'record-exit', office: x.body.office }, x.key!, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/transit-end',
    permission: 'clearance:movement:record',
    tag: 'officer',
    summary: 'End a transit: discharged, or not and its guarantor called',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object(
      { outcome: TransitEnd.properties.outcome, office: Type.String({ minLength: 1, maxLength: 17 }), reason: Type.String({ maxLength: 2000 }) },
      closed,
    ),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'end-transit', ...x.body }, x.key!, x.now),
  }),
]

export const officerRoutes = (c: Clearance): Route[] => [...queueRoutes(c), ...controlRoutes(c), ...decisionRoutes(c)]
