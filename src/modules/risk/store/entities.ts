/** SQL of firms: what they declared, with whom, and what analysts know of them. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Entity, NoteTie } from '../schema/entity.ts'

type Facts = Entity['facts']
type Bare = Omit<Facts, 'offices' | 'headings' | 'origins'>

export const firmFacts = async (db: Reader, id: string, since: string): Promise<Facts> => {
  const [bare] = await db<Bare[]>`
    select min(d.decided_at) as "firstSeen", max(d.decided_at) as "lastSeen", count(*)::int as declarations, count(o.found)::int as examined,
      (count(*) filter (where o.found))::int as found, coalesce(sum(o.revenue), 0)::bigint as "revenueMinor"
    from risk.decision d left join lateral (
      select bool_or(result <> 'none') as found, sum(amount_minor) as revenue from risk.outcome o
      where o.subject_kind = d.subject_kind and o.subject_id = d.subject_id having count(*) > 0) o on true
    where (d.importer = ${id} or d.declarant = ${id}) and d.decided_at >= ${since}`
  const own = db`from risk.decision d where (d.importer = ${id} or d.declarant = ${id}) and d.decided_at >= ${since}`
  const items = db`from risk.decision d cross join lateral json_array_elements(d.snapshot -> 'items') as i where (d.importer = ${id} or d.declarant = ${id}) and d.decided_at >= ${since}`
  const tally = (value: ReturnType<typeof db>, from: typeof own) =>
    db<
      Facts['offices']
    >`select ${value} as value, count(*)::int as declarations ${from} and ${value} is not null group by 1 order by 2 desc, 1 limit 8`
  return {
    ...bare!,
    offices: await tally(db`d.office`, own),
    headings: await tally(db`i ->> 'item.hs4'`, items),
    origins: await tally(db`i ->> 'item.origin'`, items),
  }
}

export type Shared = { kind: 'broker' | 'seller' | 'vehicle'; value: string; declarations: number; others: { id: string; declarations: number }[] }

/** With whom and by what a firm trades, and which other firms do the same; the most frequent of each. */
export const sharedBy = async (db: Reader, id: string, since: string): Promise<Shared[]> =>
  db<Shared[]>`
    with own as (select declarant, vehicle, snapshot -> 'declaration' ->> 'party.seller' as seller from risk.decision where importer = ${id} and decided_at >= ${since}),
    linked as (
      (select 'broker' as kind, declarant as value, count(*)::int as declarations from own where declarant <> ${id} group by 2 order by 3 desc limit 8)
      union all (select 'vehicle', vehicle, count(*)::int from own where vehicle is not null group by 2 order by 3 desc limit 8)
      union all (select 'seller', seller, count(*)::int from own where seller is not null group by 2 order by 3 desc limit 8))
    select l.kind, l.value, l.declarations, case when l.kind = 'vehicle' then coalesce((
      select json_agg(json_build_object('id', x.importer, 'declarations', x.n)) from (
        select d.importer, count(*)::int as n from risk.decision d where d.vehicle = l.value and d.importer <> ${id} and d.decided_at >= ${since} group by 1 order by 2 desc limit 8) x), '[]')
      else '[]' end as others
    from linked l`

export type Tie = { kind: NoteTie['kind']; value: string; registration: string; source: string }

/** Ties of a firm, and of every other firm to the same. */
export const tiesOf = async (db: Reader, id: string): Promise<Tie[]> =>
  db<Tie[]>`select t.kind, t.value, t.registration, t.source from risk.tie t join risk.tie own on own.kind = t.kind and own.value = t.value
    where own.registration = ${id} order by t.kind, t.value, t.registration limit 500`

export const noteTie = async (tx: Tx, t: NoteTie, by: string, at: string): Promise<boolean> =>
  (
    await tx`insert into risk.tie (kind, value, registration, source, added_by, added_at) values (${t.kind}, ${t.value.trim()}, ${t.registration}, ${t.source}, ${by}, ${at})
      on conflict do nothing`
  ).count === 1
