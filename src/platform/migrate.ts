import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { connect } from './database.ts'
import type { Log } from './log.ts'

const directory = join(import.meta.dirname, '../../db/migrations')
// Any constant works as long as every Portcullis process uses the same: one migrator at a time.
const lockKey = 7_221_947

const files = (): { name: string; text: string; hash: string }[] =>
  readdirSync(directory)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(directory, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })

/**
 * Brings the database to the newest shape: plain SQL files in order, each in its own transaction, under a lock so that several
 * processes may start at once. An applied file that has since changed stops the start, because history is forward only.
 */
export const migrate = async (url: string, log: Log): Promise<{ applied: string[] }> => {
  const sql = connect({ url, max: 1, asOwner: true, applicationName: 'portcullis-migrate' })
  const applied: string[] = []
  try {
    await sql`select pg_advisory_lock(${lockKey})`
    await sql`create schema if not exists platform`
    await sql`create table if not exists platform.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())`
    const known = new Map((await sql<{ name: string; hash: string }[]>`select name, hash from platform.migration`).map((r) => [r.name, r.hash]))
    for (const file of files()) {
      const before = known.get(file.name)
      if (before === file.hash) continue
      if (before) throw new Error(`Migration ${file.name} was changed after it had been applied; add a new file instead.`)
      await sql.begin(async (tx) => {
        await tx.unsafe(file.text)
        await tx`insert into platform.migration (name, hash) values (${file.name}, ${file.hash})`
      })
      applied.push(file.name)
    }
    await runMigrations({ connectionString: url })
    await sql`grant usage on schema graphile_worker to portcullis_app`
    await sql`grant execute on all functions in schema graphile_worker to portcullis_app`
    await sql`grant select, insert, update, delete on all tables in schema graphile_worker to portcullis_app`
    await sql`grant usage on all sequences in schema graphile_worker to portcullis_app`
    // graphile-worker secures its tables by row: without a policy of its own, a role may call add_job and yet not add a job
    await sql.unsafe(`do $$ declare found record; begin
      for found in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'graphile_worker' and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'portcullis_app')
      loop execute format('create policy portcullis_app on graphile_worker.%I to portcullis_app using (true) with check (true)', found.relname); end loop;
    end $$`)
    if (applied.length > 0) log.info({ applied }, 'database migrated')
    return { applied }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
