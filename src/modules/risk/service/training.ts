/** Training in two threads: one finds how many trees later rows can bear, the other grows them on all rows meanwhile. The result does not depend on the threads. */
import { Worker } from 'node:worker_threads'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { cardOf, type Card } from '../learning/card.ts'
import { fit, roundsFor, type Fitted, type Work } from '../learning/fit.ts'
import { finish, planTraining, type Model, type Plan, type TrainOptions } from '../learning/model.ts'
import type { Table } from '../learning/table.ts'
import { hashOf } from './model-files.ts'

/** Starts a fit in a thread; `rounds` holds how many trees it found best, as soon as it is known. */
const inThread = (work: Work): { fitted: Promise<Fitted>; rounds: Int32Array } => {
  const rounds = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./fit-thread.ts', import.meta.url), { workerData: { work, rounds }, execArgv: [] })
  const fitted = new Promise<Fitted>((done, failed) => {
    worker.once('message', done)
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`the training thread ended with ${code} before it answered`)))
  })
  return { fitted, rounds }
}

const onTwoThreads = async (plan: Plan): Promise<[Fitted, Fitted]> => {
  const { fitted, rounds } = inThread(slim(plan.probe))
  // This thread does not turn to its messages while it grows trees; the shared number tells it when there are enough.
  const enough = (): number => {
    const found = Atomics.load(rounds, 0)
    return found === 0 ? Infinity : roundsFor(found)
  }
  const final = fit(plan.final, enough)
  return [await fitted, final]
}

const onOneThread = (plan: Plan, progress: (share: number) => void): [Fitted, Fitted] => {
  progress(0.05)
  const probe = fit(plan.probe)
  progress(0.5)
  const final = fit(plan.final, () => roundsFor(probe.rounds))
  progress(0.95)
  return [probe, final]
}

export type Trained = { model: Model; card: Card }

/** Only what the features may read travels to a thread. */
const slim = (work: Work): Work => {
  const names = work.columns.filter((c) => !['outcome', 'ignored', 'identifier'].includes(c.role)).map((c) => c.name)
  const only = (table: Table): Table => ({ rows: table.rows, names, columns: new Map(names.map((n) => [n, table.columns.get(n)!])) })
  return { ...work, table: only(work.table), ...(work.held && { held: { ...work.held, table: only(work.held.table) } }) }
}

/** `threads: 1` does everything here, one after the other, and says how far it is (0 to 1). Same rows, options and seed give the same model, bit for bit. */
export const train = async (
  table: Table,
  options: TrainOptions,
  threads: 1 | 2 = 2,
  progress: (share: number) => void = () => undefined,
): Promise<Outcome<Trained>> => {
  const planned = planTraining(table, options)
  if (!planned.ok) return planned
  const plan = planned.value
  const [probe, final] = threads === 2 ? await onTwoThreads(plan) : onOneThread(plan, progress)
  const model = finish(plan, probe, final, options)
  return accept({ model, card: cardOf(model, plan, probe, hashOf(model)) }, plan.issues)
}
