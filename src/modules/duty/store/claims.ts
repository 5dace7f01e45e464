/** Demands and how they stand. What is owed on one is its subject's charge. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { BorneLine } from '../methods.ts'
import type { ClaimRow, ClaimStage, Subject } from '../schema.ts'
import type { Holder } from './accounts.ts'

type ClaimSql = {
  number: string
  administration: string
  kind: ClaimRow['kind']
  subject_kind: string
  subject_id: string
  reference: string
  origin: string
  payer: string
  currency: string
  due_on: string
  stage: ClaimStage
  law: string
  grounds: string
  opened_at: string
  proposal: (ClaimRow['proposal'] & { outcome?: string }) | null
  closed_at: string | null
  outcome: ClaimRow['outcome']
  total_minor: number | null
  outstanding_minor: number | null
  missing: number | null
  lines: BorneLine[] | null
  settled: BorneLine[] | null
}

export type Claim = ClaimRow & {
  administration: string
  subject: Subject
  law: string
  grounds: string
  closedAt: string | null
  total: Money
  lines: BorneLine[]
  settled: BorneLine[]
}

/** What has still to come for a charge: of what is paid by hand, only what is missing. */
export const missingSql = (db: Reader) =>
  db`coalesce((select sum(case when s.kind = 'immediate' then s.short else s.required end) from jsonb_to_recordset(c.shortfalls) as s(kind text, short bigint, required bigint)), 0)::bigint`

const selected = (db: Reader) => db`
  select k.number, k.administration, k.kind, k.subject_kind, k.subject_id, k.reference, k.origin, k.payer, k.currency, k.due_on, k.stage, k.law, k.grounds, k.opened_at, k.proposal, k.closed_at,
    k.outcome, c.total_minor, c.outstanding_minor, ${missingSql(db)} as missing, c.lines, c.settled
  from duty.claim k left join duty.charge c on c.subject_kind = k.subject_kind and c.subject_id = k.subject_id`

const toClaim = (r: ClaimSql): Claim => ({
  number: r.number,
  kind: r.kind,
  reference: r.reference,
  origin: r.origin,
  payer: r.payer,
  outstanding: { minor: r.closed_at === null ? (r.missing ?? 0) : 0, currency: r.currency },
  dueOn: r.due_on,
  stage: r.stage,
  outcome: r.outcome,
  openedAt: r.opened_at,
  proposal: r.proposal && { kind: r.proposal.kind, by: r.proposal.by, byName: r.proposal.byName, grounds: r.proposal.grounds, at: r.proposal.at },
  administration: r.administration,
  subject: { kind: r.subject_kind, id: r.subject_id },
  law: r.law,
  grounds: r.grounds,
  closedAt: r.closed_at,
  total: { minor: r.total_minor ?? 0, currency: r.currency },
  lines: r.lines ?? [],
  settled: r.settled ?? [],
})

export const toClaimRow = (c: Claim): ClaimRow => ({
  number: c.number,
  kind: c.kind,
  reference: c.reference,
  origin: c.origin,
  payer: c.payer,
  outstanding: c.outstanding,
  dueOn: c.dueOn,
  stage: c.stage,
  outcome: c.outcome,
  openedAt: c.openedAt,
  proposal: c.proposal,
})

const visibleTo = (db: Reader, holder: Holder) => (holder === 'all' ? db`true` : db`k.payer = any(${[...holder.registrations]}::text[])`)

export type ClaimSearch = ListQuery & { q?: string; stage?: string; state?: 'open' | 'overdue' | 'proposed' | 'closed'; today: string }

const stateOf = (db: Reader, q: ClaimSearch) =>
  ({
    open: db`k.closed_at is null`,
    overdue: db`k.closed_at is null and k.due_on < ${q.today}`,
    proposed: db`k.closed_at is null and k.proposal is not null`,
    closed: db`k.closed_at is not null`,
    all: db`true`,
  })[q.state ?? 'all']

export const listClaims = async (db: Reader, holder: Holder, q: ClaimSearch): Promise<{ rows: ClaimRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const wanted = q.q ? containing(q.q) : null
  const where = db`${visibleTo(db, holder)} and ${stateOf(db, q)} and (${q.stage ?? null}::text is null or k.stage = ${q.stage ?? null})
    and (${wanted}::text is null or lower(k.number) like ${wanted} or lower(k.origin) like ${wanted} or lower(k.payer) like ${wanted})`
  const rows = await db<ClaimSql[]>`
    ${selected(db)} where ${where} ${orderBy(db, q.sort, { dueOn: 'k.due_on', number: 'k.number', payer: 'k.payer', outstanding: 'c.outstanding_minor', stage: 'k.stage' }, 'dueOn', 'k.number')}
    limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.claim k where ${where}`
  return { rows: rows.map((r) => toClaimRow(toClaim(r))), total: count!.n }
}

export const findClaim = async (db: Reader, holder: Holder, number: string): Promise<Claim | null> => {
  const [row] = await db<ClaimSql[]>`${selected(db)} where k.number = ${number} and ${visibleTo(db, holder)}`
  return row ? toClaim(row) : null
}

export const openClaimOf = async (db: Reader, subject: Subject): Promise<Claim | null> => {
  const [row] = await db<ClaimSql[]>`${selected(db)} where k.subject_kind = ${subject.kind} and k.subject_id = ${subject.id} and k.closed_at is null`
  return row ? toClaim(row) : null
}

/** The claim of this subject that the guarantor or debtor pays; used where a usage is shown with its claim. */
export const openClaimsByOrigin = async (db: Reader, origins: readonly string[]): Promise<Map<string, string>> => {
  const rows = await db<{ origin: string; number: string }[]>`
    select origin, number from duty.claim where origin = any(${[...origins]}::text[]) and kind = 'guarantor' and closed_at is null`
  return new Map(rows.map((r) => [r.origin, r.number]))
}

export const lockClaim = async (tx: Tx, number: string): Promise<Claim | null> => {
  const [row] = await tx<{ number: string }[]>`select number from duty.claim where number = ${number} for update`
  return row ? findClaim(tx, 'all', number) : null
}

export type NewClaim = Pick<
  Claim,
  'number' | 'administration' | 'kind' | 'subject' | 'reference' | 'origin' | 'payer' | 'dueOn' | 'law' | 'grounds'
> & {
  currency: string
  at: string
  by: string
}

export const insertClaim = async (tx: Tx, c: NewClaim): Promise<void> => {
  await tx`
    insert into duty.claim (number, administration, kind, subject_kind, subject_id, reference, origin, payer, currency, due_on, stage, law, grounds, opened_at, opened_by)
    values (${c.number}, ${c.administration}, ${c.kind}, ${c.subject.kind}, ${c.subject.id}, ${c.reference}, ${c.origin}, ${c.payer}, ${c.currency}, ${c.dueOn}, 'demanded', ${c.law}, ${c.grounds},
      ${c.at}, ${c.by})`
}

export const setStage = async (tx: Tx, number: string, stage: 'reminded' | 'enforcement', at: string): Promise<void> => {
  await tx`update duty.claim set stage = ${stage}, reminded_at = case when ${stage} = 'reminded' then ${at}::timestamptz else reminded_at end where number = ${number}`
}

export const setProposal = async (
  tx: Tx,
  number: string,
  proposal: (NonNullable<ClaimRow['proposal']> & { outcome?: string }) | null,
): Promise<void> => {
  await tx`update duty.claim set proposal = ${proposal === null ? null : JSON.stringify(proposal)}::text::jsonb where number = ${number}`
}

/** Demands that are unpaid and of which nobody was reminded, due before a day. */
export const claimsToRemind = async (db: Reader, administration: string, dueBefore: string): Promise<string[]> => {
  const rows = await db<{ number: string }[]>`
    select number from duty.claim where administration = ${administration} and closed_at is null and stage = 'demanded' and due_on < ${dueBefore} order by due_on, number limit 500`
  return rows.map((r) => r.number)
}

/** What came in for a subject by legal day, the earliest first: interest runs on each part until the day it was paid. */
export const receiptsOf = async (db: Reader, subject: Subject): Promise<{ day: string; minor: number }[]> => [
  ...(await db<{ day: string; minor: number }[]>`
    select day, sum(amount_minor)::bigint as minor from duty.receipt where subject_kind = ${subject.kind} and subject_id = ${subject.id} group by day order by day`),
]
