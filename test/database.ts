/**
 * A database of its own for each test file: a copy of a template that holds the migrations and the demo country.
 * The test runner starts one PostgreSQL and one template for all files (TEST_DATABASE_URL); a file run alone starts its own.
 */
import { randomBytes } from 'node:crypto'
import { connect, dial, type Sql } from '#platform/database.ts'
import { startTemporaryPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'

export type TestDatabase = { url: string; /** a pool, opened at the first call, closed by close() */ sql: () => Sql; close: () => Promise<void> }
export type TestServer = { /** of the server's maintenance database */ url: string; stop: () => Promise<void> }

const template = 'portcullis_template'
const at = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

const asAdministrator = async (url: string, statement: string): Promise<void> => {
  const sql = dial(url, { max: 1, onnotice: () => undefined })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Starts a PostgreSQL for tests (not durable, so fast) with the template in it. */
export const startTestServer = async (): Promise<TestServer> => {
  const log = createLog('warn')
  const server = await startTemporaryPostgres({ log, settings: { synchronous_commit: 'off', shared_buffers: '128MB', max_connections: '200' } })
  try {
    const url = at(server.url, 'postgres')
    await asAdministrator(url, `create database ${template}`)
    await migrate(at(url, template), log)
    // Loaded here and not above, because most files get a template that stands already.
    await (await import('../src/demo.ts')).loadDemoWhenEmpty(at(url, template), () => undefined)
    return { url, stop: server.stop }
  } catch (fault) {
    await server.stop()
    throw fault
  }
}

/**
 * An own copy of the template. Call `close` in `after`. `alone` gives it a server of its own, for tests of what a whole server shares:
 * a transaction of another database keeps back what counts as settled here too.
 */
export const testDatabase = async ({ alone = false } = {}): Promise<TestDatabase> => {
  const given = alone ? undefined : process.env.TEST_DATABASE_URL
  const own = given ? undefined : await startTestServer()
  const server = given ?? own!.url
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdministrator(server, `create database ${name} template ${template}`)
  const url = at(server, name)
  let pool: Sql | undefined
  const close = async (): Promise<void> => {
    await pool?.end({ timeout: 5 })
    if (own) await own.stop()
    else await asAdministrator(server, `drop database if exists ${name} with (force)`)
  }
  return { url, sql: () => (pool ??= connect({ url, max: 4, applicationName: 'test' })), close }
}
