import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { Person, PersonRow, PersonView, RoleAssignment } from '../schema.ts'
import type { HeldRole } from '../principal.ts'

type Row = {
  id: string
  name: string
  email: string
  organisation_id: string | null
  home_office: string | null
  language: Person['language']
  status: Person['status']
  joined_at: string
  ended_at: string | null
  roles: RoleAssignment[]
}

const rolesOf = (db: Reader) => db`
  (select coalesce(json_agg(json_build_object('id', r.id, 'role', r.role, 'office', r.office, 'validFrom', r.valid_from, 'validTo', r.valid_to) order by r.id), '[]')
   from identity.role_assignment r where r.person_id = p.id)`

const toPerson = (r: Row): Person => ({
  id: r.id,
  name: r.name,
  email: r.email,
  organisationId: r.organisation_id,
  homeOffice: r.home_office,
  language: r.language,
  status: r.status,
  joinedAt: r.joined_at,
  endedAt: r.ended_at,
  roles: r.roles,
})

export const readPerson = async (db: Reader, id: string): Promise<Person | null> => {
  const [row] = await db<
    Row[]
  >`select p.id, p.name, p.email, p.organisation_id, p.home_office, p.language, p.status, p.joined_at, p.ended_at, ${rolesOf(db)} as roles from identity.person p where p.id = ${id}`
  return row ? toPerson(row) : null
}

/** The person as a subject, locked until the transaction's end. */
export const lockPerson = async (tx: Tx, id: string): Promise<Person | null> => {
  await tx`select 1 from identity.person where id = ${id} for update`
  return readPerson(tx, id)
}

/** Writes the row and the roles as the state says. */
export const savePerson = async (tx: Tx, p: Person): Promise<void> => {
  await tx`
    insert into identity.person (id, name, email, organisation_id, home_office, language, status, joined_at, ended_at)
    values (${p.id}, ${p.name}, ${p.email}, ${p.organisationId}, ${p.homeOffice}, ${p.language}, ${p.status}, ${p.joinedAt}, ${p.endedAt})
    on conflict (id) do update set name = excluded.name, email = excluded.email, organisation_id = excluded.organisation_id, home_office = excluded.home_office,
      language = excluded.language, status = excluded.status, ended_at = excluded.ended_at`
  for (const r of p.roles) {
    await tx`insert into identity.role_assignment (id, person_id, role, office, valid_from, valid_to) values (${r.id}, ${p.id}, ${r.role}, ${r.office}, ${r.validFrom}, ${r.validTo})
      on conflict (id) do update set valid_to = excluded.valid_to`
  }
}

export const emailTaken = async (db: Reader, email: string): Promise<boolean> =>
  (await db`select 1 from identity.person where email = ${email} and status <> 'ended'`).length > 0

/** Name and organisation of those among `ids` who are active. */
export const activePeople = async (db: Reader, ids: readonly string[]): Promise<{ id: string; name: string; organisation: string | null }[]> =>
  db<{ id: string; name: string; organisation: string | null }[]>`
    select p.id, p.name, o.name as organisation from identity.person p left join identity.organisation o on o.id = p.organisation_id where p.id = any(${[...ids]}::uuid[]) and p.status = 'active'`

export type PersonFilter = ListQuery & { q?: string; role?: string; office?: string; status?: string; organisationId?: string }

const sortable = {
  name: 'lower(p.name)',
  email: 'p.email',
  status: 'p.status',
  organisation: 'lower(o.name)',
  joinedAt: 'p.joined_at',
  lastSeenAt: 'last_seen_at',
}
export const personSortable = Object.keys(sortable)

const filtered = (db: Reader, f: PersonFilter, date: string) => db`
  from identity.person p left join identity.organisation o on o.id = p.organisation_id
  where (${f.status ?? null}::text is null or p.status = ${f.status ?? null}) and (${f.organisationId ?? null}::uuid is null or p.organisation_id = ${f.organisationId ?? null})
    and (${f.q ?? null}::text is null or lower(p.name) like ${containing(f.q ?? '')} or p.email like ${containing(f.q ?? '')} or lower(o.name) like ${containing(f.q ?? '')})
    and ((${f.role ?? null}::text is null and ${f.office ?? null}::text is null) or exists (select from identity.role_assignment r where r.person_id = p.id
      and r.valid_from <= ${date} and (r.valid_to is null or r.valid_to > ${date})
      and (${f.role ?? null}::text is null or r.role = ${f.role ?? null}) and (${f.office ?? null}::text is null or r.office = ${f.office ?? null})))`

/** People with the roles they hold at the date. */
export const listPeople = async (db: Reader, f: PersonFilter, date: string): Promise<{ rows: PersonRow[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const [count] = await db<{ total: number }[]>`select count(*) as total ${filtered(db, f, date)}`
  const rows = await db<
    {
      id: string
      name: string
      email: string
      status: Person['status']
      organisation: string | null
      home_office: string | null
      roles: HeldRole[]
      totp: boolean
      last_seen_at: string | null
      joined_at: string
    }[]
  >`
    select p.id, p.name, p.email, p.status, o.name as organisation, p.home_office, p.joined_at,
      (select coalesce(json_agg(json_build_object('role', r.role, 'office', r.office) order by r.id), '[]') from identity.role_assignment r
        where r.person_id = p.id and r.valid_from <= ${date} and (r.valid_to is null or r.valid_to > ${date})) as roles,
      exists (select from identity.totp t where t.person_id = p.id and t.confirmed_at is not null) as totp,
      (select max(s.last_seen_at) from identity.session s where s.person_id = p.id) as last_seen_at
    ${filtered(db, f, date)} ${orderBy(db, f.sort, sortable, 'name', 'p.id')} limit ${limit} offset ${offset}`
  return {
    total: count!.total,
    rows: rows.map((r) => ({
      id: r.id,
      name: r.name,
      email: r.email,
      status: r.status,
      organisation: r.organisation,
      homeOffice: r.home_office,
      roles: r.roles as PersonRow['roles'],
      totp: r.totp,
      lastSeenAt: r.last_seen_at,
      joinedAt: r.joined_at,
    })),
  }
}

/** Everything the page of one person shows. */
export const viewPerson = async (db: Reader, id: string, now: string, idleSince: string): Promise<PersonView | null> => {
  const person = await readPerson(db, id)
  if (!person) return null
  const [more] = await db<
    { organisation: PersonView['organisation']; totp: boolean; sessions: number; keys: number; invited_until: string | null }[]
  >`
    select (select json_build_object('id', o.id, 'name', o.name, 'registration', o.registration) from identity.organisation o where o.id = p.organisation_id) as organisation,
      exists (select from identity.totp t where t.person_id = p.id and t.confirmed_at is not null) as totp,
      (select count(*) from identity.session s where s.person_id = p.id and s.ended_at is null and s.ends_at > ${now} and s.last_seen_at > ${idleSince}) as sessions,
      (select count(*) from identity.api_key k where k.person_id = p.id and k.ended_at is null and k.ends_at > ${now}) as keys,
      (select i.ends_at from identity.invitation i where i.person_id = p.id and i.ends_at > ${now}) as invited_until
    from identity.person p where p.id = ${id}`
  return {
    ...person,
    organisation: more!.organisation,
    totp: more!.totp,
    sessions: more!.sessions,
    keys: more!.keys,
    invitedUntil: more!.invited_until,
  }
}
