import type postgres from 'postgres'
import type { Outcome } from '#kernel/outcome.ts'
import { postgres as driver } from './driver.ts'

/** A pool, or one transaction of it. Stores take a `Tx`; only entry points open one. */
export type Sql = postgres.Sql<Record<string, never>>
export type Tx = postgres.TransactionSql<Record<string, never>>
export type Reader = Sql | Tx

export type DatabaseOptions = {
  url: string
  max?: number
  applicationName?: string
  /** sign in as the owner, for migrations only */ asOwner?: boolean
}

const instant = {
  to: 1184,
  from: [1184],
  serialize: (v: string | Date) => (v instanceof Date ? v.toISOString() : v),
  parse: (v: string) => new Date(v).toISOString(),
}
// A legal date is a date, not the midnight of some zone: keep its text.
const legalDate = { to: 1082, from: [1082], serialize: (v: string) => v, parse: (v: string) => v }
const integer = {
  to: 20,
  from: [20],
  serialize: (v: number | bigint) => String(v),
  parse: (v: string) => {
    const n = Number(v)
    if (!Number.isSafeInteger(n)) throw new RangeError(`bigint ${v} exceeds the safe range`)
    return n
  },
}

/** A client without our types and role. A URL may name a directory as `?host=` (as libpq has it): the server's Unix socket is in there. */
export const dial = <T extends Record<string, postgres.PostgresType> = Record<string, never>>(url: string, options: postgres.Options<T>) => {
  const at = new URL(url)
  const directory = at.searchParams.get('host')
  if (!directory?.startsWith('/')) return driver(url, options)
  at.searchParams.delete('host')
  return driver(at.href, { ...options, path: `${directory}/.s.PGSQL.${at.port || '5432'}` })
}

/**
 * Opens a pool. Every connection works as role `portcullis_app`, which may not change or delete what is in the journal, whoever
 * owns the database. Instants come back as ISO strings in UTC, dates as `YYYY-MM-DD`, bigint as safe integers, numeric as text.
 */
export const connect = ({ url, max = 12, applicationName = 'portcullis', asOwner = false }: DatabaseOptions): Sql =>
  dial(url, {
    max,
    idle_timeout: 0,
    connect_timeout: 15,
    onnotice: () => undefined,
    types: { instant, legalDate, integer } as unknown as Record<string, postgres.PostgresType>,
    connection: { application_name: applicationName, TimeZone: 'UTC', ...(asOwner ? {} : { role: 'portcullis_app' }) },
  }) as unknown as Sql

const retryable = new Set(['40001', '40P01'])

type Statement = postgres.PendingQuery<postgres.Row[]>
const lastStatements = new WeakMap<Tx, Statement[]>()

/**
 * Sends a statement whose answer nobody waits for within the transaction: it travels together with COMMIT, which saves a round trip
 * while locks are held. Its fault is the transaction's fault. Only inside `inTransaction` or `attempt`.
 */
export const withCommit = (tx: Tx, statement: Statement): void => {
  const last = lastStatements.get(tx)
  if (!last) throw new Error('withCommit is for a transaction that inTransaction opened')
  last.push(statement.execute())
}

const once = async <T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const last: Statement[] = []
  try {
    return (await sql.begin(async (tx) => {
      lastStatements.set(tx as Tx, last)
      return work(tx as Tx)
    })) as T
  } finally {
    // COMMIT of a transaction that has failed answers ROLLBACK and is no error: the statement that failed must speak, and before all others.
    await Promise.all(last)
  }
}

/** Runs `work` in one transaction; a deadlock or serialization failure is tried again up to three times (the work must be repeatable). */
export const inTransaction = async <T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(sql, work)
    } catch (fault) {
      if (attempt < 4 && retryable.has((fault as { code?: string }).code ?? '')) continue
      throw fault
    }
  }
}

/** Did PostgreSQL refuse because this named constraint would be broken? */
export const violates = (fault: unknown, constraint: string): boolean => (fault as { constraint_name?: string })?.constraint_name === constraint

// Carries a refusal out of the transaction, so that nothing of the work stays.
const carrier = Symbol('refusal')

/** Like `inTransaction`, but a refused outcome rolls everything back and is returned. */
export const attempt = async <T>(sql: Sql, work: (tx: Tx) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
  try {
    return await inTransaction(sql, async (tx) => {
      const outcome = await work(tx)
      if (!outcome.ok) throw { [carrier]: outcome }
      return outcome
    })
  } catch (fault) {
    if (typeof fault === 'object' && fault !== null && carrier in fault) return (fault as { [carrier]: Outcome<T> })[carrier]
    throw fault
  }
}
