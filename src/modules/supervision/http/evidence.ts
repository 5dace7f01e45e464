/** Routes of evidence files. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { EvidenceIssued, Signature } from '../schema/evidence.ts'
import type { SupervisionDeps } from '../service/deps.ts'
import { issueEvidence, readEvidence, signaturesOf } from '../service/evidence.ts'
import { Id, tag } from './shared.ts'

export const evidenceRoutes = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id/signatures',
    permission: 'supervision:trip:read',
    summary: 'Who decided what of a trip, with the hash of each entry of its journal',
    tag,
    params: Id,
    out: Type.Array(Signature),
    handler: async ({ params, principal }) =>
      (await signaturesOf(deps.sql, principal, params.id)) ?? refuse(error('supervision.trip_unknown', '/id', params)),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/trips/:id/evidence',
    permission: 'supervision:incident:work',
    summary: 'Put the evidence of a trip together; the journal holds its hash from then on',
    tag,
    params: Id,
    body: Type.Object({}, { additionalProperties: false }),
    out: EvidenceIssued,
    successStatus: 201,
    handler: (x) => issueEvidence(deps, askingOf(x), x.params.id),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id/evidence/:sha256',
    permission: 'supervision:trip:read',
    summary: 'An evidence file that was issued, with the chain of the journal that signs it; `audit evidence FILE` proves it',
    tag,
    params: Type.Object({ id: Type.String({ pattern: uuidPattern }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
    handler: async (x) => {
      const file = await readEvidence(deps, askingOf(x), x.params.id, x.params.sha256)
      if (!file) return refuse(error('supervision.trip_unknown', '/id', { id: x.params.id }))
      return raw('application/json; charset=utf-8', JSON.stringify(file), `evidence-${file.body.trip.reference}.json`)
    },
  }),
]
