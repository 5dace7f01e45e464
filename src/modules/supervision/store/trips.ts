/** SQL of trips and corridors. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { Corridor } from '../schema/corridor.ts'
import { isWatched, type Trip, type TripRow } from '../schema/trip.ts'
import { sealSpans } from '../trip/resealing.ts'

export const saveCorridor = async (tx: Tx, c: Corridor, at: string): Promise<void> => {
  await tx`insert into supervision.corridor (id, name, document, updated_at) values (${c.id}, ${c.name}, ${tx.json(c as never)}, ${at})
    on conflict (id) do update set name = excluded.name, document = excluded.document, updated_at = excluded.updated_at`
}

export const findCorridor = async (db: Reader, id: string): Promise<Corridor | null> =>
  (await db<{ document: Corridor }[]>`select document from supervision.corridor where id = ${id}`)[0]?.document ?? null

export const listCorridors = async (db: Reader): Promise<Corridor[]> =>
  (await db<{ document: Corridor }[]>`select document from supervision.corridor order by name, id limit 1000`).map((r) => r.document)

const isOver = ({ status }: Trip): boolean => status !== 'planned' && !isWatched(status)

/** Writes when each seal has been on the trip; at its end all are free for others. */
const saveSeals = async (tx: Tx, t: Trip, at: string): Promise<void> => {
  const numbers = new Map(t.seals.map((s, n) => [s.sealId, n + 1]))
  const numberOf = (sealId: string): number => {
    const next = t.formerSeals?.find((f) => f.sealId === sealId)?.replacedBy
    return numbers.get(sealId) ?? (next === undefined ? 1 : numberOf(next))
  }
  for (const { sealId, place, from, to } of sealSpans(t))
    await tx`insert into supervision.trip_seal as s (trip_id, seal_id, place, number, since, until)
      values (${t.id}, ${sealId}, ${place}, ${numberOf(sealId)}, ${from ?? '-infinity'}::timestamptz, ${to ?? (isOver(t) ? at : null)})
      on conflict (trip_id, seal_id, since) do update set until = coalesce(s.until, excluded.until)`
}

/** Writes the rows that follow from the trip's journal. */
export const saveTrip = async (tx: Tx, t: Trip, at: string): Promise<void> => {
  await tx`insert into supervision.trip (id, reference, status, office, destination_office, corridor_id, truck_id, state, armed_at, deadline_at, updated_at)
    values (${t.id}, ${t.reference}, ${t.status}, ${t.office}, ${t.destinationOffice}, ${t.corridorId}, ${t.truckId}, ${tx.json(t as never)}, ${t.armedAt}, ${t.deadlineAt}, ${at})
    on conflict (id) do update set status = excluded.status, state = excluded.state, armed_at = excluded.armed_at, deadline_at = excluded.deadline_at, updated_at = excluded.updated_at`
  await saveSeals(tx, t, at)
}

export const lockTrip = async (tx: Tx, id: string): Promise<Trip | null> =>
  (await tx<{ state: Trip }[]>`select state from supervision.trip where id = ${id} for update`)[0]?.state ?? null

export const findTrip = async (db: Reader, id: string): Promise<Trip | null> =>
  (await db<{ state: Trip }[]>`select state from supervision.trip where id = ${id}`)[0]?.state ?? null

/** Trips that are watched: armed and not yet discharged. */
export const watchedTrips = async (db: Reader, devices: readonly string[]): Promise<Trip[]> =>
  (
    await db<
      { state: Trip }[]
    >`select t.state from supervision.trip t where t.status not in ('planned', 'discharged', 'cancelled', 'seized') and t.id in (
      select trip_id from supervision.trip_seal where until is null and seal_id = any(${[...devices]}::text[])
      union select id from supervision.trip where truck_id = any(${[...devices]}::text[]) and status not in ('discharged', 'cancelled', 'seized'))`
  ).map((r) => r.state)

/** Devices of all watched trips. */
export const watchedDevices = async (db: Reader): Promise<string[]> =>
  (
    await db<
      { id: string }[]
    >`with watched as (select id, truck_id from supervision.trip where status not in ('planned', 'discharged', 'cancelled', 'seized'))
      select s.seal_id as id from supervision.trip_seal s join watched w on w.id = s.trip_id where s.until is null
      union select truck_id from watched where truck_id is not null order by 1`
  ).map((r) => r.id)

/** How many batches have been folded into a trip's alarms. */
export const watchSeq = async (db: Reader, tripId: string): Promise<number> =>
  (await db<{ seq: number }[]>`select seq from supervision.watch where trip_id = ${tripId}`)[0]?.seq ?? 0

/** Is a seal on a trip that is not over? */
export const isSealInUse = async (db: Reader, sealId: string): Promise<boolean> =>
  (await db`select from supervision.trip_seal where seal_id = ${sealId} and until is null`).length > 0

/** Has everybody who watches a trip read it anew: what they hold of it is of a seal that no longer guards it. */
export const readAnew = async (tx: Tx, tripId: string): Promise<void> => {
  await tx`insert into supervision.watch as w (trip_id, seq) values (${tripId}, 1) on conflict (trip_id) do update set seq = w.seq + 1`
}

/** Counts a batch for these trips; false when another process has been at one of them since. */
export const countWatched = async (tx: Tx, trips: readonly { id: string; seq: number }[]): Promise<boolean> => {
  if (trips.length === 0) return true
  const { count } = await tx`insert into supervision.watch as w (trip_id, seq)
    select * from unnest(${trips.map((t) => t.id)}::uuid[], ${trips.map((t) => t.seq + 1)}::bigint[]) as x(id, seq) order by 1
    on conflict (trip_id) do update set seq = excluded.seq where w.seq = excluded.seq - 1`
  return count === trips.length
}

/** Trips that go on by a word of their seal: an arming that was asked for, a disarming within the last hour that the seal has proven. */
export const tripsAwaiting = async (db: Reader, now: string): Promise<Trip[]> =>
  (
    await db<{ state: Trip }[]>`select state from supervision.trip where (status = 'planned' and jsonb_typeof(state -> 'arming') = 'object')
      or (status = 'disarmed' and (state ->> 'openingProven')::boolean and updated_at > ${now}::timestamptz - interval '1 hour')`
  ).map((r) => r.state)

const sortable = {
  reference: 't.reference',
  status: 't.status',
  office: 't.office',
  armedAt: 't.armed_at',
  deadlineAt: 't.deadline_at',
  updatedAt: 't.updated_at',
  openAlarms: 'a.open',
  lastEventAt: 'n."lastEventAt"',
}
export const sortableTrips = Object.keys(sortable)

type Seen = Omit<TripRow, keyof Trip>

/** Trips of some offices ('*' = all). What the seals say counts only while they are on the trip: afterwards they may be on others. */
export const listTrips = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { q?: string; status?: string; /** only those under way to the offices */ inbound?: true },
): Promise<{ rows: TripRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const where = db`where (${offices === '*'} or (not ${q.inbound ?? false} and t.office = any(${own}::text[])) or t.destination_office = any(${own}::text[]))
    and (not ${q.inbound ?? false} or t.status in ('armed', 'inTransit', 'arrived', 'incident'))
    and (${q.status ?? null}::text is null or t.status = ${q.status ?? null})
    and (${q.q ?? null}::text is null or lower(t.reference || ' ' || (select string_agg(s.seal_id, ' ') from supervision.trip_seal s where s.trip_id = t.id) || ' ' || (t.state ->> 'vehicle') || ' ' || coalesce(t.state ->> 'carrier', '')) like ${containing(q.q ?? '')})`
  const rows = await db<(Seen & { state: Trip })[]>`
    select t.state, coalesce(a.open, 0)::int as "openAlarms", a.worst as "worstAlarm", n."sealLocked", n."batteryPct", n."lastEventAt",
      (select string_agg(s ->> 'sealId', ' ' order by i) from jsonb_array_elements(t.state -> 'seals') with ordinality as x(s, i)) as "sealIds"
    from supervision.trip t
    left join lateral (
      select count(*)::int as open, (array['critical', 'high', 'medium', 'low', 'quality'])[min(array_position(array['critical', 'high', 'medium', 'low', 'quality'], e.severity))] as worst
      from supervision.episode e where e.trip_id = t.id and e.status = 'open') a on true
    left join lateral (
      select case when bool_or(not d.locked) then false when count(d.locked) = count(*) then true end as "sealLocked", min(d.battery_pct) as "batteryPct", max(d.event_at) as "lastEventAt"
      from supervision.trip_seal s left join supervision.device_now d on d.device_id = s.seal_id and d.event_at >= t.armed_at
      where s.trip_id = t.id and s.until is null and t.status not in ('planned', 'discharged', 'cancelled', 'seized') having count(d.device_id) > 0) n on true
    ${where} ${orderBy(db, q.sort, sortable, q.inbound ? 'deadlineAt' : '-updatedAt', 't.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from supervision.trip t ${where}`
  return { rows: rows.map(({ state, ...seen }) => ({ ...state, ...seen })), total: count!.total }
}

export type TripPlace = { tripId: string; corridor: Corridor; at: string; lon: number; lat: number }

/** Where trips were last, by whichever of their seals told it latest, with their corridors; those that have told no place are left out. */
export const placesOfTrips = async (db: Reader, ids: readonly string[]): Promise<TripPlace[]> =>
  db<TripPlace[]>`select distinct on (t.id) t.id as "tripId", c.document as corridor, n.event_at as at, n.lon, n.lat
    from supervision.trip t join supervision.corridor c on c.id = t.corridor_id
    join supervision.trip_seal s on s.trip_id = t.id and s.until is null join supervision.device_now n on n.device_id = s.seal_id and n.event_at >= t.armed_at
    where t.id = any(${[...ids]}::uuid[]) and n.lat is not null and n.lon is not null order by t.id, n.event_at desc`
