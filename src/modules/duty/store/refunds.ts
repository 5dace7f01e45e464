/** Applications to give back and their decisions. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { Destination, ReExport, RefundKind, RefundReason, RefundView, Subject, TaxAmount } from '../schema.ts'
import type { Holder } from './accounts.ts'

type RefundSql = {
  number: string
  administration: string
  kind: RefundKind
  subject_kind: string
  subject_id: string
  reference: string
  payer: string
  currency: string
  lines: TaxAmount[]
  reason: RefundReason
  law: string
  grounds: string
  export: ReExport | null
  destination: Destination
  status: RefundView['status']
  requested_by: string
  requested_by_name: string
  requested_at: string
  decide_by: string
  reviewed_by: string | null
  reviewed_by_name: string | null
  decided_by: string | null
  decided_by_name: string | null
  decided_at: string | null
  decision_grounds: string | null
  posting_id: number | null
  paid_at: string | null
}

export type Refund = {
  view: Omit<RefundView, 'twoPersons'>
  administration: string
  subject: Subject
  requestedById: string
  reviewedById: string | null
}

const columns = (
  db: Reader,
) => db`number, administration, kind, subject_kind, subject_id, reference, payer, currency, lines, reason, law, grounds, export, destination, status, requested_by,
  requested_by_name, requested_at, decide_by, reviewed_by, reviewed_by_name, decided_by, decided_by_name, decided_at, decision_grounds, posting_id, paid_at`

const toRefund = (r: RefundSql): Refund => ({
  administration: r.administration,
  subject: { kind: r.subject_kind, id: r.subject_id },
  requestedById: r.requested_by,
  reviewedById: r.reviewed_by,
  view: {
    number: r.number,
    kind: r.kind,
    status: r.status,
    reference: r.reference,
    payer: r.payer,
    money: { minor: r.lines.reduce((sum, l) => sum + l.minor, 0), currency: r.currency },
    lines: r.lines,
    reason: r.reason,
    law: r.law,
    grounds: r.grounds,
    export: r.export,
    destination: r.destination,
    requestedAt: r.requested_at,
    requestedBy: r.requested_by_name,
    decideBy: r.decide_by,
    reviewedBy: r.reviewed_by_name,
    decidedBy: r.decided_by_name,
    decidedAt: r.decided_at,
    decisionGrounds: r.decision_grounds,
    posting: r.posting_id === null ? null : String(r.posting_id),
    paidAt: r.paid_at,
  },
})

const visibleTo = (db: Reader, holder: Holder) => (holder === 'all' ? db`true` : db`payer = any(${[...holder.registrations]}::text[])`)

export type RefundSearch = ListQuery & { q?: string; status?: string; kind?: string }

export const listRefunds = async (db: Reader, holder: Holder, q: RefundSearch): Promise<{ rows: Refund[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const wanted = q.q ? containing(q.q) : null
  const statuses = q.status ? q.status.split(',') : null
  const where = db`${visibleTo(db, holder)} and (${statuses}::text[] is null or status = any(${statuses}::text[])) and (${q.kind ?? null}::text is null or kind = ${q.kind ?? null})
    and (${wanted}::text is null or lower(number) like ${wanted} or lower(reference) like ${wanted} or lower(payer) like ${wanted})`
  const rows = await db<RefundSql[]>`
    select ${columns(db)} from duty.refund where ${where}
    ${orderBy(db, q.sort, { decideBy: 'decide_by', number: 'number', payer: 'payer', money: 'duty.sum_minor(lines)', requestedAt: 'requested_at' }, 'decideBy', 'number')} limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.refund where ${where}`
  return { rows: rows.map(toRefund), total: count!.n }
}

export const findRefund = async (db: Reader, holder: Holder, number: string): Promise<Refund | null> => {
  const [row] = await db<RefundSql[]>`select ${columns(db)} from duty.refund where number = ${number} and ${visibleTo(db, holder)}`
  return row ? toRefund(row) : null
}

export const lockRefund = async (tx: Tx, number: string): Promise<Refund | null> => {
  const [row] = await tx<RefundSql[]>`select ${columns(tx)} from duty.refund where number = ${number} for update`
  return row ? toRefund(row) : null
}

export const insertRefund = async (tx: Tx, r: Refund): Promise<void> => {
  const v = r.view
  await tx`
    insert into duty.refund (number, administration, kind, subject_kind, subject_id, reference, payer, currency, lines, reason, law, grounds, export, destination, status, requested_by,
      requested_by_name, requested_at, decide_by)
    values (${v.number}, ${r.administration}, ${v.kind}, ${r.subject.kind}, ${r.subject.id}, ${v.reference}, ${v.payer}, ${v.money.currency}, ${JSON.stringify(v.lines)}::text::jsonb, ${v.reason},
      ${v.law}, ${v.grounds}, ${v.export === null ? null : JSON.stringify(v.export)}::text::jsonb, ${JSON.stringify(v.destination)}::text::jsonb, 'requested', ${r.requestedById}, ${v.requestedBy},
      ${v.requestedAt}, ${v.decideBy})`
}

export type Decider = { personId: string; name: string }

export const reviewRefund = async (tx: Tx, number: string, by: Decider, grounds: string, at: string): Promise<void> => {
  await tx`
    update duty.refund set status = 'proposed', reviewed_by = ${by.personId}, reviewed_by_name = ${by.name}, reviewed_at = ${at}, decision_grounds = ${grounds} where number = ${number}`
}

export const closeRefund = async (
  tx: Tx,
  number: string,
  d: { status: 'approved' | 'paid' | 'refused'; by: Decider; grounds: string; posting: number | null; at: string },
): Promise<void> => {
  await tx`
    update duty.refund set status = ${d.status}, decided_by = ${d.by.personId}, decided_by_name = ${d.by.name}, decided_at = ${d.at}, decision_grounds = ${d.grounds}, posting_id = ${d.posting},
      paid_at = ${d.status === 'paid' ? d.at : null} where number = ${number}`
}

/** The bank has paid it, or sent it back. */
export const markRefund = async (tx: Tx, number: string, status: 'paid' | 'approved', at: string): Promise<void> => {
  await tx`update duty.refund set status = ${status}, paid_at = ${status === 'paid' ? at : null} where number = ${number} and status in ('approved', 'paid')`
}

/** What a new application has to reckon with: by tax what stands collected less what is refunded or applied for. */
export const standingOf = async (
  db: Reader,
  subject: Subject,
): Promise<{ collected: Record<string, number>; outstanding: Record<string, number>; credit: number; chargedAt: string } | null> => {
  const [row] = await db<
    { collected: Record<string, number> | null; outstanding: Record<string, number> | null; credit: number; opened_at: string }[]
  >`
    with asked as (
      select l.tax, r.kind, sum(l.minor)::bigint as minor from duty.refund r cross join lateral jsonb_to_recordset(r.lines) as l(tax text, minor bigint)
      where r.subject_kind = ${subject.kind} and r.subject_id = ${subject.id} and r.status in ('requested', 'proposed') group by 1, 2
    ), settled as (
      select s.tax, sum(s.minor)::bigint as minor from duty.charge c cross join lateral jsonb_to_recordset(c.settled) as s(tax text, secure boolean, minor bigint)
      where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id} and not s.secure group by 1
    ), refunded as (
      select s.tax, sum(s.minor)::bigint as minor from duty.charge c cross join lateral jsonb_to_recordset(c.refunded) as s(tax text, minor bigint)
      where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id} group by 1
    ), wanted as (
      select l.tax, sum(l.minor)::bigint as minor from duty.charge c cross join lateral jsonb_to_recordset(c.lines) as l(tax text, secure boolean, minor bigint)
      where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id} and not l.secure group by 1
    )
    select c.opened_at,
      (select jsonb_object_agg(s.tax, greatest(0, s.minor - coalesce(f.minor, 0) - coalesce((select sum(a.minor) from asked a where a.tax = s.tax and a.kind in ('repayment', 'drawback')), 0)))
        from settled s left join refunded f using (tax)) as collected,
      (select jsonb_object_agg(w.tax, greatest(0, w.minor - coalesce(s.minor, 0) - coalesce((select sum(a.minor) from asked a where a.tax = w.tax and a.kind = 'remission'), 0)))
        from wanted w left join settled s using (tax)) as outstanding,
      (coalesce((select sum(amount_minor) from duty.receipt r where r.subject_kind = c.subject_kind and r.subject_id = c.subject_id), 0) - c.withdrawn_minor
        - coalesce((select sum(i.minor) from jsonb_to_recordset(c.settled) as i(kind text, minor bigint) where i.kind = 'immediate'), 0)
        - coalesce((select sum(a.minor) from asked a where a.kind = 'overpayment'), 0))::bigint as credit
    from duty.charge c where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id}`
  if (!row) return null
  // What is outstanding is not overpaid: money waits there until the whole is here.
  const waits = Object.values(row.outstanding ?? {}).some((minor) => minor > 0)
  return { collected: row.collected ?? {}, outstanding: row.outstanding ?? {}, credit: waits ? 0 : row.credit, chargedAt: row.opened_at }
}

/** Of an item of a declaration, in drawbacks that were not refused. */
export const exportedBefore = async (db: Reader, reference: string, item: number): Promise<string> => {
  const [row] = await db<{ sum: string }[]>`
    select trim_scale(coalesce(sum((export ->> 'exportedQuantity')::numeric), 0))::text as sum from duty.refund
    where reference = ${reference} and kind = 'drawback' and status <> 'refused' and (export ->> 'item')::int = ${item}`
  return row!.sum
}
