/** Looking at decisions again, and who could take work over. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { officersAt } from '#modules/identity'
import { Assessment } from '#schema/duty'
import { Replay } from '../schema/views.ts'
import type { Clearance } from '../service/clearance.ts'
import { reassess } from '../service/reassess.ts'
import { replayDeclaration } from '../service/replay.ts'
import { MrnParam, visibleDeclaration } from './declarations.ts'

export const reviewRoutes = (c: Clearance): Route[] => [
  route({
    method: 'GET',
    path: '/api/declarations/:mrn/replay',
    permission: 'audit:journal:read',
    tag: 'officer',
    summary: 'Every decision taken again from its stored facts: alike or not',
    params: MrnParam,
    out: Replay,
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      if (!found.ok) return found
      const replayed = await replayDeclaration(c.deps.sql, x.params.mrn)
      return replayed ? accept(replayed) : refuse(error('clearance.declaration_unknown', '/mrn', { mrn: x.params.mrn }))
    },
  }),
  route({
    method: 'GET',
    path: '/api/declarations/:mrn/reassessment',
    permission: 'clearance:declaration:read',
    tag: 'officer',
    summary: 'The duty as it was decided beside the duty under the tariff of the same legal date as known at another instant (now, if none is given)',
    params: MrnParam,
    query: Type.Object(
      { knownAt: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]{5,15}Z$' })) },
      { additionalProperties: false },
    ),
    out: Type.Object(
      {
        mrn: Type.String(),
        lawDate: Type.String(),
        versions: Type.Object({ decided: Type.Union([Type.Integer(), Type.Null()]), compared: Type.Integer() }, { additionalProperties: false }),
        decided: Assessment,
        compared: Assessment,
        changed: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      if (!found.ok) return found
      const again = await reassess(c, x.params.mrn, x.query.knownAt ? { knownAt: x.query.knownAt } : {})
      return again ? accept(again) : refuse(error('clearance.duty_not_decided', '/mrn', { mrn: x.params.mrn }))
    },
  }),
  route({
    method: 'GET',
    path: '/api/work/colleagues',
    permission: 'clearance:work:assign',
    tag: 'desks',
    summary: 'Officers and examiners of one’s offices, to whom work can be given',
    out: Type.Array(
      Type.Object(
        { personId: Type.String(), name: Type.String(), roles: Type.Array(Type.String()), offices: Type.Array(Type.String()) },
        { additionalProperties: false },
      ),
    ),
    handler: (x) => officersAt(c.deps.sql, x.principal.offices, x.now.slice(0, 10)),
  }),
]
