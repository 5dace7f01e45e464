/** Accounts and their statements. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { AccountKind, AccountView, StatementRow, Subject } from '../schema.ts'

export type NewAccount = {
  administration: string
  kind: AccountKind
  code: string
  owner: string
  currency: string
  limitMinor: number
  /** legal dates; absent = at once, without end */ validFrom?: string
  validTo?: string
  /** the one operation that it serves */ onlyFor?: string
}

/** Opens accounts that are not there yet; answers the id of each code given. */
export const openAccounts = async (tx: Tx, rows: readonly NewAccount[], at: string): Promise<Map<string, number>> => {
  await tx`
    insert into duty.account (administration, kind, code, owner, currency, limit_minor, opened_at, valid_from, valid_to, only_for)
    select x.administration, x.kind, x.code, x.owner, x.currency, x."limitMinor", ${at}::timestamptz, x."validFrom", x."validTo", x."onlyFor"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as x(administration text, kind text, code text, owner text, currency text, "limitMinor" bigint, "validFrom" date, "validTo" date, "onlyFor" text)
    on conflict on constraint account_code do nothing`
  const found = await tx<
    { code: string; id: number }[]
  >`select code, id from duty.account where code = any(${rows.map((r) => r.code)}::text[]) and owner <> ''`
  return new Map(found.map((r) => [r.code, r.id]))
}

export type Intake = {
  administration: string
  kind: 'receipt' | 'deposit'
  from: { kind: 'provider' | 'cash_desk' | 'suspense'; code: string }
  /** the account it is for; without one it is kept as received for the subject */
  accountId?: number
  subject: Subject
  reference: string
  money: Money
  /** the same money is taken in once */
  key: string
  at: string
}

/** Posts money that came in. Answers the posting; a repeated key breaks the constraint `posting_key`. */
export const takeIn = async (tx: Tx, i: Intake): Promise<number> => {
  const input = {
    administration: i.administration,
    kind: i.kind,
    fromKind: i.from.kind,
    fromCode: i.from.code,
    accountId: i.accountId ?? null,
    subjectKind: i.subject.kind,
    subjectId: i.subject.id,
    reference: i.reference,
    minor: i.money.minor,
    currency: i.money.currency,
    key: i.key,
    at: i.at,
  }
  const [row] = await tx<{ id: number }[]>`select duty.take_in(${JSON.stringify(input)}::text::jsonb) as id`
  return row!.id
}

type AccountRow = {
  id: number
  administration: string
  kind: AccountKind
  code: string
  owner: string
  currency: string
  limit_minor: number
  balance_minor: number
  status: AccountView['status']
}

const toView = (r: AccountRow): AccountView => {
  const money = (minor: number): Money => ({ minor, currency: r.currency })
  return {
    code: r.code,
    kind: r.kind,
    administration: r.administration,
    owner: r.owner,
    balance: money(r.balance_minor),
    limit: money(r.limit_minor),
    used: money(Math.max(0, -r.balance_minor)),
    available: money(r.balance_minor + r.limit_minor),
    status: r.status,
  }
}

export type Holder = { registrations: readonly string[] } | 'all'
const heldBy = (db: Reader, holder: Holder) => (holder === 'all' ? db`owner <> ''` : db`owner = any(${[...holder.registrations]}::text[])`)

export const listAccounts = async (
  db: Reader,
  holder: Holder,
  q: ListQuery & { owner?: string; kind?: string },
): Promise<{ rows: AccountView[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`${heldBy(db, holder)} and (${q.owner ?? null}::text is null or owner = ${q.owner ?? null}) and (${q.kind ?? null}::text is null or kind = ${q.kind ?? null})`
  const rows = await db<AccountRow[]>`
    select id, administration, kind, code, owner, currency, limit_minor, balance_minor, status from duty.account where ${where}
    ${orderBy(db, q.sort, { owner: 'owner', kind: 'kind', code: 'code', available: 'balance_minor + limit_minor' }, 'owner', 'id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.account where ${where}`
  return { rows: rows.map(toView), total: count!.n }
}

export const findAccount = async (db: Reader, holder: Holder, code: string): Promise<(AccountView & { id: number }) | null> => {
  const [row] = await db<AccountRow[]>`
    select id, administration, kind, code, owner, currency, limit_minor, balance_minor, status from duty.account where code = ${code} and ${heldBy(db, holder)} order by id limit 1`
  return row ? { ...toView(row), id: row.id } : null
}

type StatementSql = { posting: number; at: string; kind: string; reference: string; minor: number; balance: number }

/** Movements of an account, newest first, with the balance after each. */
export const readStatement = async (
  db: Reader,
  account: { id: number; currency: string },
  q: ListQuery & { from?: string; to?: string },
): Promise<{ rows: StatementRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const moved = db`
    select p.id as posting, p.at, p.kind, p.reference, sum(l.amount_minor)::bigint as minor, (sum(sum(l.amount_minor)) over (order by p.id))::bigint as balance
    from duty.posting_line l join duty.posting p on p.id = l.posting_id where l.account_id = ${account.id} group by p.id`
  const within = db`(${q.from ?? null}::date is null or at >= ${q.from ?? null}::date) and (${q.to ?? null}::date is null or at < ${q.to ?? null}::date + 1)`
  const rows = await db<(StatementSql & { taxes: string | null })[]>`
    with moved as (${moved}) select m.*, (select string_agg(distinct o.tax_type, ' ' order by o.tax_type) from duty.posting_line o where o.posting_id = m.posting and o.tax_type <> '') as taxes
    from moved m where ${within} order by posting desc limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`with moved as (${moved}) select count(*)::int as n from moved where ${within}`
  const money = (minor: number): Money => ({ minor, currency: account.currency })
  return {
    rows: rows.map((r) => ({
      posting: String(r.posting),
      at: r.at,
      kind: r.kind,
      reference: r.reference,
      money: money(r.minor),
      balance: money(r.balance),
      taxTypes: r.taxes ?? '',
    })),
    total: count!.n,
  }
}

/** Money on a debtor's cash accounts, which a demand can be set off against. */
export const creditsOf = async (db: Reader, owner: string, currency: string): Promise<{ account: string; money: Money }[]> => {
  const rows = await db<{ code: string; balance_minor: number }[]>`
    select code, balance_minor from duty.account
    where owner = ${owner} and owner <> '' and kind = 'cash_account' and currency = ${currency} and status = 'open' and balance_minor > 0 order by code`
  return rows.map((r) => ({ account: r.code, money: { minor: r.balance_minor, currency } }))
}

export const setAccountStatus = async (tx: Tx, code: string, status: AccountView['status']): Promise<void> => {
  await tx`update duty.account set status = ${status} where code = ${code} and owner <> ''`
}

/** An account of which the id is known to exist. */
export const findAccountById = async (db: Reader, id: number): Promise<AccountView> => {
  const [row] = await db<AccountRow[]>`
    select id, administration, kind, code, owner, currency, limit_minor, balance_minor, status from duty.account where id = ${id}`
  return toView(row!)
}
