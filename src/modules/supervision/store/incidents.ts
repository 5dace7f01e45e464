/** SQL of incident cases and of response units. */
import type { Reader, Tx } from '#platform/database.ts'
import { type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { LonLat } from '../schema/corridor.ts'
import type { Incident, Unit, UnitNow } from '../schema/incident.ts'

/** A number for people: `I26-000042`. */
export const nextIncidentNumber = async (tx: Tx, at: string): Promise<string> => {
  const [row] = await tx<{ n: number }[]>`select nextval('supervision.incident_counter') as n`
  return `I${at.slice(2, 4)}-${String(row!.n).padStart(6, '0')}`
}

/** Writes the row that follows from the case's journal. */
export const saveIncident = async (tx: Tx, i: Incident, at: string): Promise<void> => {
  await tx`insert into supervision.incident (id, number, trip_id, status, severity, carrier, opened_at, due_at, level, state, updated_at)
    values (${i.id}, ${i.number}, ${i.tripId}, ${i.status}, ${i.severity}, ${i.carrier}, ${i.openedAt}, ${i.dueAt}, ${i.level}, ${tx.json(i as never)}, ${at})
    on conflict (id) do update set status = excluded.status, due_at = excluded.due_at, level = excluded.level, state = excluded.state, updated_at = excluded.updated_at`
}

export const lockIncident = async (tx: Tx, id: string): Promise<Incident | null> =>
  (await tx<{ state: Incident }[]>`select state from supervision.incident where id = ${id} for update`)[0]?.state ?? null

export const findIncident = async (db: Reader, id: string): Promise<Incident | null> =>
  (await db<{ state: Incident }[]>`select state from supervision.incident where id = ${id}`)[0]?.state ?? null

export const incidentsOfTrip = async (db: Reader, tripId: string): Promise<Incident[]> =>
  (await db<{ state: Incident }[]>`select state from supervision.incident where trip_id = ${tripId} order by opened_at`).map((r) => r.state)

/** Cases in which what was due has not happened. */
export const overdueIncidents = async (db: Reader, now: string): Promise<string[]> =>
  (await db<{ id: string }[]>`select id from supervision.incident where status = 'open' and due_at <= ${now} order by due_at limit 200`).map(
    (r) => r.id,
  )

const sortable = {
  number: 'i.number',
  openedAt: 'i.opened_at',
  dueAt: 'i.due_at',
  severity: `array_position(array['critical', 'high', 'medium', 'low'], i.severity)`,
}
export const sortableIncidents = Object.keys(sortable)

/** Cases of trips that begin or end at some offices ('*' = all). */
export const listIncidents = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { status?: string; tripId?: string },
): Promise<{ rows: Incident[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const where = db`where (${offices === '*'} or t.office = any(${own}::text[]) or t.destination_office = any(${own}::text[]))
    and (${q.status ?? null}::text is null or i.status = ${q.status ?? null}) and (${q.tripId ?? null}::uuid is null or i.trip_id = ${q.tripId ?? null})`
  const from = db`supervision.incident i join supervision.trip t on t.id = i.trip_id`
  const rows = await db<
    { state: Incident }[]
  >`select i.state from ${from} ${where} ${orderBy(db, q.sort, sortable, '-openedAt', 'i.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from ${from} ${where}`
  return { rows: rows.map((r) => r.state), total: count!.total }
}

/** Units where they are now: by their vehicle's device where they have one. Busy is who is on the way of an open case. */
export const listUnits = async (db: Reader): Promise<UnitNow[]> =>
  db<UnitNow[]>`
    select u.id, u.name, u.office, u.kind, u.phone, u.on_duty as "onDuty", u.device_id as "deviceId", coalesce(n.lat, u.lat) as lat, coalesce(n.lon, u.lon) as lon,
      greatest(n.event_at, u.position_at) as "positionAt",
      a.assignment is not null as busy, a.assignment
    from supervision.unit u left join supervision.device_now n on n.device_id = u.device_id
    left join lateral (
      select jsonb_build_object('incidentId', i.id, 'number', i.number, 'state', d ->> 'state', 'at', d ->> 'at', 'etaMin', d -> 'etaMin') as assignment
      from supervision.incident i cross join lateral jsonb_array_elements(i.state -> 'dispatches') d
      where i.status = 'open' and d ->> 'unitId' = u.id and d ->> 'state' <> 'closed' limit 1) a on true
    where u.retired_at is null order by u.name, u.id limit 1000`

export const saveUnit = async (tx: Tx, u: Unit, at: string): Promise<void> => {
  await tx`insert into supervision.unit (id, name, office, kind, phone, on_duty, device_id, lat, lon, position_at, updated_at)
    values (${u.id}, ${u.name}, ${u.office}, ${u.kind}, ${u.phone}, ${u.onDuty}, ${u.deviceId}, ${u.lat}, ${u.lon}, ${at}, ${at})
    on conflict (id) do update set name = excluded.name, office = excluded.office, kind = excluded.kind, phone = excluded.phone, on_duty = excluded.on_duty,
      device_id = excluded.device_id, retired_at = null, lat = excluded.lat, lon = excluded.lon, position_at = excluded.position_at, updated_at = excluded.updated_at`
}

/** False where there is none, or it is retired already. */
export const retireUnit = async (tx: Tx, id: string, at: string): Promise<boolean> =>
  (await tx`update supervision.unit set retired_at = ${at}, on_duty = false, updated_at = ${at} where id = ${id} and retired_at is null`).count > 0

/** One unit is sent to one place at a time: held while that is decided. */
export const lockUnit = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx`select from supervision.unit where id = ${id} for update`).length > 0

/** Where a trip was last, by whichever of its seals told it latest. */
export const placeOfTrip = async (db: Reader, tripId: string): Promise<LonLat | null> =>
  (
    await db<LonLat[]>`select n.lon, n.lat from supervision.trip_seal s join supervision.device_now n on n.device_id = s.seal_id
      where s.trip_id = ${tripId} and s.until is null and n.lat is not null order by n.event_at desc limit 1`
  )[0] ?? null

type OpenAlarm = Incident['alarms'][number] & { severity: Incident['severity'] }
/** Open alarms of a trip, the gravest first; what only tells of the data's quality is none. */
export const openAlarmsOf = async (db: Reader, tripId: string): Promise<OpenAlarm[]> =>
  db<
    OpenAlarm[]
  >`select id, kind, severity, opened_at as "openedAt" from supervision.episode where trip_id = ${tripId} and status = 'open' and severity <> 'quality'
    order by array_position(array['critical', 'high', 'medium', 'low'], severity), opened_at limit 50`

export type Unanswered = { id: string; tripId: string; kind: string; office: string }
/** Critical alarms that nobody has acknowledged since an instant; each is taken once. */
export const escalateAlarms = async (tx: Tx, before: string, now: string): Promise<Unanswered[]> =>
  tx<Unanswered[]>`update supervision.episode e set escalated_at = ${now} from supervision.trip t
    where t.id = e.trip_id and e.status = 'open' and e.severity = 'critical' and e.acknowledged_at is null and e.escalated_at is null and e.learnt_at <= ${before}
    returning e.id, e.trip_id as "tripId", e.kind, t.office`
