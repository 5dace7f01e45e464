/** Training in two threads: one finds how many trees later rows can bear, the other grows them on all rows meanwhile. The result does not depend on the threads. */
import { Worker } from 'node:worker_threads'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { cardOf, type Card } from '../learning/card.ts'
import { fit, type Fitted, type Work } from '../learning/fit.ts'
import { finish, planTraining, type Model, type TrainOptions } from '../learning/model.ts'
import type { Table } from '../learning/table.ts'
import { hashOf } from './model-files.ts'

const inThread = (work: Work): Promise<Fitted> =>
  new Promise((done, failed) => {
    const worker = new Worker(new URL('./fit-thread.ts', import.meta.url), { workerData: work, execArgv: [] })
    worker.once('message', (fitted: Fitted) => done(fitted))
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`the training thread ended with ${code} before it answered`)))
  })

export type Trained = { model: Model; card: Card }

/** Only what the features may read travels to a thread. */
const slim = (work: Work): Work => {
  const names = work.columns.filter((c) => !['outcome', 'ignored', 'identifier'].includes(c.role)).map((c) => c.name)
  const only = (table: Table): Table => ({ rows: table.rows, names, columns: new Map(names.map((n) => [n, table.columns.get(n)!])) })
  return { ...work, table: only(work.table), ...(work.held && { held: { ...work.held, table: only(work.held.table) } }) }
}

/** `threads: 1` does everything here, one after the other. Same rows, options and seed give the same model, bit for bit. */
export const train = async (table: Table, options: TrainOptions, threads: 1 | 2 = 2): Promise<Outcome<Trained>> => {
  const planned = planTraining(table, options)
  if (!planned.ok) return planned
  const plan = planned.value
  const probing = threads === 2 ? inThread(slim(plan.probe)) : fit(plan.probe)
  const final = fit(plan.final)
  const probe = await probing
  const model = finish(plan, probe, final, options)
  return accept({ model, card: cardOf(model, plan, probe, hashOf(model)) }, plan.issues)
}
