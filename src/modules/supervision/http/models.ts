/** Routes of device models: which there are, their certificates, and a run of conformance. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { protocolOf } from '../protocols/index.ts'
import { Capture, Certificate, DeviceModelRow } from '../schema/certificate.ts'
import { capturesOf, certifyModel } from '../service/conformance.ts'
import { listCertificates, listModels } from '../store/models.ts'
import { tag } from './shared.ts'

const name = Type.String({ minLength: 1, maxLength: 100 })
const key = { vendor: name, model: name, protocol: Type.String({ minLength: 1, maxLength: 20 }) }
const closed = { additionalProperties: false } as const

export const modelRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/models',
    permission: 'supervision:device:read',
    summary: 'Models of seals and vehicle units, and which of them are certified',
    tag,
    out: Type.Array(DeviceModelRow),
    handler: async () => (await listModels(deps.sql)).map((m) => ({ ...m, title: protocolOf(m.protocol)?.title ?? m.protocol })),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/models/certificates',
    permission: 'supervision:device:read',
    summary: 'Conformance runs of a model, the newest first, and the captures that a run will use',
    tag,
    query: Type.Object(key, closed),
    out: Type.Object({ certificates: Type.Array(Certificate), captures: Type.Array(Capture) }, closed),
    handler: async ({ query }) => ({ certificates: await listCertificates(deps.sql, query), captures: capturesOf(query.protocol) }),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/models/certificates',
    permission: 'supervision:model:certify',
    summary: 'Run a model’s captures through decoder, answers and broken streams, and keep the certificate',
    tag,
    body: Type.Object({ ...key, captures: Type.Optional(Type.Array(Capture, { maxItems: 500 })) }, closed),
    out: Certificate,
    successStatus: 201,
    handler: (x) => {
      const { captures = [], ...model } = x.body
      return certifyModel(deps, askingOf(x), model, captures)
    },
  }),
]
