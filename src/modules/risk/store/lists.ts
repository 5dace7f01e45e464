/** SQL of named lists and of what waits for a second person. */
import type { Reader, Tx } from '#platform/database.ts'
import { type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { ListVersion, RiskProposal } from '../schema/proposal.ts'

export type StoredList = {
  name: string
  number: number
  about: string
  agency: string
  entries: string[]
  author: string
  approver: string
  createdAt: string
}

const columns = (db: Reader) => db`name, number, about, agency, entries, author_name as author, approver_name as approver, created_at as "createdAt"`

/** The newest version of every list. */
export const currentLists = async (db: Reader): Promise<StoredList[]> =>
  db<StoredList[]>`select distinct on (name) ${columns(db)} from risk.list_version order by name, number desc`

/** All versions of one list, newest first. */
export const listVersions = async (db: Reader, name: string): Promise<StoredList[]> =>
  db<StoredList[]>`select ${columns(db)} from risk.list_version where name = ${name} order by number desc`

export type NewList = Pick<ListVersion, 'name' | 'about' | 'agency'> & {
  hash: string
  entries: readonly string[]
  author: { personId: string; name: string }
  approver: { personId: string; name: string }
  at: string
}

/** Written once; the database refuses an author who approves. Answers the version's number. */
export const insertList = async (tx: Tx, l: NewList): Promise<number> => {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`risk/list/${l.name}`}, 0))`
  const [row] = await tx<{ number: number }[]>`
    insert into risk.list_version (name, number, hash, agency, about, entries, author, approver, author_name, approver_name, created_at)
    select ${l.name}, coalesce(max(number), 0) + 1, ${l.hash}, ${l.agency}, ${l.about}, ${[...l.entries]}::text[], ${l.author.personId}, ${l.approver.personId},
      ${l.author.name}, ${l.approver.name}, ${l.at} from risk.list_version where name = ${l.name} returning number`
  return row!.number
}

type Row = Omit<RiskProposal, 'author' | 'decidedBy' | 'createdAt' | 'decidedAt'> & {
  author: string
  author_name: string
  decided_by: string | null
  decided_name: string | null
  created_at: string
  decided_at: string | null
}
const toProposal = (r: Row): RiskProposal => ({
  id: r.id,
  kind: r.kind,
  subject: r.subject,
  agency: r.agency,
  content: r.content,
  reason: r.reason,
  status: r.status,
  author: { personId: r.author, name: r.author_name },
  decidedBy: r.decided_by === null ? null : { personId: r.decided_by, name: r.decided_name ?? '' },
  remark: r.remark,
  createdAt: r.created_at,
  decidedAt: r.decided_at,
})
const all = (db: Reader) =>
  db`id, kind, subject, agency, content, reason, status, author, author_name, decided_by, decided_name, remark, created_at, decided_at`

export const saveProposal = async (tx: Tx, p: RiskProposal): Promise<void> => {
  await tx`insert into risk.proposal (id, kind, subject, agency, content, reason, status, author, author_name, decided_by, decided_name, remark, created_at, decided_at)
    values (${p.id}, ${p.kind}, ${p.subject}, ${p.agency}, ${tx.json(p.content as never)}, ${p.reason}, ${p.status}, ${p.author.personId}, ${p.author.name},
      ${p.decidedBy?.personId ?? null}, ${p.decidedBy?.name ?? null}, ${p.remark}, ${p.createdAt}, ${p.decidedAt})
    on conflict (id) do update set status = excluded.status, decided_by = excluded.decided_by, decided_name = excluded.decided_name, remark = excluded.remark,
      decided_at = excluded.decided_at`
}

export const lockProposal = async (tx: Tx, id: string): Promise<RiskProposal | null> => {
  const [row] = await tx<Row[]>`select ${all(tx)} from risk.proposal where id = ${id} for update`
  return row ? toProposal(row) : null
}

export type ProposalFilter = ListQuery & { kind?: string; status?: string }
const sortable = { createdAt: 'created_at', kind: 'kind', subject: 'subject', status: 'status', decidedAt: 'decided_at' }
export const sortableProposals = Object.keys(sortable)

/** Changes of rates and capacity of an agency that wait for a second person, oldest first. */
export const waitingSettings = async (db: Reader, agency: string): Promise<RiskProposal[]> =>
  (
    await db<Row[]>`select ${all(db)} from risk.proposal where agency = ${agency} and kind = 'setting' and status = 'submitted'
      order by created_at limit 200`
  ).map(toProposal)

export const listProposals = async (db: Reader, agency: string | null, f: ProposalFilter): Promise<{ rows: RiskProposal[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const where = db`where (${agency}::text is null or agency = ${agency}) and (${f.kind ?? null}::text is null or kind = ${f.kind ?? ''})
    and (${f.status ?? null}::text is null or status = ${f.status ?? ''})`
  const rows = await db<
    Row[]
  >`select ${all(db)} from risk.proposal ${where} ${orderBy(db, f.sort, sortable, '-createdAt', 'id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from risk.proposal ${where}`
  return { rows: rows.map(toProposal), total: count!.total }
}
