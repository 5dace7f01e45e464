import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { Organisation, OrganisationFound } from '../schema.ts'

type Row = Omit<Organisation, 'registeredAt'> & { registered_at: string }
const toOrganisation = ({ registered_at, ...r }: Row): Organisation => ({ ...r, registeredAt: registered_at })
const columns = (db: Reader) => db`o.id, o.registration, o.name, o.kinds, o.street, o.city, o.postcode, o.country, o.email, o.status, o.registered_at`

export const readOrganisation = async (db: Reader, by: { id: string } | { registration: string }): Promise<Organisation | null> => {
  const [row] = await db<
    Row[]
  >`select ${columns(db)} from identity.organisation o where ${'id' in by ? db`o.id = ${by.id}` : db`o.registration = ${by.registration}`}`
  return row ? toOrganisation(row) : null
}

export const lockOrganisation = async (tx: Tx, id: string): Promise<Organisation | null> => {
  await tx`select 1 from identity.organisation where id = ${id} for update`
  return readOrganisation(tx, { id })
}

export const saveOrganisation = async (tx: Tx, o: Organisation): Promise<void> => {
  await tx`
    insert into identity.organisation (id, registration, name, kinds, street, city, postcode, country, email, status, registered_at)
    values (${o.id}, ${o.registration}, ${o.name}, ${o.kinds}::text[], ${o.street}, ${o.city}, ${o.postcode}, ${o.country}, ${o.email}, ${o.status}, ${o.registeredAt})
    on conflict (id) do update set name = excluded.name, kinds = excluded.kinds, street = excluded.street, city = excluded.city, postcode = excluded.postcode,
      email = excluded.email, status = excluded.status`
}

export type OrganisationFilter = ListQuery & { q?: string; kind?: string; status?: string }

const sortable = { name: 'lower(o.name)', registration: 'o.registration', city: 'lower(o.city)', status: 'o.status', registeredAt: 'o.registered_at' }
export const organisationSortable = Object.keys(sortable)

const filtered = (db: Reader, f: OrganisationFilter) => db`
  from identity.organisation o where (${f.status ?? null}::text is null or o.status = ${f.status ?? null}) and (${f.kind ?? null}::text is null or ${f.kind ?? null} = any(o.kinds))
    and (${f.q ?? null}::text is null or lower(o.name) like ${containing(f.q ?? '')} or lower(o.registration) like ${containing(f.q ?? '')} or lower(o.city) like ${containing(f.q ?? '')})`

export const listOrganisations = async (db: Reader, f: OrganisationFilter): Promise<{ rows: Organisation[]; total: number }> => {
  const { limit, offset } = windowOf(f)
  const [count] = await db<{ total: number }[]>`select count(*) as total ${filtered(db, f)}`
  const rows = await db<
    Row[]
  >`select ${columns(db)} ${filtered(db, f)} ${orderBy(db, f.sort, sortable, 'name', 'o.id')} limit ${limit} offset ${offset}`
  return { total: count!.total, rows: rows.map(toOrganisation) }
}

/** The public register: what anybody who fills in a declaration may look up. An exact number comes first. */
export const findOrganisations = async (db: Reader, q: string, limit: number): Promise<OrganisationFound[]> =>
  db<OrganisationFound[]>`
    select id, registration, name, kinds, city, country, status from identity.organisation
    where status <> 'ended' and (lower(name) like ${containing(q)} or lower(registration) like ${containing(q)})
    order by (lower(registration) = ${q.toLowerCase()}) desc, position(${q.toLowerCase()} in lower(name)), name limit ${limit}`

export type Party = { id: string; name: string; kinds: string[]; suspended: boolean }

/** Operators by registration number, the ended ones left out. */
export const findParties = async (db: Reader, registrations: readonly string[]): Promise<Map<string, Party>> => {
  const rows = await db<{ registration: string; id: string; name: string; kinds: string[]; status: string }[]>`
    select registration, id, name, kinds, status from identity.organisation where registration = any(${[...registrations]}::text[]) and status <> 'ended'`
  return new Map(rows.map((r) => [r.registration, { id: r.id, name: r.name, kinds: r.kinds, suspended: r.status === 'suspended' }]))
}

/** The operator of this registration and all others at its street and postcode; none where it has no street. */
export const organisationsAtSameAddress = async (db: Reader, registration: string): Promise<{ registration: string; address: string }[]> =>
  db<{ registration: string; address: string }[]>`
    select o.registration, own.street || ', ' || own.postcode || ' ' || own.city as address from identity.organisation own
    join identity.organisation o on lower(o.street) = lower(own.street) and o.postcode = own.postcode and o.country = own.country
    where own.registration = ${registration} and own.street <> '' order by o.registration limit 50`

/** Those who act for an organisation. */
export const peopleOf = async (db: Reader, organisationId: string): Promise<{ id: string; name: string; email: string; status: string }[]> =>
  db<
    { id: string; name: string; email: string; status: string }[]
  >`select id, name, email, status from identity.person where organisation_id = ${organisationId} and status <> 'ended' order by lower(name)`

/** The highest serial given out in Verania; locked until the transaction's end, so that no two operators get the same next one. */
export const highestSerial = async (tx: Tx): Promise<number> => {
  await tx`select pg_advisory_xact_lock(hashtextextended('identity.registration', 0))`
  const [row] = await tx<
    { serial: number }[]
  >`select coalesce(max(substr(registration, 3, 11)), '0')::bigint as serial from identity.organisation where registration ~ '^XV[0-9]{12}$'`
  return row!.serial
}
