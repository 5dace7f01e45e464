/** The whole path of one image: bytes, pixels, bags, network, verdict. Runs in a thread of the pool. */
import type { Outcome } from '#kernel/outcome.ts'
import { accept } from '#kernel/outcome.ts'
import { bagOf, strangers, viewsOf } from '../detect/look.ts'
import { findingOf, type ThresholdSet } from '../detect/verdict.ts'
import { readScan, type SourceFile } from '../image/intake.ts'
import { rasterOf } from '../image/views.ts'
import type { Finding } from '../schema/finding.ts'
import type { Sidecar } from '../schema/image.ts'
import type { Network } from './network.ts'

/** Refused when the files are no image that can be read; a readable image always has a finding. */
export const examine = async (
  network: Network,
  files: readonly SourceFile[],
  sidecar: Sidecar,
  thresholds: ThresholdSet | null,
): Promise<Outcome<Finding>> => {
  const began = performance.now()
  const reading = await readScan(files, sidecar)
  if (!reading.ok) return reading
  const { card } = network
  const set = thresholds ?? card.thresholds
  const views = viewsOf(rasterOf(reading.value.scan), card)
  const answers = views.length > 0 ? await network.answer(views.map((v) => v.picture)) : []
  const bags = views.map((view, i) => bagOf(view, answers[i]!, card, set))
  return accept(
    findingOf(bags, {
      model: `${card.id}@${card.version}`,
      thresholdSet: set.set,
      ms: Math.round((performance.now() - began) * 100) / 100,
      issues: strangers(bags, card),
    }),
  )
}
