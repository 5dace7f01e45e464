/** Background work of inspection. */
import type { Task } from '#platform/jobs.ts'
import type { InspectionDeps } from './service/deps.ts'
import { giveUpOnDetector } from './centre/service/stale.ts'
import { matchImage, matchLate } from './declared/service/match.ts'
import { firstPass } from './service/first-pass.ts'

const imageIdOf = (task: string, payload: unknown): string => {
  const id = (payload as { imageId?: unknown } | null)?.imageId
  if (typeof id !== 'string') throw new Error(`${task} was enqueued without an image`)
  return id
}

export const tasks = (deps: InspectionDeps): Task[] => [
  { name: 'inspection.first-pass', work: (payload) => firstPass(deps, imageIdOf('inspection.first-pass', payload)) },
  { name: 'inspection.match', work: (payload) => matchImage(deps, imageIdOf('inspection.match', payload)) },
  { name: 'inspection:match-late', cron: '* * * * *', work: () => matchLate(deps) },
  { name: 'inspection:give-up', cron: '* * * * *', work: () => giveUpOnDetector(deps) },
]
