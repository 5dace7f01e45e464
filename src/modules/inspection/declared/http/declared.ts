/** Routes of declared goods: noted for a subject, and seen beside the image. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { Id, tag } from '../../http/shared.ts'
import { DeclaredGoods, DeclaredView, MatchAlert, NewDeclaredGoods } from '../../schema/declared.ts'
import { EarlierImage } from '../../schema/earlier.ts'
import { Subject } from '../../schema/subject.ts'
import type { InspectionDeps } from '../../service/deps.ts'
import { listAlerts, sortableAlerts } from '../store/alerts.ts'
import { acknowledgeAlert } from '../service/alerts.ts'
import { noteDeclared, viewDeclared, viewEarlier } from '../service/match.ts'

const alerts = (deps: InspectionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/match-alerts',
    permission: 'inspection:case:oversee',
    summary: 'Images of closed cases that are not what was declared later',
    tag,
    query: listQuery(sortableAlerts, { open: Type.Optional(Type.Boolean()) }),
    out: pageOf(MatchAlert),
    handler: async ({ query, principal }) =>
      answerList(query, await listAlerts(deps.sql, principal.offices, query), 'match-alerts', [
        'raisedAt',
        'office',
        'reference',
        'version',
        'outcome',
        'acknowledgedBy',
        'acknowledgedAt',
        'remarks',
      ]),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/match-alerts/:id/acknowledge',
    permission: 'inspection:case:oversee',
    summary: 'Say that you have looked at such an image, and what became of it',
    tag,
    params: Id,
    body: Type.Object({ remarks: Type.String({ minLength: 1, maxLength: 2000 }) }, { additionalProperties: false }),
    out: Id,
    handler: (x) => acknowledgeAlert(deps, askingOf(x), x.params.id, x.body.remarks),
  }),
]

export const declaredRoutes = (deps: InspectionDeps): Route[] => [
  ...alerts(deps),
  route({
    method: 'POST',
    path: '/api/inspection/declared/:kind/:id',
    permission: 'inspection:declared:note',
    summary: 'Note what is declared of a subject; its images, earlier and later, are held against it',
    tag,
    params: Subject,
    body: NewDeclaredGoods,
    out: DeclaredGoods,
    handler: (x) => noteDeclared(deps, askingOf(x), x.params, x.body),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/declared',
    permission: 'inspection:image:read',
    summary: 'What is declared of an image and how it compares; the comparison not to whoever still has to read it blind',
    tag,
    params: Id,
    out: DeclaredView,
    handler: ({ params, principal }) => viewDeclared(deps, principal, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/earlier',
    permission: 'inspection:image:read',
    summary: 'Earlier images of the same subject, of goods of the same code and of the same shipper, newest first, with what became of them',
    tag,
    params: Id,
    out: Type.Array(EarlierImage),
    handler: ({ params, principal }) => viewEarlier(deps, principal, params.id),
  }),
]
