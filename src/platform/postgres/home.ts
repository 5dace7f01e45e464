/**
 * The folder of one cluster: `data/` (PostgreSQL's own), `password`, `postgres.log`, `running.json`. It lies in the data directory of the
 * administration, or, where PostgreSQL's user may not enter that, in a folder of the system, to which `postgres-home` in the data directory points.
 * A home is made under another name and renamed, so that half a home is never seen.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cannotStart, explainFileFault } from '../cannot-start.ts'
import { chooseRunAs, engineEnvironment, identity, mayEnter, reachableEngine, systemFolder, type Engine, type RunAs } from './engine.ts'
import { runningInstance } from './instance.ts'
import { stopOrphan } from './postmaster.ts'

/** `cluster` is the real path of PostgreSQL's data directory. */
export type Home = { folder: string; cluster: string; password: string; engine: Engine; runAs: RunAs }

/** Where the home of this data directory is, without making anything; undefined when there is none yet. */
export const findHome = (dataDir: string): string | undefined => {
  const inside = join(dataDir, 'postgres')
  if (existsSync(inside)) return inside
  const pointer = join(dataDir, 'postgres-home')
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : undefined
}

const sayFor = (output: string, dataDir: string, runAs: RunAs): Error => {
  if (/No space left on device|Disk quota exceeded/.test(output)) return explainFileFault({ code: 'ENOSPC' }, dataDir) as Error
  if (/could not look up effective user ID/.test(output)) {
    return cannotStart(
      `PostgreSQL needs an entry in /etc/passwd for the user id ${runAs?.uid ?? process.getuid?.()}: start as a named user, or set DATABASE_URL.`,
    )
  }
  const said = output.split('\n').find((line) => /error|fatal/i.test(line)) ?? 'it gave no reason'
  return cannotStart(`PostgreSQL could not make its data directory in ${dataDir}: ${said.trim()}`)
}

/** Makes a home at `home`: PostgreSQL's data directory and the password of its owner. */
const initialise = async (home: string, engine: Engine, runAs: RunAs, dataDir: string): Promise<void> => {
  const cluster = join(home, 'data')
  const passwordFile = join(home, 'password')
  mkdirSync(cluster, { recursive: true })
  chmodSync(home, 0o755)
  chmodSync(cluster, 0o700)
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (runAs) for (const path of [cluster, passwordFile]) chownSync(path, runAs.uid, runAs.gid)
  const options = ['-D', cluster, '-U', 'portcullis', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  options.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions')
  const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(join(engine.directory, 'bin/initdb'), options, {
      cwd: '/',
      env: engineEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity(runAs),
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()))
    child.on('error', reject)
    child.on('close', (exit) => resolve({ code: exit, output: text }))
  })
  if (code !== 0) throw sayFor(output, dataDir, runAs)
  if (runAs) chownSync(passwordFile, 0, 0)
}

/** Where a new home goes: inside the data directory when PostgreSQL's user may enter that, else in the system's folder by the path's hash. */
const placeFor = (dataDir: string, runAs: RunAs): string => {
  if (mayEnter(dataDir, runAs)) return join(dataDir, 'postgres')
  return join(systemFolder(runAs, 'clusters'), createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
}

const removeHalves = (place: string): void => {
  const parent = dirname(place)
  const prefix = `${basename(place)}.half-`
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    // The number is that of the process which makes it: leave one that is still at it.
    if (!existsSync(`/proc/${name.slice(prefix.length)}`)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

const damaged = (folder: string, what: string): Error =>
  cannotStart(`The database in ${folder} is damaged (${what}): put a backup of that folder back, or remove it to begin with an empty one.`)

const openHome = (folder: string, dataDir: string): Home => {
  if (!existsSync(folder)) {
    throw cannotStart(
      `The database of ${dataDir} was in ${folder} and is gone: put a backup back there, or remove ${join(dataDir, 'postgres-home')} to begin with an empty one.`,
    )
  }
  const cluster = join(folder, 'data')
  for (const file of ['data/PG_VERSION', 'data/global/pg_control', 'data/postgresql.conf', 'password']) {
    // Unlike existsSync this throws where we may not look, which is another thing than damage.
    if (!statSync(join(folder, file), { throwIfNoEntry: false })) throw damaged(folder, `${file} is missing`)
  }
  const runAs = chooseRunAs(statSync(cluster).uid)
  const engine = reachableEngine(runAs)
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  const major = engine.version.split('.')[0]
  if (version !== major)
    throw cannotStart(
      `The database in ${folder} was written by PostgreSQL ${version || '?'}, and this release brings ${major}: dump and reload it, or remove it.`,
    )
  return { folder, cluster: realpathSync(cluster), password: readFileSync(join(folder, 'password'), 'utf8').trim(), engine, runAs }
}

/**
 * A home outside whose data directory knows nothing of it: that directory was removed, that is, somebody begins afresh at the same path.
 * Unless another start has just made it and is about to write the pointer.
 */
const removeForsaken = async (folder: string, dataDir: string): Promise<void> => {
  await sleep(300)
  if (findHome(dataDir)) return
  if (runningInstance(folder)) throw cannotStart(`Portcullis still runs on the data that belonged to ${dataDir}: stop it and start again.`)
  await stopOrphan(join(folder, 'data'))
  rmSync(folder, { recursive: true, force: true })
}

const makeHome = async (dataDir: string): Promise<Home> => {
  const runAs = chooseRunAs()
  const engine = reachableEngine(runAs)
  const folder = placeFor(dataDir, runAs)
  const isOutside = dirname(folder) !== dataDir
  removeHalves(folder)
  if (isOutside && existsSync(folder)) await removeForsaken(folder, dataDir)
  const half = `${folder}.half-${process.pid}`
  try {
    await initialise(half, engine, runAs, dataDir)
    renameSync(half, folder)
    if (isOutside) writeFileSync(join(dataDir, 'postgres-home'), folder + '\n')
  } catch (fault) {
    rmSync(half, { recursive: true, force: true })
    // Another start was faster: its home is as good as ours, and who of the two goes on is decided by the claim.
    if (!['ENOTEMPTY', 'EEXIST'].includes((fault as { code?: string }).code ?? '')) throw fault
  }
  return openHome(folder, dataDir)
}

/** Opens the home of this data directory, or makes it. Every fault that a person can mend comes as one sentence. */
export const prepareHome = async (dataDirGiven: string): Promise<Home> => {
  try {
    mkdirSync(dataDirGiven, { recursive: true })
    const dataDir = realpathSync(dataDirGiven)
    const found = findHome(dataDir)
    return found ? openHome(found, dataDir) : await makeHome(dataDir)
  } catch (fault) {
    throw explainFileFault(fault, dataDirGiven)
  }
}
