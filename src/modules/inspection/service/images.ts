/** Storing an image: read, kept by content, written and journalled once; a first pass of the detector is ordered in the same transaction. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import { enqueue } from '#platform/jobs.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import { readScan, type Reading, type SourceFile } from '../image/intake.ts'
import { extentOf } from '../image/scan.ts'
import type { Image, NewImage, StoredFile } from '../schema/image.ts'
import type { Scanner } from '../schema/scanner.ts'
import type { ImageEvent } from '../image-journal.ts'
import { findImage, insertImage } from '../store/images.ts'
import { findScanner, saveScanner } from '../store/scanners.ts'
import type { InspectionDeps } from './deps.ts'

/** Who asks, with which key, when. */
export type Asking = { principal: Principal; key: string | null; now: string }

const commandOf = (a: Asking, name: string, subject: { kind: string; id: string }, creates = false) => ({
  key: a.key,
  actor: actorOf(a.principal),
  name,
  subject,
  at: a.now,
  creates,
})

export const newId = (now: string): string => uuidv7(Date.parse(now), randomBytes(10))

const imageOf = (id: string, fresh: NewImage, scanner: Scanner, reading: Reading, files: StoredFile[], { principal, now }: Asking): Image => {
  const { scan } = reading
  const mmPerPx = reading.mmPerPx ?? scanner.mmPerPx
  return {
    ...fresh,
    id,
    sidecar: { ...fresh.sidecar, ...(mmPerPx !== null && { mmPerPx }) },
    office: scanner.office,
    operator: { personId: principal.personId, name: principal.name },
    receivedAt: now,
    modality: scan.kind,
    ...extentOf(scan),
    depthBits: scan.kind === 'colour' ? 8 : scan.depthBits,
    files,
  }
}

const allowedScanner = async (deps: InspectionDeps, asking: Asking, fresh: NewImage): Promise<Outcome<Scanner>> => {
  const scanner = await findScanner(deps.sql, fresh.scannerId)
  if (!scanner || !officeAllowed(asking.principal, scanner.office, 'inspection:image:store'))
    return refuse(error('inspection.scanner_unknown', '/scannerId', { id: fresh.scannerId }))
  if (!scanner.active) return refuse(error('inspection.scanner_inactive', '/scannerId', { id: scanner.id }))
  if (fresh.column === 'tip' && !fresh.isTip) return refuse(error('inspection.image_column_unclear', '/isTip'))
  return accept(scanner)
}

/** Reads and stores one image. The bytes are on disk before the row is written; a refused row leaves a file that nothing refers to. */
export const storeImage = async (deps: InspectionDeps, asking: Asking, fresh: NewImage, sources: readonly SourceFile[]): Promise<Outcome<Image>> => {
  const scanner = await allowedScanner(deps, asking, fresh)
  if (!scanner.ok) return scanner
  const reading = await readScan(sources, fresh.sidecar)
  if (!reading.ok) return reading
  const files: StoredFile[] = []
  for (const { role, format, bytes } of reading.value.files) files.push({ role, format, bytes: bytes.length, sha256: await deps.files.put(bytes) })
  const id = newId(asking.now)
  const image = imageOf(id, fresh, scanner.value, reading.value, files, asking)
  const outcome = await once<Image>(deps.sql, commandOf(asking, 'image.store', { kind: 'image', id }, true), async (tx) => {
    await insertImage(tx, image)
    await enqueue(tx, 'inspection.first-pass', { imageId: id }, { jobKey: `inspection.first-pass/${id}` })
    const event: ImageEvent = { type: 'image.stored', image }
    return accept({ body: { payload: fresh, facts: { files }, events: [event] }, reply: image })
  })
  if (outcome.ok) deps.bus.announce({ topic: 'inspection', id: outcome.value.id, office: scanner.value.office, status: 'stored' })
  return outcome
}

/** An image that this person may see; all others are unknown to him. */
export const visibleImage = async (deps: InspectionDeps, principal: Principal, id: string): Promise<Outcome<Image>> => {
  const image = await findImage(deps.sql, id)
  return image && officeAllowed(principal, image.office, 'inspection:image:read')
    ? accept(image)
    : refuse(error('inspection.image_unknown', '/id', { id }))
}

/** Orders another look of the detector, after a new model for example. */
export const orderPass = async (deps: InspectionDeps, asking: Asking, id: string): Promise<Outcome<{ id: string }>> =>
  once(deps.sql, commandOf(asking, 'image.inspect', { kind: 'image', id }), async (tx) => {
    await enqueue(tx, 'inspection.first-pass', { imageId: id }, { jobKey: `inspection.first-pass/${id}` })
    return accept({ body: { payload: { id }, facts: {}, events: [{ type: 'image.pass-ordered' } satisfies ImageEvent] }, reply: { id } })
  })

/** Adds a scanner to the register, or changes what is said of it. */
export const keepScanner = (deps: InspectionDeps, asking: Asking, scanner: Scanner): Promise<Outcome<Scanner>> =>
  once(deps.sql, commandOf(asking, 'scanner.keep', { kind: 'scanner', id: scanner.id }), async (tx) => {
    if (!officeAllowed(asking.principal, scanner.office, 'inspection:scanner:manage'))
      return refuse(error('access.denied', '/office', { permission: 'inspection:scanner:manage' }))
    await saveScanner(tx, scanner, asking.now)
    return accept({ body: { payload: scanner, facts: {}, events: [{ type: 'scanner.kept', scanner }] }, reply: scanner })
  })
