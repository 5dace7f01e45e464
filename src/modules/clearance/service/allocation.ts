/** What follows when a quota's claims have been decided: each declaration takes over its share in a transaction of its own. */
import type { Instant } from '#kernel/time.ts'
import type { Sql, Tx } from '#platform/database.ts'
import { enqueue, type Task } from '#platform/jobs.ts'
import type { Clearance } from './clearance.ts'
import { executeAsSystem } from './execute.ts'

const taskName = 'clearance:record-allocation'
/** The allocation has decided on claims: their declarations go on, each in a transaction of its own. */
export const allocated = async (tx: Tx, subjects: readonly { kind: string; id: string }[]): Promise<void> => {
  for (const { kind, id } of subjects) if (kind === 'declaration') await enqueue(tx, taskName, { id }, { jobKey: `${taskName}/${id}` })
}

const mrnOf = async (sql: Sql, id: string): Promise<string | undefined> =>
  (await sql<{ mrn: string }[]>`select mrn from clearance.declaration where id = ${id}`)[0]?.mrn

/** Takes over what was told out for one declaration. What has ended meanwhile, or was told before, is left as it is. */
export const recordAllocation = async (c: Clearance, id: string, at: Instant): Promise<void> => {
  const mrn = await mrnOf(c.deps.sql, id)
  if (!mrn) return
  const outcome = await executeAsSystem(c, mrn, { name: 'record-allocation' }, null, at)
  const expected = ['clearance.nothing_changed', 'clearance.not_possible_now']
  if (!outcome.ok && !outcome.issues.every((i) => expected.includes(i.code)))
    throw new Error(`${mrn} did not take its share: ${outcome.issues.map((i) => i.code).join(', ')}`)
}

export const quotaTasks = (c: Clearance): Task[] => [
  {
    name: taskName,
    work: async (payload) => {
      const id = (payload as { id?: unknown } | null)?.id
      if (typeof id !== 'string') throw new Error(`${taskName} was enqueued without a declaration`)
      await recordAllocation(c, id, c.deps.clock())
    },
  },
]
