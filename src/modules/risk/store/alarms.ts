/** SQL of what an analyst should look at: isolated profiles, drift, a model that is missing. */
import type { Reader } from '#platform/database.ts'

export type Alarm = {
  id: string
  kind: string
  subject: string
  detail: Record<string, unknown>
  count: number
  openedAt: string
  lastAt: string
  closedAt: string | null
}

/** Opens an alarm, or counts one that is open. */
export const raiseAlarm = async (db: Reader, kind: string, subject: string, detail: Record<string, unknown>, at: string): Promise<void> => {
  await db`insert into risk.alarm (kind, subject, detail, opened_at, last_at) values (${kind}, ${subject}, ${db.json(detail as never)}, ${at}, ${at})
    on conflict (kind, subject) where closed_at is null do update set count = risk.alarm.count + 1, detail = excluded.detail, last_at = excluded.last_at`
}

export const listAlarms = async (db: Reader, open: boolean): Promise<Alarm[]> =>
  db<Alarm[]>`select id, kind, subject, detail, count, opened_at as "openedAt", last_at as "lastAt", closed_at as "closedAt" from risk.alarm
    where (not ${open} or closed_at is null) order by closed_at is not null, last_at desc limit 500`

export const closeAlarm = async (db: Reader, id: string, by: string, at: string): Promise<boolean> =>
  (await db`update risk.alarm set closed_at = ${at}, closed_by = ${by} where id = ${id} and closed_at is null`).count === 1
