/** Routes of cases: the queue, leases, readings, and what the bench finds. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { Id, tag } from '../../http/shared.ts'
import { caseTransitions, type CaseCommandName } from '../../schema/case.ts'
import { caseGroupNames, caseGroups, CaseView, Claimed, OpenBody, ReadBody } from '../../schema/case-view.ts'
import { Item } from '../../schema/subject.ts'
import { claimCase, claimNext, releaseCase, stillViewing } from '../service/claims.ts'
import { commandCase, readCase, toView, viewerOf } from '../service/cases.ts'
import { readSettings } from '../service/settings.ts'
import { listCases, sortableCases } from '../store/cases.ts'
import type { Deps } from '#platform/module.ts'

const closed = { additionalProperties: false } as const
const path = '/api/inspection/cases'
const read = 'inspection:case:read'
const permissionOf = (name: CaseCommandName) => Object.values(caseTransitions).flatMap((t) => (t[name] ? [t[name].permission] : []))[0]!

/** Marks are drawn, not listed. */
const withoutMarks = (c: CaseView): CaseView => ({ ...c, readings: c.readings.map(({ marks: _marks, ...reading }) => reading) })

const reads = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path,
    permission: read,
    summary: 'Image cases of your offices, those whose turn is next first',
    tag,
    query: listQuery(sortableCases, {
      q: Type.Optional(Type.String({ maxLength: 80 })),
      group: Type.Optional(Type.Enum(caseGroupNames)),
      item: Type.Optional(Item),
      office: Type.Optional(Type.String({ maxLength: 20 })),
    }),
    out: pageOf(CaseView),
    handler: async ({ query, principal, now }) => {
      const { group, ...rest } = query
      const scope = { offices: principal.offices, projected: viewerOf(principal).overseer, personId: principal.personId }
      const found = await listCases(deps.sql, scope, { ...rest, ...(group && { status: caseGroups[group] }) })
      const settings = await readSettings(deps.sql)
      const rows = found.rows.map((held) => withoutMarks(toView(held, principal, settings, now)))
      return answerList(query, { rows, total: found.total }, 'image-cases', [
        'id',
        'status',
        'office',
        'item',
        'riskScore',
        'movement',
        'createdAt',
        'dueAt',
        'closedAt',
      ])
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    permission: read,
    summary: 'One case, without what would spoil a blind reading',
    tag,
    params: Id,
    out: CaseView,
    handler: ({ params, principal, now }) => readCase(deps.sql, principal, params.id, now),
  }),
]

const leases = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: `${path}/claim`,
    permission: read,
    summary: 'The next case for you, under a lease; or the rest that you must keep',
    tag,
    out: Claimed,
    handler: (x) => claimNext(deps, askingOf(x)),
  }),
  route({
    method: 'POST',
    path: `${path}/:id/claim`,
    permission: read,
    summary: 'This case for you, under a lease',
    tag,
    params: Id,
    out: Claimed,
    handler: (x) => claimCase(deps, askingOf(x), x.params.id),
  }),
  route({
    method: 'POST',
    path: `${path}/:id/release`,
    permission: read,
    summary: 'Give the case back unread',
    tag,
    params: Id,
    out: Id,
    handler: (x) => releaseCase(deps, askingOf(x), x.params.id),
  }),
  route({
    method: 'POST',
    path: `${path}/:id/viewing`,
    permission: read,
    summary: 'You still look at it: the lease goes on',
    tag,
    // sent every half minute, and harmless when it comes twice
    command: false,
    params: Id,
    out: Claimed,
    handler: (x) => stillViewing(deps, askingOf(x), x.params.id),
  }),
]

const commands = (deps: Deps): Route[] => [
  ...(['read', 'adjudicate'] as const).map((name) =>
    route({
      method: 'POST',
      path: `${path}/:id/${name}`,
      permission: permissionOf(name),
      summary: name === 'read' ? 'Your reading of the image' : 'Decide where two readings differ',
      tag,
      params: Id,
      body: ReadBody,
      out: CaseView,
      handler: (x) => commandCase(deps, askingOf(x), x.params.id, { ...x.body, name }),
    }),
  ),
  route({
    method: 'POST',
    path: `${path}/:id/open`,
    permission: permissionOf('open'),
    summary: 'What the opened bag held: the truth, against which everybody is measured',
    tag,
    params: Id,
    body: OpenBody,
    out: CaseView,
    handler: (x) => commandCase(deps, askingOf(x), x.params.id, { ...x.body, name: 'open' }),
  }),
  route({
    method: 'POST',
    path: `${path}/:id/close`,
    permission: permissionOf('close'),
    summary: 'The bench is done: the case and its tag are closed',
    tag,
    params: Id,
    out: CaseView,
    handler: (x) => commandCase(deps, askingOf(x), x.params.id, { name: 'close' }),
  }),
  route({
    method: 'POST',
    path: `${path}/:id/recall`,
    permission: permissionOf('recall'),
    summary: 'Have a person look at what the machine cleared',
    tag,
    params: Id,
    body: Type.Object({ reason: Type.String({ maxLength: 2000 }) }, closed),
    out: CaseView,
    handler: (x) => commandCase(deps, askingOf(x), x.params.id, { ...x.body, name: 'recall' }),
  }),
]

export const caseRoutes = (deps: Deps): Route[] => [...reads(deps), ...leases(deps), ...commands(deps)]
