/** A thread that holds a network and says what it finds in what it is shown. */
import { workerData } from 'node:worker_threads'
import { bagOf, type View } from '../detect/look.ts'
import type { ThresholdSet } from '../detect/verdict.ts'
import type { Bag } from '../schema/finding.ts'
import type { ModelCard } from '../schema/model-card.ts'
import { openNetwork } from './network.ts'
import { serve } from './thread.ts'

export type Shown = { views: View[]; thresholds: ThresholdSet }
export type Looked = { bags: Bag[]; ms: number }

const { card, bytes } = workerData as { card: ModelCard; bytes: Uint8Array }
const network = await openNetwork(card, bytes)

serve(async ({ views, thresholds }: Shown): Promise<Looked> => {
  const began = performance.now()
  const answers = await network.answer(views.map((v) => v.picture))
  return { bags: views.map((view, i) => bagOf(view, answers[i]!, card, thresholds)), ms: performance.now() - began }
})
