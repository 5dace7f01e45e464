/** What supervision does by the clock, whether or not a gateway runs: what nobody answers goes one level up, old reports are thinned and dropped. */
import { later } from '#kernel/time.ts'
import { actorOf } from '#platform/command.ts'
import { inTransaction } from '#platform/database.ts'
import type { Task } from '#platform/jobs.ts'
import { record as journal } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import type { SupervisionDeps } from './service/deps.ts'
import { commandIncident } from './service/incidents.ts'
import { tidyReports } from './service/retention.ts'
import { escalateAlarms, overdueIncidents } from './store/incidents.ts'

/** Our default; an administration may tune it. */
const answerWithinMs = 5 * 60_000

/** Answers how many went up. */
export const escalate = async (deps: SupervisionDeps): Promise<number> => {
  const now = deps.clock()
  const principal = systemPrincipal('Supervision')
  const alarms = await inTransaction(deps.sql, async (tx) => {
    const all = await escalateAlarms(tx, later(now, -answerWithinMs), now)
    for (const { id, kind } of all) {
      const body = { payload: {}, facts: { kind }, events: [{ type: 'alarm.escalated', at: now }] }
      await journal(tx, { kind: 'alarm', id }, { command: 'alarm.escalate', actor: actorOf(principal), body, at: now })
    }
    return all
  })
  for (const { id, tripId, kind, office } of alarms) deps.bus.announce({ topic: 'alarm', id, tripId, kind, office, notify: 'escalated' })
  const cases = await overdueIncidents(deps.sql, now)
  for (const id of cases) await commandIncident(deps, { principal, key: null, now }, id, { name: 'escalate' })
  return alarms.length + cases.length
}

export const tasks = (deps: SupervisionDeps): Task[] => [
  {
    name: 'supervision:escalate',
    cron: '* * * * *',
    work: async () => {
      await escalate(deps)
    },
  },
  {
    name: 'supervision:tidy-reports',
    cron: '40 2 * * *',
    work: async () => {
      const done = await tidyReports(deps)
      if (done.thinnedDays + done.dropped.length > 0) deps.log.info(done, 'old reports of seals were thinned or dropped')
    },
  },
]
