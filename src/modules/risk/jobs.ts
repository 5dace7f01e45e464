/** Work of risk in the background. */
import type { Task } from '#platform/jobs.ts'
import { backtestTask, runBacktest } from './service/backtest.ts'
import type { Risk } from './service/live.ts'
import { endProfiles } from './service/profiles.ts'

export const tasks = (r: Risk): Task[] => [
  { name: backtestTask, work: (payload) => runBacktest(r, (payload as { id: string }).id) },
  { name: 'risk:end-profiles', cron: '*/5 * * * *', work: async () => void (await endProfiles(r)) },
]
