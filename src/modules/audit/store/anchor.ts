/**
 * Anchors: at intervals one hash over all entries that were written since the last one. A subject's chain proves that its entries are
 * unaltered and in order; an anchor proves that none was added or taken away afterwards, not even at the end of a chain.
 *
 * Terms: an entry is *settled* when its transaction's number is below that of every transaction still running (the horizon); no entry
 * can appear below the horizon any more. Anchor n covers the settled entries from the horizon of anchor n-1 to its own.
 * The numbers are those of the PostgreSQL cluster: a logical dump that is restored into a fresh cluster needs its counter moved on
 * (`pg_resetwal -x`), or new entries seem to be old ones.
 */
import { createHash } from 'node:crypto'
import type { Reader, Sql, Tx } from '#platform/database.ts'
import { inTransaction } from '#platform/database.ts'
import type { AnchorRow } from '../schema.ts'
import { createTree, type Tree } from './merkle.ts'

export type Anchor = AnchorRow & { fromXid: string; toXid: string }

const genesis = '0'.repeat(64)
// Any constant works as long as every process uses the same.
const lockKey = 7_221_948
const batch = 1000

/** SHA-256 over an anchor's fields, each preceded by its length. */
export const anchorHash = (a: Omit<Anchor, 'hash'>): string => {
  const h = createHash('sha256')
  for (const part of [a.previousHash, String(a.number), a.fromXid, a.toXid, String(a.entries), a.root, a.at])
    h.update(`${Buffer.byteLength(part)}:`).update(part)
  return h.digest('hex')
}

type Row = { number: number; from_xid: string; to_xid: string; entries: number; root: string; previous_hash: string; hash: string; at: string }

const columns = (db: Reader) => db`
  number, from_xid::text as from_xid, to_xid::text as to_xid, entries, encode(root, 'hex') as root, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`

// Written with milliseconds; anything finer is not ours and has to show.
const toAnchor = (r: Row): Anchor => ({
  number: r.number,
  fromXid: r.from_xid,
  toXid: r.to_xid,
  entries: r.entries,
  root: r.root,
  previousHash: r.previous_hash,
  hash: r.hash,
  at: r.at.replace(/000Z$/, 'Z'),
})

export const lastAnchor = async (db: Reader): Promise<Anchor | null> => {
  const [row] = await db<Row[]>`select ${columns(db)} from journal.anchor order by number desc limit 1`
  return row ? toAnchor(row) : null
}

/** All anchors in order, some at a time; page by page and not by cursor, because the reader asks other things in between. */
export const streamAnchors = async function* (db: Reader): AsyncGenerator<Anchor> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows: Row[] = await db<Row[]>`select ${columns(db)} from journal.anchor where number > ${after} order by number limit ${batch}`
    if (rows.length === 0) return
    after = rows.at(-1)!.number
    yield* rows.map(toAnchor)
  }
}

/** The leaves of a range: number, transaction and hash of each entry, in order of the number. The hash covers all else. */
export const treeOver = async (db: Reader, fromXid: string, toXid: string): Promise<Tree> => {
  const tree = createTree()
  const rows = db<{ seq: number; written_by: string; hash: string }[]>`
    select seq, written_by::text as written_by, encode(hash, 'hex') as hash from journal.entry
    where written_by >= ${fromXid}::text::xid8 and written_by < ${toXid}::text::xid8 order by seq`
  for await (const part of rows.cursor(batch)) for (const r of part) tree.add(`${r.seq}:${r.written_by}:${r.hash}`)
  return tree
}

const anchorIn = async (tx: Tx, at: string): Promise<Anchor | null> => {
  const [lock] = await tx<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${lockKey}) as held`
  if (!lock!.held) return null
  const last = await lastAnchor(tx)
  const fromXid = last?.toXid ?? '0'
  // A statement of its own, before the entries are read: whatever is below this horizon is committed and visible to the next one.
  const [horizon] = await tx<{ xid: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`
  const tree = await treeOver(tx, fromXid, horizon!.xid)
  if (tree.count() === 0) return null
  const bare = {
    number: (last?.number ?? 0) + 1,
    fromXid,
    toXid: horizon!.xid,
    entries: tree.count(),
    root: tree.root(),
    previousHash: last?.hash ?? genesis,
    at,
  }
  const anchor = { ...bare, hash: anchorHash(bare) }
  await tx`
    insert into journal.anchor (number, from_xid, to_xid, entries, root, previous_hash, hash, at)
    values (${anchor.number}, ${anchor.fromXid}::text::xid8, ${anchor.toXid}::text::xid8, ${anchor.entries}, decode(${anchor.root}, 'hex'), decode(${anchor.previousHash}, 'hex'), decode(${anchor.hash}, 'hex'), ${at})`
  return anchor
}

/** Anchors the settled entries since the last anchor; null when there are none, or another process is at it. */
export const anchorNow = (sql: Sql, at: string): Promise<Anchor | null> => inTransaction(sql, (tx) => anchorIn(tx, at))

export const listAnchors = async (db: Reader, limit: number, offset: number): Promise<{ rows: AnchorRow[]; total: number }> => {
  const rows = await db<Row[]>`select ${columns(db)} from journal.anchor order by number desc limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select coalesce(max(number), 0) as total from journal.anchor`
  return {
    rows: rows.map(toAnchor).map(({ number, at, entries, root, previousHash, hash }) => ({ number, at, entries, root, previousHash, hash })),
    total: count!.total,
  }
}
