/** Routes over declarations that the trade side and officers share: lodge, list, read, history, messages. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { type Context, raw, route, type Route } from '#platform/http.ts'
import type { Principal } from '#platform/permissions.ts'
import { toCsv } from '#platform/csv.ts'
import { holds, statusOf } from '../declaration.ts'
import { read } from '../messages/index.ts'
import { write } from '../messages/index.ts'
import { explained } from '../read/case.ts'
import { fieldHistory, timeline } from '../read/history.ts'
import { notificationsOf } from '../read/inbox.ts'
import { listDeclarations } from '../read/lists.ts'
import { maySee } from '../read/scope.ts'
import { DeclarationDocument } from '../schema/document.ts'
import { allowedCommands, transitions } from '../schema/transitions.ts'
import { CaseView, CommandReply, DeclarationQuery, DeclarationRow, FieldChange, InboxEntry, page, TimelineEntry } from '../schema/views.ts'
import type { Clearance } from '../service/clearance.ts'
import { check, lodge } from '../service/lodge.ts'
import { receive } from '../service/receive.ts'
import { findByMrn, turnOf, type Stored } from '../store.ts'

export const MrnParam = Type.Object({ mrn: Type.String({ minLength: 18, maxLength: 18, pattern: '^[0-9A-Z]{18}$' }) })

/** The declaration, if it is there and this person may see it; both failures look the same from outside. */
export const visibleDeclaration = async (c: Clearance, principal: Principal, mrn: string): Promise<Outcome<Stored>> => {
  const found = await findByMrn(c.deps.sql, mrn)
  return found && maySee(principal, found.state) ? accept(found) : refuse(error('clearance.declaration_unknown', '/mrn', { mrn }))
}

/** Every operator that a declaration names by registration. */
const registrations = (d: DeclarationDocument): string[] =>
  [d.importer, d.exporter, d.declarant, d.representative, d.consignee, d.consignor, d.buyer, d.seller, d.carrier, d.presenter].flatMap((p) =>
    p?.id ? [p.id] : [],
  )

const caseView = async (c: Clearance, principal: Principal, { state }: Stored): Promise<CaseView> => {
  const status = statusOf(state)
  const ids = registrations(state.document)
  const operators = await c.parties(ids)
  const officer = principal.permissions.has('clearance:declaration:read')
  const shown = status === 'none' ? [] : allowedCommands(status, principal.permissions)
  const trade = ['arrive', 'request-amendment', 'request-invalidation']
  const possible = shown.filter((name) => {
    if (!officer && !trade.includes(name)) return false
    if (name === 'arrive') return !state.arrived
    if (name === 'decide-request') return state.request !== undefined
    if (name === 'request-amendment' || name === 'request-invalidation') return state.request === undefined
    if (name === 'propose-release') return state.proposal === undefined
    if (name === 'approve-release') return state.proposal !== undefined && state.proposal.byId !== principal.personId
    if (name === 'record-control') return state.controls.some((k) => k.status === 'open' && principal.permissions.has(`clearance:control:${k.kind}`))
    if (name === 'resolve-control') return state.controls.some((k) => k.status === 'discrepant' && k.result?.byId !== principal.personId)
    if (name === 'seize') return state.controls.some((k) => k.status === 'discrepant')
    if (name === 'record-exit') return state.regime === 'export'
    if (name === 'end-transit') return state.regime === 'transit' && state.transitEnd === undefined
    return true
  })
  return {
    state: officer ? state : sealForTrade(state),
    status: status as CaseView['status'],
    turn: turnOf(state),
    holds: holds(state),
    allowed: possible,
    stepUpFor: possible.filter((name) => transitions[status][name]?.stepUp),
    officeName: c.reference().officeName(state.office) ?? state.office,
    own: state.submitter.personId === principal.personId,
    names: Object.fromEntries(ids.flatMap((id) => (operators.name(id) ? [[id, operators.name(id)!]] : []))),
  }
}

/** Traders see that a control is made and what it found, never which criterion or chance asked for it, nor who of the staff made it. */
const sealForTrade = (state: CaseView['state']): CaseView['state'] => ({
  ...state,
  lane: undefined,
  controls: state.controls.map((k) => ({ ...k, reasons: [], ...(k.result && { result: { ...k.result, by: '', byId: '' } }) })),
  ...(state.request?.approval && { request: { ...state.request, approval: undefined } }),
  assignedTo: undefined,
  proposal: undefined,
})

const lodgeBody = async (c: Clearance, x: Context<undefined, undefined, undefined>): Promise<Outcome<unknown>> => {
  const type = (x.request.headers['content-type'] ?? '').toLowerCase()
  if (!type.includes('xml')) return refuse(error('request.unsupported_media'))
  const message = read(x.request.body as Buffer, {})
  if (!message.ok || !message.document) return refuse(...message.issues)
  return receive(c, x.principal, message, x.key!, x.now)
}

export const declarationRoutes = (c: Clearance): Route[] => [
  route({
    method: 'POST',
    path: '/api/declarations',
    permission: 'clearance:declaration:lodge',
    tag: 'declarations',
    summary: 'Lodge a declaration (canonical JSON)',
    successStatus: 201,
    body: DeclarationDocument,
    out: CommandReply,
    handler: (x) => lodge(c, x.principal, x.body, x.key!, { at: x.now }),
  }),
  route({
    method: 'POST',
    path: '/api/messages',
    permission: 'clearance:declaration:lodge',
    tag: 'declarations',
    summary: 'Send a message (WCO DMS XML): declaration, amendment, invalidation, arrival, movement; what it is, is found by itself',
    handler: (x) => lodgeBody(c, x),
  }),
  route({
    method: 'POST',
    path: '/api/declarations/check',
    permission: 'clearance:declaration:lodge',
    tag: 'declarations',
    summary: 'Check without lodging: every issue, and the duty as it would be assessed',
    command: false,
    body: DeclarationDocument,
    handler: (x) => check(c, x.principal, x.body, x.now),
  }),
  route({
    method: 'GET',
    path: '/api/declarations',
    permission: 'signed-in',
    tag: 'declarations',
    summary: 'List declarations',
    query: DeclarationQuery,
    out: page(DeclarationRow),
    handler: async (x) => {
      const csv = x.query.format === 'csv'
      const found = await listDeclarations(c.deps.sql, x.principal, csv ? { ...x.query, page: 1, size: 100_000 } : x.query)
      return csv ? raw('text/csv; charset=utf-8', toCsv(found.rows), 'declarations.csv') : found
    },
  }),
  route({
    method: 'GET',
    path: '/api/declarations/:mrn',
    permission: 'signed-in',
    tag: 'declarations',
    summary: 'The whole case',
    params: MrnParam,
    out: CaseView,
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      return found.ok ? accept(await caseView(c, x.principal, { ...found.value, state: await explained(c.deps.sql, found.value.state) })) : found
    },
  }),
  route({
    method: 'GET',
    path: '/api/declarations/:mrn/timeline',
    permission: 'signed-in',
    tag: 'declarations',
    summary: 'Everything that happened, in order',
    params: MrnParam,
    out: Type.Array(TimelineEntry),
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      return found.ok
        ? accept(await timeline(c.deps.sql, found.value.state.id, x.params.mrn, x.principal.permissions.has('clearance:declaration:read')))
        : found
    },
  }),
  route({
    method: 'GET',
    path: '/api/declarations/:mrn/history',
    permission: 'signed-in',
    tag: 'declarations',
    summary: 'Old and new of every data element that changed',
    params: MrnParam,
    out: Type.Array(FieldChange),
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      return found.ok
        ? accept(await fieldHistory(c.deps.sql, found.value.state.id, x.principal.permissions.has('clearance:declaration:read')))
        : found
    },
  }),
  route({
    method: 'GET',
    path: '/api/declarations/:mrn/notifications',
    permission: 'signed-in',
    tag: 'declarations',
    summary: 'What the trade side was told',
    params: MrnParam,
    out: Type.Array(InboxEntry),
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      return found.ok ? accept(await notificationsOf(c.deps.sql, x.params.mrn)) : found
    },
  }),
  route({
    method: 'GET',
    path: '/api/declarations/:mrn/xml',
    permission: 'signed-in',
    tag: 'declarations',
    summary: 'The declaration as WCO DMS XML',
    params: MrnParam,
    handler: async (x) => {
      const found = await visibleDeclaration(c, x.principal, x.params.mrn)
      if (!found.ok) return found
      const written = write(found.value.state.document, 'wco-dms-declaration')
      return written.ok ? raw('application/xml; charset=utf-8', written.xml, `${x.params.mrn}.xml`) : written
    },
  }),
]
