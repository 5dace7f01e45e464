import { createServer } from 'node:net'
import type { Config } from '#config'
import { cannotStart } from '#platform/cannot-start.ts'
import { alreadyRuns, runningOn } from '#platform/embedded-postgres.ts'
import { createLog, type Log } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { ensureWebApp } from '../web-app.ts'
import { configWith, endInOrder, holdsCountry, openDatabase, readFlags, type Database, type Ending } from './administration.ts'
import { readFolders } from './scan-folders.ts'
import { portsOfDemo, readPorts } from './seal-ports.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = {
  usage:
    'serve [--demo] [--no-worker] [--no-simulator] [--port N] [--host ADDRESS] [--belts ADDRESS] [--seals PROTOCOL=PORT,…] [--scans SCANNER=FOLDER,…]',
  summary: 'runs the administration: database (or DATABASE_URL), web application, interfaces and background work; --demo loads a demo country',
  example: 'PORT=8080 ./bin/portcullis serve --demo',
}

const flags = {
  demo: { type: 'boolean' },
  'no-worker': { type: 'boolean' },
  'no-simulator': { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  seals: { type: 'string' },
  belts: { type: 'string' },
  scans: { type: 'string' },
} as const

/** One sentence for an address that cannot be listened on; any other fault as it was. */
const explainListenFault = (fault: unknown, { port, host }: Config): unknown => {
  const code = (fault as { code?: string }).code
  if (code === 'EADDRINUSE')
    return cannotStart(
      `Port ${port} on ${host} is taken by another program: stop that one, or choose another port, for example PORT=${port + 1}.`,
      fault,
    )
  if (code === 'EACCES') return cannotStart(`This user may not listen on port ${port}: choose a port above 1023, for example PORT=8080.`, fault)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return cannotStart(`${host} is not an address of this machine: set HOST to one that is, for example HOST=127.0.0.1.`, fault)
  return fault
}

/** Tries the address before anything else is started, so that a taken port costs no minute. */
const tryAddress = (config: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (fault) => reject(explainListenFault(fault, config)))
    probe.listen({ port: config.port, host: config.host }, () => probe.close(() => resolve()))
  })

/** The database, brought to the newest shape and, when asked, filled with the demo country; ends with the administration. */
const prepareDatabase = async (config: Config, log: Log, ending: Ending, demo: boolean): Promise<Database> => {
  const database = await openDatabase(config, log)
  const { embedded } = database
  if (embedded) {
    ending.add(() => embedded.stop())
    void embedded.ended.then(({ expected }) => expected || ending.fail(`PostgreSQL has ended by itself; its log lies in ${config.dataDir}.`))
  }
  await migrate(database.url, log)
  if (demo) await (await import('../demo.ts')).loadDemoWhenEmpty(database.url, say, { trucks: true })
  else if (!(await holdsCountry(database.url)))
    throw cannotStart('The database holds no country yet: start once with --demo, which loads the demo country.')
  return database
}

const welcome = async (address: string, demo: boolean): Promise<void> => {
  const signIns = demo ? (await import('../demo.ts')).demoSignIns : []
  const width = Math.max(0, ...signIns.map(({ user }) => user.length))
  const people = signIns.map(({ name, role, user }) => `    ${user.padEnd(width)}  ${name}, ${role}`)
  const list = people.length > 0 ? ['', '  Sign in with one click as', ...people] : []
  say(['', `  Portcullis is open at ${address}`, ...list, '', '  Ctrl-C stops it.', ''].join('\n'))
  answer({ ok: true, address, ...(demo && { signIns }) })
}

/** Runs until a signal; exit code 0 after closing in order, 2 when it could not start or its database ended. */
export const run = async (args: string[]): Promise<number> => {
  const chosen = readFlags('serve', args, flags)
  const config = configWith(chosen)
  const demo = chosen.demo ?? false
  // Somebody at a terminal wants to read the address and not the log, unless they ask for it.
  const log = createLog(process.env.LOG_LEVEL || !process.stderr.isTTY ? config.logLevel : 'warn')
  const ending = endInOrder()
  const other = config.databaseUrl ? undefined : runningOn(config.dataDir)
  if (other) throw alreadyRuns(config.dataDir, other)
  await tryAddress(config)
  const [database] = await Promise.all([prepareDatabase(config, log, ending, demo), ensureWebApp(say)])
  const roles = { http: true, worker: !chosen['no-worker'], simulator: demo && !chosen['no-worker'] && !chosen['no-simulator'] }
  const scans = chosen.scans ? readFolders('serve', chosen.scans) : []
  const seals = chosen.seals ? readPorts('serve', chosen.seals) : demo ? await portsOfDemo(config.host) : []
  const { createApp } = await import('../app.ts')
  const app = await createApp({ config, databaseUrl: database.url, log, roles, demo, seals, scans, belts: chosen.belts })
  ending.add(() => app.close())
  const address = await app.listen().catch((fault: unknown) => Promise.reject(explainListenFault(fault, config)))
  database.embedded?.announce(address)
  await welcome(address, demo)
  return ending.wait()
}
