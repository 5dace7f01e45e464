/** Routes of images: deliver, list, look at. */
import { Type, type Static } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { isWithheld, oversees, undisclosed } from '../centre/service/blind.ts'
import { bytesAtMost } from '../image/limits.ts'
import { formatOf } from '../image/formats/index.ts'
import { StoredFinding, Verdict } from '../schema/finding.ts'
import { FileRole, Image, ImageRow, NewImage, StoredFile } from '../schema/image.ts'
import { Column, Item, itemOf, Subject } from '../schema/subject.ts'
import type { InspectionDeps } from '../service/deps.ts'
import { assembleImage, bindEvidence, keepOriginal, orderPass, storeImage, visibleImage } from '../service/images.ts'
import { listFindings, listImages, sortableImages } from '../store/images.ts'
import { Id, tag } from './shared.ts'

const closed = { additionalProperties: false } as const
const { energiesKeV: _, ...sidecar } = NewImage.properties.sidecar.properties

/** What is said of an image whose file is the body: everything stands in the address. */
const Delivery = Type.Object(
  {
    subjectKind: Subject.properties.kind,
    subjectId: Subject.properties.id,
    scannerId: NewImage.properties.scannerId,
    takenAt: NewImage.properties.takenAt,
    item: Type.Optional(Item),
    column: Type.Optional(Column),
    isTip: Type.Optional(Type.Boolean()),
    ...sidecar,
    lowKeV: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 20_000 })),
    highKeV: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 20_000 })),
  },
  closed,
)

const newImageOf = ({
  subjectKind,
  subjectId,
  scannerId,
  takenAt,
  item,
  column,
  isTip,
  lowKeV,
  highKeV,
  ...rest
}: Static<typeof Delivery>): NewImage => ({
  subject: { kind: subjectKind, id: subjectId },
  item: item ?? itemOf[subjectKind],
  scannerId,
  takenAt,
  column: column ?? (isTip ? 'tip' : 'real'),
  isTip: isTip ?? column === 'tip',
  sidecar: { ...rest, ...(lowKeV !== undefined && highKeV !== undefined && { energiesKeV: [lowKeV, highKeV] }) },
})

/** A type that contradicts the bytes is a sign of something broken on the way, or of somebody who tries. */
const mislabelled = (declared: string | undefined, bytes: Uint8Array): Outcome<never> | null => {
  const format = formatOf(bytes)
  const type = declared?.split(';')[0]!.trim().toLowerCase() ?? ''
  return format && type !== 'application/octet-stream' && type !== format.contentType
    ? refuse(error('inspection.image_mislabelled', '', { declared: type, found: format.contentType }))
    : null
}

const deliver = (deps: InspectionDeps): Route[] => [
  route({
    method: 'POST',
    path: '/api/inspection/images',
    permission: 'inspection:image:store',
    summary: 'Deliver an image as the body (PNG, JPEG, TIFF, DICOM); recognised by content',
    tag,
    query: Delivery,
    out: Image,
    successStatus: 201,
    bodyLimitBytes: bytesAtMost,
    handler: async (x) => {
      if (!Buffer.isBuffer(x.body)) return refuse(error('request.unsupported_media'))
      const bytes: Buffer = x.body
      return mislabelled(x.request.headers['content-type'], bytes) ?? storeImage(deps, askingOf(x), newImageOf(x.query), [{ role: 'image', bytes }])
    },
  }),
]

/** Files that were kept before, and everything about the image they make. */
const Assembly = Type.Object(
  {
    ...NewImage.properties,
    files: Type.Array(Type.Object({ role: FileRole, sha256: StoredFile.properties.sha256 }, closed), { minItems: 1, maxItems: 2 }),
  },
  { ...closed, title: 'ImageAssembly' },
)

const deliverParts = (deps: InspectionDeps): Route[] => [
  route({
    method: 'POST',
    path: '/api/inspection/originals',
    permission: 'inspection:image:store',
    summary: 'Keep one file of an image that consists of several; answers its hash',
    tag,
    // The same bytes are the same file: repeating it does no harm.
    command: false,
    out: Type.Object({ sha256: StoredFile.properties.sha256 }, closed),
    successStatus: 201,
    bodyLimitBytes: bytesAtMost,
    handler: async ({ body, request }) => {
      if (!Buffer.isBuffer(body)) return refuse(error('request.unsupported_media'))
      const bytes: Buffer = body
      return mislabelled(request.headers['content-type'], bytes) ?? keepOriginal(deps, bytes)
    },
  }),
  route({
    method: 'POST',
    path: '/api/inspection/images/assembled',
    permission: 'inspection:image:store',
    summary: 'Make an image of files that were kept: one measurement at a low and a high energy',
    tag,
    body: Assembly,
    out: Image,
    successStatus: 201,
    handler: (x) => assembleImage(deps, askingOf(x), x.body),
  }),
]

const filters = {
  q: Type.Optional(Type.String({ maxLength: 70 })),
  subjectKind: Type.Optional(Subject.properties.kind),
  subjectId: Type.Optional(Subject.properties.id),
  scannerId: Type.Optional(NewImage.properties.scannerId),
  column: Type.Optional(Column),
  verdict: Type.Optional(Verdict),
}

const lists = (deps: InspectionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/images',
    permission: 'inspection:image:read',
    summary: 'Images of your offices, each with the newest finding',
    tag,
    query: listQuery(sortableImages, filters),
    out: pageOf(ImageRow),
    handler: async ({ query, principal }) =>
      answerList(query, await listImages(deps.sql, { offices: principal.offices, overseer: oversees(principal) }, query), 'images', [
        'id',
        'subjectKind',
        'subjectId',
        'item',
        'scannerId',
        'office',
        'takenAt',
        'receivedAt',
        'operator',
        'column',
        'modality',
        'widthPx',
        'heightPx',
        'verdict',
        'score',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id',
    permission: 'inspection:image:read',
    summary: 'One image: what is known of it, without its pixels',
    tag,
    params: Id,
    out: Image,
    handler: async ({ params, principal }) => {
      const image = await visibleImage(deps, principal, params.id)
      return image.ok && !oversees(principal) ? accept(undisclosed(image.value)) : image
    },
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/findings',
    permission: 'inspection:finding:read',
    summary: 'What models said of it, newest first; nothing to whoever still has to read it blind',
    tag,
    params: Id,
    out: Type.Array(StoredFinding),
    handler: async ({ params, principal }) => {
      const image = await visibleImage(deps, principal, params.id)
      if (!image.ok) return image
      return (await isWithheld(deps.sql, principal, params.id)) ? [] : listFindings(deps.sql, params.id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/inspection/images/:id/findings',
    permission: 'inspection:finding:request',
    summary: 'Have the detector look again; the finding comes by and by',
    tag,
    params: Id,
    out: Id,
    successStatus: 202,
    handler: async (x) => {
      const image = await visibleImage(deps, x.principal, x.params.id)
      return image.ok ? orderPass(deps, askingOf(x), x.params.id) : image
    },
  }),
  route({
    method: 'POST',
    path: '/api/inspection/images/:id/evidence',
    permission: 'inspection:image:bind',
    summary: 'Say that a decision with legal effect rests on this image; never on one with a projected threat',
    tag,
    params: Id,
    body: Type.Object({ decision: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
    out: Id,
    handler: async (x) => {
      const image = await visibleImage(deps, x.principal, x.params.id)
      return image.ok ? bindEvidence(deps, askingOf(x), image.value, x.body.decision) : image
    },
  }),
]

export const imageRoutes = (deps: InspectionDeps): Route[] => [...deliver(deps), ...deliverParts(deps), ...lists(deps)]
