/**
 * Proof of the journal: every subject's chain and every anchor computed anew, in one snapshot, a few rows at a time however long the
 * journal is. What was altered is named; what an anchor kept elsewhere attests is compared too.
 */
import type { Sql, Tx } from '#platform/database.ts'
import { entryHash, type Row } from '#platform/journal.ts'
import type { Broken, Verification, Witness } from '../schema.ts'
import { anchorHash, streamAnchors, treeOver, type Anchor } from '../store/anchor.ts'

const mostTold = 100
const batch = 200
const genesis = '0'.repeat(64)

type Stored = Row & { seq: number; written_by: string; future: boolean }
type Report = (b: Broken) => void

/** What is known of the entry before: `recomputed` differs from `stored` where the entry did not check. */
type Before = { version: number; seq: number; stored: string; recomputed: string }

const short = (hash: string): string => hash.slice(0, 16)

/** An entry that did not check is judged when the next one shows which of both hashes it was chained to. */
const judge = (report: Report, kind: string, id: string, before: Before | null, next: Stored | null): void => {
  if (!before || before.recomputed === before.stored) return
  const what = next?.previous_hash === before.recomputed ? 'hash' : next?.previous_hash === before.stored ? 'content' : 'content-or-hash'
  report({ what, subject: { kind, id }, version: before.version, expected: short(before.recomputed), found: short(before.stored) })
}

/** Checks one entry against the one before it in its chain, and answers what the next one needs. */
const checkEntry = (report: Report, row: Stored, before: Before | null): Before => {
  const subject = { kind: row.subject_kind, id: row.subject_id }
  const tell = (what: Broken['what'], expected: string, found: string): void => report({ what, subject, version: row.version, expected, found })
  const at = row.at.endsWith('000Z') ? `${row.at.slice(0, -4)}Z` : row.at
  if (at === row.at) tell('at', 'an instant of whole milliseconds', row.at)
  const due = (before?.version ?? 0) + 1
  if (row.version > due) tell('missing', `version ${due}`, `version ${row.version}`)
  if (row.version < due) tell('duplicate', `version ${due}`, `version ${row.version}`)
  if (before && row.seq <= before.seq) tell('seq', `a number above ${before.seq}`, String(row.seq))
  if (row.future) tell('written_by', 'a transaction of the past', row.written_by)
  const recomputed = entryHash({ ...row, at })
  const previous = before?.stored ?? genesis
  const linked = row.version !== due || row.previous_hash === previous
  if (linked) return { version: row.version, seq: row.seq, stored: row.hash, recomputed }
  if (recomputed !== row.hash && entryHash({ ...row, at, previous_hash: previous }) === row.hash) {
    tell('previous_hash', short(previous), short(row.previous_hash))
    return { version: row.version, seq: row.seq, stored: row.hash, recomputed: row.hash }
  }
  // Where the one before had its hash altered, that is told there, and this entry is sound.
  if (row.previous_hash !== before?.recomputed) tell('link', short(previous), short(row.previous_hash))
  return { version: row.version, seq: row.seq, stored: row.hash, recomputed }
}

const checkChains = async (tx: Tx, report: Report): Promise<{ subjects: number; entries: number }> => {
  let subjects = 0
  let entries = 0
  let kind: string | null = null
  let id = ''
  let before: Before | null = null
  const rows = tx<Stored[]>`
    select seq, subject_kind, subject_id, version, command, command_key, actor::text as actor, body::text as body, reply::text as reply,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash,
      written_by::text as written_by, written_by >= pg_snapshot_xmax(pg_current_snapshot()) as future
    from journal.entry order by subject_kind, subject_id, version, seq`
  for await (const part of rows.cursor(batch)) {
    for (const row of part) {
      const same: boolean = row.subject_kind === kind && row.subject_id === id
      if (kind !== null) judge(report, kind, id, before, same ? row : null)
      if (!same) subjects++
      before = checkEntry(report, row, same ? before : null)
      kind = row.subject_kind
      id = row.subject_id
      entries++
    }
  }
  if (kind !== null) judge(report, kind, id, before, null)
  return { subjects, entries }
}

const checkAnchor = async (tx: Tx, report: Report, a: Anchor, last: Anchor | null): Promise<void> => {
  const tell = (what: Broken['what'], expected: string, found: string): void => report({ what, anchor: a.number, expected, found })
  if (a.number !== (last?.number ?? 0) + 1) tell('anchor-missing', `anchor ${(last?.number ?? 0) + 1}`, `anchor ${a.number}`)
  else if (a.previousHash !== (last?.hash ?? genesis)) tell('anchor-link', short(last?.hash ?? genesis), short(a.previousHash))
  else if (a.fromXid !== (last?.toXid ?? '0')) tell('anchor-range', `from ${last?.toXid ?? '0'}`, `from ${a.fromXid}`)
  const own = anchorHash(a)
  if (own !== a.hash) tell('anchor-hash', short(own), short(a.hash))
  const tree = await treeOver(tx, a.fromXid, a.toXid)
  if (tree.count() !== a.entries || tree.root() !== a.root)
    tell('anchor-entries', `${a.entries} entries, ${short(a.root)}`, `${tree.count()} entries, ${short(tree.root())}`)
}

const checkAnchors = async (tx: Tx, report: Report, witnesses: readonly Witness[]): Promise<{ anchors: number; unanchored: number }> => {
  const attested = new Map(witnesses.map((w) => [w.number, w.hash]))
  let last: Anchor | null = null
  let anchors = 0
  for await (const a of streamAnchors(tx)) {
    await checkAnchor(tx, report, a, last)
    const witness = attested.get(a.number)
    if (witness !== undefined && witness !== a.hash) report({ what: 'witness', anchor: a.number, expected: short(witness), found: short(a.hash) })
    attested.delete(a.number)
    last = a
    anchors++
  }
  for (const [number, hash] of attested) report({ what: 'witness', anchor: number, expected: short(hash), found: 'no such anchor' })
  const [rest] = await tx<
    { count: number }[]
  >`select count(*) as count from journal.entry where written_by >= ${(last as Anchor | null)?.toXid ?? '0'}::text::xid8`
  return { anchors, unanchored: rest!.count }
}

/** Proves the journal as it is now. `now` answers milliseconds, for the time it took; `witnesses` are anchors kept outside the database. */
export const verifyJournal = async (sql: Sql, now: () => number, witnesses: readonly Witness[] = []): Promise<Verification> => {
  const began = now()
  const broken: Broken[] = []
  let brokenCount = 0
  const report: Report = (b) => {
    brokenCount++
    if (broken.length < mostTold) broken.push(b)
  }
  const found = await sql.begin('isolation level repeatable read read only', async (raw) => {
    const tx = raw as Tx
    // In the order of the index: sorting a whole journal would take its size on disk once more.
    await tx`set local enable_sort = off`
    const chains = await checkChains(tx, report)
    return { ...chains, ...(await checkAnchors(tx, report, witnesses)) }
  })
  return { ok: brokenCount === 0, ...found, broken, brokenCount, ms: Math.round(now() - began) }
}
