/** Plans of instalments. What was paid on one is what came onto its credit account. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import { statesOf, type Part } from '../plan.ts'
import type { PlanView, Subject } from '../schema.ts'
import type { Holder } from './accounts.ts'

type PlanSql = {
  number: string
  administration: string
  subject_kind: string
  subject_id: string
  reference: string
  payer: string
  currency: string
  principal_minor: number
  parts: number
  first_due: string
  grounds: string
  status: PlanView['status']
  account: string | null
  requested_by: string
  requested_by_name: string
  requested_at: string
  decided_by_name: string | null
  decision_grounds: string | null
  paid: number
  schedule: { part: number; dueOn: string; principal: number; interest: number }[] | null
}

export type Plan = {
  number: string
  administration: string
  subject: Subject
  reference: string
  payer: string
  principal: Money
  partsAsked: number
  firstDue: string
  grounds: string
  status: PlanView['status']
  account: string | null
  requestedById: string
  requestedBy: string
  requestedAt: string
  decidedBy: string | null
  decisionGrounds: string | null
  paidMinor: number
  parts: Part[]
}

const selected = (db: Reader) => db`
  select p.number, p.administration, p.subject_kind, p.subject_id, p.reference, p.payer, p.currency, p.principal_minor, p.parts, p.first_due, p.grounds, p.status, p.account, p.requested_by,
    p.requested_by_name, p.requested_at, p.decided_by_name, p.decision_grounds,
    coalesce((select sum(l.amount_minor) from duty.account a join duty.posting_line l on l.account_id = a.id join duty.posting q on q.id = l.posting_id
      where a.kind = 'credit' and a.code = p.account and l.amount_minor > 0 and q.kind not in ('charge', 'adjustment')), 0)::bigint as paid,
    (select jsonb_agg(jsonb_build_object('part', s.part, 'dueOn', s.due_on, 'principal', s.principal_minor, 'interest', s.interest_minor) order by s.part) from duty.plan_part s where s.plan = p.number) as schedule
  from duty.plan p`

const toPlan = (r: PlanSql): Plan => {
  const money = (minor: number): Money => ({ minor, currency: r.currency })
  return {
    number: r.number,
    administration: r.administration,
    subject: { kind: r.subject_kind, id: r.subject_id },
    reference: r.reference,
    payer: r.payer,
    principal: money(r.principal_minor),
    partsAsked: r.parts,
    firstDue: r.first_due,
    grounds: r.grounds,
    status: r.status,
    account: r.account,
    requestedById: r.requested_by,
    requestedBy: r.requested_by_name,
    requestedAt: r.requested_at,
    decidedBy: r.decided_by_name,
    decisionGrounds: r.decision_grounds,
    paidMinor: r.paid,
    parts: (r.schedule ?? []).map((s) => ({ part: s.part, dueOn: s.dueOn, principal: money(s.principal), interest: money(s.interest) })),
  }
}

/** What people see; a plan that waits for its decision has no parts yet. */
export const planView = (p: Plan, today: string): PlanView => {
  const states = p.status === 'completed' ? p.parts.map(() => 'paid' as const) : statesOf(p.parts, p.paidMinor, today)
  const { currency } = p.principal
  return {
    number: p.number,
    status: p.status,
    reference: p.reference,
    payer: p.payer,
    principal: p.principal,
    interest: { minor: p.parts.reduce((sum, s) => sum + s.interest.minor, 0), currency },
    paid: { minor: p.paidMinor, currency },
    account: p.account,
    grounds: p.grounds,
    requestedAt: p.requestedAt,
    requestedBy: p.requestedBy,
    decidedBy: p.decidedBy,
    decisionGrounds: p.decisionGrounds,
    parts: p.parts.map((s, at) => ({ ...s, state: states[at]! })),
  }
}

const visibleTo = (db: Reader, holder: Holder) => (holder === 'all' ? db`true` : db`p.payer = any(${[...holder.registrations]}::text[])`)

export const listPlans = async (db: Reader, holder: Holder, q: ListQuery & { status?: string }): Promise<{ rows: Plan[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`${visibleTo(db, holder)} and (${q.status ?? null}::text is null or p.status = ${q.status ?? null})`
  const rows = await db<PlanSql[]>`
    ${selected(db)} where ${where} ${orderBy(db, q.sort, { number: 'p.number', payer: 'p.payer', principal: 'p.principal_minor' }, '-number', 'p.number')} limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.plan p where ${where}`
  return { rows: rows.map(toPlan), total: count!.n }
}

export const findPlan = async (db: Reader, holder: Holder, number: string): Promise<Plan | null> => {
  const [row] = await db<PlanSql[]>`${selected(db)} where p.number = ${number} and ${visibleTo(db, holder)}`
  return row ? toPlan(row) : null
}

export const lockPlan = async (tx: Tx, number: string): Promise<Plan | null> => {
  const [row] = await tx<{ number: string }[]>`select number from duty.plan where number = ${number} for update`
  return row ? findPlan(tx, 'all', number) : null
}

export const activePlans = async (db: Reader): Promise<string[]> =>
  (await db<{ number: string }[]>`select number from duty.plan where status = 'active' order by number`).map((r) => r.number)

export const hasPlan = async (db: Reader, subject: Subject): Promise<boolean> =>
  (await db`select 1 from duty.plan where subject_kind = ${subject.kind} and subject_id = ${subject.id} and status in ('requested', 'active')`)
    .length > 0

/** What is to be paid by hand of a debt; null when an account named in it is short, because that is for its holder to mend. */
export const dueByHand = async (db: Reader, subject: Subject): Promise<number | null> => {
  const [row] = await db<{ minor: number; others: boolean }[]>`
    select coalesce(sum(s.required) filter (where s.kind = 'immediate'), 0)::bigint as minor, coalesce(bool_or(s.kind <> 'immediate'), false) as others
    from duty.charge c cross join lateral jsonb_to_recordset(c.shortfalls) as s(kind text, required bigint) where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id}`
  return row!.others ? null : row!.minor
}

export const insertPlan = async (
  tx: Tx,
  p: Omit<Plan, 'status' | 'account' | 'decidedBy' | 'decisionGrounds' | 'paidMinor' | 'parts'>,
): Promise<void> => {
  await tx`
    insert into duty.plan (number, administration, subject_kind, subject_id, reference, payer, currency, principal_minor, parts, first_due, grounds, status, requested_by, requested_by_name, requested_at)
    values (${p.number}, ${p.administration}, ${p.subject.kind}, ${p.subject.id}, ${p.reference}, ${p.payer}, ${p.principal.currency}, ${p.principal.minor}, ${p.partsAsked}, ${p.firstDue},
      ${p.grounds}, 'requested', ${p.requestedById}, ${p.requestedBy}, ${p.requestedAt})`
}

type Decided = { by: { personId: string; name: string }; grounds: string; at: string }

export const refusePlan = async (tx: Tx, number: string, d: Decided): Promise<void> => {
  await tx`
    update duty.plan set status = 'refused', decided_by = ${d.by.personId}, decided_by_name = ${d.by.name}, decided_at = ${d.at}, decision_grounds = ${d.grounds} where number = ${number}`
}

export const activatePlan = async (tx: Tx, number: string, principal: number, account: string, parts: readonly Part[], d: Decided): Promise<void> => {
  await tx`
    update duty.plan set status = 'active', account = ${account}, principal_minor = ${principal}, decided_by = ${d.by.personId}, decided_by_name = ${d.by.name}, decided_at = ${d.at},
      decision_grounds = ${d.grounds} where number = ${number}`
  for (const p of parts)
    await tx`
      insert into duty.plan_part (plan, part, due_on, principal_minor, interest_minor) values (${number}, ${p.part}, ${p.dueOn}, ${p.principal.minor}, ${p.interest.minor})`
}

export const endPlan = async (tx: Tx, number: string, status: 'completed' | 'defaulted'): Promise<void> => {
  await tx`update duty.plan set status = ${status} where number = ${number}`
}
