/** Sessions and API keys. Only hashes of their tokens are kept. */
import type { Reader, Tx } from '#platform/database.ts'
import type { HeldMandate, HeldRole, Standing } from '../principal.ts'
import type { KeyRow, OrganisationKind } from '../schema.ts'

type StandingRow = {
  person_id: string
  name: string
  email: string
  language: string
  home_office: string | null
  organisation_id: string | null
  organisation_name: string
  registration: string
  kinds: OrganisationKind[]
  organisation_status: string
  roles: HeldRole[]
  mandates: HeldMandate[]
}

/** Columns of a person's standing at a legal date; the statement around it names `p` (person) and `o` (organisation, outer joined). */
const standing = (db: Reader, date: string) => db`
  p.id as person_id, p.name, p.email, p.language, p.home_office, p.organisation_id, o.name as organisation_name, o.registration, o.kinds, o.status as organisation_status,
  (select coalesce(json_agg(json_build_object('role', r.role, 'office', r.office) order by r.id), '[]') from identity.role_assignment r
    where r.person_id = p.id and r.valid_from <= ${date} and (r.valid_to is null or r.valid_to > ${date})) as roles,
  (select coalesce(json_agg(json_build_object('organisationId', f.id, 'name', f.name, 'registration', f.registration, 'scope', m.scope) order by f.name), '[]')
    from identity.mandate m join identity.organisation f on f.id = m.from_organisation
    where m.to_organisation = p.organisation_id and m.valid_from <= ${date} and (m.valid_to is null or m.valid_to > ${date}) and f.status <> 'ended') as mandates`

const toStanding = (r: StandingRow): Standing => ({
  personId: r.person_id,
  name: r.name,
  email: r.email,
  language: r.language,
  homeOffice: r.home_office,
  organisation:
    r.organisation_id === null
      ? null
      : { id: r.organisation_id, name: r.organisation_name, registration: r.registration, kinds: r.kinds, status: r.organisation_status },
  roles: r.roles,
  mandates: r.mandates,
})

export type OpenSession = Standing & {
  sessionId: string
  deviceHash: string
  userAgent: string
  office: string | null
  lastSeenAt: string
  endsAt: string
  steppedUpUntil: string | null
}

/** The session of a token with its person's standing; null when it is unknown, ended, over, or its person has left. */
export const findSession = async (db: Reader, tokenHash: Buffer, now: string, idleSince: string, date: string): Promise<OpenSession | null> => {
  const [row] = await db<
    (StandingRow & {
      session_id: string
      device_hash: string
      user_agent: string
      office: string | null
      last_seen_at: string
      ends_at: string
      stepped_up_until: string | null
    })[]
  >`
    select s.id as session_id, encode(s.device_hash, 'hex') as device_hash, s.user_agent, s.office, s.last_seen_at, s.ends_at, s.stepped_up_until, ${standing(db, date)}
    from identity.session s join identity.person p on p.id = s.person_id left join identity.organisation o on o.id = p.organisation_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.ends_at > ${now} and s.last_seen_at > ${idleSince} and p.status = 'active'`
  if (!row) return null
  return {
    ...toStanding(row),
    sessionId: row.session_id,
    deviceHash: row.device_hash,
    userAgent: row.user_agent,
    office: row.office,
    lastSeenAt: row.last_seen_at,
    endsAt: row.ends_at,
    steppedUpUntil: row.stepped_up_until,
  }
}

/** A person's standing without a session; null when unknown or not active. */
export const findStanding = async (db: Reader, personId: string, date: string): Promise<Standing | null> => {
  const [row] = await db<StandingRow[]>`
    select ${standing(db, date)} from identity.person p left join identity.organisation o on o.id = p.organisation_id where p.id = ${personId} and p.status = 'active'`
  return row ? toStanding(row) : null
}

export type NewSession = { id: string; tokenHash: Buffer; personId: string; deviceHash: Buffer; userAgent: string; at: string; endsAt: string }

/** Takes the person's row lock, so that a sign-in and a leaver's removal come one after the other. False when the person is not active. */
export const insertSession = async (tx: Tx, s: NewSession): Promise<boolean> => {
  const active = await tx`select 1 from identity.person where id = ${s.personId} and status = 'active' for share`
  if (active.length === 0) return false
  await tx`insert into identity.session (id, token_hash, person_id, device_hash, user_agent, started_at, last_seen_at, ends_at)
    values (${s.id}, ${s.tokenHash}, ${s.personId}, ${s.deviceHash}, ${s.userAgent}, ${s.at}, ${s.at}, ${s.endsAt})`
  return true
}

export const touchSession = async (db: Reader, id: string, at: string): Promise<void> => {
  await db`update identity.session set last_seen_at = ${at} where id = ${id} and last_seen_at < ${at}`
}

/** Ends open sessions of a person: one (`only`), or all but one (`except`), or all. Answers their ids. */
export const endSessions = async (tx: Tx, personId: string, at: string, which: { only?: string; except?: string } = {}): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    update identity.session set ended_at = ${at} where person_id = ${personId} and ended_at is null
      and (${which.only ?? null}::uuid is null or id = ${which.only ?? null}) and (${which.except ?? null}::uuid is null or id <> ${which.except ?? null}) returning id`
  return rows.map((r) => r.id)
}

export const setStepUp = async (tx: Tx, id: string, until: string): Promise<void> => {
  await tx`update identity.session set stepped_up_until = ${until} where id = ${id} and ended_at is null`
}

export const setOffice = async (tx: Tx, id: string, office: string): Promise<void> => {
  await tx`update identity.session set office = ${office} where id = ${id} and ended_at is null`
}

/** Has this device signed in to the account before (or is it signed in now)? */
export const knowsDevice = async (db: Reader, personId: string, deviceHash: Buffer): Promise<boolean> =>
  (await db`select 1 from identity.session where person_id = ${personId} and device_hash = ${deviceHash} limit 1`).length > 0

export type Device = { id: string; userAgent: string; startedAt: string; lastSeenAt: string; endsAt: string }

export const listSessions = async (db: Reader, personId: string, now: string, idleSince: string): Promise<Device[]> => {
  const rows = await db<{ id: string; user_agent: string; started_at: string; last_seen_at: string; ends_at: string }[]>`
    select id, user_agent, started_at, last_seen_at, ends_at from identity.session
    where person_id = ${personId} and ended_at is null and ends_at > ${now} and last_seen_at > ${idleSince} order by last_seen_at desc`
  return rows.map((r) => ({ id: r.id, userAgent: r.user_agent, startedAt: r.started_at, lastSeenAt: r.last_seen_at, endsAt: r.ends_at }))
}

// ── API keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export type OpenKey = Standing & { keyId: string; scopes: string[]; lastUsedAt: string | null; endsAt: string }

export const findKey = async (db: Reader, tokenHash: Buffer, now: string, date: string): Promise<OpenKey | null> => {
  const [row] = await db<(StandingRow & { key_id: string; scopes: string[]; last_used_at: string | null; ends_at: string })[]>`
    select k.id as key_id, k.scopes, k.last_used_at, k.ends_at, ${standing(db, date)}
    from identity.api_key k join identity.person p on p.id = k.person_id left join identity.organisation o on o.id = p.organisation_id
    where k.token_hash = ${tokenHash} and k.ended_at is null and k.ends_at > ${now} and p.status = 'active'`
  return row ? { ...toStanding(row), keyId: row.key_id, scopes: row.scopes, lastUsedAt: row.last_used_at, endsAt: row.ends_at } : null
}

export const insertKey = async (
  tx: Tx,
  k: { id: string; personId: string; name: string; tokenHash: Buffer; scopes: readonly string[]; at: string; endsAt: string },
): Promise<void> => {
  await tx`insert into identity.api_key (id, person_id, name, token_hash, scopes, made_at, ends_at)
    values (${k.id}, ${k.personId}, ${k.name}, ${k.tokenHash}, ${[...k.scopes]}::text[], ${k.at}, ${k.endsAt})`
}

export const touchKey = async (db: Reader, id: string, at: string): Promise<void> => {
  await db`update identity.api_key set last_used_at = ${at} where id = ${id}`
}

export const endKeys = async (tx: Tx, personId: string, at: string, only?: string): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    update identity.api_key set ended_at = ${at} where person_id = ${personId} and ended_at is null and (${only ?? null}::uuid is null or id = ${only ?? null}) returning id`
  return rows.map((r) => r.id)
}

export const listKeys = async (db: Reader, personId: string): Promise<KeyRow[]> => {
  const rows = await db<
    { id: string; name: string; scopes: string[]; made_at: string; ends_at: string; last_used_at: string | null; ended_at: string | null }[]
  >`
    select id, name, scopes, made_at, ends_at, last_used_at, ended_at from identity.api_key where person_id = ${personId} order by made_at desc`
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    scopes: r.scopes,
    madeAt: r.made_at,
    endsAt: r.ends_at,
    lastUsedAt: r.last_used_at,
    endedAt: r.ended_at,
  }))
}

/** Forgets sessions and keys whose end is older than this, and attempts nobody repeats. */
export const forgetOld = async (tx: Tx, before: string, attemptsBefore: string): Promise<void> => {
  await tx`delete from identity.session where ends_at < ${before} or ended_at < ${before}`
  await tx`delete from identity.api_key where ends_at < ${before} or ended_at < ${before}`
  await tx`delete from identity.attempt where last_at < ${attemptsBefore}`
  await tx`delete from identity.invitation where ends_at < ${before}`
}
