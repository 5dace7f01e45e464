/** What a lost connection costs: the transaction on it, and nothing else. */
import assert from 'node:assert/strict'
import { finished } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { connect, inTransaction, type Sql, type Tx } from './database.ts'

let db: TestDatabase
let sql: Sql
let other: Sql
before(async () => {
  db = await testDatabase()
  sql = connect({ url: db.url, max: 2, applicationName: 'lost' })
  other = connect({ url: db.url, max: 2, asOwner: true, applicationName: 'ends others' })
})
after(async () => {
  await sql.end({ timeout: 1 })
  await other.end()
  await db.close()
})

const backend = async (tx: Tx): Promise<number> => (await tx<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid
const end = async (pid: number): Promise<void> => void (await other`select pg_terminate_backend(${pid}, 5000)`)

test('a connection that is ended within a transaction refuses that transaction and harms neither the process nor the pool', async () => {
  for (let round = 0; round < 6; round++) {
    const lost = await Promise.allSettled(
      Array.from({ length: 4 }, (_, n) =>
        inTransaction(sql, async (tx) => {
          const pid = await backend(tx)
          if (n % 2 === 0) await end(pid)
          // as the code of a transaction may: one fault swallowed, and on with the next statement
          await tx`select 1`.catch(() => undefined)
          return (await tx`select 2 as n`).length
        }),
      ),
    )
    assert.deepEqual(
      lost.map((o) => o.status),
      ['rejected', 'fulfilled', 'rejected', 'fulfilled'],
    )
  }
  const answers = await Promise.all(Array.from({ length: 10 }, () => sql<{ n: number }[]>`select 1 as n`))
  assert.equal(answers.length, 10)
})

test('connections that are ended while small statements wait to be sent come back', async () => {
  for (let round = 0; round < 8; round++) {
    const pids = await Promise.all([inTransaction(sql, backend), inTransaction(sql, backend)])
    const killing = Promise.all(pids.map(end))
    await Promise.allSettled(Array.from({ length: 50 }, () => sql`select 1`))
    await killing
    // each of the two connections may be found dead once
    const again = async (): Promise<number> => (await sql`select 1`).length
    assert.equal(await again().catch(again).catch(again), 1)
  }
})

test('a COPY that the server refuses after its last row says so, and the transaction goes on from its savepoint', async () => {
  await other`create table public.copied (id int primary key)`
  await other.unsafe('grant select, insert on public.copied to public')
  const copy = async (tx: Tx): Promise<void> => {
    const stream = await tx.unsafe('copy public.copied from stdin').writable()
    stream.end('1\n')
    await finished(stream)
  }
  const outcome = await inTransaction(sql, async (tx) => {
    await copy(tx)
    const [again] = await Promise.allSettled([tx.savepoint((inner) => copy(inner as Tx))])
    const [counted] = await tx<{ n: number }[]>`select count(*)::int as n from public.copied`
    return { code: again.status === 'rejected' ? (again.reason as { code?: string }).code : 'kept', n: counted!.n }
  })
  assert.deepEqual(outcome, { code: '23505', n: 1 })
})
