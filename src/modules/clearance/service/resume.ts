/** What goes on by itself: after a rest, after money came in, and the reminder of what is still due. */
import type { Tx } from '#platform/database.ts'
import { inTransaction } from '#platform/database.ts'
import type { Task } from '#platform/jobs.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { dueForReminder, lockById, lockByMrn } from '../store.ts'
import { goOn } from './advance.ts'
import type { Clearance } from './clearance.ts'
import { announce, executeAsSystem } from './execute.ts'

const resume = async (c: Clearance, tx: Tx, found: Awaited<ReturnType<typeof lockById>>, at: string): Promise<DeclarationState | null> =>
  found ? ((await goOn(c, tx, found, at))?.state ?? null) : null

/** Money for a declaration has come in: its release follows in the same transaction. The news goes out once that is committed. */
export const paid = async (c: Clearance, tx: Tx, subject: { kind: string; id: string }, at: string): Promise<() => void> => {
  if (subject.kind !== 'declaration') return () => undefined
  const state = await resume(c, tx, await lockById(tx, subject.id), at)
  return () => state && announce(c, state)
}

/** Goes on with one declaration whose rest is over. */
export const goOnWith = async (c: Clearance, mrn: string, at: string): Promise<void> => {
  const state = await inTransaction(c.deps.sql, async (tx) => resume(c, tx, await lockByMrn(tx, mrn), at))
  if (state) announce(c, state)
}

const remindAfterHours = 24

const remind = async (c: Clearance): Promise<void> => {
  for (const mrn of await dueForReminder(c.deps.sql, c.deps.clock(), remindAfterHours))
    await executeAsSystem(c, mrn, { name: 'remind-payment' }, null, c.deps.clock())
}

const mrnOf = (payload: unknown): string => {
  const mrn = (payload as { mrn?: unknown } | null)?.mrn
  if (typeof mrn !== 'string') throw new Error('clearance.go-on was enqueued without an MRN')
  return mrn
}

export const tasks = (c: Clearance): Task[] => [
  { name: 'clearance:go-on', work: async (payload) => goOnWith(c, mrnOf(payload), c.deps.clock()) },
  { name: 'clearance:remind', cron: '7 * * * *', work: async () => remind(c) },
]
