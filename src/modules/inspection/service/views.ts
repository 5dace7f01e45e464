/** Reads a stored image again from its originals. */
import type { Outcome } from '#kernel/outcome.ts'
import { readScan, type Reading } from '../image/intake.ts'
import { planeOf, type PlaneBytes, previewOf } from '../image/views.ts'
import type { Image, Plane } from '../schema/image.ts'
import type { InspectionDeps } from './deps.ts'

/** The bytes of an original; it is a fault when the store no longer has it. */
export const originalOf = async ({ files }: Pick<InspectionDeps, 'files'>, sha256: string): Promise<Buffer> => {
  const bytes = await files.read(sha256)
  if (!bytes) throw new Error(`the original ${sha256} is missing from the file store`)
  return bytes
}

/** The pixels of a stored image. What was readable once is so for ever, unless intake has become stricter since. */
export const readImage = async (deps: Pick<InspectionDeps, 'files'>, image: Image): Promise<Outcome<Reading>> => {
  const files = await Promise.all(image.files.map(async ({ role, sha256 }) => ({ role, bytes: await originalOf(deps, sha256) })))
  return readScan(files, image.sidecar)
}

/** As `readImage`, but of a measurement in two files only that of the plane is read: its partner would be unfolded for nothing. */
export const readPlane = async (deps: Pick<InspectionDeps, 'files'>, image: Image, plane: Plane): Promise<Outcome<PlaneBytes>> => {
  const own = image.files.find(({ role }) => role === plane)
  const reading = own ? await readScan([{ role: 'image', bytes: await originalOf(deps, own.sha256) }], image.sidecar) : await readImage(deps, image)
  return reading.ok ? planeOf(reading.value.scan, own ? 'grey' : plane, image.sidecar.energiesKeV) : reading
}

/** A JPEG for people, made once for each size. */
export const previewFor = async (deps: Pick<InspectionDeps, 'files'>, image: Image, side: number): Promise<Buffer> =>
  deps.files.derive(image.files[0]!.sha256, `${image.id}-${side}.jpg`, async () => {
    const reading = await readImage(deps, image)
    if (!reading.ok) throw new Error(`image ${image.id} can no longer be read: ${reading.issues.map((i) => i.code).join(', ')}`)
    return previewOf(reading.value.scan, side, image.sidecar.energiesKeV)
  })
