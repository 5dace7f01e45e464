/** A temporary administration for benchmarks: own database, demo country, server in a process of its own, thrown away at the end. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { discardData, startPostgres, type EmbeddedPostgres } from '#platform/embedded-postgres.ts'

const repository = resolve(import.meta.dirname, '..')

export const freePort = (): Promise<number> =>
  new Promise((done, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })

export type Server = { process: ChildProcess; address: string; ended: Promise<number | null> }

/** Starts the server on a database and waits until it is ready. Its log goes to our stderr only when something is wrong. */
export const startServer = async (databaseUrl: string, port: number, flags: string[]): Promise<Server> => {
  const child = spawn(process.execPath, [join(repository, 'src/main.ts'), 'serve', ...flags], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' },
  })
  let said = ''
  child.stderr!.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-4000)))
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  let over = false
  void ended.then(() => (over = true))
  const address = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 600; tries++) {
    if (over) throw new Error(`the server ended while starting: ${said}`)
    const ready = await fetch(`${address}/ready`).then(
      (r) => r.ok,
      () => false,
    )
    if (ready) return { process: child, address, ended }
    await sleep(50)
  }
  child.kill('SIGKILL')
  throw new Error(`the server was not ready within 30 s: ${said}`)
}

export type Administration = { databaseUrl: string; close: () => Promise<void> }

/** DATABASE_URL when it is set (it must be an empty database), otherwise a PostgreSQL of our own with the settings that serve uses. */
export const openDatabase = async (): Promise<Administration> => {
  const given = process.env['DATABASE_URL']
  if (given) return { databaseUrl: given, close: async () => undefined }
  const dataDir = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  const database: EmbeddedPostgres = await startPostgres({
    dataDir,
    log: { info: () => undefined, warn: (text) => void process.stderr.write(`${text}\n`) },
  })
  return {
    databaseUrl: database.url,
    close: async () => {
      await database.stop()
      discardData(dataDir)
    },
  }
}

const ticksPerSecond = 100
const statOf = (pid: string): { parent: number; cpuMs: number } | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return { parent: Number(fields[1]), cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond }
  } catch {
    return null
  }
}

/** Processor time so far of a process, or (`below`) of all children of one. Null where there is no /proc. */
export const cpuMs = (pid: number, below = false): number | null => {
  if (!existsSync('/proc/self/stat')) return null
  if (!below) return statOf(String(pid))?.cpuMs ?? null
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((s) => s?.parent === pid)
    .reduce((t, s) => t + s!.cpuMs, 0)
}

/** The process of which every connection of a database server is a child. */
export const parentOf = (pid: number): number => statOf(String(pid))?.parent ?? 0

/** Nearest-rank percentile of a sorted list. */
export const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? 0
