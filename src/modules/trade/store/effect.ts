/** SQL of effects: what proposals would do to stored declarations. */
import type { Reader, Tx } from '#platform/database.ts'
import { orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { Effect, EffectDeclaration } from '../schema.ts'

type Result = Pick<Effect, 'currency' | 'from' | 'to' | 'forecast' | 'retroactive'>

export const requestEffect = async (tx: Tx, id: string, at: string): Promise<void> => {
  await tx`
    insert into trade.effect (proposal_id, status, requested_at, updated_at) values (${id}, 'waiting', ${at}, ${at})
    on conflict (proposal_id) do update set status = 'waiting', requested_at = excluded.requested_at, updated_at = excluded.updated_at, examined = 0, total = 0, result = null`
  await tx`delete from trade.effect_declaration where proposal_id = ${id}`
}

export const saveEffectProgress = async (db: Reader, id: string, examined: number, total: number, at: string): Promise<void> => {
  await db`update trade.effect set status = 'running', examined = ${examined}, total = ${total}, updated_at = ${at} where proposal_id = ${id}`
}

export const finishEffect = async (tx: Tx, id: string, result: Result, declarations: readonly EffectDeclaration[], at: string): Promise<void> => {
  await tx`delete from trade.effect_declaration where proposal_id = ${id}`
  await tx`
    insert into trade.effect_declaration (proposal_id, view, mrn, law_date, before_minor, after_minor, currency)
    select ${id}::uuid, r.* from json_to_recordset(${JSON.stringify(
      declarations.map((d) => ({
        view: d.view,
        mrn: d.mrn,
        law_date: d.lawDate,
        before_minor: d.beforeMinor,
        after_minor: d.afterMinor,
        currency: d.currency,
      })),
    )}::text::json) as r(view text, mrn text, law_date date, before_minor bigint, after_minor bigint, currency text)`
  await tx`update trade.effect set status = 'done', examined = total, result = ${JSON.stringify(result)}::text::jsonb, updated_at = ${at} where proposal_id = ${id}`
}

export const findEffect = async (db: Reader, id: string): Promise<Effect> => {
  const [row] = await db<{ status: Effect['status']; requested_at: string; examined: number; total: number; result: Result | null }[]>`
    select status, requested_at, examined, total, result from trade.effect where proposal_id = ${id}`
  if (!row) return { status: 'none', examined: 0, total: 0 }
  return { status: row.status, requestedAt: row.requested_at, examined: row.examined, total: row.total, ...row.result }
}

export const effectSortable = ['difference', 'mrn', 'lawDate'] as const
const sortExpressions = { difference: 'abs(after_minor - before_minor)', mrn: 'mrn', lawDate: 'law_date' }

export const listEffect = async (db: Reader, id: string, q: ListQuery & { view?: string }): Promise<{ rows: EffectDeclaration[]; total: number }> => {
  const view = q.view ?? 'retroactive'
  const { limit, offset } = windowOf(q)
  const [rows, [count]] = await Promise.all([
    db<{ view: string; mrn: string; law_date: string; before_minor: number; after_minor: number; currency: string }[]>`
      select view, mrn, law_date, before_minor, after_minor, currency from trade.effect_declaration where proposal_id = ${id} and view = ${view}
      ${orderBy(db, q.sort, sortExpressions, '-difference', 'mrn')} limit ${limit} offset ${offset}`,
    db<{ n: number }[]>`select count(*)::int as n from trade.effect_declaration where proposal_id = ${id} and view = ${view}`,
  ])
  return {
    rows: rows.map((r) => ({
      view: r.view,
      mrn: r.mrn,
      lawDate: r.law_date,
      beforeMinor: r.before_minor,
      afterMinor: r.after_minor,
      currency: r.currency,
    })),
    total: count!.n,
  }
}
