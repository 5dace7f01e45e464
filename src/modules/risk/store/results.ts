/** SQL of what is judged: decisions of a period with what was found of each. */
import type { Reader } from '#platform/database.ts'
import type { Judged } from '../results.ts'

type Row = { chosenBy: Judged['chosenBy']; propensity: number; hits: string[]; selecting: string[]; found: boolean | null; revenue: number }

/** Decisions from a day to a day, both included; of one office where it is named. At most 200,000, the latest. */
export const judged = async (db: Reader, administration: string, f: { from: string; to: string; office?: string }): Promise<Judged[]> =>
  (
    await db<Row[]>`
      select d.chosen_by as "chosenBy", d.propensity, d.hits, d.selecting, o.found, coalesce(o.revenue, 0)::bigint as revenue
      from risk.decision d left join (
        select subject_kind, subject_id, bool_or(result <> 'none') as found, sum(amount_minor) as revenue from risk.outcome where known_at >= ${f.from}::date group by 1, 2) o
        using (subject_kind, subject_id)
      where d.administration = ${administration} and d.decided_at >= ${f.from}::date and d.decided_at < ${f.to}::date + 1
        and (${f.office ?? null}::text is null or d.office = ${f.office ?? ''})
      order by d.decided_at desc limit 200000`
  ).map(({ found, revenue, ...r }) => ({ ...r, found: found ?? undefined, revenueMinor: revenue }))
