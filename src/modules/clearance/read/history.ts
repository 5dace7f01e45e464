/** The life of one declaration on one time line, and the history of every field: both are read from the journal, nobody types them. */
import type { Reader } from '#platform/database.ts'
import { readEntries, type Actor, type Entry } from '#platform/journal.ts'
import { diff } from '../amendment.ts'
import { type DeclarationEvent, evolve } from '../declaration.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { FieldChange, TimelineEntry } from '../schema/views.ts'
import { notificationsOf } from './inbox.ts'

/** What a line of the time line says about an event; long things (documents, traces) stay behind a link. */
const paramsOf = (e: DeclarationEvent, kinds: ReadonlyMap<string, string>): Record<string, unknown> => {
  switch (e.type) {
    case 'declaration.lodged':
      return { lrn: e.opening.lrn, items: e.document.items.length, prelodged: e.opening.prelodged }
    case 'declaration.rejected':
      return { count: e.issues.length, issues: e.issues.slice(0, 20) }
    case 'declaration.accepted':
      return { warnings: e.issues.length }
    case 'declaration.assessed':
      return { payable: e.assessment.totals.payable, lines: e.assessment.lines.length, version: e.version }
    case 'declaration.lane-assigned':
      return { lane: e.lane.lane, reasons: e.lane.reasons, by: e.lane.by }
    case 'declaration.control-opened':
      return { kind: e.control.kind, reasons: e.control.reasons, dueAt: e.control.dueAt ?? null }
    case 'declaration.control-recorded':
      return { kind: kinds.get(e.id), conform: e.conform, remarks: e.remarks, findings: e.findings }
    case 'declaration.control-closed':
      return { kind: kinds.get(e.id), as: e.as, reason: e.reason }
    case 'declaration.payment-demanded':
    case 'declaration.covered':
      return { settlement: e.settlement }
    case 'declaration.amended':
      return { version: e.version, changes: e.unreported.changes.length, lrn: e.lrn }
    case 'declaration.request-received':
      return { kind: e.request.kind, lrn: e.request.lrn, reason: e.request.reason }
    default: {
      const { type: _type, at: _at, ...rest } = e as { type: string; at?: string }
      return rest
    }
  }
}

const atOf = (e: DeclarationEvent, entry: Entry): string => ('at' in e && typeof e.at === 'string' ? e.at : entry.at)

/** For the trade side, what selection saw stays sealed, and so does who of the staff does what: no criterion, score or chance is told apart from another. */
const sealed = new Set(['declaration.lane-assigned', 'declaration.assigned', 'declaration.release-proposed', 'declaration.request-approved'])
const sealedParams = new Set(['by', 'byId', 'reasons'])

const tradeRoles: readonly string[] = ['trader', 'broker']
const isStaff = (actor: Actor): boolean => actor.channel !== 'system' && !actor.roles.some((role) => tradeRoles.includes(role))

/** Kind of each control by its identifier; later events of a control name only that. */
const kindsIn = (events: readonly DeclarationEvent[]): Map<string, string> =>
  new Map(events.flatMap((e) => (e.type === 'declaration.control-opened' ? [[e.control.id, e.control.kind] as const] : [])))

const withoutSealed = (params: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([name, value]) => !sealedParams.has(name) || value === 'system'))

export const timeline = async (db: Reader, id: string, mrn: string, officer: boolean): Promise<TimelineEntry[]> => {
  const entries = await readEntries(db, { kind: 'declaration', id })
  const told = await notificationsOf(db, mrn)
  const eventsOf = (entry: Entry): DeclarationEvent[] => entry.body.events as DeclarationEvent[]
  const kinds = kindsIn(entries.flatMap(eventsOf))
  const lines: TimelineEntry[] = entries.flatMap((entry) =>
    eventsOf(entry)
      .filter((e) => officer || !sealed.has(e.type))
      .map((e) => {
        const params = officer ? paramsOf(e, kinds) : withoutSealed(paramsOf(e, kinds))
        const person = officer || !isStaff(entry.actor) ? entry.actor.name : ''
        return {
          at: atOf(e, entry),
          event: e.type,
          by: person,
          role: entry.actor.roles[0] ?? '',
          version: entry.version,
          command: entry.command,
          params,
        }
      }),
  )
  const messages: TimelineEntry[] = told.map((n) => ({
    at: n.issuedAt,
    event: 'notification.sent',
    by: '',
    role: 'system',
    version: 0,
    command: '',
    params: { functionCode: n.functionCode, name: n.notification.name, lrn: n.lrn, number: n.number },
    notification: n.messageId,
  }))
  return [...lines, ...messages].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.event === 'notification.sent') - Number(b.event === 'notification.sent'),
  )
}

/** Every change of every data element: which version, when, old and new, and for officers by whom; the trade side is told its own people only. */
export const fieldHistory = async (db: Reader, id: string, officer: boolean): Promise<FieldChange[]> => {
  const entries = await readEntries(db, { kind: 'declaration', id })
  let state: DeclarationState | null = null
  const changes: FieldChange[] = []
  for (const entry of entries) {
    for (const event of entry.body.events as DeclarationEvent[]) {
      const before: DeclarationState | null = state
      const after = evolve(before, event)
      state = after
      if (event.type !== 'declaration.amended' || !before) continue
      const by = event.by === 'system' ? entry.actor.name : event.by
      for (const c of diff(before.document, after.document))
        changes.push({
          path: c.path,
          old: c.old ?? null,
          new: c.new ?? null,
          version: after.version,
          at: event.at,
          by: officer || !isStaff(entry.actor) ? by : '',
        })
    }
  }
  return changes
}
