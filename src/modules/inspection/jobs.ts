/** Background work of inspection. */
import type { Task } from '#platform/jobs.ts'
import type { InspectionDeps } from './service/deps.ts'
import { giveUpOnDetector } from './centre/service/stale.ts'
import { firstPass } from './service/first-pass.ts'

const imageIdOf = (payload: unknown): string => {
  const id = (payload as { imageId?: unknown } | null)?.imageId
  if (typeof id !== 'string') throw new Error('inspection.first-pass was enqueued without an image')
  return id
}

export const tasks = (deps: InspectionDeps): Task[] => [
  { name: 'inspection.first-pass', work: (payload) => firstPass(deps, imageIdOf(payload)) },
  { name: 'inspection:give-up', cron: '* * * * *', work: () => giveUpOnDetector(deps) },
]
