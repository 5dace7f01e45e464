import { readConfig, type Config } from '#config'
import { cannotStart } from '#platform/cannot-start.ts'
import { dial } from '#platform/database.ts'
import { createLog, type Log } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { findDatabase, openDatabase, reach, readFlags } from './administration.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = {
  usage: 'reset [--yes]',
  summary:
    'throws away everything in the database and loads the demo country afresh, also while the administration runs; --yes is needed with DATABASE_URL',
  example: './bin/portcullis reset',
}

const at = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

/** Builds the new database beside the old one and swaps names at the end, so that the old one serves until the new one is whole. */
const replaceDatabase = async (url: string, log: Log): Promise<void> => {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const fresh = `${name}_fresh`
  const server = dial(at(url, 'postgres'), { max: 1, onnotice: () => undefined })
  try {
    await server`drop database if exists ${server(fresh)} with (force)`
    await server`create database ${server(fresh)}`
    await migrate(at(url, fresh), log)
    await (await import('../demo.ts')).loadDemoWhenEmpty(at(url, fresh), say)
    await server`drop database if exists ${server(name)} with (force)`
    await server`alter database ${server(fresh)} rename to ${server(name)}`
  } finally {
    await server.end({ timeout: 5 })
  }
}

const onDatabase = async (config: Config, log: Log): Promise<void> => {
  const running = findDatabase(config)
  if (running) return replaceDatabase(running, log)
  const { url, embedded } = await openDatabase(config, log)
  try {
    await replaceDatabase(url, log)
  } finally {
    await embedded?.stop()
  }
}

/** Exit code 0 when the demo country stands as on its first day. */
export const run = async (args: string[]): Promise<number> => {
  const { yes } = readFlags('reset', args, { yes: { type: 'boolean' } })
  const config = readConfig(process.env)
  if (config.databaseUrl && !yes)
    throw cannotStart('reset throws away everything in the database that DATABASE_URL names: say reset --yes if that is meant.')
  if (config.databaseUrl) await reach(config.databaseUrl)
  await onDatabase(config, createLog(config.logLevel === 'info' ? 'warn' : config.logLevel))
  say('The demo country stands as on its first day.')
  answer({ ok: true })
  return 0
}
