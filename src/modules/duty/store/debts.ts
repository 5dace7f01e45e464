/** Debts as people see them: what is due for which declaration, and what became of it. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { BorneLine } from '../methods.ts'
import type { DebtRow, DebtView, Subject } from '../schema.ts'
import type { Holder } from './accounts.ts'
import { missingSql } from './claims.ts'
import { paymentsOf } from './payments.ts'

type Short = { code: string; method: string; account: string | null; required: number; short: number }
type ChargeSql = {
  subject_kind: string
  subject_id: string
  administration: string
  reference: string
  payer: string
  holders: string[]
  currency: string
  total_minor: number
  outstanding_minor: number
  lines: BorneLine[]
  settled: BorneLine[]
  shortfalls: Short[]
  updated_at: string
  opened_at: string
  missing: number
}

export type DebtState = {
  subject: Subject
  administration: string
  reference: string
  payer: string
  holders: string[]
  currency: string
  outstanding: Money
  /** what has still to come in: of what is paid by hand, the part that is not here yet */
  missing: Money
}

const columns = (db: Reader) =>
  db`subject_kind, subject_id, administration, reference, payer, holders, currency, total_minor, outstanding_minor, lines, settled, shortfalls, updated_at, opened_at, ${missingSql(db)} as missing`
const visibleTo = (db: Reader, holder: Holder) => (holder === 'all' ? db`true` : db`holders && ${[...holder.registrations]}::text[]`)

const toState = (r: ChargeSql): DebtState => ({
  subject: { kind: r.subject_kind, id: r.subject_id },
  administration: r.administration,
  reference: r.reference,
  payer: r.payer,
  holders: r.holders,
  currency: r.currency,
  outstanding: { minor: r.outstanding_minor, currency: r.currency },
  missing: { minor: r.missing, currency: r.currency },
})

export const findDebt = async (db: Reader, holder: Holder, reference: string): Promise<DebtState | null> => {
  const [row] = await db<ChargeSql[]>`select ${columns(db)} from duty.charge c where reference = ${reference} and ${visibleTo(db, holder)} limit 1`
  return row ? toState(row) : null
}

/** Where a debt arose; '' when nothing is charged under the reference. */
export const officeOf = async (db: Reader, reference: string): Promise<string> => {
  const [row] = await db<{ office: string }[]>`select office from duty.charge where reference = ${reference} limit 1`
  return row?.office ?? ''
}

/** One payment of a debt at a time: what is due is looked up behind this lock, which nothing on the road of a release takes. */
export const lockDebt = async (tx: Tx, subject: Subject): Promise<void> => {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`debt/${subject.kind}/${subject.id}`}, 0))`
}

export const readDebt = async (db: Reader, holder: Holder, reference: string): Promise<DebtView | null> => {
  const [row] = await db<ChargeSql[]>`select ${columns(db)} from duty.charge c where reference = ${reference} and ${visibleTo(db, holder)} limit 1`
  if (!row) return null
  const money = (minor: number): Money => ({ minor, currency: row.currency })
  const same = (a: BorneLine, b: BorneLine) =>
    a.kind === b.kind && a.account === b.account && a.method === b.method && a.tax === b.tax && a.secure === b.secure
  const postings = await db<{ id: number; kind: string; at: string; minor: number }[]>`
    select p.id, p.kind, p.at, coalesce(sum(l.amount_minor) filter (where l.amount_minor > 0), 0)::bigint as minor
    from duty.posting p left join duty.posting_line l on l.posting_id = p.id where p.subject_kind = ${row.subject_kind} and p.subject_id = ${row.subject_id} group by p.id order by p.id`
  const [received] = await db<{ sum: number }[]>`
    select coalesce(sum(amount_minor), 0)::bigint as sum from duty.receipt where subject_kind = ${row.subject_kind} and subject_id = ${row.subject_id} and currency = ${row.currency}`
  const used = row.settled.reduce((sum, l) => sum + (l.kind === 'immediate' ? l.minor : 0), 0)
  return {
    reference: row.reference,
    payer: row.payer,
    currency: row.currency,
    total: money(row.total_minor),
    outstanding: money(row.outstanding_minor),
    credit: money(received!.sum - used),
    lines: row.lines.map((l) => ({
      method: l.method,
      taxType: l.tax,
      money: money(l.minor),
      settled: money(row.settled.find((s) => same(s, l))?.minor ?? 0),
      account: l.account,
    })),
    shortfalls: row.shortfalls.map((s) => ({
      code: s.code,
      method: s.method,
      account: s.account,
      required: money(s.required),
      short: money(s.short),
    })),
    payments: await paymentsOf(db, { kind: row.subject_kind, id: row.subject_id }),
    postings: postings.map((p) => ({ id: String(p.id), kind: p.kind, at: p.at, money: money(p.minor) })),
  }
}

/** What is due now, the longest first. */
export const listDebts = async (db: Reader, holder: Holder, q: ListQuery & { q?: string }): Promise<{ rows: DebtRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const wanted = q.q ? containing(q.q) : null
  const where = db`outstanding_minor > 0 and ${visibleTo(db, holder)} and (${wanted}::text is null or lower(reference) like ${wanted} or lower(payer) like ${wanted})`
  const rows = await db<ChargeSql[]>`
    select ${columns(db)} from duty.charge c where ${where}
    ${orderBy(db, q.sort, { since: 'opened_at', outstanding: 'outstanding_minor', reference: 'reference', payer: 'payer' }, 'since', 'subject_id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.charge where ${where}`
  const toRow = (r: ChargeSql): DebtRow => ({
    reference: r.reference,
    payer: r.payer,
    total: { minor: r.total_minor, currency: r.currency },
    outstanding: { minor: r.outstanding_minor, currency: r.currency },
    since: r.opened_at,
    reason: r.shortfalls[0]?.code ?? 'duty.unpaid',
    account: r.shortfalls.find((s) => s.account)?.account ?? null,
  })
  return { rows: rows.map(toRow), total: count!.n }
}

/** Debts that an account did not bear, oldest first: money on the account lets them go on. */
export const debtsShortOn = async (tx: Tx, account: string, most: number): Promise<Subject[]> => {
  const rows = await tx<{ kind: string; id: string }[]>`
    select subject_kind as kind, subject_id as id from duty.charge
    where outstanding_minor > 0 and shortfalls @> ${JSON.stringify([{ account }])}::text::jsonb order by opened_at, subject_id limit ${most}`
  return [...rows]
}
