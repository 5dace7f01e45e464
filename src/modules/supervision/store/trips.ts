/** SQL of trips and corridors. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { Corridor } from '../schema/corridor.ts'
import type { Trip } from '../schema/trip.ts'

export const saveCorridor = async (tx: Tx, c: Corridor, at: string): Promise<void> => {
  await tx`insert into supervision.corridor (id, name, document, updated_at) values (${c.id}, ${c.name}, ${tx.json(c as never)}, ${at})
    on conflict (id) do update set name = excluded.name, document = excluded.document, updated_at = excluded.updated_at`
}

export const findCorridor = async (db: Reader, id: string): Promise<Corridor | null> =>
  (await db<{ document: Corridor }[]>`select document from supervision.corridor where id = ${id}`)[0]?.document ?? null

export const listCorridors = async (db: Reader): Promise<Corridor[]> =>
  (await db<{ document: Corridor }[]>`select document from supervision.corridor order by name, id limit 1000`).map((r) => r.document)

/** Writes the row that follows from the trip's journal. */
export const saveTrip = async (tx: Tx, t: Trip, at: string): Promise<void> => {
  await tx`insert into supervision.trip (id, reference, status, office, destination_office, corridor_id, seal_id, truck_id, state, armed_at, deadline_at, updated_at)
    values (${t.id}, ${t.reference}, ${t.status}, ${t.office}, ${t.destinationOffice}, ${t.corridorId}, ${t.sealId}, ${t.truckId}, ${tx.json(t as never)}, ${t.armedAt}, ${t.deadlineAt}, ${at})
    on conflict (id) do update set status = excluded.status, state = excluded.state, armed_at = excluded.armed_at, deadline_at = excluded.deadline_at, updated_at = excluded.updated_at`
}

export const lockTrip = async (tx: Tx, id: string): Promise<Trip | null> =>
  (await tx<{ state: Trip }[]>`select state from supervision.trip where id = ${id} for update`)[0]?.state ?? null

export const findTrip = async (db: Reader, id: string): Promise<Trip | null> =>
  (await db<{ state: Trip }[]>`select state from supervision.trip where id = ${id}`)[0]?.state ?? null

/** Trips that are watched: armed and not yet discharged. */
export const watchedTrips = async (db: Reader, devices: readonly string[]): Promise<Trip[]> =>
  (
    await db<{ state: Trip }[]>`select state from supervision.trip
      where status not in ('planned', 'discharged', 'cancelled') and (seal_id = any(${[...devices]}::text[]) or truck_id = any(${[...devices]}::text[]))`
  ).map((r) => r.state)

/** How many batches have been folded into a trip's alarms. */
export const watchSeq = async (db: Reader, tripId: string): Promise<number> =>
  (await db<{ seq: number }[]>`select seq from supervision.watch where trip_id = ${tripId}`)[0]?.seq ?? 0

/** Counts a batch for these trips; false when another process has been at one of them since. */
export const countWatched = async (tx: Tx, trips: readonly { id: string; seq: number }[]): Promise<boolean> => {
  if (trips.length === 0) return true
  const { count } = await tx`insert into supervision.watch as w (trip_id, seq)
    select * from unnest(${trips.map((t) => t.id)}::uuid[], ${trips.map((t) => t.seq + 1)}::bigint[]) as x(id, seq) order by 1
    on conflict (trip_id) do update set seq = excluded.seq where w.seq = excluded.seq - 1`
  return count === trips.length
}

const sortable = {
  reference: 'reference',
  status: 'status',
  office: 'office',
  armedAt: 'armed_at',
  deadlineAt: 'deadline_at',
  updatedAt: 'updated_at',
}
export const sortableTrips = Object.keys(sortable)

export const listTrips = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { q?: string; status?: string },
): Promise<{ rows: Trip[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const where = db`where (${offices === '*'} or office = any(${own}::text[]) or destination_office = any(${own}::text[]))
    and (${q.status ?? null}::text is null or status = ${q.status ?? null})
    and (${q.q ?? null}::text is null or lower(reference || ' ' || seal_id || ' ' || (state ->> 'vehicle')) like ${containing(q.q ?? '')})`
  const rows = await db<
    { state: Trip }[]
  >`select state from supervision.trip ${where} ${orderBy(db, q.sort, sortable, '-updatedAt', 'id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from supervision.trip ${where}`
  return { rows: rows.map((r) => r.state), total: count!.total }
}
