/** Passwords, one-time password generators, recovery codes, invitations, and the count of failed attempts. */
import type { Reader, Tx } from '#platform/database.ts'

export type Account = { personId: string; name: string; email: string; passwordHash: string | null; totpSecret: string | null }

type AccountRow = { id: string; name: string; email: string; password_hash: string | null; secret: string | null }
const toAccount = (r: AccountRow): Account => ({ personId: r.id, name: r.name, email: r.email, passwordHash: r.password_hash, totpSecret: r.secret })

/** The active person who signs in with this address; `totpSecret` only when confirmed. */
export const findAccount = async (db: Reader, by: { email: string } | { personId: string }): Promise<Account | null> => {
  const [row] = await db<AccountRow[]>`
    select p.id, p.name, p.email, c.password_hash, t.secret from identity.person p
    left join identity.credential c on c.person_id = p.id left join identity.totp t on t.person_id = p.id and t.confirmed_at is not null
    where p.status = 'active' and ${'email' in by ? db`p.email = ${by.email}` : db`p.id = ${by.personId}`}`
  return row ? toAccount(row) : null
}

export const savePassword = async (tx: Tx, personId: string, passwordHash: string, at: string): Promise<void> => {
  await tx`insert into identity.credential (person_id, password_hash, changed_at) values (${personId}, ${passwordHash}, ${at})
    on conflict (person_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`
}

/** A hash made anew with today's parameters, unless the password was changed meanwhile. */
export const rehash = async (db: Reader, personId: string, before: string, after: string): Promise<void> => {
  await db`update identity.credential set password_hash = ${after} where person_id = ${personId} and password_hash = ${before}`
}

export const dropCredentials = async (tx: Tx, personId: string): Promise<void> => {
  await tx`delete from identity.credential where person_id = ${personId}`
  await tx`delete from identity.invitation where person_id = ${personId}`
  await dropTotp(tx, personId)
}

// ── one-time passwords ─────────────────────────────────────────────────────────────────────────────────────────────────
export type Totp = { secret: string; confirmed: boolean }

export const findTotp = async (db: Reader, personId: string): Promise<Totp | null> => {
  const [row] = await db<
    { secret: string; confirmed: boolean }[]
  >`select secret, confirmed_at is not null as confirmed from identity.totp where person_id = ${personId}`
  return row ?? null
}

/** Begins (or begins again) an enrolment; false when one is confirmed already. */
export const beginTotp = async (tx: Tx, personId: string, secret: string): Promise<boolean> =>
  (
    await tx`insert into identity.totp (person_id, secret) values (${personId}, ${secret})
    on conflict (person_id) do update set secret = excluded.secret, last_step = 0 where identity.totp.confirmed_at is null returning 1`
  ).length > 0

/** Takes a code's time step: false when this or a later one was taken before, also by another process at the same moment. */
export const takeStep = async (db: Reader, personId: string, step: number): Promise<boolean> =>
  (await db`update identity.totp set last_step = ${step} where person_id = ${personId} and last_step < ${step} returning 1`).length > 0

export const confirmTotp = async (tx: Tx, personId: string, codeHashes: readonly Buffer[], at: string): Promise<void> => {
  await tx`update identity.totp set confirmed_at = ${at} where person_id = ${personId}`
  await tx`delete from identity.recovery_code where person_id = ${personId}`
  for (const hash of codeHashes) await tx`insert into identity.recovery_code (person_id, code_hash) values (${personId}, ${hash})`
}

/** Uses a recovery code up; false when there is none such. */
export const takeRecoveryCode = async (db: Reader, personId: string, codeHash: Buffer): Promise<boolean> =>
  (await db`delete from identity.recovery_code where person_id = ${personId} and code_hash = ${codeHash} returning 1`).length > 0

export const dropTotp = async (tx: Tx, personId: string): Promise<void> => {
  await tx`delete from identity.recovery_code where person_id = ${personId}`
  await tx`delete from identity.totp where person_id = ${personId}`
}

// ── invitations ────────────────────────────────────────────────────────────────────────────────────────────────────────
export const saveInvitation = async (tx: Tx, personId: string, tokenHash: Buffer, endsAt: string): Promise<void> => {
  await tx`insert into identity.invitation (person_id, token_hash, ends_at) values (${personId}, ${tokenHash}, ${endsAt})
    on conflict (person_id) do update set token_hash = excluded.token_hash, ends_at = excluded.ends_at`
}

export const findInvitation = async (db: Reader, tokenHash: Buffer, now: string): Promise<string | null> => {
  const [row] = await db<{ person_id: string }[]>`select person_id from identity.invitation where token_hash = ${tokenHash} and ends_at > ${now}`
  return row?.person_id ?? null
}

/** Uses an invitation up; false when somebody else has. */
export const takeInvitation = async (tx: Tx, tokenHash: Buffer): Promise<boolean> =>
  (await tx`delete from identity.invitation where token_hash = ${tokenHash} returning 1`).length > 0

// ── attempts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
/**
 * Counts an attempt as failed before it is tried, so that many at once do not slip through, and shuts the bucket for
 * `delays[failures]` seconds. Null when the attempt may go on; otherwise until when the bucket is shut.
 */
export const countAttempt = async (
  db: Reader,
  bucket: string,
  now: string,
  forgottenBefore: string,
  delays: readonly number[],
): Promise<string | null> => {
  const list = [...delays]
  const counted = await db`
    insert into identity.attempt as a (bucket, failures, last_at, blocked_until) values (${bucket}, 1, ${now}, ${now}::timestamptz + make_interval(secs => (${list}::int[])[1]))
    on conflict (bucket) do update set (failures, last_at, blocked_until) = (
      select n, ${now}::timestamptz, ${now}::timestamptz + make_interval(secs => (${list}::int[])[least(n, ${list.length})])
      from (select case when a.last_at < ${forgottenBefore} then 1 else a.failures + 1 end as n) x)
    where a.blocked_until <= ${now} returning 1`
  if (counted.length > 0) return null
  const [row] = await db<{ blocked_until: string }[]>`select blocked_until from identity.attempt where bucket = ${bucket}`
  return row?.blocked_until ?? now
}

/** It was no failure after all: the account's count starts anew, the address's loses this one (others may be behind the same address). */
export const forgive = async (db: Reader, whole: string, one: string, now: string): Promise<void> => {
  await db`delete from identity.attempt where bucket = ${whole}`
  await db`update identity.attempt set failures = greatest(failures - 1, 0), blocked_until = ${now} where bucket = ${one}`
}
