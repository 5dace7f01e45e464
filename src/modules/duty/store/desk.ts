/** Days of the cash desks. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import type { DeskDay } from '../schema.ts'
import type { Desk } from './payments.ts'

/** One hand at a desk's day at a time, so that no receipt slips in behind its closing. */
export const lockDesk = async (tx: Tx, desk: Pick<Desk, 'office' | 'cashierId'>, day: string): Promise<void> => {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`desk/${desk.office}/${desk.cashierId}/${day}`}, 0))`
}

export const isClosed = async (db: Reader, desk: Pick<Desk, 'office' | 'cashierId'>, day: string): Promise<boolean> =>
  (await db`select 1 from duty.desk_day where office = ${desk.office} and cashier_id = ${desk.cashierId} and day = ${day} limit 1`).length > 0

export const sumOfDay = async (db: Reader, desk: Pick<Desk, 'office' | 'cashierId'>, day: string, currency: string): Promise<Money> => {
  const [row] = await db<{ sum: number }[]>`
    select coalesce(sum(amount_minor), 0)::bigint as sum from duty.receipt where office = ${desk.office} and day = ${day} and cashier_id = ${desk.cashierId} and currency = ${currency}`
  return { minor: row!.sum, currency }
}

export const closeDay = async (tx: Tx, desk: Desk, day: string, sum: Money, counted: Money, at: string): Promise<void> => {
  await tx`
    insert into duty.desk_day (office, day, cashier_id, cashier, currency, sum_minor, counted_minor, closed_at)
    values (${desk.office}, ${day}, ${desk.cashierId}, ${desk.cashier}, ${sum.currency}, ${sum.minor}, ${counted.minor}, ${at})`
}

type DaySql = {
  office: string
  day: string
  cashier_id: string
  cashier: string
  currency: string
  receipts: number
  sum: number
  counted_minor: number | null
  closed_at: string | null
}

/** Each cashier's day at these offices ('*' = all): receipts, their sum, and how it was closed. */
export const listDays = async (db: Reader, offices: readonly string[] | '*', day: string): Promise<DeskDay[]> => {
  const rows = await db<DaySql[]>`
    with taken as (
      select office, day, cashier_id, max(cashier) as cashier, currency, count(*)::int as receipts, sum(amount_minor)::bigint as sum
      from duty.receipt where office is not null and day = ${day} group by office, day, cashier_id, currency
    )
    select coalesce(t.office, d.office) as office, coalesce(t.day, d.day) as day, coalesce(t.cashier_id, d.cashier_id) as cashier_id, coalesce(t.cashier, d.cashier) as cashier,
      coalesce(t.currency, d.currency) as currency, coalesce(t.receipts, 0) as receipts, coalesce(t.sum, 0)::bigint as sum, d.counted_minor, d.closed_at
    from taken t full join (select * from duty.desk_day where day = ${day}) d using (office, day, cashier_id, currency)
    where ${offices === '*' ? db`true` : db`coalesce(t.office, d.office) = any(${[...offices]}::text[])`} order by 1, 4`
  const money = (minor: number, currency: string): Money => ({ minor, currency })
  return rows.map((r) => ({
    date: r.day,
    office: r.office,
    cashierId: r.cashier_id,
    cashier: r.cashier,
    currency: r.currency,
    receipts: r.receipts,
    sum: money(r.sum, r.currency),
    closed:
      r.closed_at === null
        ? null
        : { at: r.closed_at, counted: money(r.counted_minor!, r.currency), difference: money(r.counted_minor! - r.sum, r.currency) },
  }))
}
