/** Goods wait for the answer to a referral: a requirement of the declaration, fulfilled when the referral is concluded. */
import type { Tx } from '#platform/database.ts'
import { enqueue, type Task } from '#platform/jobs.ts'
import type { Referral } from '#schema/risk'
import type { Command } from '../decide/index.ts'
import type { Clearance } from './clearance.ts'
import { executeAsSystem } from './execute.ts'

const taskName = 'clearance:referral'
type Payload = { mrn: string; id: string; kind: string; open: boolean; conclusion: string }

/** Before anything else in the queue: an order not to load must not wait. */
const first = -10

export const referred = async (tx: Tx, r: Referral): Promise<void> => {
  if (r.subject.kind !== 'declaration' || r.status === 'answered' || r.status === 'expired') return
  const payload: Payload = { mrn: r.reference, id: r.id, kind: r.kind, open: r.status === 'issued', conclusion: r.conclusion ?? '' }
  await enqueue(tx, taskName, payload, { priority: first })
}

/** Goods that are released or gone wait for nothing any more. */
export const holdForReferral = async (c: Clearance, p: Payload): Promise<void> => {
  const command: Command = p.open
    ? { name: 'add-requirement', id: p.id, kind: 'agency', reference: p.kind }
    : { name: 'answer-requirement', id: p.id, fulfilled: true, reason: p.conclusion }
  const outcome = await executeAsSystem(c, p.mrn, command, null, c.deps.clock())
  const expected = ['clearance.not_possible_now', 'clearance.requirement_unknown', 'clearance.declaration_unknown']
  if (!outcome.ok && !outcome.issues.every((i) => expected.includes(i.code)))
    throw new Error(`${p.mrn} could not be held for a referral: ${outcome.issues.map((i) => i.code).join(', ')}`)
}

export const referralTasks = (c: Clearance): Task[] => [{ name: taskName, work: (payload) => holdForReferral(c, payload as Payload) }]
