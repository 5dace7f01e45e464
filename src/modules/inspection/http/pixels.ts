/** Routes of what is seen of an image: the original, a picture for people, planes for the workstation, the envelope for others. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { writeDicom } from '../image/formats/dicom-write.ts'
import { formatNamed } from '../image/formats/index.ts'
import { FileRole, Plane } from '../schema/image.ts'
import type { InspectionDeps } from '../service/deps.ts'
import { visibleImage } from '../service/images.ts'
import { originalOf, previewFor, readImage, readPlane } from '../service/views.ts'
import { Id, tag } from './shared.ts'

const closed = { additionalProperties: false } as const

export const pixelRoutes = (deps: InspectionDeps): Route[] => [
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
      // Originals never change, so neither does what is made of them.
      reply.header('cache-control', 'private, max-age=86400')
      return raw('image/jpeg', await previewFor(deps, image.value, query.side))
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
      const plane = await readPlane(deps, image.value, query.plane)
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
  route({
    method: 'GET',
    path: '/api/inspection/images/:id/dicom',
    permission: 'inspection:image:read',
    summary: 'The measurement in the envelope of DICOS (NEMA IIC 1); unverified against a vendor’s reader',
    tag,
    params: Id,
    handler: async ({ params, principal }) => {
      const image = await visibleImage(deps, principal, params.id)
      if (!image.ok) return image
      const reading = await readImage(deps, image.value)
      if (!reading.ok) return reading
      const { id, takenAt, scannerId, sidecar } = image.value
      const written = await writeDicom(reading.value.scan, { id, takenAt, scanner: scannerId, mmPerPx: sidecar.mmPerPx ?? null })
      return written.ok ? raw('application/dicom', Buffer.from(written.value), `${id}.dcm`) : written
    },
  }),
]
