/** Background work of duty: payments that the provider has not been asked for yet, and what falls due by the calendar. */
import type { Task } from '#platform/jobs.ts'
import type { Deps } from '#platform/module.ts'
import { dayIn, loadReference } from '#modules/reference'
import { sendPayment } from './http/provider.ts'
import { remindOverdue } from './service/claims.ts'
import { collectDeferred, issueStatements } from './service/deferment.ts'
import { followPlans } from './service/plans.ts'

const idOf = (payload: unknown): string => {
  const id = (payload as { id?: unknown } | null)?.id
  if (typeof id !== 'string') throw new Error('duty.send-payment was enqueued without a payment')
  return id
}

/** Reminders and instalments of every administration, by the day that it is there. */
const followDue = async (deps: Deps): Promise<void> => {
  const at = deps.clock()
  const reference = await loadReference(deps.sql)
  for (const administration of reference.administrations()) await remindOverdue(deps.sql, administration, at, dayIn(reference, administration, at))
  await followPlans(deps.sql, at, at.slice(0, 10))
}

export const tasks = (deps: Deps): Task[] => [
  { name: 'duty.send-payment', work: (payload) => sendPayment(deps.sql, idOf(payload)) },
  { name: 'duty:issue-statements', cron: '30 1 1 * *', work: async () => void (await issueStatements(deps.sql, deps.clock())) },
  { name: 'duty:collect-deferred', cron: '30 2 16 * *', work: async () => void (await collectDeferred(deps.sql, deps.clock())) },
  { name: 'duty:follow-due', cron: '10 3 * * *', work: () => followDue(deps) },
]
