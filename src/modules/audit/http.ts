/** Routes of the audit. Officers in charge see what was decided at their offices; auditors see all, and may prove it. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import type { Reader } from '#platform/database.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { toCsv } from '#platform/csv.ts'
import { answerList, listQuery, pageOf, windowOf } from '#platform/listing.ts'
import type { Subject } from '#platform/journal.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal, Required } from '#platform/permissions.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { randomBytes } from 'node:crypto'
import type { Folds } from './changes.ts'
import { entrySortable, listCommands, readEntry, readHistory, searchEntries, type Scope } from './read/search.ts'
import { verifyJournal } from './read/verify.ts'
import { AnchorRow, EntryRow, EntryView, HistoryEntry, SeqParams, SubjectRef, Verification, Witness } from './schema.ts'
import { listAnchors } from './store/anchor.ts'

/** `folds`: each module's own `evolve` by kind of subject, for histories. `findSubject`: what people call a subject (an MRN) → the subject. */
export type AuditDeps = Deps & { folds?: Folds; findSubject?: (db: Reader, name: string) => Promise<Subject | null> }

const tag = 'audit'
const read: Required = 'audit:journal:read'

const scopeOf = (p: Principal): Scope => p.officesByPermission?.get(read) ?? p.offices

const Moment = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?Z)?$',
  description: 'instant in UTC, or a date for its midnight',
})
const word = (maxLength: number, description: string) => Type.Optional(Type.String({ minLength: 1, maxLength, description }))
const query = listQuery(entrySortable, {
  subjectKind: word(40, 'declaration, person …'),
  subjectId: word(100, 'identifier'),
  personId: word(60, 'who acted'),
  person: word(100, 'part of the name of who acted'),
  command: word(80, 'what was asked'),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
})
const columns = [
  'seq',
  'at',
  'subjectKind',
  'subjectId',
  'version',
  'command',
  'personId',
  'person',
  'roles',
  'office',
  'channel',
  'reason',
  'events',
] as const

const unknownSubject = (): Outcome<never> => refuse(error('audit.subject_unknown'))

const searching = (deps: AuditDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/audit/entries',
    permission: read,
    summary: 'Search the journal; the total counts to 10,000',
    tag,
    query,
    out: pageOf(EntryRow),
    handler: async (x) => {
      const found = await searchEntries(deps.sql, x.query, scopeOf(x.principal))
      return found ? answerList(x.query, found, 'journal', columns) : refuse(error('audit.search_too_wide'))
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit/commands',
    permission: read,
    summary: 'Commands that occur',
    tag,
    out: Type.Array(Type.String()),
    handler: () => listCommands(deps.sql),
  }),
  route({
    method: 'GET',
    path: '/api/audit/entries/:seq',
    permission: read,
    summary: 'One entry: what was asked, on which facts it was decided, what came out',
    tag,
    params: SeqParams,
    out: EntryView,
    handler: async ({ params, principal }) => {
      const found = await readEntry(deps.sql, params.seq, scopeOf(principal))
      return found ? accept(found) : refuse(error('audit.entry_unknown'))
    },
  }),
]

const histories = (deps: AuditDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/audit/subjects/:kind/:id',
    permission: read,
    summary: 'A subject’s history: who, when, why, and each data element that changed',
    tag,
    params: SubjectRef,
    query: Type.Object({ format: Type.Optional(Type.Literal('csv')) }, { additionalProperties: false }),
    out: Type.Array(HistoryEntry),
    handler: async ({ params, query: { format }, principal }) => {
      const found = await readHistory(deps.sql, params, deps.folds ?? {}, scopeOf(principal))
      if (!found) return unknownSubject()
      if (format !== 'csv') return accept(found)
      const rows = found.flatMap((e) =>
        e.changes.map((c) => ({
          version: e.version,
          at: e.at,
          command: e.command,
          person: e.person,
          reason: e.reason,
          path: c.path,
          old: c.old,
          new: c.new,
        })),
      )
      return raw('text/csv; charset=utf-8', toCsv(rows, ['version', 'at', 'command', 'person', 'reason', 'path', 'old', 'new']), 'history.csv')
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit/find',
    permission: read,
    summary: 'The subject that people call by this name, such as an MRN',
    tag,
    query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }, { additionalProperties: false }),
    out: SubjectRef,
    handler: async (x) => {
      const found = await deps.findSubject?.(deps.sql, x.query.name.trim())
      return found ? accept(found) : unknownSubject()
    },
  }),
]

const proofs = (deps: AuditDeps): Route[] => {
  // Two at once would prove the same twice and take the database's time twice.
  let running = false
  return [
    route({
      method: 'GET',
      path: '/api/audit/anchors',
      permission: read,
      summary: 'Anchors of the journal, the latest first',
      tag,
      query: listQuery(['number'], {}),
      out: pageOf(AnchorRow),
      handler: async (x) => {
        const { limit, offset } = windowOf(x.query)
        return answerList(x.query, await listAnchors(deps.sql, limit, offset), 'anchors', ['number', 'at', 'entries', 'root', 'previousHash', 'hash'])
      },
    }),
    route({
      method: 'POST',
      path: '/api/audit/verifications',
      permission: 'audit:journal:verify',
      summary: 'Prove the whole journal now; anchors kept elsewhere may be given as witnesses',
      tag,
      body: Type.Object({ witnesses: Type.Optional(Type.Array(Witness, { maxItems: 10_000 })) }, { additionalProperties: false }),
      out: Verification,
      handler: async ({ principal, key, now, body }) => {
        if (running) return refuse(error('audit.verification_runs'))
        running = true
        try {
          const result = await verifyJournal(deps.sql, () => performance.now(), body.witnesses)
          const subject = { kind: 'verification', id: uuidv7(Date.parse(now), randomBytes(10)) }
          return await once(deps.sql, { key, actor: actorOf(principal), name: 'journal.verify', subject, creates: true, at: now }, async () =>
            accept({
              body: {
                payload: body,
                facts: {},
                events: [{ type: 'journal.verified', ok: result.ok, entries: result.entries, brokenCount: result.brokenCount }],
              },
              reply: result,
            }),
          )
        } finally {
          running = false
        }
      },
    }),
  ]
}

export const routes = (deps: AuditDeps): Route[] => [...searching(deps), ...histories(deps), ...proofs(deps)]
