/** What serve, worker and reset share: their flags, the database they work on, and ending in order. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readConfig, type Config } from '#config'
import { cannotStart } from '#platform/cannot-start.ts'
import { connect, dial } from '#platform/database.ts'
import { runningOn, startPostgres, type EmbeddedPostgres } from '#platform/embedded-postgres.ts'
import type { Log } from '#platform/log.ts'
import { say } from './verb.ts'

type Flags = Record<string, { type: 'boolean' | 'string' }>

const unknownFlag = (verb: string, flags: Flags, fault: unknown): Error => {
  const known = Object.keys(flags)
    .map((name) => `--${name}`)
    .join(' ')
  return cannotStart(`${verb}: ${(fault as Error).message.split('. ')[0]}. Its flags: ${known || 'none'}.`, fault)
}

/** Parses flags that a verb knows; an unknown one, or a word that is no flag, stops with a sentence. */
export const readFlags = <F extends Flags>(verb: string, args: string[], flags: F) => {
  try {
    return parseArgs({ args, options: flags, allowPositionals: false }).values
  } catch (fault) {
    throw unknownFlag(verb, flags, fault)
  }
}

/** Like `readFlags`, for a verb that takes words beside its flags. */
export const readWords = <F extends Flags>(verb: string, args: string[], flags: F) => {
  const words = args.filter((a) => a === '-')
  try {
    // `-` stands for standard input and is a word.
    const { values, positionals } = parseArgs({ args: args.filter((a) => a !== '-'), options: flags, allowPositionals: true })
    return { flags: values, words: [...positionals, ...words] }
  } catch (fault) {
    throw unknownFlag(verb, flags, fault)
  }
}

/** The environment, in which a flag such as `--port` counts before its variable. */
export const configWith = (flags: { port?: string | boolean; host?: string | boolean }): Config =>
  readConfig({
    ...process.env,
    ...(flags.port !== undefined && { PORT: String(flags.port) }),
    ...(flags.host !== undefined && { HOST: String(flags.host) }),
  })

/** A database to work on; `embedded` is there when this process started it. */
export type Database = { url: string; embedded?: EmbeddedPostgres }

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there: start that server',
  ENOTFOUND: 'there is no such host: correct the address',
  EAI_AGAIN: 'its host cannot be looked up: check the network',
  CONNECT_TIMEOUT: 'it does not answer: check the network',
  '28P01': 'it refuses the user or password: correct them',
  '28000': 'it refuses this user: check its pg_hba.conf',
  '3D000': 'it has no database of that name: create it',
}

/** Stops with one sentence when the server that DATABASE_URL names cannot be used. */
export const reach = async (url: string): Promise<void> => {
  const sql = dial(url, { max: 1, connect_timeout: 10 })
  try {
    await sql`select 1`
  } catch (fault) {
    const why = unreachable[(fault as { code?: string }).code ?? '']
    const { host, pathname } = new URL(url)
    throw why ? cannotStart(`The database of DATABASE_URL (${host}${pathname}) cannot be used, ${why}, or unset the variable.`, fault) : fault
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** DATABASE_URL, or the PostgreSQL of the data directory, started here. */
export const openDatabase = async (config: Config, log: Log): Promise<Database> => {
  if (config.databaseUrl) {
    await reach(config.databaseUrl)
    return { url: config.databaseUrl }
  }
  const embedded = await startPostgres({ dataDir: config.dataDir, log })
  return { url: embedded.url, embedded }
}

/** DATABASE_URL, or the database of the administration that runs on the data directory now. */
export const findDatabase = (config: Config): string | undefined => config.databaseUrl ?? runningOn(config.dataDir)?.databaseUrl

/** Does anybody live here yet? A migrated but empty database has no people, no tariff and no risk criteria: nothing can be decided on it. */
export const holdsCountry = async (url: string): Promise<boolean> => {
  const sql = connect({ url, max: 1 })
  try {
    const [found] = await sql<{ there: boolean }[]>`select exists (select from identity.person) as there`
    return found?.there ?? false
  } finally {
    await sql.end({ timeout: 5 })
  }
}

export type Ending = {
  /** `close` runs at the end, the latest first. */
  add: (close: () => Promise<void>) => void
  /** Answers the exit code when a signal came or `fail` was called and everything is closed. */
  wait: () => Promise<number>
  fail: (sentence: string) => void
}

// npm passes on a Ctrl-C that the terminal has sent to us already: two within this time are one press.
const samePressMs = 700

/**
 * Closes in order at SIGINT, SIGTERM or SIGHUP. While still starting, a signal leaves at once (PostgreSQL is told to stop by its own
 * hook); while closing, a second press does.
 */
export const endInOrder = (): Ending => {
  const closers: (() => Promise<void>)[] = []
  let code = 0
  let endedAt: number | undefined
  let finish: (() => void) | undefined
  const end = (): void => {
    if (endedAt !== undefined) {
      if (performance.now() - endedAt > samePressMs) process.exit(130)
      return
    }
    endedAt = performance.now()
    if (!finish) process.exit(0)
    finish()
  }
  const onSignal = (): void => {
    if (endedAt === undefined) say('Stopping (press Ctrl-C again to leave at once)')
    end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return {
    add: (close) => void closers.push(close),
    fail: (sentence) => {
      if (endedAt !== undefined) return
      say(sentence)
      code = 2
      end()
    },
    wait: async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      // One that hangs must not keep the others, above all the database, from ending.
      for (const close of closers.toReversed()) await Promise.race([close(), sleep(30_000)])
      return code
    },
  }
}
