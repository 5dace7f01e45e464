/** Monthly statements of deferment accounts, and mandates to debit what they say. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { windowOf, type ListQuery } from '#platform/listing.ts'
import type { DefermentStatement, StatementHead } from '../schema.ts'
import type { Holder } from './accounts.ts'

export type Month = {
  accountId: number
  administration: string
  code: string
  owner: string
  currency: string
  opening: number
  charged: number
  paid: number
}

/** What moved on each deferment account in a month that has no statement yet; accounts where nothing moved and nothing is owed are left out. */
export const monthsToState = async (db: Reader, month: string, nextMonth: string): Promise<Month[]> => {
  const rows = await db<
    { id: number; administration: string; code: string; owner: string; currency: string; opening: number; charged: number; paid: number }[]
  >`
    select a.id, a.administration, a.code, a.owner, a.currency, m.opening, m.charged, m.paid from duty.account a cross join lateral (
      select coalesce(sum(l.amount_minor) filter (where p.at < ${month}::date), 0)::bigint as opening,
        coalesce(-sum(l.amount_minor) filter (where p.at >= ${month}::date and p.kind in ('charge', 'adjustment', 'return')), 0)::bigint as charged,
        coalesce(sum(l.amount_minor) filter (where p.at >= ${month}::date and p.kind not in ('charge', 'adjustment', 'return')), 0)::bigint as paid,
        count(*) filter (where p.at >= ${month}::date) as moves
      from duty.posting_line l join duty.posting p on p.id = l.posting_id where l.account_id = a.id and p.at < ${nextMonth}::date
    ) m
    where a.kind = 'deferment' and (m.moves > 0 or m.opening <> 0) and not exists (select from duty.statement s where s.account_id = a.id and s.month = ${month}::date) order by a.id`
  return rows.map(({ id, ...r }) => ({ accountId: id, ...r }))
}

export const insertStatement = async (tx: Tx, number: string, m: Month, month: string, dueOn: string, at: string): Promise<void> => {
  await tx`
    insert into duty.statement (number, administration, account_id, account, owner, currency, month, opening_minor, charged_minor, paid_minor, due_minor, due_on, issued_at)
    values (${number}, ${m.administration}, ${m.accountId}, ${m.code}, ${m.owner}, ${m.currency}, ${month}, ${m.opening}, ${m.charged}, ${m.paid}, ${-(m.opening - m.charged + m.paid)}, ${dueOn}, ${at})
    on conflict on constraint statement_once do nothing`
}

type HeadSql = { number: string; account: string; owner: string; currency: string; month: string; due_minor: number; due_on: string }
const toHead = (r: HeadSql): StatementHead => ({
  number: r.number,
  account: r.account,
  owner: r.owner,
  month: r.month,
  due: { minor: r.due_minor, currency: r.currency },
  dueOn: r.due_on,
})
const visibleTo = (db: Reader, holder: Holder) => (holder === 'all' ? db`true` : db`s.owner = any(${[...holder.registrations]}::text[])`)

export const listStatements = async (
  db: Reader,
  holder: Holder,
  q: ListQuery & { account?: string },
): Promise<{ rows: StatementHead[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`${visibleTo(db, holder)} and (${q.account ?? null}::text is null or s.account = ${q.account ?? null})`
  const rows = await db<HeadSql[]>`
    select number, account, owner, currency, month, due_minor, due_on from duty.statement s where ${where} order by month desc, number limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.statement s where ${where}`
  return { rows: rows.map(toHead), total: count!.n }
}

type StatementSql = HeadSql & {
  account_id: number
  opening_minor: number
  charged_minor: number
  paid_minor: number
  issued_at: string
  mandated: boolean
  paid_since: number
}

export const readStatementOf = async (db: Reader, holder: Holder, number: string): Promise<DefermentStatement | null> => {
  const [r] = await db<StatementSql[]>`
    select s.number, s.account, s.owner, s.currency, s.month, s.due_minor, s.due_on, s.account_id, s.opening_minor, s.charged_minor, s.paid_minor, s.issued_at,
      exists (select from duty.mandate m where m.account_id = s.account_id) as mandated,
      coalesce((select sum(l.amount_minor) from duty.posting_line l join duty.posting p on p.id = l.posting_id
        where l.account_id = s.account_id and p.at >= s.month + interval '1 month' and p.kind not in ('charge', 'adjustment', 'return')), 0)::bigint as paid_since
    from duty.statement s where s.number = ${number} and ${visibleTo(db, holder)}`
  if (!r) return null
  const money = (minor: number): Money => ({ minor, currency: r.currency })
  const rows = await db<{ at: string; kind: string; reference: string; minor: number; taxes: string | null }[]>`
    select p.at, p.kind, p.reference, sum(l.amount_minor)::bigint as minor,
      (select string_agg(distinct o.tax_type, ' ' order by o.tax_type) from duty.posting_line o where o.posting_id = p.id and o.tax_type <> '') as taxes
    from duty.posting_line l join duty.posting p on p.id = l.posting_id
    where l.account_id = ${r.account_id} and p.at >= ${r.month}::date and p.at < ${r.month}::date + interval '1 month' group by p.id order by p.id limit 10000`
  return {
    ...toHead(r),
    opening: money(r.opening_minor),
    charged: money(r.charged_minor),
    paid: money(r.paid_minor),
    issuedAt: r.issued_at,
    collection: r.mandated ? 'direct_debit' : 'transfer',
    paidSince: money(r.paid_since),
    rows: rows.map((x) => ({ at: x.at, kind: x.kind, reference: x.reference, taxTypes: x.taxes ?? '', money: money(x.minor) })),
  }
}

export type Mandate = { reference: string; signedOn: string; name: string; iban: string }

export const saveMandate = async (tx: Tx, accountId: number, m: Mandate): Promise<void> => {
  await tx`
    insert into duty.mandate (account_id, reference, signed_on, name, iban) values (${accountId}, ${m.reference}, ${m.signedOn}, ${m.name}, ${m.iban})
    on conflict (account_id) do update set reference = excluded.reference, signed_on = excluded.signed_on, name = excluded.name, iban = excluded.iban`
}

export const mandateOf = async (db: Reader, accountId: number): Promise<Mandate | null> => {
  const [row] = await db<{ reference: string; signed_on: string; name: string; iban: string }[]>`
    select reference, signed_on, name, iban from duty.mandate where account_id = ${accountId}`
  return row ? { reference: row.reference, signedOn: row.signed_on, name: row.name, iban: row.iban } : null
}

/** The statement that a collection in this month settles. */
export const statementFor = async (db: Reader, accountId: number, month: string): Promise<string | null> => {
  const [row] = await db<{ number: string }[]>`select number from duty.statement where account_id = ${accountId} and month = ${month}`
  return row?.number ?? null
}
