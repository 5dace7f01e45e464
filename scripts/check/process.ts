// Child processes of the check: each in a group of its own, so that everything it starts can be ended with it.
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const repository = resolve(import.meta.dirname, '../..')
export const tool = (path: string): string[] => [process.execPath, join(repository, path)]

const running = new Set<ChildProcess>()

const endGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch {
    // The group has ended already.
  }
}

/** Ends every child with all that it started. */
export const endChildren = (): void => {
  for (const child of running) endGroup(child, 'SIGKILL')
}

/** Ends every process that works in this folder of ours: a PostgreSQL, say, whose test was killed. */
export const endProcessesIn = (folder: string): void => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Not ours to look at, or gone.
    }
  }
}

type RunOptions = { env?: NodeJS.ProcessEnv; timeoutMs?: number; /** takes each line instead of collecting it */ onLine?: (line: string) => void }

/** Runs a command without stdin. `code` is null when it was killed or took longer than allowed. */
export const runCommand = (
  command: string[],
  { env = {}, timeoutMs = 300_000, onLine }: RunOptions = {},
): Promise<{ code: number | null; output: string }> =>
  new Promise((done, fail) => {
    const child = spawn(command[0]!, command.slice(1), {
      cwd: repository,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    running.add(child)
    let output = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      endGroup(child, 'SIGKILL')
    }, timeoutMs)
    for (const stream of [child.stdout, child.stderr]) {
      let rest = ''
      stream.setEncoding('utf8')
      stream.on('data', (part: string) => {
        if (!onLine) output += part
        const lines = (rest + part).split('\n')
        rest = lines.pop() ?? ''
        if (onLine) lines.forEach(onLine)
      })
      stream.on('end', () => rest && onLine?.(rest))
    }
    child.on('error', fail)
    child.on('close', (code) => {
      clearTimeout(timer)
      running.delete(child)
      // What it may have left behind in its group ends with it.
      endGroup(child, 'SIGKILL')
      done({ code: late ? null : code, output: late ? `${output}\nended after ${timeoutMs / 1000} s` : output })
    })
  })
