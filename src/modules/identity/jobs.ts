import { later } from '#kernel/time.ts'
import { inTransaction } from '#platform/database.ts'
import type { Task } from '#platform/jobs.ts'
import type { IdentityDeps } from './deps.ts'
import { forgetOld } from './store/session.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Background work of identity. */
export const tasks = (deps: IdentityDeps): Task[] => [
  {
    // The journal keeps who was signed in when; the tables keep no more than they need.
    name: 'identity_forget',
    cron: '17 * * * *',
    work: () => inTransaction(deps.sql, (tx) => forgetOld(tx, later(deps.clock(), -30 * dayMs), later(deps.clock(), -dayMs))),
  },
]
