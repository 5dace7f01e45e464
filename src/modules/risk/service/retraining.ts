/** Learning from what examinations found: asked for by a command, done by a job in a thread of its own, kept as a candidate. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { uuidv7 } from '#kernel/ids.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { inTransaction } from '#platform/database.ts'
import { enqueue } from '#platform/jobs.ts'
import { home as administration } from '#schema/reference'
import type { Card } from '../learning/card.ts'
import { liveColumns, tableOf } from '../learning/live-table.ts'
import type { Model, TrainOptions } from '../learning/model.ts'
import type { Table } from '../learning/table.ts'
import type { Distribution, TrainAsk, Training } from '../schema/model.ts'
import { readHistory } from '../store/backtests.ts'
import { findTraining, finishTraining, insertModel, insertTraining, noteTraining, trainingOptions } from '../store/models.ts'
import { readPast } from '../store/past.ts'
import type { Risk } from './live.ts'
import { writeModel } from './model-files.ts'

export const trainingTask = 'risk:train'
const batch = 1000

export const askTraining = async (r: Risk, a: Asking, ask: TrainAsk): Promise<Outcome<Training>> => {
  if (!r.modelDirectory) return refuse(error('risk.models_nowhere'))
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  return once<Training>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'risk-training.ask', subject: { kind: 'risk-training', id }, creates: true, at: a.now },
    async (tx) => {
      const by = { personId: a.principal.personId, name: a.principal.name }
      await insertTraining(tx, { id, name: ask.name, by, at: a.now, options: { seed: ask.seed ?? 1, from: ask.from ?? null } })
      await enqueue(tx, trainingTask, { id })
      return accept({ body: { payload: ask, facts: {}, events: [{ type: 'risk-training.asked', id }] }, reply: (await findTraining(tx, id))! })
    },
  )
}

/** Rows to learn from, and how many of them another system examined. */
export type Examined = { table: Table; past: number }

/**
 * Examined decisions as rows, with values as they were lodged. A row weighs 1/π, so that what criteria look at again and again does not
 * drown the rest; very small chances are bounded, or a single row would be the model. What an older system examined had a chance that nobody
 * knows: it weighs 1, as if it had been certain to be examined.
 */
const mostWeight = 50
export const examinedTable = async (r: Risk, from: string | null): Promise<Examined> => {
  const snapshots = []
  const labels: string[] = []
  const weights: string[] = []
  for await (const rows of readHistory(r.deps.sql, administration, from, batch))
    for (const row of rows) {
      if (row.found === null || row.propensity === 0) continue
      snapshots.push(row.snapshot)
      labels.push(row.found ? 'yes' : 'no')
      weights.push(String(Math.min(mostWeight, 1 / row.propensity)))
    }
  const { table, of } = tableOf(snapshots)
  const columns = new Map(table.columns)
  columns.set(
    'Found',
    of.map((n) => labels[n]!),
  )
  columns.set(
    'Weight',
    of.map((n) => weights[n]!),
  )
  let past = 0
  for await (const rows of readPast(r.deps.sql, administration, from, batch))
    for (const { cells, found } of rows) {
      past++
      for (const name of liveColumns) columns.get(name)!.push(cells[name] ?? '')
      columns.get('Found')!.push(found ? 'yes' : 'no')
      columns.get('Weight')!.push('1')
    }
  return { table: { rows: table.rows + past, names: [...columns.keys()], columns }, past }
}

const pastWarning = (past: number, rows: number): string =>
  `${past} of ${rows} rows are examinations of an older system. How likely each was to be examined is unknown: they weigh as if they had been certain to be.`

type Message = { progress: number } | { issues: Issue[] } | { model: Model; card: Card; reference: Distribution[] }

const inThread = (table: Table, options: TrainOptions, progress: (share: number) => void): Promise<Exclude<Message, { progress: number }>> => {
  const worker = new Worker(new URL('./train-thread.ts', import.meta.url), { workerData: { table, options }, execArgv: [] })
  return new Promise((done, failed) => {
    worker.on('message', (m: Message) => ('progress' in m ? progress(m.progress) : done(m)))
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`the training thread ended with ${code} before it answered`)))
  })
}

/** The job. A model that cannot be learned ends the training with the reasons, and nothing else changes. */
export const runTraining = async (r: Risk, id: string): Promise<void> => {
  const [asked, options] = await Promise.all([findTraining(r.deps.sql, id), trainingOptions(r.deps.sql, id)])
  if (!asked || !options || asked.status === 'done' || !r.modelDirectory) return
  const told = (progress: number): void => {
    noteTraining(r.deps.sql, id, progress).catch((fault: unknown) => r.deps.log.warn({ err: fault }, 'progress of a training was not kept'))
    r.deps.bus.announce({ topic: 'risk-training', id, progress })
  }
  told(0.01)
  const { table, past } = await examinedTable(r, options.from)
  const answer = await inThread(table, { label: 'Found', positive: 'yes', seed: options.seed, weight: 'Weight' }, told)
  const at = r.deps.clock()
  if ('model' in answer && past > 0) answer.card.warnings.push(pastWarning(past, table.rows))
  if ('model' in answer) writeModel(join(r.modelDirectory, answer.card.hash), answer.model, answer.card)
  await inTransaction(r.deps.sql, async (tx) => {
    if ('issues' in answer) return finishTraining(tx, id, null, answer.issues, at)
    const { card, reference } = answer
    await insertModel(tx, { hash: card.hash, name: asked.name, card, reference, by: options.by, at })
    await finishTraining(tx, id, card.hash, [], at)
  })
  r.deps.bus.announce({ topic: 'risk-training', id, progress: 1 })
}
