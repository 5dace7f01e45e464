/** SQL of what maps show: the newest of every seal with its trip and alarms, whole or since an instant, and the fixes of a way. */
import type { Reader } from '#platform/database.ts'
import type { LiveSeal, SealCard, TrackFix } from '../schema/live.ts'

/** `isAside`: a seal of a trip that another seal stands for on maps. */
export type BoardRow = LiveSeal & { isAside: boolean }

/**
 * Seals with a place; with `since` only those that reported, or whose trip or alarms changed, from then on. A trip under way is one row, under the
 * number of its first seal: it is where that of its seals says that was heard of last, its charge is the least, and it is open where one is.
 */
export const readBoard = async (db: Reader, since: string | null): Promise<BoardRow[]> =>
  db<BoardRow[]>`
    with heard as (
      select device_id as id from supervision.device_now where received_at >= ${since ?? '-infinity'}::timestamptz
      union select s.seal_id from supervision.trip t join supervision.trip_seal s on s.trip_id = t.id where t.updated_at >= ${since ?? '-infinity'}::timestamptz
      union select id from supervision.device where updated_at >= ${since ?? '-infinity'}::timestamptz
      union select s.seal_id from supervision.episode e join supervision.trip_seal s on s.trip_id = e.trip_id and s.until is null where e.updated_at >= ${since ?? 'infinity'}::timestamptz
    ), changed as (
      select id from heard
      union select f.seal_id from heard h join supervision.trip_seal s on s.seal_id = h.id and s.until is null
        join supervision.trip_seal f on f.trip_id = s.trip_id and f.until is null and f.number = 1
    ), open as (
      select e.trip_id, count(*)::int as alarms, (array_agg(e.severity order by array_position(array['critical', 'high', 'medium', 'low'], e.severity)))[1] as worst
      from supervision.episode e where e.status = 'open' and e.severity <> 'quality' group by e.trip_id
    )
    select d.id, coalesce(l.lat, n.lat) as lat, coalesce(l.lon, n.lon) as lon, coalesce(l.speed_kph, n.speed_kph) as "speedKph", coalesce(l.course_deg, n.course_deg) as "courseDeg",
      coalesce(w.battery_pct, n.battery_pct) as "batteryPct", case when w.seals > 1 then w.locked else n.locked end as locked,
      coalesce(l.event_at, n.event_at) as "eventAt", coalesce(l.received_at, n.received_at) as "receivedAt", d.state, d.office, coalesce(o.alarms, 0) as alarms, o.worst,
      t.id is not null and own.number > 1 as "isAside", coalesce(w.others, '{}') as others,
      case when t.id is null then null else json_build_object('id', t.id, 'reference', t.reference, 'status', t.status, 'vehicle', t.state ->> 'vehicle',
        'carrier', t.carrier, 'corridorId', t.corridor_id, 'office', t.office, 'destinationOffice', t.destination_office,
        'deadlineAt', to_char(t.deadline_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as trip
    from changed c join supervision.device d using (id) left join supervision.device_now n on n.device_id = d.id
    left join supervision.trip_seal own on own.seal_id = d.id and own.until is null
    left join supervision.trip t on t.id = own.trip_id and t.status not in ('planned', 'discharged', 'cancelled', 'seized')
    left join lateral (
      select m.* from supervision.trip_seal s join supervision.device_now m on m.device_id = s.seal_id
      where s.trip_id = t.id and s.until is null and m.lat is not null and m.lon is not null order by m.event_at desc, s.number limit 1) l on true
    left join lateral (
      select count(*) as seals, min(m.battery_pct) as battery_pct, case when bool_or(not m.locked) then false when count(m.locked) = count(*) then true end as locked,
        array_agg(s.seal_id order by s.number) filter (where s.number > 1) as others
      from supervision.trip_seal s left join supervision.device_now m on m.device_id = s.seal_id where s.trip_id = t.id and s.until is null) w on true
    left join open o on o.trip_id = t.id
    where d.role = 'seal' and coalesce(l.lat, n.lat) is not null and coalesce(l.lon, n.lon) is not null`

/** Fixes of a device from an instant to another, in event time; at most `most`. */
export const readFixes = async (db: Reader, deviceId: string, from: string, to: string, most: number): Promise<TrackFix[]> =>
  (
    await db<
      { at: string; lon: number; lat: number; speed: number | null }[]
    >`select event_at as at, lon, lat, speed_kph as speed from supervision.position
      where device_id = ${deviceId} and event_at >= ${from} and event_at <= ${to} and valid and not clock_suspect and lat is not null and lon is not null
      order by event_at, hash limit ${most}`
  ).map((r): TrackFix => [Date.parse(r.at), Math.round(r.lon * 1e6) / 1e6, Math.round(r.lat * 1e6) / 1e6, r.speed])

export const readCardAlarms = async (db: Reader, tripId: string): Promise<SealCard['alarms']> =>
  db<SealCard['alarms']>`select id, kind, severity, opened_at as "openedAt" from supervision.episode
    where trip_id = ${tripId} and status = 'open' and severity <> 'quality'
    order by array_position(array['critical', 'high', 'medium', 'low'], severity), opened_at limit 20`
