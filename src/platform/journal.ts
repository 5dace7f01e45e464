/**
 * The journal: every decision of the administration, one entry each, append-only by database grant, hash-chained per subject and
 * anchored across subjects. An entry keeps the command, the facts that were used and the events that came out, so the decision
 * can be taken again and compared (the appeal file).
 */
import { createHash } from 'node:crypto'
import type { Reader, Tx } from './database.ts'

export type Subject = { kind: string; id: string }
export type Actor = {
  personId: string
  name: string
  roles: string[]
  organisationId?: string | null
  office?: string | null
  channel: string
  sessionId?: string
}
export type Body = { payload: unknown; facts: unknown; events: unknown[] }
export type Draft = { command: string; commandKey?: string | null; actor: Actor; body: Body; reply?: unknown; at: string }
/** Where a subject's chain stands; kept in the subject's own row, which is locked while it changes. */
export type Head = { version: number; hash: string }
export type Entry = Draft & { seq: number; subject: Subject; version: number; hash: string; previousHash: string }

export type Row = {
  subject_kind: string
  subject_id: string
  version: number
  command: string
  command_key: string | null
  actor: string
  body: string
  reply: string | null
  at: string
  previous_hash: string
  hash: string
}

const genesis = '0'.repeat(64)

/** SHA-256 over the previous hash and the exact texts of the entry, each preceded by its length so that no two entries can share a text. */
export const entryHash = (r: Omit<Row, 'hash'>): string => {
  const h = createHash('sha256')
  for (const part of [
    r.previous_hash,
    r.subject_kind,
    r.subject_id,
    String(r.version),
    r.command,
    r.command_key ?? '',
    r.actor,
    r.body,
    r.reply ?? '',
    r.at,
  ]) {
    h.update(`${Buffer.byteLength(part)}:`).update(part)
  }
  return h.digest('hex')
}

/** Chains drafts behind a head. Pure but for the hash; the rows go to `insertEntries`. */
export const chain = (subject: Subject, head: Head | null, drafts: readonly Draft[]): { rows: Row[]; head: Head } => {
  let { version, hash } = head ?? { version: 0, hash: genesis }
  const rows = drafts.map((d) => {
    const bare = {
      subject_kind: subject.kind,
      subject_id: subject.id,
      version: ++version,
      command: d.command,
      command_key: d.commandKey ?? null,
      actor: JSON.stringify(d.actor),
      body: JSON.stringify(d.body),
      reply: d.reply === undefined ? null : JSON.stringify(d.reply),
      at: d.at,
      previous_hash: hash,
    }
    hash = entryHash(bare)
    return { ...bare, hash }
  })
  return { rows, head: { version, hash } }
}

const columns = ['subject_kind', 'subject_id', 'version', 'command', 'command_key', 'actor', 'body', 'reply', 'at', 'previous_hash', 'hash'] as const

/**
 * The appending statement with its first parameter at `$from`, for stores that append in the same statement as their own rows:
 * one round trip less for each decision. A second use of a command key breaks `entry_command_key`.
 */
export const appendSql = (from: number): string => {
  const types = ['text', 'text', 'int', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text']
  const given = types.map((type, i) => `$${from + i}::${type}[]`).join(', ')
  return `insert into journal.entry (${columns.join(', ')})
    select k, i, v, c, ck, a::json, b::json, r::json, t::timestamptz, decode(p, 'hex'), decode(h, 'hex') from unnest(${given}) as x(k, i, v, c, ck, a, b, r, t, p, h)`
}

export const appendParameters = (rows: readonly Row[]): (string | number | null)[][] => columns.map((c) => rows.map((r) => r[c]))

/** Appends chained rows in one statement. */
export const insertEntries = async (tx: Tx, rows: readonly Row[]): Promise<void> => {
  if (rows.length > 0) await tx.unsafe(appendSql(1), appendParameters(rows) as never[], { prepare: true })
}

/** For subjects that do not keep their head themselves: locks the subject's chain, reads its end, appends. */
export const record = async (tx: Tx, subject: Subject, ...drafts: Draft[]): Promise<Head> => {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`${subject.kind}/${subject.id}`}, 0))`
  const [last] = await tx<{ version: number; hash: string }[]>`
    select version, encode(hash, 'hex') as hash from journal.entry where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by version desc limit 1`
  const { rows, head } = chain(subject, last ?? null, drafts)
  await insertEntries(tx, rows)
  return head
}

/** The answer given when this command key was first used, if it was. */
export const findReply = async (
  db: Reader,
  commandKey: string,
): Promise<{ subject: Subject; command: string; reply: unknown; personId: string } | null> => {
  const [row] = await db<{ subject_kind: string; subject_id: string; command: string; reply: unknown; person_id: string }[]>`
    select subject_kind, subject_id, command, reply, actor ->> 'personId' as person_id from journal.entry where command_key = ${commandKey}`
  return row ? { subject: { kind: row.subject_kind, id: row.subject_id }, command: row.command, reply: row.reply, personId: row.person_id } : null
}

/** All entries of a subject in order. */
export const readEntries = async (db: Reader, subject: Subject): Promise<Entry[]> => {
  const rows = await db<
    {
      seq: number
      version: number
      command: string
      command_key: string | null
      actor: Actor
      body: Body
      reply: unknown
      at: string
      previous_hash: string
      hash: string
    }[]
  >`
    select seq, version, command, command_key, actor, body, reply, at, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
    from journal.entry where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by version`
  return rows.map((r) => ({
    seq: r.seq,
    subject,
    version: r.version,
    command: r.command,
    commandKey: r.command_key,
    actor: r.actor,
    body: r.body,
    reply: r.reply,
    at: r.at,
    previousHash: r.previous_hash,
    hash: r.hash,
  }))
}

/** A subject's chain as it is written, texts and all, so that somebody else can compute its hashes. */
export const readChain = async (db: Reader, subject: Subject): Promise<Row[]> => {
  const rows = await db<Row[]>`
    select subject_kind, subject_id, version, command, command_key::text as command_key, actor::text as actor, body::text as body, reply::text as reply, at,
      encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
    from journal.entry where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by version`
  return [...rows]
}
