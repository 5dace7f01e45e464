/** SQL of alerts about cases that were over when a declaration came or changed. */
import type { Reader, Tx } from '#platform/database.ts'
import { type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { MatchAlert } from '../../schema/declared.ts'

export type NewAlert = {
  id: string
  imageId: string
  caseId: string
  matchId: string
  office: string
  reference: string
  version: number
  at: string
}

/** False where the same version has raised one before. */
export const insertAlert = async (tx: Tx, a: NewAlert): Promise<boolean> =>
  (
    await tx`insert into inspection.match_alert (id, image_id, case_id, match_id, office, reference, version, raised_at)
      values (${a.id}, ${a.imageId}, ${a.caseId}, ${a.matchId}, ${a.office}, ${a.reference}, ${a.version}, ${a.at})
      on conflict (image_id, reference, version) do nothing`
  ).count === 1

/** Was the image matched red with this version before? Then whoever decided knew. */
export const wasRed = async (db: Reader, { imageId, matchId, reference, version }: NewAlert): Promise<boolean> =>
  (
    await db`select from inspection.match where image_id = ${imageId} and id <> ${matchId} and level = 'red'
      and document -> 'declared' ->> 'reference' = ${reference} and (document -> 'declared' ->> 'version')::int = ${version} limit 1`
  ).length > 0

export const findAlertOffice = async (db: Reader, id: string): Promise<string | null> =>
  (await db<{ office: string }[]>`select office from inspection.match_alert where id = ${id}`)[0]?.office ?? null

/** False when somebody has before. */
export const acknowledge = async (tx: Tx, id: string, by: string, remarks: string, at: string): Promise<boolean> =>
  (
    await tx`update inspection.match_alert set acknowledged_by = ${by}, acknowledged_at = ${at}, remarks = ${remarks}
      where id = ${id} and acknowledged_at is null`
  ).count === 1

const sortable = { raisedAt: 'a.raised_at', office: 'a.office' }
export const sortableAlerts = Object.keys(sortable)

export const listAlerts = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { open?: boolean },
): Promise<{ rows: MatchAlert[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const where = db`where (${offices === '*'} or a.office = any(${own}::text[]))
    and (${q.open ?? null}::boolean is null or (a.acknowledged_at is null) = ${q.open ?? null})`
  const rows = await db<MatchAlert[]>`select a.id, a.image_id as "imageId", a.case_id as "caseId", a.office, a.reference, a.version,
      jsonb_build_object('kind', c.subject_kind, 'id', c.subject_id) as subject, c.outcome, a.raised_at as "raisedAt",
      a.acknowledged_by as "acknowledgedBy", a.acknowledged_at as "acknowledgedAt", a.remarks
    from inspection.match_alert a join inspection.image_case c on c.id = a.case_id
    ${where} ${orderBy(db, q.sort, sortable, '-raisedAt', 'a.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from inspection.match_alert a ${where}`
  return { rows: [...rows], total: count!.total }
}
