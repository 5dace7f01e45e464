/** SQL of commands to devices and of their passwords. */
import type { Reader, Tx } from '#platform/database.ts'
import { type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { CommandRow } from '../schema/command.ts'

export type NewCommand = Pick<CommandRow, 'id' | 'deviceId' | 'tripId' | 'name' | 'params' | 'askedBy' | 'askedAt' | 'expiresAt'> & {
  secrets: Uint8Array | null
}
/** A command on its way, with what only its delivery may read. */
export type Pending = Pick<CommandRow, 'id' | 'deviceId' | 'tripId' | 'name' | 'params'> & { secrets: Uint8Array | null }

export const insertCommands = async (tx: Tx, all: readonly NewCommand[]): Promise<void> => {
  for (const c of all)
    await tx`insert into supervision.command (id, device_id, trip_id, name, params, secrets, state, asked_by, asked_at, expires_at)
      values (${c.id}, ${c.deviceId}, ${c.tripId}, ${c.name}, ${tx.json(c.params as never)}, ${c.secrets as never}, 'queued', ${c.askedBy}, ${c.askedAt}, ${c.expiresAt})`
}

/** Devices for which something waits. */
export const devicesWaiting = async (db: Reader, now: string): Promise<string[]> =>
  (
    await db<{ id: string }[]>`select distinct device_id as id from supervision.command where state in ('queued', 'sent') and expires_at > ${now}`
  ).map((r) => r.id)

/**
 * Takes the first waiting command of a device to be sent: queued, or sent before `resendBefore` without an answer. One at a time, in
 * their order; two gateways never take the same.
 */
export const takeNext = async (tx: Tx, deviceId: string, now: string, resendBefore: string): Promise<Pending | null> =>
  (
    await tx<Pending[]>`
      update supervision.command c set state = 'sent', sent_at = ${now}, attempts = attempts + 1
      where c.id = (select id from supervision.command where device_id = ${deviceId} and state in ('queued', 'sent') and expires_at > ${now} order by seq limit 1 for update skip locked)
        and (c.state = 'queued' or c.sent_at < ${resendBefore})
      returning c.id, c.device_id as "deviceId", c.trip_id as "tripId", c.name, c.params, c.secrets`
  )[0] ?? null

/** The command that a device has been sent and has not answered, locked. */
export const lockSent = async (tx: Tx, deviceId: string): Promise<Pending | null> =>
  (
    await tx<Pending[]>`select id, device_id as "deviceId", trip_id as "tripId", name, params, secrets from supervision.command
      where device_id = ${deviceId} and state = 'sent' order by seq limit 1 for update`
  )[0] ?? null

export const setAnswered = async (tx: Tx, id: string, done: boolean, answer: object, now: string): Promise<void> => {
  await tx`update supervision.command set state = ${done ? 'answered' : 'refused'}, answered_at = ${now}, answer = ${tx.json(answer as never)} where id = ${id}`
}

export type Ended = { id: string; deviceId: string; tripId: string | null; name: string }
/** Commands whose time has run out without an answer. */
export const expireCommands = async (tx: Tx, now: string): Promise<Ended[]> =>
  tx<Ended[]>`update supervision.command set state = 'expired' where state in ('queued', 'sent') and expires_at <= ${now}
    returning id, device_id as "deviceId", trip_id as "tripId", name`

/** Takes back what has not been sent yet; false when it has, or is over. */
export const withdrawCommand = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx`update supervision.command set state = 'withdrawn' where id = ${id} and state = 'queued' returning id`).length > 0

const columns = (db: Reader, now: string) => db`c.id, c.device_id as "deviceId", c.trip_id as "tripId", c.name, c.params,
  case when c.state in ('queued', 'sent') and c.expires_at <= ${now} then 'expired' else c.state end as state, c.asked_by as "askedBy", c.asked_at as "askedAt",
  c.expires_at as "expiresAt", c.attempts, c.sent_at as "sentAt", c.answered_at as "answeredAt", c.answer`

export const findCommand = async (db: Reader, id: string, now: string): Promise<(CommandRow & { office: string }) | null> =>
  (
    await db<
      (CommandRow & { office: string })[]
    >`select ${columns(db, now)}, d.office from supervision.command c join supervision.device d on d.id = c.device_id where c.id = ${id}`
  )[0] ?? null

export const sortableCommands = ['askedAt']

/** Commands of a device or of a trip, the newest first. */
export const listCommands = async (
  db: Reader,
  of: { deviceId: string } | { tripId: string },
  q: ListQuery,
  now: string,
): Promise<{ rows: CommandRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = 'deviceId' in of ? db`where c.device_id = ${of.deviceId}` : db`where c.trip_id = ${of.tripId}`
  const rows = await db<CommandRow[]>`select ${columns(db, now)} from supervision.command c ${where}
    ${orderBy(db, q.sort, { askedAt: 'c.asked_at' }, '-askedAt', 'c.seq desc')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from supervision.command c ${where}`
  return { rows, total: count!.total }
}

export type SecretKind = 'static' | 'dynamic'

export const saveSecret = async (tx: Tx, deviceId: string, kind: SecretKind, sealed: Uint8Array, now: string): Promise<void> => {
  await tx`insert into supervision.device_secret (device_id, kind, sealed, learnt_at) values (${deviceId}, ${kind}, ${sealed as never}, ${now})
    on conflict (device_id, kind) do update set sealed = excluded.sealed, learnt_at = excluded.learnt_at`
}

export const secretsOf = async (db: Reader, deviceId: string): Promise<Partial<Record<SecretKind, Uint8Array>>> => {
  const rows = await db<{ kind: SecretKind; sealed: Uint8Array }[]>`select kind, sealed from supervision.device_secret where device_id = ${deviceId}`
  return Object.fromEntries(rows.map((r) => [r.kind, r.sealed]))
}

/** When a device was last asked for its backlog and has not answered yet. */
export const unsentAskedAt = async (db: Reader, deviceId: string): Promise<string | null> =>
  (
    await db<
      { at: string }[]
    >`select asked_at as at from supervision.command where device_id = ${deviceId} and name = 'query-unsent' and state in ('queued', 'sent') order by seq desc limit 1`
  )[0]?.at ?? null
