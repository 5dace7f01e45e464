import type { Reader, Tx } from '#platform/database.ts'
import type { Mandate, MandateRow, MandateScope } from '../schema.ts'

type Row = {
  id: string
  from_organisation: string
  to_organisation: string
  scope: MandateScope
  valid_from: string
  valid_to: string | null
  given_at: string
  ended_at: string | null
}
const toMandate = (r: Row): Mandate => ({
  id: r.id,
  fromOrganisation: r.from_organisation,
  toOrganisation: r.to_organisation,
  scope: r.scope,
  validFrom: r.valid_from,
  validTo: r.valid_to,
  givenAt: r.given_at,
  endedAt: r.ended_at,
})

export const lockMandate = async (tx: Tx, id: string): Promise<Mandate | null> => {
  const [row] = await tx<
    Row[]
  >`select id, from_organisation, to_organisation, scope, valid_from, valid_to, given_at, ended_at from identity.mandate where id = ${id} for update`
  return row ? toMandate(row) : null
}

export const saveMandate = async (tx: Tx, m: Mandate): Promise<void> => {
  await tx`
    insert into identity.mandate (id, from_organisation, to_organisation, scope, valid_from, valid_to, given_at, ended_at)
    values (${m.id}, ${m.fromOrganisation}, ${m.toOrganisation}, ${m.scope}, ${m.validFrom}, ${m.validTo}, ${m.givenAt}, ${m.endedAt})
    on conflict (id) do update set valid_to = excluded.valid_to, ended_at = excluded.ended_at`
}

/** Mandates between two organisations that are not over; the giver's row is locked, so two cannot be given at once. */
export const mandatesBetween = async (
  tx: Tx,
  from: string,
  to: string,
  today: string,
): Promise<Pick<Mandate, 'scope' | 'validFrom' | 'validTo'>[]> => {
  await tx`select 1 from identity.organisation where id = ${from} for no key update`
  const rows = await tx<
    Row[]
  >`select scope, valid_from, valid_to from identity.mandate where from_organisation = ${from} and to_organisation = ${to} and (valid_to is null or valid_to > ${today})`
  return rows.map((r) => ({ scope: r.scope, validFrom: r.valid_from, validTo: r.valid_to }))
}

/** All mandates an organisation gave or received, those in force first. */
export const listMandates = async (db: Reader, organisationId: string, today: string): Promise<MandateRow[]> => {
  const rows = await db<(Row & { from_name: string; from_registration: string; to_name: string; to_registration: string })[]>`
    select m.id, m.from_organisation, m.to_organisation, m.scope, m.valid_from, m.valid_to, m.given_at, m.ended_at,
      f.name as from_name, f.registration as from_registration, t.name as to_name, t.registration as to_registration
    from identity.mandate m join identity.organisation f on f.id = m.from_organisation join identity.organisation t on t.id = m.to_organisation
    where m.from_organisation = ${organisationId} or m.to_organisation = ${organisationId}
    order by (m.valid_to is null or m.valid_to > ${today}) desc, m.valid_from desc, f.name, t.name`
  return rows.map((r) => ({
    id: r.id,
    direction: r.from_organisation === organisationId ? 'given' : 'received',
    from: { id: r.from_organisation, name: r.from_name, registration: r.from_registration },
    to: { id: r.to_organisation, name: r.to_name, registration: r.to_registration },
    scope: r.scope,
    validFrom: r.valid_from,
    validTo: r.valid_to,
    status: r.valid_to !== null && r.valid_to <= today ? 'over' : r.valid_from > today ? 'coming' : 'in-force',
    givenAt: r.given_at,
    endedAt: r.ended_at,
  }))
}

/** Had `to` a mandate of `from` for this direction at the date? Registration numbers; the same organisation always may. */
export const isMandated = async (db: Reader, from: string, to: string, direction: 'import' | 'export', date: string): Promise<boolean> =>
  from === to ||
  (
    await db`
    select 1 from identity.mandate m join identity.organisation f on f.id = m.from_organisation join identity.organisation t on t.id = m.to_organisation
    where f.registration = ${from} and t.registration = ${to} and m.scope in (${direction}, 'all') and m.valid_from <= ${date} and (m.valid_to is null or m.valid_to > ${date}) limit 1`
  ).length > 0
