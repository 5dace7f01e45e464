/** SQL of alarm episodes. */
import type { Reader, Tx } from '#platform/database.ts'
import { type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { Kept } from '../alarms/difference.ts'
import { type AlarmKind, alarmKinds } from '../alarms/kinds.ts'
import type { Episode } from '../alarms/state.ts'
import type { AcknowledgeAlarm, AlarmRow } from '../schema/alarm.ts'

/** Kinds that only an officer ends. */
const officers = Object.entries(alarmKinds).flatMap(([kind, { ends }]) => (ends === 'officer' ? [kind] : []))

const at = (ms: number): string => new Date(ms).toISOString()

/** An episode as it is written: `notify` is decided once, when it is learnt. */
export type NewEpisode = { id: string; tripId: string; episode: Episode; notify: AlarmRow['notify'] }

export const insertEpisodes = async (tx: Tx, all: readonly NewEpisode[], learntAt: string): Promise<void> => {
  for (const { id, tripId, episode: e, notify } of all)
    await tx`insert into supervision.episode (id, trip_id, kind, subject, source, severity, status, opened_at, last_at, closed_at, learnt_at, updated_at, count, worst, lat, lon, notify, ended_by, part_of)
      values (${id}, ${tripId}, ${e.kind}, ${e.subject}, ${e.source}, ${alarmKinds[e.kind].severity}, ${e.closedMs === null ? 'open' : 'closed'}, ${at(e.openedMs)}, ${at(e.lastMs)},
        ${e.closedMs === null ? null : at(e.closedMs)}, ${learntAt}, ${learntAt}, ${e.count}, ${e.worst}, ${e.place?.lat ?? null}, ${e.place?.lon ?? null}, ${notify}, ${e.endedBy}, ${e.of})`
}

export const updateEpisodes = async (tx: Tx, all: readonly { id: string; episode: Episode }[], now: string): Promise<void> => {
  for (const { id, episode: e } of all)
    await tx`update supervision.episode set source = ${e.source}, status = ${e.closedMs === null ? 'open' : 'closed'}, opened_at = ${at(e.openedMs)}, last_at = ${at(e.lastMs)},
      closed_at = ${e.closedMs === null ? null : at(e.closedMs)}, count = ${e.count}, worst = ${e.worst}, ended_by = ${e.endedBy}, updated_at = ${now} where id = ${id}`
}

export const endEpisodes = async (tx: Tx, all: readonly { id: string; status: 'retracted' | 'superseded' }[], now: string): Promise<void> => {
  for (const { id, status } of all)
    await tx`update supervision.episode set status = ${status}, closed_at = coalesce(closed_at, last_at), updated_at = ${now} where id = ${id} and source = 'inferred'`
}

type EpisodeRow = Omit<AlarmRow, 'reference'> & { partOf: string | null }
const columns = (
  db: Reader,
) => db`e.id, e.trip_id as "tripId", e.kind, e.subject, e.source, e.severity, e.status, e.opened_at as "openedAt", e.last_at as "lastAt",
  e.closed_at as "closedAt", e.learnt_at as "learntAt", e.count, e.worst, e.lat, e.lon, e.notify, e.escalated_at as "escalatedAt", e.ended_by as "endedBy", e.acknowledged_by as "acknowledgedBy",
  e.acknowledged_at as "acknowledgedAt", e.reason_code as "reasonCode", e.reason_text as "reasonText"`

/** Episodes of a trip that follow from its observations; silence is watched apart. */
export const keptEpisodes = async (db: Reader, tripId: string): Promise<Kept[]> => {
  const rows = await db<
    EpisodeRow[]
  >`select ${columns(db)}, e.part_of as "partOf" from supervision.episode e where e.trip_id = ${tripId} and e.kind <> 'NO_SIGNAL'`
  return rows.map((r) => ({
    id: r.id,
    status: r.status,
    acknowledged: r.acknowledgedAt !== null,
    episode: {
      kind: r.kind as AlarmKind,
      subject: r.subject,
      of: r.partOf,
      source: r.source,
      openedMs: Date.parse(r.openedAt),
      lastMs: Date.parse(r.lastAt),
      closedMs: r.closedAt === null ? null : Date.parse(r.closedAt),
      count: r.count,
      place: r.lat === null || r.lon === null ? null : { lat: r.lat, lon: r.lon },
      worst: r.worst,
      endedBy: r.endedBy ?? null,
    },
  }))
}

/** All alarms of a trip, also those taken back, by when they began. */
export const alarmsOfTrip = async (db: Reader, tripId: string): Promise<AlarmRow[]> => [
  ...(await db<AlarmRow[]>`select ${columns(db)}, t.reference from supervision.episode e join supervision.trip t on t.id = e.trip_id
    where e.trip_id = ${tripId} order by e.opened_at, e.kind, e.subject`),
]

/** What an officer closed is closed in the same transaction, whether or not a gateway runs. */
export const closeByOfficer = async (tx: Tx, tripId: string, c: { kind: string; subject: string; at: string }): Promise<void> => {
  await tx`update supervision.episode set status = 'closed', closed_at = ${c.at}, updated_at = ${c.at}
    where trip_id = ${tripId} and kind = ${c.kind} and subject = ${c.subject} and status = 'open' and opened_at <= ${c.at}`
}

/** What a seal told of itself is over when another takes its place, whether or not a gateway runs; what only an officer may end stays. */
export const endOfReplaced = async (tx: Tx, tripId: string, sealId: string, at: string): Promise<void> => {
  await tx`update supervision.episode set status = 'closed', closed_at = greatest(${at}::timestamptz, opened_at), ended_by = 'seal-replaced', updated_at = ${at}
    where trip_id = ${tripId} and status = 'open' and kind <> all(${officers}::text[]) and ${sealId} = any(string_to_array(coalesce(part_of, subject), ' '))`
}

/** The newest evidence of an open alarm. */
export const lastSeen = async (db: Reader, tripId: string, of: { kind: string; subject: string }): Promise<string | null> =>
  (
    await db<{ at: string | null }[]>`select max(last_at) as at from supervision.episode
      where trip_id = ${tripId} and kind = ${of.kind} and subject = ${of.subject} and status = 'open'`
  )[0]?.at ?? null

export const countCritical = async (db: Reader, tripId: string): Promise<{ openCritical: number; broken: number }> => {
  const [row] = await db<{ openCritical: number; broken: number }[]>`
    select count(*) filter (where status = 'open')::int as "openCritical", count(*)::int as broken
    from supervision.episode where trip_id = ${tripId} and severity = 'critical' and status in ('open', 'closed')`
  return row!
}

export const findAlarm = async (db: Reader, id: string): Promise<(AlarmRow & { offices: string[] }) | null> =>
  (
    await db<(AlarmRow & { offices: string[] })[]>`select ${columns(db)}, t.reference, array[t.office, t.destination_office] as offices
      from supervision.episode e join supervision.trip t on t.id = e.trip_id where e.id = ${id}`
  )[0] ?? null

export const acknowledge = async (tx: Tx, id: string, a: AcknowledgeAlarm, by: string, now: string): Promise<boolean> =>
  (
    await tx`update supervision.episode set acknowledged_by = ${by}, acknowledged_at = ${now}, reason_code = ${a.reasonCode}, reason_text = ${a.text}, updated_at = ${now}
      where id = ${id} and acknowledged_at is null returning id`
  ).length > 0

const sortable = {
  severity: `array_position(array['critical', 'high', 'medium', 'low', 'quality'], e.severity)`,
  openedAt: 'e.opened_at',
  learntAt: 'e.learnt_at',
  kind: 'e.kind',
}
export const sortableAlarms = Object.keys(sortable)

export const listAlarms = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { status?: string; kind?: string; tripId?: string },
): Promise<{ rows: AlarmRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const where = db`where (${offices === '*'} or t.office = any(${own}::text[]) or t.destination_office = any(${own}::text[]))
    and (${q.status ?? null}::text is null or e.status = ${q.status ?? null}) and (${q.kind ?? null}::text is null or e.kind = ${q.kind ?? null})
    and (${q.tripId ?? null}::uuid is null or e.trip_id = ${q.tripId ?? null})`
  const rows = await db<AlarmRow[]>`select ${columns(db)}, t.reference from supervision.episode e join supervision.trip t on t.id = e.trip_id ${where}
    ${orderBy(db, q.sort, sortable, '-openedAt', 'e.id')} limit ${limit} offset ${offset}`
  const [count] = await db<
    { total: number }[]
  >`select count(*)::int as total from supervision.episode e join supervision.trip t on t.id = e.trip_id ${where}`
  return { rows, total: count!.total }
}

export type Silent = { tripId: string; deviceId: string; receivedAt: string }

/**
 * Watched trips with a seal that has been silent for longer than it is by its own settings, and for which that is not known yet: three intervals
 * and at least five minutes while it moves or never sleeps, ten minutes after its timer while it may sleep; what nobody has set counts as
 * a timer of half an hour (JT701D manual).
 */
export const silentNow = async (db: Reader, now: string): Promise<Silent[]> =>
  db<Silent[]>`
    select t.id as "tripId", s.seal_id as "deviceId", n.received_at as "receivedAt" from supervision.trip t
    join supervision.trip_seal s on s.trip_id = t.id and s.until is null
    join supervision.device_now n on n.device_id = s.seal_id join supervision.device d on d.id = s.seal_id
    where t.status in ('armed', 'inTransit', 'arrived', 'incident')
      and n.received_at < ${now}::timestamptz - make_interval(secs => case
        when d.interval_s is not null and (d.tracking or n.speed_kph >= 5) then greatest(3 * d.interval_s, 300)
        else (coalesce(d.wake_min, 30) + 10) * 60 end)
      and not exists (select from supervision.episode e where e.trip_id = t.id and e.kind = 'NO_SIGNAL' and e.subject = s.seal_id and e.status = 'open')`

/** A record has come: the silence is over, and stays written down. */
export const endSilence = async (tx: Tx, devices: readonly string[], now: string): Promise<void> => {
  await tx`update supervision.episode set status = 'closed', closed_at = ${now}, updated_at = ${now}
    where kind = 'NO_SIGNAL' and status = 'open' and subject = any(${[...devices]}::text[])`
}
