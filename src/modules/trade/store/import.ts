/** SQL of imports: rows of a file, kept as they are read, so that a broken-off import goes on where it stopped. */
import type { Reader, Tx } from '#platform/database.ts'
import type { ImportKind, ReadRow } from '../importing/types.ts'

export type StoredImport = { id: string; status: 'reading' | 'done'; rowsDone: number; proposalId: string | null }
export type ImportKey = { administration: string; kind: ImportKind; from: string; fileHash: string }

type Row = { id: string; status: StoredImport['status']; lines_done: number; proposal_id: string | null }
const stored = (r: Row | undefined): StoredImport | null =>
  r ? { id: r.id, status: r.status, rowsDone: r.lines_done, proposalId: r.proposal_id } : null

/** The import of this very file, begun now unless it was begun before. */
export const beginImport = async (tx: Tx, id: string, k: ImportKey, fileName: string, at: string): Promise<StoredImport> => {
  await tx`
    insert into trade.import (id, administration, kind, effective_from, file_name, file_hash, status, started_at, updated_at)
    values (${id}, ${k.administration}, ${k.kind}, ${k.from}, ${fileName}, ${k.fileHash}, 'reading', ${at}, ${at}) on conflict on constraint import_file do nothing`
  const [row] = await tx<Row[]>`
    select id, status, lines_done, proposal_id from trade.import
    where administration = ${k.administration} and kind = ${k.kind} and effective_from = ${k.from} and file_hash = ${k.fileHash} for update`
  return stored(row)!
}

const kindOf = (r: ReadRow): string => ('refused' in r ? 'refused' : 'ignored' in r ? 'ignored' : 'taken')

/** Keeps rows, numbered on from those that are there. */
export const keepRows = async (tx: Tx, id: string, from: number, rows: readonly ReadRow[], at: string): Promise<void> => {
  await tx`
    insert into trade.import_row (import_id, number, line, kind, body)
    select ${id}::uuid, ${from}::int + o::int, l, k, b::jsonb
    from unnest(${rows.map((r) => r.line)}::int[], ${rows.map(kindOf)}::text[], ${rows.map((r) => JSON.stringify(r))}::text[]) with ordinality as x(l, k, b, o)
    on conflict do nothing`
  await tx`update trade.import set lines_done = ${from + rows.length}, updated_at = ${at} where id = ${id}`
}

export const readRows = async (db: Reader, id: string): Promise<ReadRow[]> =>
  (await db<{ body: ReadRow }[]>`select body from trade.import_row where import_id = ${id} order by number`).map((r) => r.body)

export const finishImport = async (tx: Tx, id: string, proposalId: string | null, at: string): Promise<void> => {
  await tx`update trade.import set status = 'done', proposal_id = ${proposalId}, updated_at = ${at} where id = ${id}`
}
