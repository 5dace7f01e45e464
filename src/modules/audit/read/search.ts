/** Who did what, when: search of the journal, one entry in full, and a subject's history element by element. */
import type { Reader } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import { readEntries, type Actor, type Body, type Subject } from '#platform/journal.ts'
import { changesBetween, stateAfter, type Folds } from '../changes.ts'
import type { EntryRow, EntryView, HistoryEntry } from '../schema.ts'

/** '*' = all of it; offices = what was decided there by their people. */
export type Scope = '*' | readonly string[]

export type EntryFilter = ListQuery & {
  subjectKind?: string
  subjectId?: string
  personId?: string
  person?: string
  command?: string
  from?: string
  to?: string
}

type Row = { seq: number; subject_kind: string; subject_id: string; version: number; command: string; actor: Actor; body: Body; at: string }

const reasonIn = (value: unknown): string | null => {
  const reason = typeof value === 'object' && value !== null ? (value as { reason?: unknown }).reason : undefined
  return typeof reason === 'string' && reason !== '' ? reason : null
}

/** Why: the reason given with the command, or the one in its first event that has one. */
const reasonOf = (body: Body): string | null => reasonIn(body.payload) ?? body.events.map(reasonIn).find((r) => r !== null) ?? null

const typeOf = (event: unknown): string => String((event as { type?: unknown } | null)?.type ?? '')

const toRow = (r: Row): EntryRow => ({
  seq: r.seq,
  at: r.at,
  subjectKind: r.subject_kind,
  subjectId: r.subject_id,
  version: r.version,
  command: r.command,
  personId: r.actor.personId,
  person: r.actor.name,
  roles: r.actor.roles,
  organisationId: r.actor.organisationId ?? null,
  office: r.actor.office ?? null,
  channel: r.actor.channel,
  reason: reasonOf(r.body),
  events: r.body.events.map(typeOf),
})

const inScope = (db: Reader, scope: Scope) => (scope === '*' ? db`` : db`and actor ->> 'office' = any(${[...scope]}::text[])`)

const filtered = (db: Reader, f: EntryFilter, scope: Scope) => db`
  from journal.entry where true
    ${f.subjectKind === undefined ? db`` : db`and subject_kind = ${f.subjectKind}`} ${f.subjectId === undefined ? db`` : db`and subject_id = ${f.subjectId}`}
    ${f.personId === undefined ? db`` : db`and actor ->> 'personId' = ${f.personId}`} ${f.person === undefined ? db`` : db`and lower(actor ->> 'name') like ${containing(f.person)}`}
    ${f.command === undefined ? db`` : db`and command = ${f.command}`} ${f.from === undefined ? db`` : db`and at >= ${f.from}`} ${f.to === undefined ? db`` : db`and at < ${f.to}`}
    ${inScope(db, scope)}`

const sortable = { seq: 'seq', at: 'seq' }
export const entrySortable = Object.keys(sortable)
/** Counting goes no further than this: nobody pages through more, and the journal may hold a thousand million entries. */
export const mostCounted = 10_000

export const searchEntries = async (db: Reader, f: EntryFilter, scope: Scope): Promise<{ rows: EntryRow[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const rows = await db<Row[]>`
    select seq, subject_kind, subject_id, version, command, actor, body, at ${filtered(db, f, scope)} ${orderBy(db, f.sort, sortable, '-seq', 'seq')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*) as total from (select 1 ${filtered(db, f, scope)} limit ${mostCounted}) x`
  return { rows: rows.map(toRow), total: count!.total }
}

/** The commands that occur, for the filter's choices. */
export const listCommands = async (db: Reader): Promise<string[]> => {
  // A loose index scan is not to be had without an index; the last entries name all that is in use.
  const rows = await db<
    { command: string }[]
  >`select distinct command from (select command from journal.entry order by seq desc limit 50000) x order by command`
  return rows.map((r) => r.command)
}

export const readEntry = async (db: Reader, seq: number, scope: Scope): Promise<EntryView | null> => {
  const [row] = await db<(Row & { command_key: string | null; reply: unknown; hash: string; previous_hash: string; anchor: number | null })[]>`
    select seq, subject_kind, subject_id, version, command, command_key, actor, body, reply, at, encode(hash, 'hex') as hash, encode(previous_hash, 'hex') as previous_hash,
      (select a.number from journal.anchor a where a.from_xid <= written_by and written_by < a.to_xid) as anchor
    from journal.entry where seq = ${seq} ${inScope(db, scope)}`
  if (!row) return null
  return {
    ...toRow(row),
    sessionId: row.actor.sessionId ?? null,
    commandKey: row.command_key,
    body: row.body,
    reply: row.reply,
    hash: row.hash,
    previousHash: row.previous_hash,
    anchor: row.anchor,
  }
}

/** Everything that happened to a subject, each with the data elements it changed; null when there is none such, or it was never handled at these offices. */
export const readHistory = async (db: Reader, subject: Subject, folds: Folds, scope: Scope): Promise<HistoryEntry[] | null> => {
  const entries = await readEntries(db, subject)
  if (entries.length === 0 || (scope !== '*' && !entries.some((e) => e.actor.office && scope.includes(e.actor.office)))) return null
  let state: unknown = null
  return entries.map((e) => {
    const before = state
    state = stateAfter(folds, subject.kind, before, e.body.events)
    const row = toRow({
      seq: e.seq,
      subject_kind: subject.kind,
      subject_id: subject.id,
      version: e.version,
      command: e.command,
      actor: e.actor,
      body: e.body,
      at: e.at,
    })
    return { ...row, changes: changesBetween(before ?? {}, state ?? {}) }
  })
}
