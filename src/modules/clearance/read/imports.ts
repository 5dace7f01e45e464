/** Imports that stand, a batch at a time: for looking at what a change of the law does to them. */
import type { Sql } from '#platform/database.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'

export type ImportScope = { administration: string; since: string; /** leading digits of goods; `''` = all */ prefixes: readonly string[] }

// Lines are kept by the eight digits of DE 6/14; what is told apart below them is found by looking.
const hsDigits = 8

/** In the order in which they were lodged; `total` is how many there are. */
export async function* importsSince(sql: Sql, scope: ImportScope, size: number): AsyncGenerator<{ states: DeclarationState[]; total: number }> {
  const patterns = [...new Set(scope.prefixes.map((p) => `${p.slice(0, hsDigits)}%`))]
  const wanted = (after: { at: string; id: string }) => sql`
    administration = ${scope.administration} and regime = 'import' and accepted_at is not null and status not in ('rejected', 'invalidated', 'seized')
    and (lodged_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)
    and exists (select from clearance.item i where i.declaration_id = d.id and i.hs_code like any(${patterns}::text[]))`
  let after = { at: scope.since, id: '00000000-0000-0000-0000-000000000000' }
  const [count] = await sql<{ n: number }[]>`select count(*)::int as n from clearance.declaration d where ${wanted(after)}`
  for (;;) {
    const rows = await sql<{ id: string; lodged_at: string; state: DeclarationState }[]>`
      select id, lodged_at, state from clearance.declaration d where ${wanted(after)} order by lodged_at, id limit ${size}`
    const last = rows.at(-1)
    if (!last) return
    yield { states: rows.map((r) => r.state), total: count!.n }
    after = { at: last.lodged_at, id: last.id }
  }
}
