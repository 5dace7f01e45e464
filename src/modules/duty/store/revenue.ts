/** The overview of revenue: collected, refunded, due and overdue, by office and by tax, down to the declaration. */
import type { Money } from '#kernel/money.ts'
import type { Reader } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { RevenueOverview, RevenueRow } from '../schema.ts'

export type Range = { administration: string; from: string; to: string; today: string }
type CellSql = { office: string; tax: string; collected: number; refunded: number; due: number; overdue: number }

/** By office and tax in one reading; the sums are made of these, so that they always agree. */
const cells = async (db: Reader, r: Range): Promise<CellSql[]> => [
  ...(await db<CellSql[]>`
    with moved as (
      select coalesce(c.office, '') as office, l.tax_type as tax, coalesce(sum(l.amount_minor) filter (where p.kind <> 'refund'), 0)::bigint as collected,
        coalesce(-sum(l.amount_minor) filter (where p.kind = 'refund'), 0)::bigint as refunded
      from duty.posting p join duty.posting_line l on l.posting_id = p.id join duty.account a on a.id = l.account_id and a.kind = 'revenue'
      left join duty.charge c on c.subject_kind = p.subject_kind and c.subject_id = p.subject_id
      where p.administration = ${r.administration} and p.at >= ${r.from}::date and p.at < ${r.to}::date + 1 group by 1, 2
    ), open as (
      select c.office, l.tax, (l.minor - coalesce(s.minor, 0))::bigint as due, coalesce(k.due_on < ${r.today}::date, false) as late
      from duty.charge c
      cross join lateral (select x.tax, sum(x.minor) as minor from jsonb_to_recordset(c.lines) as x(tax text, minor bigint) group by x.tax) l
      left join lateral (select sum(x.minor) as minor from jsonb_to_recordset(c.settled) as x(tax text, minor bigint) where x.tax = l.tax) s on true
      left join duty.claim k on k.subject_kind = c.subject_kind and k.subject_id = c.subject_id and k.closed_at is null
      where c.administration = ${r.administration} and c.outstanding_minor > 0
    ), owed as (
      select office, tax, sum(due)::bigint as due, coalesce(sum(due) filter (where late), 0)::bigint as overdue from open where due > 0 group by 1, 2
    )
    select office, tax, coalesce(m.collected, 0)::bigint as collected, coalesce(m.refunded, 0)::bigint as refunded, coalesce(o.due, 0)::bigint as due, coalesce(o.overdue, 0)::bigint as overdue
    from moved m full join owed o using (office, tax) order by 1, 2`),
]

const waiting = async (db: Reader, r: Range): Promise<RevenueOverview['waiting']> => {
  const [row] = await db<RevenueOverview['waiting'][]>`
    select (select count(*) from duty.refund where status in ('requested', 'proposed'))::int as refunds, (select count(*) from duty.plan where status = 'requested')::int as plans,
      (select count(*) from duty.claim where closed_at is null)::int as claims, (select count(*) from duty.claim where closed_at is null and due_on < ${r.today}::date)::int as "overdueClaims",
      (select count(*) from duty.bank_entry where status = 'unmatched')::int as entries, (select count(*) from duty.bank_entry where status = 'proposed')::int as proposals`
  return row!
}

export const readOverview = async (db: Reader, r: Range, currency: string): Promise<RevenueOverview> => {
  const all = await cells(db, r)
  const money = (minor: number): Money => ({ minor, currency })
  const cellOf = (key: string, part: readonly CellSql[]) => {
    const of = (name: 'collected' | 'refunded' | 'due' | 'overdue') => money(part.reduce((sum, c) => sum + c[name], 0))
    return { key, collected: of('collected'), refunded: of('refunded'), due: of('due'), overdue: of('overdue') }
  }
  const by = (name: 'office' | 'tax') =>
    [...new Set(all.map((c) => c[name]))].sort().map((key) =>
      cellOf(
        key,
        all.filter((c) => c[name] === key),
      ),
    )
  const days = await db<{ day: string; minor: number }[]>`
    select p.at::date as day, sum(l.amount_minor)::bigint as minor from duty.posting p join duty.posting_line l on l.posting_id = p.id join duty.account a on a.id = l.account_id and a.kind = 'revenue'
    where p.administration = ${r.administration} and p.at >= ${r.from}::date and p.at < ${r.to}::date + 1 and p.kind <> 'refund' group by 1 order by 1`
  return {
    administration: r.administration,
    from: r.from,
    to: r.to,
    total: cellOf('', all),
    byOffice: by('office'),
    byTax: by('tax'),
    days: days.map((d) => ({ day: d.day, collected: money(d.minor) })),
    waiting: await waiting(db, r),
  }
}

export type RevenueSearch = ListQuery & Range & { office?: string; tax?: string; state?: 'due' | 'overdue' | 'refunded'; q?: string }
type RowSql = {
  reference: string
  office: string
  payer: string
  currency: string
  tax: string
  at: string
  charged: number
  collected: number
  refunded: number
  due: number
  due_on: string | null
}

/** Declarations and demands behind the sums, a row for each tax. What is due stands whenever it arose; the rest arose within the range. */
export const listRevenue = async (db: Reader, q: RevenueSearch): Promise<{ rows: RevenueRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const wanted = q.q ? containing(q.q) : null
  const scope =
    q.state === 'due' || q.state === 'overdue' ? db`c.outstanding_minor > 0` : db`c.opened_at >= ${q.from}::date and c.opened_at < ${q.to}::date + 1`
  const state =
    q.state === 'due'
      ? db`x.due > 0`
      : q.state === 'overdue'
        ? db`x.due > 0 and x.due_on < ${q.today}::date`
        : q.state === 'refunded'
          ? db`x.refunded > 0`
          : db`true`
  const found = db`
    select c.reference, c.office, c.payer, c.currency, l.tax, c.opened_at as at, l.minor::bigint as charged, coalesce(s.minor, 0)::bigint as collected, coalesce(f.minor, 0)::bigint as refunded,
      greatest(0, l.minor - coalesce(s.minor, 0))::bigint as due, k.due_on
    from duty.charge c
    cross join lateral (select y.tax, sum(y.minor) as minor from jsonb_to_recordset(c.lines) as y(tax text, minor bigint) group by y.tax) l
    left join lateral (select sum(y.minor) as minor from jsonb_to_recordset(c.settled) as y(tax text, minor bigint) where y.tax = l.tax) s on true
    left join lateral (select sum(y.minor) as minor from jsonb_to_recordset(c.refunded) as y(tax text, minor bigint) where y.tax = l.tax) f on true
    left join duty.claim k on k.subject_kind = c.subject_kind and k.subject_id = c.subject_id and k.closed_at is null
    where c.administration = ${q.administration} and ${scope} and (${q.office ?? null}::text is null or c.office = ${q.office ?? null}) and (${q.tax ?? null}::text is null or l.tax = ${q.tax ?? null})
      and (${wanted}::text is null or lower(c.reference) like ${wanted} or lower(c.payer) like ${wanted})`
  const rows = await db<RowSql[]>`
    with x as (${found}) select x.* from x where ${state}
    ${orderBy(db, q.sort, { at: 'x.at', reference: 'x.reference', payer: 'x.payer', charged: 'x.charged', collected: 'x.collected', due: 'x.due', dueOn: 'x.due_on' }, '-at', 'x.reference, x.tax')} limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`with x as (${found}) select count(*)::int as n from x where ${state}`
  const money = (minor: number, currency: string): Money => ({ minor, currency })
  return {
    rows: rows.map((r) => ({
      reference: r.reference,
      office: r.office,
      payer: r.payer,
      tax: r.tax,
      at: r.at,
      dueOn: r.due_on,
      charged: money(r.charged, r.currency),
      collected: money(r.collected, r.currency),
      refunded: money(r.refunded, r.currency),
      due: money(r.due, r.currency),
    })),
    total: count!.n,
  }
}
