/** Routes of the thresholds of sites. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { ProposeThresholds, SiteThresholds } from '../schema/threshold-set.ts'
import type { InspectionDeps } from '../service/deps.ts'
import { decideThresholds, proposeThresholds } from '../service/thresholds.ts'
import { listThresholds } from '../store/thresholds.ts'
import { Id, tag } from './shared.ts'

const manage = 'inspection:threshold:manage' as const

export const thresholdRoutes = (deps: InspectionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/thresholds',
    permission: 'inspection:finding:read',
    summary: 'Where your offices draw their lines instead of where the model cards do, newest first',
    tag,
    out: Type.Array(SiteThresholds),
    handler: ({ principal }) => listThresholds(deps.sql, principal.offices),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/thresholds',
    permission: manage,
    summary: 'Propose other thresholds for an office and an item',
    tag,
    body: ProposeThresholds,
    out: Id,
    successStatus: 201,
    handler: (x) => proposeThresholds(deps, askingOf(x), x.body),
  }),
  ...(['approve', 'withdraw'] as const).map((decision) =>
    route({
      method: 'POST',
      path: `/api/inspection/thresholds/:id/${decision}`,
      permission: manage,
      summary: decision === 'approve' ? 'Put a proposal of somebody else into force' : 'Give the lines of the model card back',
      tag,
      params: Id,
      out: Id,
      handler: (x) => decideThresholds(deps, askingOf(x), x.params.id, decision),
    }),
  ),
]
