/** SQL of goods that were released for transit. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { DeclaredTransit } from '../schema/transit.ts'

export type Transit = { document: DeclaredTransit; tripId: string | null; endedAt: string | null }

/** Goods that were released; once for a declaration, however often that is told. */
export const expectTransit = async (tx: Tx, t: DeclaredTransit): Promise<void> => {
  await tx`insert into supervision.transit (mrn, office, destination_office, document, released_at)
    values (${t.mrn}, ${t.office}, ${t.destinationOffice}, ${tx.json(t as never)}, ${t.releasedAt}) on conflict (mrn) do nothing`
}

/** The transit of a declaration, held while something is decided of it; null where none was declared here. */
export const lockTransit = async (tx: Tx, mrn: string): Promise<Transit | null> =>
  (await tx<Transit[]>`select document, trip_id as "tripId", ended_at as "endedAt" from supervision.transit where mrn = ${mrn} for update`)[0] ?? null

export const findTransit = async (db: Reader, mrn: string): Promise<DeclaredTransit | null> =>
  (await db<{ document: DeclaredTransit }[]>`select document from supervision.transit where mrn = ${mrn}`)[0]?.document ?? null

/** Binds the goods to a trip, or frees them for another one. */
export const bindTransit = async (tx: Tx, mrn: string, tripId: string | null): Promise<void> => {
  await tx`update supervision.transit set trip_id = ${tripId} where mrn = ${mrn}`
}

export const endTransit = async (tx: Tx, mrn: string, at: string): Promise<void> => {
  await tx`update supervision.transit set ended_at = coalesce(ended_at, ${at}) where mrn = ${mrn}`
}

const sortable = { mrn: 'mrn', releasedAt: 'released_at', office: 'office', destinationOffice: 'destination_office' }
export const sortableTransits = Object.keys(sortable)

/** Goods that wait at some offices of departure ('*' = all) for a trip under seal. */
export const listWaiting = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { q?: string },
): Promise<{ rows: DeclaredTransit[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const where = db`where trip_id is null and ended_at is null and (${offices === '*'} or office = any(${own}::text[]))
    and (${q.q ?? null}::text is null or lower(mrn || ' ' || (document ->> 'holder') || ' ' || coalesce(document ->> 'vehicle', '')) like ${containing(q.q ?? '')})`
  const rows = await db<
    { document: DeclaredTransit }[]
  >`select document from supervision.transit ${where} ${orderBy(db, q.sort, sortable, 'releasedAt', 'mrn')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from supervision.transit ${where}`
  return { rows: rows.map((r) => r.document), total: count!.total }
}
