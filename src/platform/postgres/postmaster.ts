/** The running server of a cluster: finding one that an earlier process left behind, waiting until it is ready, stopping it. */
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cannotStart } from '../cannot-start.ts'

/** Processes that work in the cluster: PostgreSQL's own change into its data directory and stay there. */
const workingIn = (cluster: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === cluster && readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
      } catch {
        return false
      }
    })

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid')

const pidFileLines = (cluster: string): string[] => {
  try {
    return readFileSync(pidFile(cluster), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Has the server that listens on `port` said that it takes connections? (Line 4 is its port, line 8 its state.) */
export const isReady = (cluster: string, port: number): boolean => {
  const lines = pidFileLines(cluster)
  return lines[3] === String(port) && lines[7]?.trim() === 'ready'
}

/** Signals those that still run; 0 stands for a process that never began. */
export const send = (pids: readonly number[], signal: NodeJS.Signals): void => {
  for (const pid of pids.filter((p) => p > 0)) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended meanwhile, which is what we want.
    }
  }
}

const goneWithin = async (still: () => boolean, milliseconds: number): Promise<boolean> => {
  const end = performance.now() + milliseconds
  while (still()) {
    if (performance.now() > end) return false
    await sleep(25)
  }
  return true
}

/**
 * Ends a server whose parent was killed, so that the cluster is free: fast shutdown (open transactions roll back), then the harder ways.
 * Also drops a pid file whose number belongs to a stranger by now, which PostgreSQL itself would take for a running server.
 */
export const stopOrphan = async (cluster: string): Promise<boolean> => {
  if (pidFileLines(cluster).length === 0) return false
  const postmaster = Number(pidFileLines(cluster)[0])
  const found = workingIn(cluster)
  if (found.length === 0) {
    // A stale file is PostgreSQL's own matter, but one whose number a stranger bears by now it would believe.
    if (existsSync(`/proc/${postmaster}`)) rmSync(pidFile(cluster), { force: true })
    return false
  }
  const still = (): boolean => workingIn(cluster).length > 0
  if (found.includes(postmaster)) send([postmaster], 'SIGINT')
  if (!(await goneWithin(still, 20_000))) send(workingIn(cluster), 'SIGQUIT')
  if (!(await goneWithin(still, 10_000)))
    throw cannotStart(`An earlier PostgreSQL (process ${postmaster}) on this data does not end: end it by hand and start again.`)
  return true
}

/** Ends our own server: fast shutdown, and when that takes longer than a checkpoint should, the immediate one (recovery at the next start). */
export const stopServer = async (pid: number, hasEnded: () => boolean): Promise<void> => {
  send([pid], 'SIGINT')
  if (await goneWithin(() => !hasEnded(), 20_000)) return
  send([pid], 'SIGQUIT')
  if (await goneWithin(() => !hasEnded(), 5000)) return
  send([pid], 'SIGKILL')
}
