/** A thread that makes of files the tensors that a network is shown: while the network looks at one image, the next is made ready. */
import { workerData } from 'node:worker_threads'
import sharp from 'sharp'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { viewsOf } from '../detect/look.ts'
import { type Batch, batchesOf } from '../detect/tensor.ts'
import type { Placing } from '../image/crop.ts'
import { readScan, type SourceFile } from '../image/intake.ts'
import { rasterOf } from '../image/views.ts'
import type { Sidecar } from '../schema/image.ts'
import type { ModelCard } from '../schema/model-card.ts'
import { serve } from './thread.ts'

export type Files = { files: SourceFile[]; sidecar: Sidecar }
export type Prepared = Outcome<{ placings: Placing[]; batches: Batch[]; ms: number }>

// Images side by side fill the cores; libvips need not divide each of them as well.
sharp.concurrency(1)
sharp.cache(false)

const { card } = workerData as { card: ModelCard }

const prepare = async ({ files, sidecar }: Files): Promise<Prepared> => {
  const began = performance.now()
  const reading = await readScan(files, sidecar)
  if (!reading.ok) return reading
  const views = viewsOf(rasterOf(reading.value.scan, sidecar.energiesKeV), card)
  const batches = batchesOf(views.map((v) => v.picture)) // prettier-ignore
  return accept({ placings: views.map((v) => v.placing), batches, ms: performance.now() - began })
}

serve(prepare, (prepared) => (prepared.ok ? prepared.value.batches.map((b) => b.data.buffer as ArrayBuffer) : []))
