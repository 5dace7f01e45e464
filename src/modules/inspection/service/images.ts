/** Storing an image: read, kept by content, written and journalled once; a first pass of the detector is ordered in the same transaction. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import { violates } from '#platform/database.ts'
import { enqueue } from '#platform/jobs.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import { openCase } from '../centre/service/intake.ts'
import { adapterNamed } from '../adapters/index.ts'
import { examineFile, readScan, type Reading, type SourceFile } from '../image/intake.ts'
import { extentOf } from '../image/scan.ts'
import type { FileRole, Image, NewImage, StoredFile } from '../schema/image.ts'
import type { Scanner } from '../schema/scanner.ts'
import type { ImageEvent } from '../image-journal.ts'
import { findImage, insertEvidence, insertImage } from '../store/images.ts'
import { findScanner, saveScanner } from '../store/scanners.ts'
import type { InspectionDeps } from './deps.ts'
import { newId } from './ids.ts'

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
    await openCase(tx, image, asking.now)
    await enqueue(tx, 'inspection.first-pass', { imageId: id }, { jobKey: `inspection.first-pass/${id}` })
    const event: ImageEvent = { type: 'image.stored', image }
    return accept({ body: { payload: fresh, facts: { files }, events: [event] }, reply: image })
  })
  if (outcome.ok) deps.bus.announce({ topic: 'inspection', id: outcome.value.id, office: scanner.value.office, status: 'stored' })
  return outcome
}

/** The bytes of files that were kept before, by their hashes. */
const keptFiles = async ({ files }: InspectionDeps, named: readonly { role: FileRole; sha256: string }[]): Promise<Outcome<SourceFile[]>> => {
  const found = await Promise.all(named.map(async ({ role, sha256 }) => ({ role, sha256, bytes: await files.read(sha256) })))
  const unknown = found.flatMap(({ bytes, sha256 }, i) => (bytes ? [] : [error('inspection.original_unknown', `/files/${i}`, { sha256 })]))
  return unknown.length > 0 ? refuse(...unknown) : accept(found.flatMap(({ role, bytes }) => (bytes ? [{ role, bytes }] : [])))
}

/** Keeps a file that can be read, and answers its hash; nothing refers to it yet. */
export const keepOriginal = async (deps: InspectionDeps, bytes: Uint8Array): Promise<Outcome<{ sha256: string }>> => {
  const examined = examineFile(bytes)
  return examined.ok ? accept({ sha256: await deps.files.put(bytes) }) : examined
}

/** An image of files that were kept before: a low and a high energy for example. */
export const assembleImage = async (
  deps: InspectionDeps,
  asking: Asking,
  { files, ...fresh }: NewImage & { files: { role: FileRole; sha256: string }[] },
): Promise<Outcome<Image>> => {
  const sources = await keptFiles(deps, files)
  return sources.ok ? storeImage(deps, asking, fresh, sources.value) : sources
}

/** Says that a decision with legal effect rests on an image. Never on one into which a threat was projected: the database refuses that too. */
export const bindEvidence = async (deps: InspectionDeps, asking: Asking, image: Image, decision: string): Promise<Outcome<{ id: string }>> => {
  const tip = refuse(error('inspection.image_is_tip', '/id'))
  if (image.isTip) return tip
  const { id } = image
  try {
    return await once(deps.sql, commandOf(asking, 'image.bind', { kind: 'image', id }), async (tx) => {
      await insertEvidence(tx, id, image.isTip, decision, asking.principal.name, asking.now)
      return accept({ body: { payload: { decision }, facts: {}, events: [{ type: 'image.bound', decision } satisfies ImageEvent] }, reply: { id } })
    })
  } catch (fault) {
    if (violates(fault, 'evidence_never_tip') || violates(fault, 'evidence_image')) return tip
    throw fault
  }
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
    if (!adapterNamed(scanner.adapter)) return refuse(error('inspection.adapter_unknown', '/adapter', { adapter: scanner.adapter }))
    await saveScanner(tx, scanner, asking.now)
    return accept({ body: { payload: scanner, facts: {}, events: [{ type: 'scanner.kept', scanner }] }, reply: scanner })
  })
