/** Routes of images: deliver, list, look at. */
import { Type, type Static } from 'typebox'
import { error } from '#kernel/issue.ts'
import { type Outcome, refuse } from '#kernel/outcome.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { bytesAtMost } from '../image/limits.ts'
import { formatNamed, formatOf } from '../image/formats/index.ts'
import { planeOf, previewOf } from '../image/views.ts'
import { StoredFinding, Verdict } from '../schema/finding.ts'
import { FileRole, Image, ImageRow, NewImage, Plane } from '../schema/image.ts'
import { Column, Item, itemOf, Subject } from '../schema/subject.ts'
import type { InspectionDeps } from '../service/deps.ts'
import { orderPass, storeImage, visibleImage } from '../service/images.ts'
import { originalOf, readImage } from '../service/views.ts'
import { listFindings, listImages, sortableImages } from '../store/images.ts'
import { askingOf, Id, tag } from './shared.ts'

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
      answerList(query, await listImages(deps.sql, principal.offices, query), 'images', [
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
    handler: ({ params, principal }) => visibleImage(deps, principal, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/findings',
    permission: 'inspection:finding:read',
    summary: 'What models said of it, newest first',
    tag,
    params: Id,
    out: Type.Array(StoredFinding),
    handler: async ({ params, principal }) => {
      const image = await visibleImage(deps, principal, params.id)
      return image.ok ? listFindings(deps.sql, params.id) : image
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
]

const pixels = (deps: InspectionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/original',
    permission: 'inspection:image:read',
    summary: 'The file as it was delivered, its hash verified',
    tag,
    params: Id,
    query: Type.Object({ role: Type.Optional(FileRole) }, closed),
    handler: async ({ params, query, principal, reply }) => {
      const image = await visibleImage(deps, principal, params.id)
      if (!image.ok) return image
      const file = query.role ? image.value.files.find((f) => f.role === query.role) : image.value.files[0]
      if (!file) return refuse(error('inspection.plane_absent', '/role', { plane: query.role ?? '' }))
      reply.header('x-content-sha256', file.sha256)
      return raw(formatNamed(file.format)!.contentType, await originalOf(deps, file.sha256), `${params.id}-${file.role}.${file.format}`)
    },
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/preview',
    permission: 'inspection:image:read',
    summary: 'A JPEG for people',
    tag,
    params: Id,
    query: Type.Object({ side: Type.Integer({ minimum: 32, maximum: 2048, default: 320 }) }, closed),
    handler: async ({ params, query, principal, reply }) => {
      const image = await visibleImage(deps, principal, params.id)
      if (!image.ok) return image
      const reading = await readImage(deps, image.value)
      if (!reading.ok) return reading
      // Originals never change, so neither does what is made of them.
      reply.header('cache-control', 'private, max-age=86400')
      return raw('image/jpeg', await previewOf(reading.value.scan, query.side))
    },
  }),
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/raw',
    permission: 'inspection:image:read',
    summary: 'Samples of one plane, little-endian, rows from the top; headers x-image-width, -height, -slices, -depth (bits), -channels',
    tag,
    params: Id,
    query: Type.Object({ plane: Plane }, closed),
    handler: async ({ params, query, principal, reply }) => {
      const image = await visibleImage(deps, principal, params.id)
      if (!image.ok) return image
      const reading = await readImage(deps, image.value)
      const plane = reading.ok ? planeOf(reading.value.scan, query.plane) : reading
      if (!plane.ok) return plane
      const { width, height, slices, depthBits, channels, bytes } = plane.value
      reply.headers({
        'cache-control': 'private, max-age=86400',
        'x-image-width': width,
        'x-image-height': height,
        'x-image-slices': slices,
        'x-image-depth': depthBits,
        'x-image-channels': channels,
      })
      return raw('application/octet-stream', bytes)
    },
  }),
]

export const imageRoutes = (deps: InspectionDeps): Route[] => [...deliver(deps), ...lists(deps), ...pixels(deps)]
