/** Routes of incident cases and of response units. */
import { Type, type TSchema } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { sha256Of } from '#platform/files.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { officeAllowed, type Principal, type Required } from '#platform/permissions.ts'
import { uuidPattern } from '#kernel/ids.ts'
import { askingOf } from '#platform/command.ts'
import { offencesOf } from '#modules/risk'
import {
  AddFile,
  AddNote,
  AddPenalty,
  CloseIncident,
  Incident,
  NearUnit,
  Offence,
  OpenIncident,
  SendUnit,
  Unit,
  UnitNow,
  UnitProgress,
  type Evidence,
} from '../schema/incident.ts'
import type { SupervisionDeps } from '../service/deps.ts'
import { type Asked, commandIncident, openIncident, unitsFor } from '../service/incidents.ts'
import { endUnit, keepUnit } from '../service/registry.ts'
import { mayWorkOn } from '../service/trips.ts'
import { findIncident, listIncidents, listUnits, sortableIncidents } from '../store/incidents.ts'
import { findTrip } from '../store/trips.ts'
import { Done, Id, Name, tag } from './shared.ts'

const read: Required = 'supervision:trip:read'
const work = 'supervision:incident:work' as const
const lead = 'supervision:incident:lead' as const

const found = async (deps: SupervisionDeps, id: string, principal: Principal): Promise<Incident | null> => {
  const incident = await findIncident(deps.sql, id)
  return incident && mayWorkOn(principal, incident) ? incident : null
}
const unknown = (id: string) => refuse(error('supervision.incident_unknown', '/id', { id }))

/** What may be shown in a browser as it is; everything else is handed over as a file. */
const pictures: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

const reading = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/incidents',
    permission: read,
    summary: 'Cases of trips that begin or end at one of your offices',
    tag,
    query: listQuery(sortableIncidents, {
      status: Type.Optional(Incident.properties.status),
      tripId: Type.Optional(Type.String({ pattern: uuidPattern })),
    }),
    out: pageOf(Incident),
    handler: async ({ query, principal }) =>
      answerList(query, await listIncidents(deps.sql, principal.offices, query), 'incidents', [
        'number',
        'reference',
        'severity',
        'status',
        'carrier',
        'openedAt',
        'dueAt',
        'level',
        'summary',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/incidents/:id',
    permission: read,
    summary: 'One case',
    tag,
    params: Id,
    out: Incident,
    handler: async ({ params, principal }) => (await found(deps, params.id, principal)) ?? unknown(params.id),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/incidents/:id/units',
    permission: read,
    summary: 'Response units by their way to the case over the corridor, the nearest first',
    tag,
    params: Id,
    out: Type.Array(NearUnit),
    handler: async ({ params, principal }) => {
      const incident = await found(deps, params.id, principal)
      const trip = incident && (await findTrip(deps.sql, incident.tripId))
      return trip ? accept(await unitsFor(deps.sql, incident, trip)) : unknown(params.id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/supervision/incidents/:id/offences',
    permission: lead,
    summary: 'What is known against the carrier from before',
    tag,
    params: Id,
    out: Type.Array(Offence),
    handler: async ({ params, principal }) => {
      const incident = await found(deps, params.id, principal)
      if (!incident) return unknown(params.id)
      if (incident.carrier === null) return accept([])
      const known = await offencesOf(deps.sql, { kind: 'carrier', id: incident.carrier })
      return accept(known.map(({ reference, kind, weight, amount, at }) => ({ reference, kind, weight, amount, at })))
    },
  }),
  route({
    method: 'GET',
    path: '/api/supervision/incidents/:id/files/:sha256',
    permission: read,
    summary: 'A file of the evidence, as it was stored',
    tag,
    params: Type.Object({ id: Type.String({ pattern: uuidPattern }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
    handler: async ({ params, principal, reply }) => {
      const incident = await found(deps, params.id, principal)
      const file = incident?.evidence.find((e) => e.file?.sha256 === params.sha256)?.file
      const bytes = file ? await deps.files?.read(params.sha256) : null
      if (!file || !bytes) return unknown(params.id)
      void reply.header('x-content-type-options', 'nosniff')
      const shown = pictures.includes(file.mediaType)
      return shown ? raw(file.mediaType, bytes) : raw('application/octet-stream', bytes, file.name)
    },
  }),
]

const open = (deps: SupervisionDeps): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/incidents',
    permission: lead,
    summary: 'Open a case on a trip: its open alarms are taken in, the trip is halted',
    tag,
    body: OpenIncident,
    out: Incident,
    successStatus: 201,
    handler: (x) => openIncident(deps, askingOf(x), x.body),
  })

/** A file is stored by its content first; the case then names its hash. */
const stored = async (
  { files }: SupervisionDeps,
  file: { name: string; mediaType: string; content: string },
): Promise<Outcome<NonNullable<Evidence['file']>>> => {
  const bytes = Buffer.from(file.content, 'base64')
  if (!files) return refuse(error('supervision.files_off'))
  await files.put(bytes)
  return accept({ name: file.name, mediaType: file.mediaType, bytes: bytes.length, sha256: sha256Of(bytes) })
}

const acting = (deps: SupervisionDeps): Route[] => {
  const act = <B extends TSchema>(
    path: string,
    permission: Required,
    summary: string,
    body: B,
    ask: (given: never) => Asked | Promise<Outcome<Asked>>,
  ): Route =>
    route({
      method: 'POST',
      path: `/api/supervision/incidents/:id/${path}`,
      permission,
      summary,
      tag,
      params: Id,
      body,
      out: Incident,
      handler: async (x) => {
        if (!(await found(deps, x.params.id, x.principal))) return unknown(x.params.id)
        const asked = await ask(x.body as never)
        if (!('ok' in asked)) return commandIncident(deps, askingOf(x), x.params.id, asked)
        return asked.ok ? commandIncident(deps, askingOf(x), x.params.id, asked.value) : asked
      },
    })
  return [
    act('notes', work, 'Write down what was seen', AddNote, ({ text }: { text: string }) => ({ name: 'add', evidence: { text, file: null } })),
    act('files', work, 'Add a photo or another file', AddFile, async (given: { text: string; name: string; mediaType: string; content: string }) => {
      const file = await stored(deps, given)
      return file.ok ? accept<Asked>({ name: 'add', evidence: { text: given.text, file: file.value } }) : file
    }),
    act('dispatches', lead, 'Send a response unit', SendUnit, ({ unitId }: { unitId: string }) => ({ name: 'send', unitId })),
    act(
      'progress',
      work,
      'The unit has accepted, is on the scene, or is done',
      UnitProgress,
      (p: { unitId: string; state: 'accepted' | 'onScene' | 'closed' }) => ({
        name: 'progress',
        ...p,
      }),
    ),
    act(
      'penalties',
      lead,
      'Fine the carrier; risk hears of it',
      AddPenalty,
      (penalty: { law: string; grounds: string; amount: { minor: number; currency: string }; weight: number }) => ({
        name: 'penalise',
        penalty,
      }),
    ),
    act(
      'close',
      lead,
      'End the case: the trip goes on, or its goods are seized or lost',
      CloseIncident,
      (c: { decision: 'recovered'; text: string }) => ({
        name: 'close',
        ...c,
      }),
    ),
  ]
}

const units = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/units',
    permission: read,
    summary: 'Response units, where they are and whether they are free',
    tag,
    out: Type.Array(UnitNow),
    handler: () => listUnits(deps.sql),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/units',
    permission: work,
    summary: 'Add a response unit of an office, or change it: its duty, its place',
    tag,
    body: Unit,
    out: Done,
    handler: async (x) =>
      officeAllowed(x.principal, x.body.office, work)
        ? keepUnit(deps, askingOf(x), x.body)
        : refuse(error('access.denied', '/office', { permission: work })),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/units/:id/retire',
    permission: work,
    summary: 'Take a response unit off the list; one that is under way stays',
    tag,
    params: Name,
    body: Type.Object({}, { additionalProperties: false }),
    out: Done,
    handler: (x) => endUnit(deps, askingOf(x), x.params.id),
  }),
]

export const incidentRoutes = (deps: SupervisionDeps): Route[] => [...reading(deps), open(deps), ...acting(deps), ...units(deps)]
