/** SQL of retention: its settings, and the two functions that may remove reports. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Retention } from '../schema/retention.ts'

type Kept = Retention & { thinnedUntil: string }

export const readRetention = async (db: Reader): Promise<Kept> =>
  (
    await db<Kept[]>`select frames_days as "framesDays", positions_days as "positionsDays", thin_after_days as "thinAfterDays",
      thin_to_seconds as "thinToSeconds", to_char(thinned_until, 'YYYY-MM-DD') as "thinnedUntil" from supervision.retention`
  )[0]!

export const saveRetention = async (tx: Tx, r: Retention, at: string): Promise<void> => {
  await tx`update supervision.retention set frames_days = ${r.framesDays}, positions_days = ${r.positionsDays}, thin_after_days = ${r.thinAfterDays},
    thin_to_seconds = ${r.thinToSeconds}, updated_at = ${at}`
}

/** Names of the months that were dropped. */
export const dropMonths = async (tx: Tx, table: 'position' | 'raw_frame', before: string): Promise<string[]> =>
  (await tx<{ name: string }[]>`select supervision.drop_months(${table}, ${before}::date) as name`).map((r) => r.name)

/** Thins one day and remembers that; answers how many positions went. */
export const thinDay = async (tx: Tx, day: string, seconds: number): Promise<number> => {
  const [row] = await tx<{ count: string }[]>`select supervision.thin_positions(${day}::date, ${seconds}::int) as count`
  await tx`update supervision.retention set thinned_until = greatest(thinned_until, ${day}::date + 1)`
  return Number(row!.count)
}

/** The first day from `from` on of which there are positions; null where there is none before `to`. */
export const firstDayWithPositions = async (db: Reader, from: string, to: string): Promise<string | null> =>
  (
    await db<{ day: string | null }[]>`select to_char(min(event_at) at time zone 'UTC', 'YYYY-MM-DD') as day
      from supervision.position where event_at >= ${from}::date and event_at < ${to}::date`
  )[0]?.day ?? null
