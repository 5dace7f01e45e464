/**
 * Which process runs on a database of ours: a file `running.json` beside the cluster. It keeps a second start out, and tells the other
 * verbs where the running administration answers. A process is known by its number and the moment it began, so a number that the
 * system has given to somebody else since does not count.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `address` is there once the process listens. */
export type Instance = { pid: number; startedAt: string; databaseUrl?: string; address?: string }

/** Start time of a process in clock ticks since boot together with the boot's id; undefined when there is no such process. */
const beginning = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold blanks and brackets: count the fields after the last one. A zombie no longer runs.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
  } catch {
    return undefined
  }
}

const read = (file: string): Instance | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Instance
  } catch {
    return undefined
  }
}

const lives = (instance: Instance | undefined): instance is Instance => instance !== undefined && beginning(instance.pid) === instance.startedAt

/** The process that runs on this cluster now, if any. `home` is the cluster's folder. */
export const runningInstance = (home: string): Instance | undefined => {
  const found = read(join(home, 'running.json'))
  return lives(found) ? found : undefined
}

export type Claim = { taken: true; update: (more: Partial<Instance>) => void; release: () => void } | { taken: false; by: Instance }

/** Claims the cluster for this process; refused while another process that holds it lives. */
export const claim = (home: string): Claim => {
  const file = join(home, 'running.json')
  const own = `${file}.${process.pid}`
  const me: Instance = { pid: process.pid, startedAt: beginning(process.pid) ?? '' }
  const write = (instance: Instance): void => writeFileSync(own, JSON.stringify(instance) + '\n', { mode: 0o600 })
  for (;;) {
    write(me)
    try {
      linkSync(own, file)
      break
    } catch (fault) {
      if ((fault as { code?: string }).code !== 'EEXIST') throw fault
      const holder = read(file)
      if (lives(holder)) return { taken: false, by: holder }
      rmSync(file, { force: true })
    } finally {
      rmSync(own, { force: true })
    }
  }
  const holdsIt = (): boolean => read(file)?.pid === process.pid
  return {
    taken: true,
    update: (more) => {
      Object.assign(me, more)
      write(me)
      renameSync(own, file)
    },
    release: () => {
      if (holdsIt()) rmSync(file, { force: true })
    },
  }
}
