import type { Task } from '#platform/jobs.ts'
import type { Deps } from '#platform/module.ts'
import { anchorNow } from './store/anchor.ts'

/** Background work of the audit. */
export const tasks = (deps: Deps): Task[] => [
  {
    name: 'audit_anchor',
    cron: '* * * * *',
    work: async () => {
      const anchor = await anchorNow(deps.sql, deps.clock())
      // In the log the anchor's hash leaves the database: whoever rewrites the journal would have to rewrite the log's collector too.
      if (anchor) deps.log.info({ anchor: anchor.number, entries: anchor.entries, hash: anchor.hash }, 'journal anchored')
    },
  },
]
