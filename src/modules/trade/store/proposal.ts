/** SQL of proposals: the row is the fold of the journal; changes stand in rows of their own. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import { keyOfChange } from '../change/difference.ts'
import type { Change, Proposal } from '../schema.ts'

export const lockProposal = async (tx: Tx, id: string): Promise<Proposal | null> =>
  (await tx<{ state: Proposal }[]>`select state from trade.proposal where id = ${id} for update`)[0]?.state ?? null

export const findProposal = async (db: Reader, id: string): Promise<Proposal | null> =>
  (await db<{ state: Proposal }[]>`select state from trade.proposal where id = ${id}`)[0]?.state ?? null

export const saveProposal = async (tx: Tx, p: Proposal, at: string): Promise<void> => {
  await tx`
    insert into trade.proposal (id, administration, status, kind, title, effective_from, proposed_by, change_count, state, created_at, updated_at)
    values (${p.id}, ${p.administration}, ${p.status}, ${p.kind}, ${p.title}, ${p.effectiveFrom}, ${p.authors[0]!.personId}, ${p.changeCount}, ${JSON.stringify(p)}::text::jsonb,
      ${p.createdAt}, ${at})
    on conflict (id) do update set status = excluded.status, title = excluded.title, change_count = excluded.change_count, state = excluded.state, updated_at = excluded.updated_at`
}

export const proposalSortable = ['updatedAt', 'title', 'status', 'effectiveFrom', 'changeCount'] as const
const sortExpressions = {
  updatedAt: 'updated_at',
  title: 'lower(title)',
  status: 'status',
  effectiveFrom: 'effective_from',
  changeCount: 'change_count',
}

export const listProposals = async (
  db: Reader,
  q: ListQuery & { q?: string; status?: string; administration?: string },
): Promise<{ rows: Proposal[]; total: number }> => {
  const where = db`(${q.status ?? null}::text is null or status = ${q.status ?? null}) and (${q.administration ?? null}::text is null or administration = ${q.administration ?? null})
    and (${q.q ?? null}::text is null or lower(title) like ${containing(q.q ?? '')})`
  const { limit, offset } = windowOf(q)
  const [rows, [count]] = await Promise.all([
    db<
      { state: Proposal }[]
    >`select state from trade.proposal where ${where} ${orderBy(db, q.sort, sortExpressions, '-updatedAt', 'id')} limit ${limit} offset ${offset}`,
    db<{ n: number }[]>`select count(*)::int as n from trade.proposal where ${where}`,
  ])
  return { rows: rows.map((r) => r.state), total: count!.n }
}

export type NumberedChange = { number: number; change: Change }

export const readChanges = async (db: Reader, id: string): Promise<NumberedChange[]> =>
  (await db<{ number: number; body: Change }[]>`select number, body from trade.proposal_change where proposal_id = ${id} order by number`).map(
    (r) => ({
      number: r.number,
      change: r.body,
    }),
  )

// More parameters of one statement than this gain nothing.
const batchOf = 1_000

/** Adds changes; one of the same record takes the place of the one before. */
export const putChanges = async (tx: Tx, id: string, changes: readonly Change[]): Promise<void> => {
  const latest = [...new Map(changes.map((c) => [`${c.what}/${keyOfChange(c)}`, c])).values()]
  for (let at = 0; at < latest.length; at += batchOf) {
    const some = latest.slice(at, at + batchOf)
    await tx`
      insert into trade.proposal_change (proposal_id, what, key, op, body)
      select ${id}::uuid, w, k, o, b::jsonb from unnest(${some.map((c) => c.what)}::text[], ${some.map(keyOfChange)}::text[], ${some.map((c) => c.op)}::text[],
        ${some.map((c) => JSON.stringify(c))}::text[]) as x(w, k, o, b)
      on conflict (proposal_id, what, key) do update set op = excluded.op, body = excluded.body`
  }
}

export const dropChanges = async (tx: Tx, id: string, numbers: readonly number[]): Promise<void> => {
  await tx`delete from trade.proposal_change where proposal_id = ${id} and number = any(${numbers as number[]}::int[])`
}

/** Records that a proposal changes and that somebody else has changed after this instant: names of them. */
export const changedSince = async (db: Reader, id: string, since: string): Promise<string[]> =>
  (
    await db<{ key: string }[]>`
      select c.key from trade.proposal_change c where c.proposal_id = ${id} and (
        c.what = 'measure' and exists (select from trade.measure m where m.id = c.key and (m.recorded_from > ${since} or m.recorded_to > ${since}))
        or c.what = 'commodity' and exists (select from trade.commodity m where (m.recorded_from > ${since} or m.recorded_to > ${since})
          and c.key = m.administration || '/' || m.code || case when m.suffix = '80' then '' else '/' || m.suffix end || '@' || m.valid_from))
      order by c.number`
  ).map((r) => r.key)
