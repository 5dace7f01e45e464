/** Background work on graphile-worker, enqueued in the caller's transaction: no job without its commit, no commit without its job. */
import { Logger, run, type Runner } from 'graphile-worker'
import type { Tx } from './database.ts'
import type { Log } from './log.ts'
import { jobsTotal } from './metrics.ts'

export type Task = {
  name: string
  /** cron pattern in UTC when the task runs by the clock */ cron?: string
  work: (payload: unknown) => Promise<void>
}

export const enqueue = async (
  tx: Tx,
  name: string,
  payload: unknown,
  options: { runAt?: string; jobKey?: string; priority?: number } = {},
): Promise<void> => {
  await tx`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::text::json, run_at := ${options.runAt ?? null}::timestamptz,
    job_key := ${options.jobKey ?? null}, priority := ${options.priority ?? 0})`
}

export const startJobs = async (url: string, tasks: readonly Task[], log: Log): Promise<{ stop: () => Promise<void> }> => {
  const runner: Runner = await run({
    connectionString: url,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList: Object.fromEntries(
      tasks.map((t) => [
        t.name,
        async (payload: unknown) => {
          try {
            await t.work(payload)
            jobsTotal.inc({ task: t.name, outcome: 'done' })
          } catch (fault) {
            jobsTotal.inc({ task: t.name, outcome: 'failed' })
            log.error({ err: fault, task: t.name }, 'job failed; it will be tried again')
            throw fault
          }
        },
      ]),
    ),
    crontab: tasks
      .filter((t) => t.cron)
      .map((t) => `${t.cron} ${t.name}`)
      .join('\n'),
    // Left alone it writes on stdout, which belongs to answers.
    logger: new Logger(() => (level, message) => log[level === 'warning' ? 'warn' : level](message)),
  })
  // A failed connection must not become an unhandled rejection; the runner reconnects by itself.
  runner.promise.catch((fault: unknown) => log.error({ err: fault }, 'job runner stopped'))
  return { stop: () => runner.stop() }
}
