import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type postgres from 'postgres'
import { dial } from './database.ts'
import { discardData, runningOn, startPostgres } from './embedded-postgres.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-postgres-'))
chmodSync(root, 0o755)
after(() => {
  for (const name of readdirSync(root)) discardData(join(root, name))
  rmSync(root, { recursive: true, force: true })
})

const warnings: string[] = []
const log = { info: () => undefined, warn: (text: string) => void warnings.push(text) }
const start = (dataDir: string) => startPostgres({ dataDir, log, settings: { shared_buffers: '16MB' } })

const ask = async (url: string, query: string): Promise<postgres.Row | undefined> => {
  const sql = dial(url, { max: 1, onnotice: () => undefined })
  try {
    const rows = await sql.unsafe(query)
    return rows[0]
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** Another process that starts PostgreSQL on this data and then waits to be killed. */
const startElsewhere = async (dataDir: string) => {
  const module = JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))
  const program = `const { startPostgres } = await import(${module})
    const log = { info() {}, warn() {} }
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log, settings: { shared_buffers: '16MB' } })
    console.log('up'); setInterval(() => 0, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'ignore'] })
  const up = once(child.stdout, 'data').then(() => true)
  if (!(await Promise.race([up, once(child, 'exit').then(() => false)]))) throw new Error('it did not start')
  return child
}

test('a second start goes on with the same data, durable and reachable from this machine only', async () => {
  const dataDir = join(root, 'twice')
  const first = await start(dataDir)
  await ask(first.url, 'create table kept (n integer); insert into kept values (7)')
  await first.stop()
  await first.stop()
  assert.deepEqual(await first.ended, { expected: true })
  const second = await start(dataDir)
  try {
    assert.equal((await ask(second.url, 'table kept'))?.n, 7)
    for (const [setting, value] of Object.entries({
      fsync: 'on',
      synchronous_commit: 'on',
      listen_addresses: '127.0.0.1',
      jit: 'off',
      server_encoding: 'UTF8',
    })) {
      assert.equal((await ask(second.url, `show ${setting}`))?.[setting], value)
    }
    assert.equal((await ask(second.url, "select lower('ÄĞ') as l"))?.l, 'äğ')
    const wrong = Object.assign(new URL(second.url), { password: 'wrong' }).href
    await assert.rejects(ask(wrong, 'select 1'), /password authentication failed/)
    assert.equal(statSync(join(dataDir, 'postgres/password')).mode & 0o777, 0o600)
  } finally {
    await second.stop()
  }
})

test('a second Portcullis on the same data is refused, and the running one can be found', async () => {
  const dataDir = join(root, 'shared')
  const first = await start(dataDir)
  try {
    first.announce('http://127.0.0.1:1')
    assert.equal(runningOn(dataDir)?.address, 'http://127.0.0.1:1')
    assert.equal(runningOn(dataDir)?.databaseUrl, first.url)
    await assert.rejects(start(dataDir), { name: 'CannotStart', message: /already runs on .* \(process \d+, http/ })
    assert.ok(await ask(first.url, 'select 1'))
  } finally {
    await first.stop()
  }
  assert.equal(runningOn(dataDir), undefined)
})

test('after SIGKILL of the process, the PostgreSQL it left behind does not block the next start', async () => {
  const dataDir = join(root, 'killed')
  const child = await startElsewhere(dataDir)
  child.kill('SIGKILL')
  await once(child, 'exit')
  warnings.length = 0
  const next = await start(dataDir)
  try {
    assert.ok(await ask(next.url, 'select 1'))
    assert.equal(warnings.length, 1)
  } finally {
    await next.stop()
  }
})

test('a pid file whose number belongs to a stranger does not block the start', async () => {
  const dataDir = join(root, 'stranger')
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'postgres/data/postmaster.pid'), `${process.pid}\n${dataDir}\n`)
  writeFileSync(join(dataDir, 'postgres/running.json'), JSON.stringify({ pid: process.pid, startedAt: 'another boot' }))
  await (await start(dataDir)).stop()
})

test('of two first starts at once one wins and the other is refused with one sentence', async () => {
  const dataDir = join(root, 'race')
  const results = await Promise.allSettled([start(dataDir), startElsewhere(dataDir)])
  const [here, there] = results
  if (there.status === 'fulfilled') there.value.kill('SIGKILL')
  if (here.status === 'fulfilled') await here.value.stop()
  else assert.match(String(here.reason), /already runs on/)
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('what an interrupted first start left is cleared away', async () => {
  const dataDir = join(root, 'half')
  // No process has this number: it is above the highest that Linux gives.
  const half = join(dataDir, 'postgres.half-9999999/data')
  mkdirSync(half, { recursive: true })
  writeFileSync(join(half, 'PG_VERSION'), '18\n')
  await (await start(dataDir)).stop()
  assert.deepEqual(readdirSync(dataDir), ['postgres'])
})

const damages: Record<string, { harm: (home: string) => void; says: RegExp }> = {
  'without its control file': { harm: (home) => rmSync(join(home, 'data/global/pg_control')), says: /damaged .*pg_control.* backup/ },
  'with a broken control file': {
    harm: (home) => writeFileSync(join(home, 'data/global/pg_control'), Buffer.alloc(8192)),
    says: /damaged .* backup/,
  },
  'without its log of changes': { harm: (home) => rmSync(join(home, 'data/pg_wal'), { recursive: true }), says: /damaged .* backup/ },
  'of another version': { harm: (home) => writeFileSync(join(home, 'data/PG_VERSION'), '12\n'), says: /written by PostgreSQL 12/ },
}

for (const [what, { harm, says }] of Object.entries(damages)) {
  test(`a data directory ${what} is refused with one sentence`, async () => {
    const dataDir = join(root, what.replaceAll(' ', '-'))
    await (await start(dataDir)).stop()
    harm(join(dataDir, 'postgres'))
    await assert.rejects(start(dataDir), (fault: Error) => fault.name === 'CannotStart' && says.test(fault.message) && !fault.message.includes('\n'))
    assert.ok(existsSync(join(dataDir, 'postgres')), 'nothing is thrown away')
  })
}

test('a file where the data directory should be is refused with one sentence', async () => {
  const dataDir = join(root, 'a-file')
  writeFileSync(dataDir, '')
  await assert.rejects(start(dataDir), { name: 'CannotStart', message: /is not a directory/ })
})

test('the end of PostgreSQL that nobody asked for is told', async () => {
  const server = await start(join(root, 'crash'))
  const { pid } = (await ask(server.url, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid")) ?? {}
  process.kill(Number(pid), 'SIGQUIT')
  assert.deepEqual(await server.ended, { expected: false })
  await server.stop()
})
