/** SQL of what an analyst should look at: isolated profiles, drift, a model that is missing. */
import type { Reader, Tx } from '#platform/database.ts'
import type { AlarmRow } from '../schema/decision.ts'
import type { Person, Secrecy } from '../schema/profile.ts'

/** Opens an alarm, or counts one that is open. */
export const raiseAlarm = async (db: Reader, kind: string, subject: string, detail: Record<string, unknown>, at: string): Promise<void> => {
  await db`insert into risk.alarm (kind, subject, detail, opened_at, last_at) values (${kind}, ${subject}, ${db.json(detail as never)}, ${at}, ${at})
    on conflict (kind, subject) where closed_at is null do update set count = risk.alarm.count + 1, detail = excluded.detail, last_at = excluded.last_at`
}

/** Whose secret the subject is: that of a profile, newest version; null where it is no profile. */
type Guard = { agency: string; content: { secrecy: Secrecy; owner: { personId: string } }; author: { personId: string } } | null
export type StoredAlarm = { alarm: AlarmRow; profile: Guard }

type Row = Omit<AlarmRow, 'acknowledged' | 'closed'> & {
  acknowledgedAt: string | null
  acknowledgedName: string | null
  acknowledgedRemark: string | null
  closedAt: string | null
  closedName: string | null
  closedRemark: string | null
  agency: string | null
  secrecy: Secrecy
  owner: string
  author: string
}

const answered = (at: string | null, by: string | null, remark: string | null): AlarmRow['closed'] =>
  at === null ? null : { at, by: by ?? '', remark: remark ?? '' }

const toAlarm = (r: Row): StoredAlarm => {
  const { id, kind, subject, detail, count, openedAt, lastAt } = r
  const acknowledged = answered(r.acknowledgedAt, r.acknowledgedName, r.acknowledgedRemark)
  const closed = answered(r.closedAt, r.closedName, r.closedRemark)
  return {
    alarm: { id, kind, subject, detail, count, openedAt, lastAt, acknowledged, closed },
    profile:
      r.agency === null ? null : { agency: r.agency, content: { secrecy: r.secrecy, owner: { personId: r.owner } }, author: { personId: r.author } },
  }
}

const selected = (db: Reader) => db`
  select a.id, a.kind, a.subject, a.detail, a.count, a.opened_at as "openedAt", a.last_at as "lastAt", a.acknowledged_at as "acknowledgedAt",
    a.acknowledged_name as "acknowledgedName", a.acknowledged_remark as "acknowledgedRemark", a.closed_at as "closedAt", a.closed_name as "closedName",
    a.closed_remark as "closedRemark", v.agency, v.content ->> 'secrecy' as secrecy, v.content -> 'owner' ->> 'personId' as owner, v.author
  from risk.alarm a left join lateral (
    select agency, content, author from risk.profile_version where a.kind = 'profile-isolated' and code = a.subject order by number desc limit 1) v on true`

/** At most 500, open ones first, then the latest. */
export const listAlarms = async (db: Reader, open: boolean): Promise<StoredAlarm[]> =>
  (await db<Row[]>`${selected(db)} where (not ${open} or a.closed_at is null) order by a.closed_at is not null, a.last_at desc limit 500`).map(
    toAlarm,
  )

export const findAlarm = async (db: Reader, id: string): Promise<StoredAlarm | null> => {
  const [row] = await db<Row[]>`${selected(db)} where a.id = ${id}`
  return row ? toAlarm(row) : null
}

export type Answering = { id: string; by: Person; remark: string; at: string }

/** Takes an open alarm up; false when somebody has, or when it is closed. */
export const acknowledgeAlarm = async (tx: Tx, { id, by, remark, at }: Answering): Promise<boolean> =>
  (
    await tx`update risk.alarm set acknowledged_at = ${at}, acknowledged_by = ${by.personId}, acknowledged_name = ${by.name}, acknowledged_remark = ${remark}
      where id = ${id} and closed_at is null and acknowledged_at is null`
  ).count === 1

export const closeAlarm = async (tx: Tx, { id, by, remark, at }: Answering): Promise<boolean> =>
  (
    await tx`update risk.alarm set closed_at = ${at}, closed_by = ${by.personId}, closed_name = ${by.name}, closed_remark = ${remark}
      where id = ${id} and closed_at is null`
  ).count === 1
