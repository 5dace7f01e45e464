/** SQL of what an older system examined. */
import type { Reader, Sql, Tx } from '#platform/database.ts'
import type { PastExamination, PastSummary } from '../schema/past.ts'
import type { Person } from '../schema/profile.ts'

export type PastImport = { administration: string; source: string; rows: readonly PastExamination[]; by: Person; at: string }

/** Imported again, a row takes the place of what was said of it before. */
export const savePast = async (tx: Tx, p: PastImport): Promise<void> => {
  await tx`
    insert into risk.past_examination (administration, reference, item, declared_on, result, cells, source, imported_by, imported_name, imported_at)
    select ${p.administration}, x.reference, x.item, x."declaredOn", x.result, x.cells, ${p.source}, ${p.by.personId}, ${p.by.name}, ${p.at}
    from jsonb_to_recordset(${tx.json(p.rows as never)}) as x (reference text, item int, "declaredOn" date, result text, cells jsonb)
    on conflict (administration, reference, item) do update set declared_on = excluded.declared_on, result = excluded.result, cells = excluded.cells,
      source = excluded.source, imported_by = excluded.imported_by, imported_name = excluded.imported_name, imported_at = excluded.imported_at`
}

export type PastRow = { cells: Record<string, string>; found: boolean }

/** Oldest first, `size` at a time; from a day on where one is named. */
export const readPast = (db: Sql, administration: string, from: string | null, size: number): AsyncIterable<PastRow[]> =>
  db<PastRow[]>`
    select cells, result <> 'none' as found from risk.past_examination
    where administration = ${administration} and (${from}::date is null or declared_on >= ${from}::date)
    order by declared_on, reference, item`.cursor(size)

export const summarisePast = async (db: Reader, administration: string): Promise<PastSummary> => {
  const sources = await db<(PastSummary['sources'][number] & { withFinding: number; from: string; to: string })[]>`
    select source, count(*)::int as rows, (count(*) filter (where result <> 'none'))::int as "withFinding", min(declared_on)::text as from,
      max(declared_on)::text as to, min(imported_name) as "importedBy", max(imported_at) as "importedAt"
    from risk.past_examination where administration = ${administration} group by source order by max(imported_at) desc`
  const sum = (of: 'rows' | 'withFinding'): number => sources.reduce((t, s) => t + s[of], 0)
  return {
    rows: sum('rows'),
    withFinding: sum('withFinding'),
    from: sources.map((s) => s.from).toSorted()[0] ?? null,
    to:
      sources
        .map((s) => s.to)
        .toSorted()
        .at(-1) ?? null,
    sources: sources.map(({ source, rows, importedBy, importedAt }) => ({ source, rows, importedBy, importedAt })),
  }
}
