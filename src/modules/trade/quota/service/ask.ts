/** What a declaration asks of a quota before it claims it. */
import type { LegalDate } from '#kernel/time.ts'
import type { Reader } from '#platform/database.ts'
import { quantityIn, type DeclaredQuantities } from '../quantity.ts'
import { isCritical, statusOf } from '../quota.ts'
import type { QuotaStatus } from '../schema.ts'
import { toState } from '../store.ts'

export type QuotaAnswer = {
  status: QuotaStatus
  /** the difference to the full duty will have to be secured */ critical: boolean
  /** is it open for such goods? */ covers: (goods: { commodity: string; origin?: string }) => boolean
  /** does the item tell its quantity in the unit of the quota? */ measures: (declared: DeclaredQuantities) => boolean
}
type Row = Parameters<typeof toState>[0] & { commodities: string[]; origins: string[] }

/** By order number: the period of the date, else the latest one. A number that nobody opened is missing. */
export const findQuotas = async (
  db: Reader,
  administration: string,
  orders: readonly string[],
  date: LegalDate,
): Promise<Map<string, QuotaAnswer>> => {
  const rows = await db<Row[]>`
    select distinct on (d.order_number) d.*, q.commodities, q.origins from trade.quota_definition d
    join trade.quota q on q.administration = d.administration and q.order_number = d.order_number
    where d.administration = ${administration} and d.order_number = any(${orders as string[]}::text[])
    order by d.order_number, (d.valid_from <= ${date} and d.valid_to > ${date}) desc, d.valid_from desc`
  return new Map(
    rows.map((r) => {
      const state = toState(r)
      return [
        r.order_number,
        {
          status: statusOf(state, date),
          critical: isCritical(state) || state.hold !== 'none',
          covers: ({ commodity, origin }) =>
            r.commodities.some((c) => commodity.startsWith(c)) && (r.origins.length === 0 || origin === undefined || r.origins.includes(origin)),
          measures: (declared) => quantityIn(state.unit, declared)?.gt(0) ?? false,
        },
      ]
    }),
  )
}
