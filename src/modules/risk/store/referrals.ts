/** SQL of referrals. */
import type { Reader, Tx } from '#platform/database.ts'
import { type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { Referral } from '../schema/referral.ts'

export const saveReferral = async (tx: Tx, r: Referral, at: string): Promise<void> => {
  await tx`insert into risk.referral (id, kind, status, subject_kind, subject_id, reference, recipient, office, agency, deadline_at, state, updated_at)
    values (${r.id}, ${r.kind}, ${r.status}, ${r.subject.kind}, ${r.subject.id}, ${r.reference}, ${r.recipient}, ${r.office}, ${r.agency}, ${r.deadlineAt},
      ${tx.json(r as never)}, ${at})
    on conflict (id) do update set status = excluded.status, state = excluded.state, updated_at = excluded.updated_at`
}

export const lockReferral = async (tx: Tx, id: string): Promise<Referral | null> =>
  (await tx<{ state: Referral }[]>`select state from risk.referral where id = ${id} for update`)[0]?.state ?? null

export const findReferral = async (db: Reader, id: string): Promise<Referral | null> =>
  (await db<{ state: Referral }[]>`select state from risk.referral where id = ${id}`)[0]?.state ?? null

/** Whom a referral about goods goes to, and which office they are at. */
export const addressee = async (db: Reader, reference: string): Promise<{ kind: string; id: string; declarant: string; office: string } | null> => {
  const [row] = await db<{ kind: string; id: string; declarant: string | null; office: string }[]>`
    select subject_kind as kind, subject_id as id, declarant, office from risk.decision where reference = ${reference} limit 1`
  return row?.declarant ? { ...row, declarant: row.declarant } : null
}

export const overdueReferrals = async (db: Reader, now: string): Promise<string[]> =>
  (await db<{ id: string }[]>`select id from risk.referral where status = 'issued' and deadline_at <= ${now} order by deadline_at limit 1000`).map(
    (r) => r.id,
  )

export type ReferralFilter = ListQuery & { open?: boolean; status?: string; kind?: string; reference?: string }
/** Whose: an agency's own, those addressed to these registrations, or all (both null). */
export type Whose = { agency: string | null; recipients: readonly string[] | null }
const sortable = { deadlineAt: 'deadline_at', updatedAt: 'updated_at', status: 'status', kind: 'kind', reference: 'reference' }
export const sortableReferrals = Object.keys(sortable)

export const listReferrals = async (db: Reader, whose: Whose, f: ReferralFilter): Promise<{ rows: Referral[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const where = db`where (${whose.agency}::text is null or agency = ${whose.agency}) and (${whose.recipients === null} or recipient = any(${[...(whose.recipients ?? [])]}::text[]))
    and (${f.open ?? null}::boolean is null or (status in ('issued', 'answered', 'expired')) = ${f.open ?? false}::boolean)
    and (${f.status ?? null}::text is null or status = ${f.status ?? ''}) and (${f.kind ?? null}::text is null or kind = ${f.kind ?? ''})
    and (${f.reference ?? null}::text is null or reference = ${f.reference ?? ''})`
  const rows = await db<
    { state: Referral }[]
  >`select state from risk.referral ${where} ${orderBy(db, f.sort, sortable, '-updatedAt', 'id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from risk.referral ${where}`
  return { rows: rows.map((r) => r.state), total: count!.total }
}
