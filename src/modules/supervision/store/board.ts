/** SQL of what maps show: the newest of every seal with its trip and alarms, whole or since an instant, and the fixes of a way. */
import type { Reader } from '#platform/database.ts'
import type { LiveSeal, SealCard, TrackFix } from '../schema/live.ts'

type BoardRow = Omit<LiveSeal, 'trip'> & { trip: LiveSeal['trip'] }

/** Seals with a place; with `since` only those that reported, or whose trip or alarms changed, from then on. */
export const readBoard = async (db: Reader, since: string | null): Promise<BoardRow[]> =>
  db<BoardRow[]>`
    with changed as (
      select device_id as id from supervision.device_now where received_at >= ${since ?? '-infinity'}::timestamptz
      union select seal_id from supervision.trip where updated_at >= ${since ?? '-infinity'}::timestamptz
      union select id from supervision.device where updated_at >= ${since ?? '-infinity'}::timestamptz
      union select t.seal_id from supervision.episode e join supervision.trip t on t.id = e.trip_id where e.updated_at >= ${since ?? 'infinity'}::timestamptz
    ), open as (
      select e.trip_id, count(*)::int as alarms, (array_agg(e.severity order by array_position(array['critical', 'high', 'medium', 'low'], e.severity)))[1] as worst
      from supervision.episode e where e.status = 'open' and e.severity <> 'quality' group by e.trip_id
    )
    select d.id, n.lat, n.lon, n.speed_kph as "speedKph", n.course_deg as "courseDeg", n.battery_pct as "batteryPct", n.locked,
      n.event_at as "eventAt", n.received_at as "receivedAt", d.state, d.office, coalesce(o.alarms, 0) as alarms, o.worst,
      case when t.id is null then null else json_build_object('id', t.id, 'reference', t.reference, 'status', t.status, 'vehicle', t.state ->> 'vehicle',
        'carrier', t.carrier, 'corridorId', t.corridor_id, 'office', t.office, 'destinationOffice', t.destination_office,
        'deadlineAt', to_char(t.deadline_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as trip
    from changed c join supervision.device d using (id) join supervision.device_now n on n.device_id = d.id
    left join supervision.trip t on t.seal_id = d.id and t.status not in ('planned', 'discharged', 'cancelled', 'seized')
    left join open o on o.trip_id = t.id
    where d.role = 'seal' and n.lat is not null and n.lon is not null`

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
