/** Work of risk in the background. */
import type { Task } from '#platform/jobs.ts'
import { backtestTask, runBacktest } from './service/backtest.ts'
import type { Risk } from './service/live.ts'
import { watchDrift } from './service/drift.ts'
import { endProfiles } from './service/profiles.ts'
import { expireReferrals } from './service/referrals.ts'
import { runTraining, trainingTask } from './service/retraining.ts'

export const tasks = (r: Risk): Task[] => [
  { name: backtestTask, work: (payload) => runBacktest(r, (payload as { id: string }).id) },
  { name: trainingTask, work: (payload) => runTraining(r, (payload as { id: string }).id) },
  { name: 'risk:watch-drift', cron: '20 2 * * *', work: async () => void (await watchDrift(r)) },
  { name: 'risk:expire-referrals', cron: '*/5 * * * *', work: async () => void (await expireReferrals(r)) },
  { name: 'risk:end-profiles', cron: '*/5 * * * *', work: async () => void (await endProfiles(r)) },
]
