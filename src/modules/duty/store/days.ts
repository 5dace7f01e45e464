/** The books of a day: what moved, what does not hold, which desks were not counted. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Breach, ControlTotal, LedgerDay } from '../schema.ts'

type ClosedSql = {
  day: string
  last_posting: number
  totals: ControlTotal[]
  hash: string
  remarks: string
  closed_at: string
  closed_by_name: string
}
export type ClosedDay = {
  day: string
  lastPosting: number
  totals: ControlTotal[]
  hash: string
  remarks: string
  closedAt: string
  closedBy: string
}

const toClosed = (r: ClosedSql): ClosedDay => ({
  day: r.day,
  lastPosting: r.last_posting,
  totals: r.totals,
  hash: r.hash,
  remarks: r.remarks,
  closedAt: r.closed_at,
  closedBy: r.closed_by_name,
})

export const lastClosed = async (db: Reader, administration: string): Promise<ClosedDay | null> => {
  const [row] = await db<ClosedSql[]>`
    select day, last_posting, totals, hash, remarks, closed_at, closed_by_name from duty.ledger_day where administration = ${administration} order by day desc limit 1`
  return row ? toClosed(row) : null
}

export const closedDays = async (db: Reader, administration: string, most: number): Promise<ClosedDay[]> =>
  (
    await db<ClosedSql[]>`
      select day, last_posting, totals, hash, remarks, closed_at, closed_by_name from duty.ledger_day where administration = ${administration} order by day desc limit ${most}`
  ).map(toClosed)

/** One hand at the closing; waits for every posting under way and holds new ones back until the end of the transaction. */
export const lastPostingForGood = async (tx: Tx, administration: string): Promise<number> => {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`ledger-day/${administration}`}, 0))`
  const [row] = await tx<{ id: number }[]>`select duty.last_posting_for_good(${administration}) as id`
  return row!.id
}

export const lastPosting = async (db: Reader, administration: string): Promise<number> => {
  const [row] = await db<{ id: number }[]>`select coalesce(max(id), 0)::bigint as id from duty.posting where administration = ${administration}`
  return row!.id
}

export type Moved = Pick<ControlTotal, 'kind' | 'currency' | 'debits' | 'credits' | 'postings'>

export const movedBetween = async (db: Reader, administration: string, after: number, through: number): Promise<Moved[]> => {
  const [row] = await db<{ totals: Moved[] }[]>`select duty.day_totals(${administration}, ${after}, ${through}) as totals`
  return row!.totals
}

/** Everything that does not hold of what was posted after this posting; empty = all is well. */
export const breachesAfter = async (db: Reader, after: number): Promise<Breach[]> => [
  ...(await db<Breach[]>`select invariant, what, expected, found from duty.breaches(${after}) limit 200`),
]

/** Desks that took money up to a day and were not counted. */
export const openDesks = async (db: Reader, administration: string, through: string): Promise<LedgerDay['openDesks']> => {
  const rows = await db<{ day: string; office: string; cashier: string }[]>`
    select distinct r.day, r.office, r.cashier from duty.receipt r where r.administration = ${administration} and r.office is not null and r.day <= ${through}
      and not exists (select from duty.desk_day d where d.office = r.office and d.day = r.day and d.cashier_id = r.cashier_id and d.currency = r.currency)
    order by r.day, r.office limit 100`
  return rows.map((r) => ({ date: r.day, office: r.office, cashier: r.cashier }))
}

export const insertDay = async (tx: Tx, administration: string, d: ClosedDay & { closedById: string }): Promise<void> => {
  await tx`
    insert into duty.ledger_day (administration, day, last_posting, totals, hash, remarks, closed_at, closed_by, closed_by_name)
    values (${administration}, ${d.day}, ${d.lastPosting}, ${JSON.stringify(d.totals)}::text::jsonb, ${d.hash}, ${d.remarks}, ${d.closedAt}, ${d.closedById}, ${d.closedBy})`
}

/** What stands on the suspense account. */
export const unmatchedSum = async (db: Reader, administration: string): Promise<number> => {
  const [row] = await db<{ minor: number }[]>`
    select coalesce(sum(case direction when 'in' then amount_minor else -amount_minor end), 0)::bigint as minor from duty.bank_entry where administration = ${administration} and status <> 'matched'`
  return row!.minor
}
