/** SQL of image cases: the row, the queue, leases and readings. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { CaseStatus, ImageCase, Reading } from '../../schema/case.ts'
import type { Item, Subject } from '../../schema/subject.ts'
import { turnOf } from '../queue.ts'

/** A lease as the row keeps it. */
export type Lease = { personId: string; name: string; since: string; until: string }
type LeaseRow = { claimed_by: string | null; claimed_name: string | null; claimed_at: string | null; claimed_until: string | null }
export type Held = { state: ImageCase; lease: Lease | null }

const leaseOf = (r: LeaseRow): Lease | null =>
  r.claimed_by === null ? null : { personId: r.claimed_by, name: r.claimed_name ?? '', since: r.claimed_at!, until: r.claimed_until! }
const heldOf = (r: LeaseRow & { state: ImageCase }): Held => ({ state: r.state, lease: leaseOf(r) })
const heldColumns = (db: Reader) => db`state, claimed_by, claimed_name, claimed_at, claimed_until`

/** Writes the row that follows from the case's journal. What is decided is held by nobody. */
export const saveCase = async (tx: Tx, c: ImageCase, at: string): Promise<void> => {
  const outcome = c.decision?.outcome ?? null
  await tx`insert into inspection.image_case (id, image_id, is_tip, subject_kind, subject_id, item, office, status, origin, risk_score, turn_at, due_at, created_at,
      operator_id, tray_id, movement, outcome, opened, state, updated_at)
    values (${c.id}, ${c.imageId}, ${c.isTip}, ${c.subject.kind}, ${c.subject.id}, ${c.item}, ${c.office}, ${c.status}, ${c.column}, ${c.riskScore}, ${turnOf(c)},
      ${c.dueAt}, ${c.createdAt}, ${c.operatorId}, ${c.trayId}, ${c.movement}, ${outcome}, ${c.opening !== null}, ${tx.json(c as never)}, ${at})
    on conflict (id) do update set status = excluded.status, outcome = excluded.outcome, opened = excluded.opened, state = excluded.state,
      updated_at = excluded.updated_at, claimed_by = null, claimed_name = null, claimed_at = null, claimed_until = null`
}

export const insertReading = async (tx: Tx, caseId: string, r: Reading): Promise<void> => {
  await tx`insert into inspection.reading (case_id, round, person_id, decision, ms, at)
    values (${caseId}, ${r.round}, ${r.by.personId}, ${r.decision}, ${r.ms}, ${r.at})`
}

export const lockCase = async (tx: Tx, id: string): Promise<Held | null> => {
  const [row] = await tx<(LeaseRow & { state: ImageCase })[]>`select ${heldColumns(tx)} from inspection.image_case where id = ${id} for update`
  return row ? heldOf(row) : null
}

export const findCase = async (db: Reader, id: string): Promise<Held | null> => {
  const [row] = await db<(LeaseRow & { state: ImageCase })[]>`select ${heldColumns(db)} from inspection.image_case where id = ${id}`
  return row ? heldOf(row) : null
}

/** The one case of an image; projected pictures are many cases' and have none here. */
export const lockCaseOfImage = async (tx: Tx, imageId: string): Promise<ImageCase | null> =>
  (await tx<{ state: ImageCase }[]>`select state from inspection.image_case where image_id = ${imageId} and not is_tip for update`)[0]?.state ?? null

/** Cases of an image that somebody is to read: as long as there is one, findings on it are kept from readers. */
export const unreadCases = async (db: Reader, imageId: string): Promise<ImageCase[]> =>
  (
    await db<{ state: ImageCase }[]>`select state from inspection.image_case
      where image_id = ${imageId} and status in ('awaiting-ai', 'first-reading', 'second-reading')`
  ).map((r) => r.state)

export type Taker = { personId: string; items: readonly Item[]; offices: readonly string[] | '*'; statuses: readonly CaseStatus[] }

/** The front of the queue for this person, locked against whoever asks at the same moment. */
export const lockFront = async (tx: Tx, t: Taker, at: string, limit = 10): Promise<Held[]> => {
  const own = t.offices === '*' ? [] : [...t.offices]
  const rows = await tx<(LeaseRow & { state: ImageCase })[]>`select ${heldColumns(tx)} from inspection.image_case c
    where status = any(${[...t.statuses]}::text[]) and item = any(${[...t.items]}::text[]) and (${t.offices === '*'} or office = any(${own}::text[]))
      and (claimed_until is null or claimed_until <= ${at} or claimed_by = ${t.personId}::uuid)
      and operator_id is distinct from ${t.personId}::uuid and (not is_tip or claimed_by = ${t.personId}::uuid)
      and not exists (select from inspection.reading r where r.case_id = c.id and r.person_id = ${t.personId}::uuid)
    order by (claimed_by = ${t.personId}::uuid and claimed_until > ${at}) desc nulls last, turn_at, id limit ${limit} for update skip locked`
  return rows.map(heldOf)
}

export const setLease = async (tx: Tx, id: string, lease: Lease | null): Promise<void> => {
  await tx`update inspection.image_case set claimed_by = ${lease?.personId ?? null}, claimed_name = ${lease?.name ?? null},
    claimed_at = ${lease?.since ?? null}, claimed_until = ${lease?.until ?? null} where id = ${id}`
}

/** Moves the end of a lease on; false when the case is no longer this person's. */
export const extendLease = async (tx: Tx, id: string, personId: string, until: string): Promise<boolean> =>
  (await tx`update inspection.image_case set claimed_until = ${until} where id = ${id} and claimed_by = ${personId}`).count === 1

const sortable = { turnAt: 'turn_at', dueAt: 'due_at', createdAt: 'created_at', riskScore: 'risk_score', subjectId: 'subject_id', status: 'status' }
export const sortableCases = Object.keys(sortable)
export type CaseFilter = ListQuery & { q?: string; status?: readonly CaseStatus[]; item?: string; office?: string; outcome?: string }

/** Cases of these offices. Projected pictures are shown to those who run the programme only. */
export const listCases = async (
  db: Reader,
  scope: { offices: readonly string[] | '*'; projected: boolean; personId: string },
  q: CaseFilter,
): Promise<{ rows: Held[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = scope.offices === '*' ? [] : [...scope.offices]
  const equal = (column: string, value: string | undefined) => (value === undefined ? db`` : db`and ${db(column)} = ${value}`)
  const where = db`where (${scope.offices === '*'} or office = any(${own}::text[]))
    and (${scope.projected} or not is_tip or claimed_by = ${scope.personId}::uuid)
    ${q.status === undefined ? db`` : db`and status = any(${[...q.status]}::text[])`}
    ${equal('item', q.item)} ${equal('office', q.office)} ${equal('outcome', q.outcome)}
    and (${q.q ?? null}::text is null or lower(subject_id || ' ' || coalesce(movement, '') || ' ' || coalesce(tray_id, '')) like ${containing(q.q ?? '')})`
  const rows = await db<(LeaseRow & { state: ImageCase })[]>`select ${heldColumns(db)} from inspection.image_case
    ${where} ${orderBy(db, q.sort, sortable, 'turnAt', 'id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from inspection.image_case ${where}`
  return { rows: rows.map(heldOf), total: count!.total }
}

/** Cases that wait for a detector for longer than this. */
export const staleCases = async (db: Reader, before: string): Promise<string[]> =>
  (
    await db<
      { id: string }[]
    >`select id from inspection.image_case where status = 'awaiting-ai' and created_at < ${before} order by created_at limit 500`
  ).map((r) => r.id)

/** The newest case of a subject. */
export const findCaseOf = async (db: Reader, { kind, id }: Subject): Promise<ImageCase | null> =>
  (
    await db<{ state: ImageCase }[]>`select state from inspection.image_case
      where subject_kind = ${kind} and subject_id = ${id} and not is_tip order by created_at desc limit 1`
  )[0]?.state ?? null
