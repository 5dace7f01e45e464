/**
 * Goods that travelled under seal: when their trip is discharged at the office of destination, the exit of an export is recorded there and a
 * transit is written off; a trip that ended otherwise leaves an undischarged transit.
 */
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import type { Tx } from '#platform/database.ts'
import { enqueue, type Task } from '#platform/jobs.ts'
import { statusOf } from '../declaration.ts'
import type { Command } from '../decide/index.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { transitions } from '../schema/transitions.ts'
import { findByMrn } from '../store.ts'
import type { Clearance } from './clearance.ts'
import { executeAsSystem } from './execute.ts'

const task = 'clearance:trip-ended'
const Payload = Type.Object({ mrn: Type.String(), office: Type.String(), outcome: Type.Enum(['discharged', 'seized']), reason: Type.String() })
type Payload = Static<typeof Payload>
type Ended = { reference: string; outcome: 'discharged' | 'seized'; destinationOffice: string; reason: string }

/** Puts what follows on its way, in the transaction that ends the trip. */
export const tripEnded = async (tx: Tx, { reference, outcome, destinationOffice, reason }: Ended): Promise<void> => {
  await enqueue(tx, task, { mrn: reference, office: destinationOffice, outcome, reason }, { jobKey: `${task}/${reference}` })
}

/** What a declaration makes of the end of its trip; goods of an export that were seized leave nothing. */
const commandFor = (s: DeclarationState, { office, outcome, reason }: Payload): Command | null => {
  if (s.regime === 'export') return outcome === 'discharged' ? { name: 'record-exit', office } : null
  if (s.regime !== 'transit' || s.transitEnd) return null
  return { name: 'end-transit', outcome: outcome === 'discharged' ? 'discharged' : 'called', office, reason: reason || 'trip under seal' }
}

/** Nothing is recorded where the trip's reference is neither export nor transit, or one that has ended already. */
const recordEnd = async (c: Clearance, payload: Payload): Promise<void> => {
  const { mrn } = payload
  const found = await findByMrn(c.deps.sql, mrn)
  const command = found && commandFor(found.state, payload)
  if (!command || !transitions[statusOf(found.state)][command.name]) return
  const outcome = await executeAsSystem(c, mrn, command, null, c.deps.clock())
  if (!outcome.ok) c.deps.log.warn({ mrn, issues: outcome.issues.map((i) => i.code) }, 'the end of a trip under seal was refused by its declaration')
}

export const sealTasks = (c: Clearance): Task[] => [
  {
    name: task,
    work: async (payload) => {
      if (!Check(Payload, payload)) throw new Error(`${task} was enqueued without MRN, office or outcome`)
      await recordEnd(c, payload)
    },
  },
]
