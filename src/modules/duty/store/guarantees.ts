/** Guarantees: the undertaking behind an account of that kind, and what stands held on it. */
import { Decimal, decimal } from '#kernel/decimal.ts'
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { GuaranteeView, OpenGuarantee, TaxAmount, UsageRow, Subject } from '../schema.ts'
import type { Holder } from './accounts.ts'

type GuaranteeSql = {
  id: number
  administration: string
  code: string
  owner: string
  currency: string
  kind: GuaranteeView['kind'] | null
  guarantor: string | null
  guarantor_name: string | null
  level_percent: number | null
  limit_minor: number
  balance_minor: number
  status: 'open' | 'blocked' | 'closed'
  valid_from: string | null
  valid_to: string | null
  only_for: string | null
}
export type Guarantee = { id: number; administration: string; view: GuaranteeView }

const selected = (db: Reader) => db`
  select a.id, a.administration, a.code, a.owner, a.currency, g.kind, g.guarantor, g.guarantor_name, g.level_percent, a.limit_minor, a.balance_minor, a.status, a.valid_from, a.valid_to, a.only_for
  from duty.account a left join duty.guarantee g on g.account_id = a.id`

const toGuarantee = (r: GuaranteeSql, today: string): Guarantee => {
  const money = (minor: number): Money => ({ minor, currency: r.currency })
  const level = r.level_percent ?? 100
  return {
    id: r.id,
    administration: r.administration,
    view: {
      code: r.code,
      owner: r.owner,
      kind: r.kind ?? 'comprehensive',
      guarantor: r.guarantor ?? '',
      guarantorName: r.guarantor_name ?? '',
      referenceAmount: money(r.limit_minor),
      guaranteed: money(decimal(r.limit_minor).times(level).div(100).toDecimalPlaces(0, Decimal.ROUND_UP).toNumber()),
      levelPercent: level,
      used: money(Math.max(0, -r.balance_minor)),
      available: money(r.balance_minor + r.limit_minor),
      status: r.status === 'open' && r.valid_to !== null && r.valid_to <= today ? 'expired' : r.status,
      validFrom: r.valid_from,
      validTo: r.valid_to,
      onlyFor: r.only_for,
    },
  }
}

const visibleTo = (db: Reader, holder: Holder) => (holder === 'all' ? db`true` : db`a.owner = any(${[...holder.registrations]}::text[])`)

export const listGuarantees = async (
  db: Reader,
  holder: Holder,
  q: ListQuery & { q?: string; today: string },
): Promise<{ rows: GuaranteeView[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const wanted = q.q ? containing(q.q) : null
  const where = db`a.kind = 'guarantee' and ${visibleTo(db, holder)} and (${wanted}::text is null or lower(a.code) like ${wanted} or lower(a.owner) like ${wanted})`
  const rows = await db<GuaranteeSql[]>`
    ${selected(db)} where ${where} ${orderBy(db, q.sort, { code: 'a.code', owner: 'a.owner', used: '-a.balance_minor', available: 'a.balance_minor + a.limit_minor', validTo: 'a.valid_to' }, '-used', 'a.code')}
    limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.account a where ${where}`
  return { rows: rows.map((r) => toGuarantee(r, q.today).view), total: count!.n }
}

export const findGuarantee = async (db: Reader, holder: Holder, code: string, today: string): Promise<Guarantee | null> => {
  const [row] = await db<GuaranteeSql[]>`${selected(db)} where a.kind = 'guarantee' and a.code = ${code} and ${visibleTo(db, holder)} limit 1`
  return row ? toGuarantee(row, today) : null
}

export const insertGuarantee = async (
  tx: Tx,
  accountId: number,
  g: Pick<OpenGuarantee, 'kind' | 'guarantor' | 'guarantorName' | 'levelPercent'>,
): Promise<void> => {
  await tx`
    insert into duty.guarantee (account_id, kind, guarantor, guarantor_name, level_percent) values (${accountId}, ${g.kind}, ${g.guarantor}, ${g.guarantorName}, ${g.levelPercent})
    on conflict (account_id) do nothing`
}

/** A reference amount below what is held breaks `account_not_overdrawn`. */
export const changeGuarantee = async (tx: Tx, id: number, c: { limitMinor?: number; validTo?: string; status?: string }): Promise<void> => {
  await tx`
    update duty.account set limit_minor = coalesce(${c.limitMinor ?? null}::bigint, limit_minor), valid_to = coalesce(${c.validTo ?? null}::date, valid_to), status = coalesce(${c.status ?? null}::text, status)
    where id = ${id}`
}

/** What is held by operation, the oldest first. */
export const usageOf = async (db: Reader, account: { id: number; currency: string }): Promise<(Omit<UsageRow, 'claim'> & { subject: Subject })[]> => {
  const rows = await db<{ reference: string; subject_kind: string; subject_id: string; since: string; minor: number }[]>`
    select max(p.reference) as reference, p.subject_kind, p.subject_id, min(p.at) as since, (-sum(l.amount_minor))::bigint as minor
    from duty.posting_line l join duty.posting p on p.id = l.posting_id where l.account_id = ${account.id} group by p.subject_kind, p.subject_id having sum(l.amount_minor) <> 0 order by since limit 1000`
  return rows.map((r) => ({
    reference: r.reference,
    subject: { kind: r.subject_kind, id: r.subject_id },
    since: r.since,
    money: { minor: r.minor, currency: account.currency },
  }))
}

/** What a guarantee holds for one operation, by tax. */
export const heldFor = async (db: Reader, code: string, subject: Subject): Promise<TaxAmount[]> => [
  ...(await db<TaxAmount[]>`
    select s.tax, sum(s.minor)::bigint as minor from duty.charge c cross join lateral jsonb_to_recordset(c.settled) as s(kind text, account text, tax text, minor bigint)
    where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id} and s.kind = 'guarantee' and s.account = ${code} group by s.tax order by s.tax`),
]
