/**
 * PostgreSQL started by us, for an administration on one machine: reachable through a Unix socket in its data directory and on 127.0.0.1,
 * on a free port, with a password of its own.
 * The server runs in a session of its own, so that Ctrl-C at the terminal reaches us and not it: we close in our order.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cannotStart, explainFileFault } from './cannot-start.ts'
import { dial } from './database.ts'
import { engineEnvironment, identity } from './postgres/engine.ts'
import { findHome, prepareHome, type Home } from './postgres/home.ts'
import { claim, runningInstance, type Claim, type Instance } from './postgres/instance.ts'
import { isReady, send, stopOrphan, stopServer } from './postgres/postmaster.ts'

type StartLog = { info: (text: string) => void; warn: (text: string) => void }
/** `settings` are PostgreSQL parameters that replace ours; tests switch fsync off with them. */
export type PostgresOptions = { dataDir: string; log: StartLog; settings?: Record<string, string> }
export type EmbeddedPostgres = {
  url: string
  /** Says at which address this process answers, for the other verbs (`runningOn`). */
  announce: (address: string) => void
  /** Fast shutdown within a bounded time; safe to call twice. */
  stop: () => Promise<void>
  /** Settles when the server has ended; `expected` is false when nobody asked it to. */
  ended: Promise<{ expected: boolean }>
}

const settingsOnTwoCores: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  max_connections: '60',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  jit: 'off',
  // Queries here are short, and parallel ones want more of /dev/shm than a container grants.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // A refused statement is our answer to somebody, and its text may hold personal data: keep it out of the file.
  log_min_error_statement: 'panic',
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const logLimitBytes = 10 * 1024 * 1024

const openLog = (file: string): { fd: number; from: number } => {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return size > logLimitBytes ? { fd: openSync(file, 'w', 0o600), from: 0 } : { fd: openSync(file, 'a', 0o600), from: size }
}

// The kernel's limit of a socket's path, less what PostgreSQL appends: /.s.PGSQL.65535
const longestSocketDirectory = 107 - 16

/** Where the socket goes; undefined where the path is too long for one. What a killed server left of its own is swept out. */
const socketDirectory = (cluster: string): string | undefined => {
  if (Buffer.byteLength(cluster) > longestSocketDirectory) return undefined
  for (const name of readdirSync(cluster)) if (name.startsWith('.s.PGSQL.')) rmSync(join(cluster, name), { force: true })
  return cluster
}

type Server = {
  child: ChildProcess
  pid: number
  port: number
  sockets: string | undefined
  hasEnded: () => boolean
  ended: Promise<void>
  said: () => string
}

const launch = async (home: Home, settings: Record<string, string>): Promise<Server> => {
  const port = await freePort()
  const logFile = join(home.folder, 'postgres.log')
  const { fd, from } = openLog(logFile)
  const sockets = socketDirectory(home.cluster)
  const own = { port: String(port), unix_socket_directories: sockets ? `"${sockets.replaceAll('"', '""')}"` : '' }
  const flags = Object.entries({ ...settingsOnTwoCores, ...settings, ...own }).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const child = spawn(join(home.engine.directory, 'bin/postgres'), ['-D', home.cluster, ...flags], {
    cwd: '/',
    env: engineEnvironment(),
    detached: true,
    stdio: ['ignore', fd, fd],
    ...identity(home.runAs),
  })
  closeSync(fd)
  let over = false
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      over = true
      resolve()
    }
    child.once('error', finish)
    child.once('exit', finish)
  })
  // Should this process leave without stop(), PostgreSQL is told to end and does so by itself.
  const lastWord = (): void => send([child.pid ?? 0], 'SIGINT')
  process.once('exit', lastWord)
  void ended.then(() => process.off('exit', lastWord))
  const said = (): string => readFileSync(logFile).subarray(from).toString()
  return { child, pid: child.pid ?? 0, port, sockets, hasEnded: () => over, ended, said }
}

/** A crash is recovered from before the server is ready, which may take minutes after heavy writing; so the only bound is its own end. */
const untilReady = async (server: Server, cluster: string, log: StartLog): Promise<boolean> => {
  let nextWord = performance.now() + 10_000
  while (!server.hasEnded()) {
    if (isReady(cluster, server.port)) return true
    if (performance.now() > nextWord) {
      log.info('PostgreSQL is still recovering from the last time; this can take a few minutes')
      nextWord += 30_000
    }
    await sleep(15)
  }
  return false
}

const whyItEnded = (home: Home, said: string): Error => {
  if (/No space left on device|Disk quota exceeded/.test(said)) return explainFileFault({ code: 'ENOSPC' }, home.folder) as Error
  const lines = said.split('\n').filter((line) => /FATAL|PANIC/.test(line))
  const reason = lines.at(0)?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? 'it ended without a word'
  if (/lock file|shared memory block/.test(reason)) return cannotStart(`Another PostgreSQL runs on ${home.cluster}: stop it and start again.`)
  if (/could not (open|read|locate)|does not exist|incompatible|corrupt|checksum|checkpoint record|control file|incorrect|bogus/i.test(reason)) {
    return cannotStart(
      `The database in ${home.folder} is damaged (${reason}): put a backup of that folder back, or remove it to begin with an empty one.`,
    )
  }
  return cannotStart(`PostgreSQL does not start: ${reason} (its log is ${join(home.folder, 'postgres.log')})`)
}

const launchReady = async (home: Home, options: PostgresOptions): Promise<Server> => {
  for (let attempt = 1; ; attempt++) {
    const server = await launch(home, options.settings ?? {})
    if (await untilReady(server, home.cluster, options.log)) return server
    // Somebody took the port between our asking and the server's listening: ask again.
    if (attempt < 5 && /Address already in use/.test(server.said())) continue
    throw whyItEnded(home, server.said())
  }
}

const databaseName = 'portcullis'

const ensureDatabase = async (url: string): Promise<void> => {
  const sql = dial(url, { max: 1, onnotice: () => undefined })
  try {
    const found = await sql`select 1 from pg_database where datname = ${databaseName}`
    if (found.length === 0) await sql.unsafe(`create database ${databaseName}`)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** The process that runs on this data directory now, with its address and database; undefined when none does. */
export const runningOn = (dataDir: string): Instance | undefined => {
  const home = findHome(dataDir)
  return home ? runningInstance(home) : undefined
}

/** Removes a data directory with its database, wherever that lies: for temporary administrations, after `stop`. */
export const discardData = (dataDir: string): void => {
  const home = findHome(dataDir)
  if (home && !runningInstance(home)) rmSync(home, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

/** The refusal of a second administration on one data directory. */
export const alreadyRuns = (dataDir: string, { pid, address }: Instance): Error =>
  cannotStart(
    `Portcullis already runs on ${dataDir} (process ${pid}${address ? `, ${address}` : ''}): stop it first, or set PORTCULLIS_DATA to another directory.`,
  )

/**
 * Starts PostgreSQL on the data directory (made when absent) and answers when it takes connections.
 * Throws `cannotStart` with one sentence for what a person can mend: another Portcullis there, a full disk, damaged data, no rights.
 */
export const startPostgres = async (options: PostgresOptions): Promise<EmbeddedPostgres> => {
  const { dataDir, log } = options
  let claimed: Claim | undefined
  let server: Server | undefined
  try {
    const home = await prepareHome(dataDir)
    claimed = claim(home.folder)
    if (!claimed.taken) throw alreadyRuns(dataDir, claimed.by)
    if (await stopOrphan(home.cluster)) log.warn('stopped a PostgreSQL that an earlier run had left behind')
    server = await launchReady(home, options)
    const at = (database: string): string => {
      const host = server!.sockets ? `?host=${encodeURIComponent(server!.sockets)}` : ''
      return `postgres://portcullis:${home.password}@127.0.0.1:${server!.port}/${database}${host}`
    }
    await ensureDatabase(at('postgres'))
    const url = at(databaseName)
    claimed.update({ databaseUrl: url })
    return handleOf(server, url, claimed)
  } catch (fault) {
    if (server) await stopServer(server.pid, server.hasEnded)
    if (claimed?.taken) claimed.release()
    throw explainFileFault(fault, dataDir)
  }
}

const handleOf = (server: Server, url: string, claimed: Extract<Claim, { taken: true }>): EmbeddedPostgres => {
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    await stopServer(server.pid, server.hasEnded)
    claimed.release()
  }
  return {
    url,
    announce: (address) => claimed.update({ address }),
    stop: () => (stopping ??= stop()),
    ended: server.ended.then(() => ({ expected: stopping !== undefined })),
  }
}

/** A PostgreSQL for a while: on a data directory of its own that is gone after `stop`, and that a crash of the machine may spoil. */
export const startTemporaryPostgres = async ({ log, settings }: Omit<PostgresOptions, 'dataDir'>): Promise<EmbeddedPostgres> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'portcullis-temporary-'))
  // Where root starts it, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(dataDir, 0o755)
  try {
    const server = await startPostgres({ dataDir, log, settings: { fsync: 'off', full_page_writes: 'off', ...settings } })
    const stop = (): Promise<void> => server.stop().then(() => discardData(dataDir))
    return { ...server, stop }
  } catch (fault) {
    discardData(dataDir)
    throw fault
  }
}
