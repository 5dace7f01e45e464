/** Routes of the trade side: drafts, inbox, dashboard, requests on own declarations. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { inTransaction } from '#platform/database.ts'
import { raw, route, type Route } from '#platform/http.ts'
import type { Principal } from '#platform/permissions.ts'
import { unreportedOf } from '../changes.ts'
import { read, write } from '../messages/index.ts'
import { counts, dashboard } from '../read/desks.ts'
import { createDraft, deleteDraft, findDraft, listDrafts, saveDraft } from '../read/drafts.ts'
import { acknowledge, readInbox } from '../read/inbox.ts'
import { DeclarationDocument } from '../schema/document.ts'
import { CommandReply, Dashboard, DraftRow, DraftView, page } from '../schema/views.ts'
import type { Clearance } from '../service/clearance.ts'
import { execute } from '../service/execute.ts'
import { lodge } from '../service/lodge.ts'
import { MrnParam, visibleDeclaration } from './declarations.ts'

const Id = Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) })
const inboxOf = (p: Principal): string => p.organisationRegistration ?? p.personId

/** A copy starts its own life: no reference numbers, no request fields. */
const asNewDraft = (document: DeclarationDocument): DeclarationDocument => {
  const { lrn: _lrn, mrn: _mrn, amendments: _amendments, issuedAt: _issuedAt, taxPointAt: _taxPointAt, ...rest } = document
  return { ...rest, function: 'original' }
}

const draftRoutes = (c: Clearance): Route[] => [
  route({
    method: 'GET',
    path: '/api/drafts',
    permission: 'clearance:declaration:draft',
    tag: 'drafts',
    summary: 'My organisation’s drafts',
    out: page(DraftRow),
    query: Type.Object({
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      sort: Type.Optional(Type.String()),
    }),
    handler: (x) => listDrafts(c.deps.sql, x.principal, x.query.page ?? 1, x.query.size ?? 50),
  }),
  route({
    method: 'POST',
    path: '/api/drafts',
    permission: 'clearance:declaration:draft',
    tag: 'drafts',
    summary: 'Start a draft, empty or as a copy of a declaration',
    successStatus: 201,
    out: DraftView,
    body: Type.Object(
      {
        document: Type.Optional(DeclarationDocument),
        copyOf: Type.Optional(Type.String({ maxLength: 18 })),
        lrn: Type.Optional(Type.String({ maxLength: 35, description: 'reference of the copy' })),
      },
      { additionalProperties: false },
    ),
    handler: async (x) => {
      let document: DeclarationDocument = x.body.document ?? { function: 'original', items: [] }
      if (x.body.copyOf) {
        const source = await visibleDeclaration(c, x.principal, x.body.copyOf)
        if (!source.ok) return source
        document = { ...asNewDraft(source.value.state.document), ...(x.body.lrn && { lrn: x.body.lrn }) }
      }
      // The client's key is the draft's id: a repeated request finds the draft it made.
      await inTransaction(c.deps.sql, (tx) => createDraft(tx, x.principal, x.key!, document, x.now))
      return accept(await findDraft(c.deps.sql, x.principal, x.key!))
    },
  }),
  route({
    method: 'POST',
    path: '/api/drafts/message',
    permission: 'clearance:declaration:draft',
    tag: 'drafts',
    summary: 'Start a draft from a message (WCO DMS XML); nothing is lodged',
    successStatus: 201,
    out: DraftView,
    handler: async (x) => {
      if (!(x.request.headers['content-type'] ?? '').toLowerCase().includes('xml')) return refuse(error('request.unsupported_media'))
      const message = read(x.request.body as Buffer, {})
      if (!message.ok || !message.document) return refuse(...message.issues)
      if (message.kind !== 'wco-dms-declaration') return refuse(error('message.not_for_lodging', '', { kind: message.kind }))
      const sent = message.document as DeclarationDocument
      const document = { ...asNewDraft(sent), ...(sent.lrn && { lrn: sent.lrn }) }
      await inTransaction(c.deps.sql, (tx) => createDraft(tx, x.principal, x.key!, document, x.now))
      return accept(await findDraft(c.deps.sql, x.principal, x.key!))
    },
  }),
  route({
    method: 'GET',
    path: '/api/drafts/:id',
    permission: 'clearance:declaration:draft',
    tag: 'drafts',
    summary: 'One draft',
    params: Id,
    out: DraftView,
    handler: async (x) => {
      const draft = await findDraft(c.deps.sql, x.principal, x.params.id)
      return draft ? accept(draft) : refuse(error('clearance.draft_unknown', '/id'))
    },
  }),
  route({
    method: 'PUT',
    path: '/api/drafts/:id',
    permission: 'clearance:declaration:draft',
    tag: 'drafts',
    summary: 'Save what was typed; `basedOn` is the revision it was typed into',
    params: Id,
    command: false,
    body: Type.Object({ document: DeclarationDocument, basedOn: Type.Integer() }, { additionalProperties: false }),
    out: Type.Object({ revision: Type.Integer(), savedAt: Type.String() }),
    handler: async (x) => {
      const revision = await inTransaction(c.deps.sql, (tx) => saveDraft(tx, x.principal, x.params.id, x.body.document, x.body.basedOn, x.now))
      if (revision !== null) return accept({ revision, savedAt: x.now })
      const there = await findDraft(c.deps.sql, x.principal, x.params.id)
      return there
        ? refuse(error('clearance.draft_changed_elsewhere', '/basedOn', { revision: there.revision, at: there.updatedAt }))
        : refuse(error('clearance.draft_unknown', '/id'))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/drafts/:id',
    permission: 'clearance:declaration:draft',
    tag: 'drafts',
    summary: 'Throw a draft away',
    params: Id,
    command: false,
    handler: async (x) =>
      (await inTransaction(c.deps.sql, (tx) => deleteDraft(tx, x.principal, x.params.id)))
        ? accept({ deleted: true })
        : refuse(error('clearance.draft_unknown', '/id')),
  }),
  route({
    method: 'POST',
    path: '/api/drafts/:id/lodge',
    permission: 'clearance:declaration:lodge',
    tag: 'drafts',
    summary: 'Lodge a draft',
    params: Id,
    successStatus: 201,
    out: CommandReply,
    handler: async (x) => {
      const draft = await findDraft(c.deps.sql, x.principal, x.params.id)
      if (!draft) return refuse(error('clearance.draft_unknown', '/id'))
      return lodge(c, x.principal, draft.document, x.key!, { at: x.now, draftId: draft.id })
    },
  }),
]

const inboxRoutes = (c: Clearance): Route[] => [
  route({
    method: 'GET',
    path: '/api/notifications',
    permission: 'clearance:notification:read',
    tag: 'inbox',
    summary: 'The inbox in order of number; `after` reads on from any point, again and again',
    query: Type.Object({
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      before: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      unread: Type.Optional(Type.Boolean()),
      code: Type.Optional(Type.String({ maxLength: 2 })),
      mrn: Type.Optional(Type.String({ maxLength: 18 })),
      newestFirst: Type.Optional(Type.Boolean()),
    }),
    handler: (x) => readInbox(c.deps.sql, inboxOf(x.principal), x.query),
  }),
  route({
    method: 'GET',
    path: '/api/notifications/:number/xml',
    permission: 'clearance:notification:read',
    tag: 'inbox',
    summary: 'One notification as WCO DMS XML',
    params: Type.Object({ number: Type.Integer({ minimum: 1 }) }),
    handler: async (x) => {
      const { rows } = await readInbox(c.deps.sql, inboxOf(x.principal), { after: x.params.number - 1, limit: 1 })
      const entry = rows[0]
      if (!entry || entry.number !== x.params.number) return refuse(error('clearance.notification_unknown', '/number'))
      const written = write(entry.notification, 'wco-dms-notification')
      return written.ok ? raw('application/xml; charset=utf-8', written.xml, `${entry.notification.name}-${entry.messageId}.xml`) : written
    },
  }),
  route({
    method: 'POST',
    path: '/api/notifications/acknowledge',
    permission: 'clearance:notification:read',
    tag: 'inbox',
    summary: 'Acknowledge everything up to a number',
    command: false,
    body: Type.Object({ upTo: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
    out: Type.Object({ acknowledged: Type.Integer() }),
    handler: async (x) =>
      accept({
        acknowledged: await inTransaction(c.deps.sql, (tx) => acknowledge(tx, inboxOf(x.principal), x.body.upTo, x.now, x.principal.personId)),
      }),
  }),
  route({
    method: 'GET',
    path: '/api/dashboard',
    permission: 'clearance:notification:read',
    tag: 'desks',
    summary: 'What waits for whom, since when, and what to do next',
    out: Dashboard,
    handler: (x) => dashboard(c.deps.sql, x.principal, `${x.now.slice(0, 10)}T00:00:00.000Z`),
  }),
  route({
    method: 'GET',
    path: '/api/navigation/counts',
    permission: 'signed-in',
    tag: 'desks',
    summary: 'Numbers beside the navigation',
    handler: (x) => counts(c.deps.sql, x.principal),
  }),
]

const requestRoutes = (c: Clearance): Route[] => [
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/amendment',
    permission: 'clearance:declaration:amend',
    tag: 'requests',
    summary: 'Ask to amend: the whole declaration as it should read, with a reason',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object(
      { document: DeclarationDocument, reason: Type.String({ minLength: 1, maxLength: 2000 }), lrn: Type.Optional(Type.String({ maxLength: 35 })) },
      { additionalProperties: false },
    ),
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      if (!found.ok) return found
      const { state } = found.value
      // What identifies the declaration is not amended; it would be another declaration.
      const document: DeclarationDocument = {
        ...x.body.document,
        function: 'original',
        lrn: state.lrn,
        declarationType: state.document.declarationType,
        ...(state.document.declarant && { declarant: state.document.declarant }),
      }
      return execute(
        c,
        x.principal,
        x.params.mrn,
        {
          name: 'request-amendment',
          document,
          unreported: unreportedOf(state.document, document, x.body.reason),
          lrn: x.body.lrn ?? state.lrn,
          reason: x.body.reason,
        },
        x.key!,
        x.now,
      )
    },
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/invalidation',
    permission: 'clearance:declaration:invalidate',
    tag: 'requests',
    summary: 'Ask to invalidate',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object(
      { reason: Type.String({ minLength: 1, maxLength: 2000 }), lrn: Type.Optional(Type.String({ maxLength: 35 })) },
      { additionalProperties: false },
    ),
    handler: (x) =>
      execute(c, x.principal, x.params.mrn, { name: 'request-invalidation', reason: x.body.reason, lrn: x.body.lrn ?? '' }, x.key!, x.now),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/:mrn/arrival',
    permission: 'clearance:declaration:lodge',
    tag: 'requests',
    summary: 'Present pre-lodged goods',
    params: MrnParam,
    out: CommandReply,
    body: Type.Object({ location: Type.Optional(Type.String({ maxLength: 64 })) }, { additionalProperties: false }),
    handler: (x) => execute(c, x.principal, x.params.mrn, { name: 'arrive', ...(x.body.location && { location: x.body.location }) }, x.key!, x.now),
  }),
]

export const tradeRoutes = (c: Clearance): Route[] => [...draftRoutes(c), ...inboxRoutes(c), ...requestRoutes(c)]
