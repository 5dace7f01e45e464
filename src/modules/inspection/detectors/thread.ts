/** A thread of the pool: opens one network and examines one image after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import sharp from 'sharp'
import type { Outcome } from '#kernel/outcome.ts'
import type { ThresholdSet } from '../detect/verdict.ts'
import type { SourceFile } from '../image/intake.ts'
import type { Finding } from '../schema/finding.ts'
import type { Sidecar } from '../schema/image.ts'
import type { ModelCard } from '../schema/model-card.ts'
import { examine } from './examine.ts'
import { openNetwork } from './network.ts'

export type Question = { files: SourceFile[]; sidecar: Sidecar; thresholds: ThresholdSet | null }
export type Reply = { ready: true } | { outcome: Outcome<Finding> } | { fault: string }

// Images side by side fill the cores; libvips need not divide each of them as well.
sharp.concurrency(1)
sharp.cache(false)

const { card, bytes } = workerData as { card: ModelCard; bytes: Uint8Array }
const reply = (message: Reply): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
  parentPort!.postMessage(message)
}

const network = await openNetwork(card, bytes)
parentPort!.on('message', ({ files, sidecar, thresholds }: Question) => {
  examine(network, files, sidecar, thresholds).then(
    (outcome) => reply({ outcome }),
    (fault: unknown) => reply({ fault: (fault as Error).message }),
  )
})
reply({ ready: true })
