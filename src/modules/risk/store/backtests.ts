/** SQL of back-tests, and of the history that they and training read. */
import type { Reader, Sql, Tx } from '#platform/database.ts'
import type { Backtest, BacktestResult } from '../schema/backtest.ts'
import type { Lane } from '../schema/profile.ts'
import type { Snapshot } from '../schema/selection.ts'

type Row = {
  id: string
  code: string
  number: number
  status: Backtest['status']
  progress: number
  asked_name: string
  asked_at: string
  finished_at: string | null
  history_from: string | null
  result: BacktestResult | null
}
const toBacktest = (r: Row): Backtest => ({
  id: r.id,
  code: r.code,
  number: r.number,
  status: r.status,
  progress: r.progress,
  askedBy: r.asked_name,
  askedAt: r.asked_at,
  finishedAt: r.finished_at,
  historyFrom: r.history_from,
  result: r.result,
})
const columns = (db: Reader) => db`id, code, number, status, progress, asked_name, asked_at, finished_at, history_from, result`

export type NewBacktest = { id: string; code: string; number: number; by: { personId: string; name: string }; at: string; from: string | null }
export const insertBacktest = async (tx: Tx, b: NewBacktest): Promise<void> => {
  await tx`insert into risk.backtest (id, code, number, status, asked_by, asked_name, asked_at, history_from)
    values (${b.id}, ${b.code}, ${b.number}, 'queued', ${b.by.personId}, ${b.by.name}, ${b.at}, ${b.from})`
}

export const findBacktest = async (db: Reader, id: string): Promise<Backtest | null> => {
  const [row] = await db<Row[]>`select ${columns(db)} from risk.backtest where id = ${id}`
  return row ? toBacktest(row) : null
}

export const backtestsOf = async (db: Reader, code: string): Promise<Backtest[]> =>
  (await db<Row[]>`select ${columns(db)} from risk.backtest where code = ${code} order by asked_at desc limit 50`).map(toBacktest)

export const noteProgress = async (db: Reader, id: string, progress: number): Promise<void> => {
  await db`update risk.backtest set status = 'running', progress = ${progress} where id = ${id}`
}

export const finishBacktest = async (tx: Tx, id: string, result: BacktestResult | null, at: string): Promise<void> => {
  await tx`update risk.backtest set status = ${result ? 'done' : 'failed'}, progress = 1, finished_at = ${at},
    result = ${result === null ? null : tx.json(result as never)} where id = ${id}`
}

export type HistoryRow = {
  id: string
  at: string
  office: string
  lane: Lane
  chosenBy: 'mandatory' | 'criterion' | 'random' | 'fill' | 'nothing'
  propensity: number
  snapshot: Snapshot
  /** null: nobody examined it */ found: boolean | null
  amountMinor: number
  score: number | null
}

export const countHistory = async (db: Reader, administration: string, from: string | null): Promise<number> => {
  const [row] = await db<{ n: number }[]>`select count(*)::int as n from risk.decision
    where administration = ${administration} and (${from}::date is null or decided_at >= ${from}::date)`
  return row!.n
}

/** Decisions of an administration with what was found of each, oldest first, `size` at a time. */
export const readHistory = (db: Sql, administration: string, from: string | null, size: number): AsyncIterable<HistoryRow[]> =>
  db<HistoryRow[]>`
    select d.subject_id as id, d.decided_at as at, d.office, d.lane, d.chosen_by as "chosenBy", d.propensity, d.snapshot, o.found,
      coalesce(o.amount, 0)::bigint as "amountMinor", d.score
    from risk.decision d left join lateral (
      select bool_or(result <> 'none') as found, sum(amount_minor) as amount from risk.outcome o
      where o.subject_kind = d.subject_kind and o.subject_id = d.subject_id having count(*) > 0) o on true
    where d.administration = ${administration} and (${from}::date is null or d.decided_at >= ${from}::date)
    order by d.decided_at, d.subject_id`.cursor(size)
