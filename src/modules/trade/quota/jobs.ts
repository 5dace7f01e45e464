/** Allocation by the clock: every hour, of each administration what its calendar lets be served. A second run of a day finds nothing left. */
import { legalDate, type Instant } from '#kernel/time.ts'
import type { Sql } from '#platform/database.ts'
import type { Task } from '#platform/jobs.ts'
import type { Deps } from '#platform/module.ts'
import { loadReference } from '#modules/reference'
import { servedThrough } from './calendar.ts'
import { allocateThrough } from './service/allocate.ts'
import { holidaysOf } from './store.ts'

/** The trader test service serves without waiting for the next day. */
export const allocateDue = async (sql: Sql, at: Instant): Promise<number> => {
  const reference = await loadReference(sql)
  const administrations = await sql<{ administration: string }[]>`
    select distinct d.administration from trade.quota_claim c join trade.quota_definition d on d.id = c.definition_id where c.status = 'pending'`
  let told = 0
  for (const { administration } of administrations) {
    const settings = reference.administration(administration, at.slice(0, 10))
    if (!settings) continue
    const today = legalDate(at, settings.timeZone)
    const through = settings.traderTest ? today : servedThrough(today, await holidaysOf(sql, administration))
    if (through) told += (await allocateThrough(sql, administration, through, at)).length
  }
  return told
}

/** Serves the claims of one administration through its own today, without waiting for the next working day; answers how many subjects were told. */
export const allocateToday = async (sql: Sql, administration: string, at: Instant): Promise<number> => {
  const settings = (await loadReference(sql)).administration(administration, at.slice(0, 10))
  return settings ? (await allocateThrough(sql, administration, legalDate(at, settings.timeZone), at)).length : 0
}

export const quotaTasks = (deps: Deps): Task[] => [
  {
    name: 'trade:allocate-quotas',
    cron: '*/10 * * * *',
    work: async () => {
      if ((await allocateDue(deps.sql, deps.clock())) > 0) deps.bus.announce({ topic: 'quota', id: '' })
    },
  },
]
