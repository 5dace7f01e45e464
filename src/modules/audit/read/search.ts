/** Who did what, when: search of the journal, one entry in full, and a subject's history element by element. */
import type { Reader, Sql, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { Actor, Body, Subject } from '#platform/journal.ts'
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

type Row = {
  seq: number
  subject_kind: string
  subject_id: string
  version: number
  command: string
  actor: Actor
  reason: string | null
  events: string[]
  at: string
}

/** Columns of a row. Why = the reason given with the command, or the first that an event has; bodies can be long and stay where they are. */
const columns = (db: Reader) => db`
  seq, subject_kind, subject_id, version, command, actor, at,
  coalesce(nullif(body #>> '{payload,reason}', ''), (select e ->> 'reason' from json_array_elements(body -> 'events') e where e ->> 'reason' <> '' limit 1)) as reason,
  (select coalesce(json_agg(coalesce(e ->> 'type', '')), '[]') from json_array_elements(body -> 'events') e) as events`

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
  reason: r.reason,
  events: r.events,
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

const queryCanceled = '57014'
/** A search that takes more milliseconds is asked to be narrower. */
const longest = 15_000

/** Null when the search took longer than `within` milliseconds. */
export const searchEntries = async (
  sql: Sql,
  f: EntryFilter,
  scope: Scope,
  within = longest,
): Promise<{ rows: EntryRow[]; total: number } | null> => {
  const { limit, offset } = windowOf(f)
  try {
    return await sql.begin('read only', async (raw) => {
      const tx = raw as Tx
      // The planner takes the filters of block ranges for hardly better than reading everything; they are better by far.
      await tx`set local enable_seqscan = off`
      await tx.unsafe(`set local statement_timeout = ${within}`)
      const rows = await tx<Row[]>`
        select ${columns(tx)} ${filtered(tx, f, scope)} ${orderBy(tx, f.sort, sortable, '-seq', 'seq')}
        limit ${limit} offset ${offset}`
      const [count] = await tx<{ total: number }[]>`select count(*) as total from (select 1 ${filtered(tx, f, scope)} limit ${mostCounted}) x`
      return { rows: rows.map(toRow), total: count!.total }
    })
  } catch (fault) {
    if ((fault as { code?: string }).code === queryCanceled) return null
    throw fault
  }
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
  const [row] = await db<
    (Row & { body: Body; command_key: string | null; reply: unknown; hash: string; previous_hash: string; anchor: number | null })[]
  >`
    select ${columns(db)}, body, command_key, reply, encode(hash, 'hex') as hash, encode(previous_hash, 'hex') as previous_hash,
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

/**
 * Everything that happened to a subject, each with the data elements it changed. Null when there is none such, or when nobody of these
 * offices ever dealt with it.
 */
export const readHistory = async (db: Reader, subject: Subject, folds: Folds, scope: Scope): Promise<HistoryEntry[] | null> => {
  const rows = await db<(Row & { all: unknown[] })[]>`
    select ${columns(db)}, body -> 'events' as all from journal.entry where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by version`
  if (rows.length === 0 || (scope !== '*' && !rows.some((r) => r.actor.office && scope.includes(r.actor.office)))) return null
  let state: unknown = null
  return rows.map((r) => {
    const before = state
    state = stateAfter(folds, subject.kind, before, r.all)
    return { ...toRow(r), changes: changesBetween(before ?? {}, state ?? {}) }
  })
}
