/** The detector's first look at an image, as background work: its finding is written, announced, and decides nothing. */
import { actorOf } from '#platform/command.ts'
import { inTransaction } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { unread } from '../detect/verdict.ts'
import type { ImageEvent } from '../image-journal.ts'
import type { Finding } from '../schema/finding.ts'
import { type Image, stationPreviewPx } from '../schema/image.ts'
import { findImage, insertFinding } from '../store/images.ts'
import { thresholdsInForce } from '../store/thresholds.ts'
import type { InspectionDeps } from './deps.ts'
import { compareImage, keepMatch } from '../declared/service/match.ts'
import { noteFinding } from '../centre/service/intake.ts'
import { newId } from './ids.ts'
import { originalOf, previewFor } from './views.ts'

const look = async (deps: InspectionDeps, image: Image): Promise<Finding> => {
  const detector = deps.detectors(image.item)
  if (!detector.ok) return unread(detector.issues, 0)
  const files = await Promise.all(image.files.map(async ({ role, sha256 }) => ({ role, bytes: await originalOf(deps, sha256) })))
  const { card } = detector.value
  const own = await thresholdsInForce(deps.sql, image.office, image.item, `${card.id}@${card.version}`)
  const finding = await detector.value.examine(files, image.sidecar, own)
  return finding.ok ? finding.value : unread(finding.issues, 0)
}

/**
 * Looks at a stored image and writes what was found. Declared goods are compared before, and noted first: the machine clears nothing alone that
 * is not what was declared.
 */
export const firstPass = async (deps: InspectionDeps, imageId: string): Promise<void> => {
  const image = await findImage(deps.sql, imageId)
  if (!image) throw new Error(`inspection.first-pass was enqueued for an image that is not there: ${imageId}`)
  const compared = await compareImage(deps, image)
  const finding = await look(deps, image)
  const at = deps.clock()
  const id = newId(at)
  await inTransaction(deps.sql, async (tx) => {
    if (compared) await keepMatch(tx, image, compared, at)
    await insertFinding(tx, id, imageId, finding, at)
    const event: ImageEvent = { type: 'image.found', findingId: id }
    const body = { payload: { imageId }, facts: finding, events: [event] }
    await noteFinding(tx, image, { ...finding, id, imageId, at })
    await record(tx, { kind: 'image', id: imageId }, { command: 'image.find', actor: actorOf(systemPrincipal('Detector')), body, at })
  })
  deps.bus.announce({ topic: 'inspection', id: imageId, office: image.office, what: 'found' })
  // Whoever opens the image finds its picture made. One that fails is made when it is asked for.
  await previewFor(deps, image, stationPreviewPx).catch((fault: unknown) => deps.log.warn({ err: fault, imageId }, 'no preview was made'))
}
