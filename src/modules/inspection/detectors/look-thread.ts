/** A thread that holds a network and says what it finds in what it is shown. */
import { workerData } from 'node:worker_threads'
import { bagOf } from '../detect/look.ts'
import type { Batch } from '../detect/tensor.ts'
import type { ThresholdSet } from '../detect/verdict.ts'
import type { Placing } from '../image/crop.ts'
import type { Bag } from '../schema/finding.ts'
import type { ModelCard } from '../schema/model-card.ts'
import { openNetwork } from './network.ts'
import { serve } from './thread.ts'

export type Shown = { placings: Placing[]; batches: Batch[]; thresholds: ThresholdSet }
export type Looked = { bags: Bag[]; ms: number }

const { card, bytes } = workerData as { card: ModelCard; bytes: Uint8Array }
const network = await openNetwork(card, bytes)

serve(async ({ placings, batches, thresholds }: Shown): Promise<Looked> => {
  const began = performance.now()
  const answers = await network.answer(batches)
  return { bags: placings.map((placing, i) => bagOf(placing, answers[i]!, card, thresholds)), ms: performance.now() - began }
})
