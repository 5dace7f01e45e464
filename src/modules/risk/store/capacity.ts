/** SQL of an office's day. */
import type { Reader } from '#platform/database.ts'

export type DayCounts = {
  office: string
  registered: number
  red: number
  yellow: number
  blue: number
  redMinutes: number
  yellowMinutes: number
  random: number
  filled: number
  demoted: number
  demotedMinutes: number
}

/** What selection did at each office of an administration on one legal day (`timeZone`: the zone that day is meant in). */
export const countDay = async (db: Reader, administration: string, date: string, timeZone: string): Promise<DayCounts[]> =>
  db<DayCounts[]>`
    select office, count(*)::int as registered, (count(*) filter (where lane = 'red'))::int as red, (count(*) filter (where lane = 'yellow'))::int as yellow,
      (count(*) filter (where lane = 'blue'))::int as blue, coalesce(sum(minutes) filter (where lane = 'red'), 0)::int as "redMinutes",
      coalesce(sum(minutes) filter (where lane <> 'red'), 0)::int as "yellowMinutes", (count(*) filter (where chosen_by = 'random'))::int as random,
      (count(*) filter (where chosen_by = 'fill'))::int as filled, count(demoted_from)::int as demoted, sum(demoted_minutes)::int as "demotedMinutes"
    from risk.decision
    where administration = ${administration} and decided_at >= ${date}::date::timestamp at time zone ${timeZone}
      and decided_at < (${date}::date + 1)::timestamp at time zone ${timeZone}
    group by office`
