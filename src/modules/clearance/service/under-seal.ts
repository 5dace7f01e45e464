/** Goods of an export that travelled under seal: when their trip is discharged at the office of destination, their exit is recorded there. */
import type { Tx } from '#platform/database.ts'
import { enqueue, type Task } from '#platform/jobs.ts'
import { statusOf } from '../declaration.ts'
import { transitions } from '../schema/lifecycle.ts'
import { findByMrn } from '../store.ts'
import type { Clearance } from './clearance.ts'
import { executeAsSystem } from './execute.ts'

const task = 'clearance:exit-under-seal'
type Ended = { reference: string; outcome: 'discharged' | 'seized'; destinationOffice: string }

/** Puts the exit on its way, in the transaction that discharges the trip. Goods that were seized leave nothing. */
export const tripEnded = async (tx: Tx, { reference, outcome, destinationOffice }: Ended): Promise<void> => {
  if (outcome === 'discharged') await enqueue(tx, task, { mrn: reference, office: destinationOffice }, { jobKey: `${task}/${reference}` })
}

/** Nothing is recorded where the trip's reference is no export, or one that has left already. */
const recordExit = async (c: Clearance, mrn: string, office: string): Promise<void> => {
  const found = await findByMrn(c.deps.sql, mrn)
  if (found?.state.regime !== 'export' || !transitions[statusOf(found.state)]['record-exit']) return
  const outcome = await executeAsSystem(c, mrn, { name: 'record-exit', office }, null, c.deps.clock())
  if (!outcome.ok) c.deps.log.warn({ mrn, issues: outcome.issues.map((i) => i.code) }, 'the exit of goods that arrived under seal was refused')
}

export const sealTasks = (c: Clearance): Task[] => [
  {
    name: task,
    work: async (payload) => {
      const { mrn, office } = payload as { mrn?: unknown; office?: unknown }
      if (typeof mrn !== 'string' || typeof office !== 'string') throw new Error(`${task} was enqueued without MRN or office`)
      await recordExit(c, mrn, office)
    },
  },
]
