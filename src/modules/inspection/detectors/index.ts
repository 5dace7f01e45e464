/** Detectors for the command line and the server: a model's card, and whole images examined by a pool of threads. Needs no database. */
import { availableParallelism } from 'node:os'
import { accept, type Outcome } from '#kernel/outcome.ts'
import type { ThresholdSet } from '../detect/verdict.ts'
import type { SourceFile } from '../image/intake.ts'
import type { Finding } from '../schema/finding.ts'
import type { Sidecar } from '../schema/image.ts'
import type { ModelCard } from '../schema/model-card.ts'
import type { Item } from '../schema/subject.ts'
import { findModel, readNetwork, shippedModels } from './folder.ts'
import { openPool } from './pool.ts'

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

/** Opens the detector for an item. Refused when there is none, or its files are not what its card says. */
export const openDetector = (
  item: Item,
  { root = shippedModels, threads = availableParallelism(), timeoutMs = 20_000 }: DetectorOptions = {},
): Outcome<Detector> => {
  const model = findModel(root, item)
  if (!model.ok) return model
  const bytes = readNetwork(model.value)
  if (!bytes.ok) return bytes
  const { card } = model.value
  const pool = openPool({ card, bytes: bytes.value }, { threads, timeoutMs })
  return accept({
    card,
    examine: (files, sidecar = {}, thresholds = null) => pool.examine({ files: [...files], sidecar, thresholds }),
    close: pool.close,
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
