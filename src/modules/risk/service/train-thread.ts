/** The thread in which a model is learned, so that nobody's goods wait for it. Says how far it is, then answers the model or why there is none. */
import { parentPort, workerData } from 'node:worker_threads'
import { distributionsOf } from '../learning/drift.ts'
import { score, type TrainOptions } from '../learning/model.ts'
import type { Table } from '../learning/table.ts'
import { train } from './training.ts'

const { table, options } = workerData as { table: Table; options: TrainOptions }
const post = (message: unknown): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
  parentPort!.postMessage(message)
}
const trained = await train(table, options, 1, (progress) => post({ progress }))
if (!trained.ok) post({ issues: trained.issues })
else {
  const scored = score(trained.value.model, table)
  post({ ...trained.value, reference: distributionsOf(table, scored.ok ? scored.value.margins : []) })
}
