/** SQL of profiles: versions are inserted and never changed; how far each has come is the fold of its journal. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { ProfileRow, ProfileVersion } from '../schema/profile.ts'

/** Writes a new version. Its content cannot be written again. */
export const insertVersion = async (tx: Tx, v: ProfileVersion): Promise<void> => {
  await tx`insert into risk.profile_version (code, number, hash, administration, agency, content, author, author_name, created_at)
    values (${v.code}, ${v.number}, ${v.hash}, ${v.content.administration}, ${v.agency}, ${tx.json(v.content as never)}, ${v.author.personId}, ${v.author.name}, ${v.createdAt})`
}

/** The content stands in the version; the life keeps the rest. */
export const saveLife = async (tx: Tx, v: ProfileVersion, at: string): Promise<void> => {
  const { content: _content, ...state } = v
  await tx`insert into risk.profile_life (code, number, author, approver, status, emergency_until, valid_from, valid_to, state, updated_at)
    values (${v.code}, ${v.number}, ${v.author.personId}, ${v.approver?.personId ?? null}, ${v.status}, ${v.emergencyUntil}, ${v.content.validFrom}, ${v.content.validTo}, ${tx.json(state as never)}, ${at})
    on conflict (code, number) do update set approver = excluded.approver, status = excluded.status, emergency_until = excluded.emergency_until,
      state = excluded.state, updated_at = excluded.updated_at`
}

type Row = { state: Omit<ProfileVersion, 'content'>; content: ProfileVersion['content'] }
const toVersion = ({ state, content }: Row): ProfileVersion => ({ ...state, content })

export const lockVersion = async (tx: Tx, code: string, number: number): Promise<ProfileVersion | null> => {
  const [row] = await tx<Row[]>`select l.state, v.content from risk.profile_life l join risk.profile_version v using (code, number)
    where l.code = ${code} and l.number = ${number} for update of l`
  return row ? toVersion(row) : null
}

/** All versions of a code, newest first. */
export const readVersions = async (db: Reader, code: string): Promise<ProfileVersion[]> =>
  (
    await db<Row[]>`select l.state, v.content from risk.profile_life l join risk.profile_version v using (code, number)
      where code = ${code} order by number desc`
  ).map(toVersion)

/** Versions that bind now, by code. */
export const activeVersions = async (db: Reader): Promise<ProfileVersion[]> =>
  (
    await db<Row[]>`select l.state, v.content from risk.profile_life l join risk.profile_version v using (code, number)
      where l.status = 'active' order by code`
  ).map(toVersion)

/** Versions whose time is over: their last day has passed, or nobody has ratified them. */
export const endedVersions = async (db: Reader, now: string): Promise<{ code: string; number: number }[]> =>
  db`select code, number from risk.profile_life where status in ('active', 'suspended')
    and (valid_to < ${now.slice(0, 10)}::date or emergency_until <= ${now}) order by code limit 1000`

export type ProfileFilter = ListQuery & { q?: string; status?: string; lane?: string; office?: string }
/** What a reader may see, for the list: see `mayReadProfile`. */
export type Sight = { agency: string; everything: boolean; personId: string; secrets: boolean }

const sortable = {
  code: 'x.code',
  name: "lower(x.content ->> 'name')",
  status: 'x.status',
  lane: "x.content ->> 'lane'",
  updatedAt: 'x.updated_at',
  validTo: 'x.valid_to',
  hits30: 'coalesce(h.hits, 0)',
  found30: 'coalesce(h.found, 0)',
}
export const sortableProfiles = Object.keys(sortable)

const seen = (db: Reader, s: Sight) =>
  s.everything
    ? db`true`
    : db`v.agency = ${s.agency} and (v.content ->> 'secrecy' <> 'secret' or ${s.secrets} or v.author = ${s.personId} or v.content -> 'owner' ->> 'personId' = ${s.personId})`

type ListRow = {
  code: string
  number: number
  live_number: number | null
  status: ProfileRow['status']
  agency: string
  content: ProfileVersion['content']
  author_name: string
  emergency_until: string | null
  updated_at: string
  hits: number
  selected: number
  examined: number
  found: number
  total: number
}

const toRow = (r: ListRow): ProfileRow => ({
  code: r.code,
  name: r.content.name,
  number: r.number,
  liveNumber: r.live_number,
  status: r.status,
  lane: r.content.lane,
  office: r.content.office,
  agency: r.agency,
  secrecy: r.content.secrecy,
  mandatory: r.content.mandatory,
  percent: r.content.percent,
  validFrom: r.content.validFrom,
  validTo: r.content.validTo,
  author: r.author_name,
  owner: r.content.owner.name,
  emergencyUntil: r.emergency_until,
  updatedAt: r.updated_at,
  hits30: r.hits,
  selected30: r.selected,
  examined30: r.examined,
  found30: r.found,
})

/** The newest version of each code that the reader may see, with what its code did since `since`. */
export const listProfiles = async (db: Reader, sight: Sight, f: ProfileFilter, since: string): Promise<{ rows: ProfileRow[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const like = containing(f.q ?? '')
  const rows = await db<ListRow[]>`
    with newest as (select distinct on (code) code, number, status, emergency_until, valid_to, updated_at from risk.profile_life order by code, number desc),
    x as (
      select n.*, v.agency, v.content, v.author_name, (select l.number from risk.profile_life l where l.code = n.code and l.status = 'active') as live_number
      from newest n join risk.profile_version v using (code, number)
      where ${seen(db, sight)} and (${f.q ?? null}::text is null or lower(n.code) like ${like} or lower(v.content ->> 'text') like ${like})
        and (${f.status ?? null}::text is null or n.status = any(string_to_array(${f.status ?? ''}, ',')))
        and (${f.lane ?? null}::text is null or v.content ->> 'lane' = ${f.lane ?? ''})
        and (${f.office ?? null}::text is null or v.content ->> 'office' is null or v.content ->> 'office' = ${f.office ?? ''})),
    h as (
      select hit.code, count(*)::int as hits, (count(*) filter (where hit.code = any(d.selecting)))::int as selected, count(o.subject_id)::int as examined,
        (count(*) filter (where o.found))::int as found
      from risk.decision d cross join unnest(d.hits) as hit(code)
      left join (select subject_kind, subject_id, bool_or(result <> 'none') as found from risk.outcome group by 1, 2) o using (subject_kind, subject_id)
      where d.decided_at >= ${since} group by 1)
    select x.*, coalesce(h.hits, 0) as hits, coalesce(h.selected, 0) as selected, coalesce(h.examined, 0) as examined, coalesce(h.found, 0) as found,
      count(*) over ()::int as total
    from x left join h using (code) ${orderBy(db, f.sort, sortable, 'code', 'x.code')} limit ${limit} offset ${offset}`
  return { rows: rows.map(toRow), total: rows[0]?.total ?? 0 }
}
