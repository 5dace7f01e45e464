/** Detectors for the command line and the server: a model's card, and whole images examined in threads. Needs no database. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { doubtsOf } from '../detect/look.ts'
import { findingOf, type ThresholdSet, unread } from '../detect/verdict.ts'
import type { SourceFile } from '../image/intake.ts'
import type { Finding } from '../schema/finding.ts'
import type { Sidecar } from '../schema/image.ts'
import type { ModelCard } from '../schema/model-card.ts'
import type { Item } from '../schema/subject.ts'
import { findModel, readNetwork, shippedModels } from './folder.ts'
import type { Looked, Shown } from './look-thread.ts'
import { openPool, type Pool } from './pool.ts'
import type { Files, Prepared } from './prepare-thread.ts'

export { bytesAtMost } from '../image/limits.ts'
export { readScan } from '../image/intake.ts'
export { rasterOf } from '../image/views.ts'

export type Detector = {
  card: ModelCard
  /** Refused when the files are no readable image. Else there is a finding, of `review` where the detector could not answer. */
  examine: (files: readonly SourceFile[], sidecar?: Sidecar, thresholds?: ThresholdSet | null) => Promise<Outcome<Finding>>
  close: () => Promise<void>
}
export type DetectorOptions = { root?: string; threads?: number; timeoutMs?: number }

type Stages = { card: ModelCard; prepare: Pool<Files, Prepared>; look: Pool<Shown, Looked> }

const hundredth = (ms: number): number => Math.round(ms * 100) / 100

/** `ms` is the time worked on the image, from its bytes to the verdict; waiting for a thread that is busy with others is not in it. */
const examine = async ({ card, prepare, look }: Stages, asked: Files, thresholds: ThresholdSet): Promise<Outcome<Finding>> => {
  const prepared = await prepare.ask(asked)
  if (!prepared.ok) return prepared
  const { placings, batches, ms } = prepared.value
  const { bags, ms: lookMs } =
    placings.length > 0
      ? await look.ask(
          { placings, batches, thresholds },
          batches.map((b) => b.data.buffer as ArrayBuffer),
        )
      : { bags: [], ms: 0 }
  const about = { model: `${card.id}@${card.version}`, thresholdSet: thresholds.set, ms: hundredth(ms + lookMs), issues: doubtsOf(bags, card) }
  return accept(findingOf(bags, about))
}

const failed = (fault: unknown): Outcome<Finding> =>
  accept(unread([error('inspection.detector_failed', '', { detail: (fault as Error).message.slice(0, 200) })], 0))

/** Opens the detector for an item. Refused when there is none, or its files are not what its card says. */
export const openDetector = (item: Item, { root = shippedModels, threads = 1, timeoutMs = 20_000 }: DetectorOptions = {}): Outcome<Detector> => {
  const model = findModel(root, item)
  if (!model.ok) return model
  const bytes = readNetwork(model.value)
  if (!bytes.ok) return bytes
  const { card } = model.value
  const options = { threads, timeoutMs }
  const stages: Stages = {
    card,
    prepare: openPool(new URL('./prepare-thread.ts', import.meta.url), { card }, options),
    look: openPool(new URL('./look-thread.ts', import.meta.url), { card, bytes: bytes.value }, options),
  }
  return accept({
    card,
    examine: (files, sidecar = {}, thresholds = null) => examine(stages, { files: [...files], sidecar }, thresholds ?? card.thresholds).catch(failed),
    close: async () => void (await Promise.all([stages.prepare.close(), stages.look.close()])),
  })
}

/** Detectors by item, each opened when the first image wants it and kept; one that cannot be opened is tried again at the next image. */
export const createDetectors = (options: DetectorOptions = {}): { of: (item: Item) => Outcome<Detector>; close: () => Promise<void> } => {
  const open = new Map<Item, Detector>()
  return {
    of: (item) => {
      const kept = open.get(item)
      if (kept) return accept(kept)
      const opened = openDetector(item, options)
      if (opened.ok) open.set(item, opened.value)
      return opened
    },
    close: async () => void (await Promise.all([...open.values()].map((d) => d.close()))),
  }
}
