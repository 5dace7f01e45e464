/** The register of operators and authorities: administration, one's own entry, and the public look-up. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { Tx } from '#platform/database.ts'
import { route, type Context, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Required } from '#platform/permissions.ts'
import type { IdentityDeps } from '../deps.ts'
import { decideOrganisation, evolveOrganisation, type OrganisationCommand, type OrganisationEvent, type OrganisationFacts } from '../organisation.ts'
import { registrationFor } from '../registration.ts'
import {
  ChangeContact,
  ChangeOrganisation,
  IdParams,
  Organisation,
  OrganisationFound,
  OrganisationKind,
  OrganisationStatus,
  Register,
  WithReason,
} from '../schema.ts'
import { act } from '../store/act.ts'
import {
  findOrganisations,
  highestSerial,
  listOrganisations,
  lockOrganisation,
  organisationSortable,
  peopleOf,
  readOrganisation,
  saveOrganisation,
} from '../store/organisation.ts'
import { newId } from '../tokens.ts'

const tag = 'organisations'
const manage: Required = 'identity:organisation:manage'
const own: Required = 'identity:organisation:manage-own'
type At = Pick<Context<undefined, undefined, unknown>, 'principal' | 'key' | 'now'>

const gather = async (tx: Tx, at: string, command: OrganisationCommand): Promise<OrganisationFacts> => {
  if (command.type !== 'organisation.register') return { at, registration: '', registrationTaken: false }
  const registration = registrationFor((await highestSerial(tx)) + 1)
  return {
    at,
    registration,
    registrationTaken: (await readOrganisation(tx, { registration: command.register.registration ?? registration })) !== null,
  }
}

const change = async (deps: IdentityDeps, x: At, id: string, command: OrganisationCommand): Promise<Outcome<Organisation>> => {
  const done = await act<Organisation, OrganisationCommand, OrganisationFacts, OrganisationEvent, Organisation>(deps.sql, {
    principal: x.principal,
    key: x.key,
    at: x.now,
    subject: { kind: 'organisation', id },
    creates: command.type === 'organisation.register',
    command,
    read: (tx) => lockOrganisation(tx, id),
    facts: (tx) => gather(tx, x.now, command),
    decide: decideOrganisation,
    evolve: evolveOrganisation,
    save: saveOrganisation,
    reply: (o) => o,
  })
  if (done.ok) deps.bus.announce({ topic: 'session', id, organisationId: id, changed: true })
  return done
}

const found = <T>(value: T | null): Outcome<T> => (value === null ? refuse(error('identity.organisation_unknown')) : accept(value))

const query = listQuery(organisationSortable, {
  q: Type.Optional(Type.String({ maxLength: 100, description: 'in name, number or city' })),
  kind: Type.Optional(OrganisationKind),
  status: Type.Optional(OrganisationStatus),
})
const LookUp = Type.Object(
  { q: Type.String({ minLength: 1, maxLength: 100 }), limit: Type.Integer({ minimum: 1, maximum: 50, default: 20 }) },
  { additionalProperties: false },
)
const Colleague = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String(), status: Type.String() })

const reading = (deps: IdentityDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/organisations',
    permission: manage,
    summary: 'The register',
    tag,
    query,
    out: pageOf(Organisation),
    handler: async (x) =>
      answerList(x.query, await listOrganisations(deps.sql, x.query), 'organisations', [
        'registration',
        'name',
        'kinds',
        'street',
        'city',
        'postcode',
        'country',
        'email',
        'status',
        'registeredAt',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/organisations/search',
    permission: 'signed-in',
    summary: 'Look an operator up by number or name',
    tag,
    query: LookUp,
    out: Type.Array(OrganisationFound),
    handler: (x) => findOrganisations(deps.sql, x.query.q, x.query.limit),
  }),
  route({
    method: 'GET',
    path: '/api/organisations/own',
    permission: own,
    summary: 'One’s own organisation and its people',
    tag,
    out: Type.Object({ organisation: Organisation, people: Type.Array(Colleague) }),
    handler: async ({ principal }) => {
      const organisation = principal.organisationId === null ? null : await readOrganisation(deps.sql, { id: principal.organisationId })
      return organisation ? accept({ organisation, people: await peopleOf(deps.sql, organisation.id) }) : found(null)
    },
  }),
  route({
    method: 'GET',
    path: '/api/organisations/:id',
    permission: manage,
    summary: 'One entry of the register',
    tag,
    params: IdParams,
    out: Organisation,
    handler: async ({ params }) => found(await readOrganisation(deps.sql, { id: params.id })),
  }),
]

const byReason = (deps: IdentityDeps, verb: 'suspend' | 'resume' | 'end', summary: string): Route =>
  route({
    method: 'POST',
    path: `/api/organisations/:id/${verb}`,
    permission: manage,
    summary,
    tag,
    params: IdParams,
    body: WithReason,
    out: Organisation,
    handler: (x) => change(deps, x, x.params.id, { type: `organisation.${verb}`, reason: x.body.reason }),
  })

export const organisationRoutes = (deps: IdentityDeps): Route[] => [
  ...reading(deps),
  route({
    method: 'POST',
    path: '/api/organisations',
    permission: manage,
    summary: 'Register an operator; without a number of its own it gets the next one',
    tag,
    body: Register,
    out: Organisation,
    successStatus: 201,
    handler: async (x) => {
      const id = newId(x.now)
      return change(deps, x, id, { type: 'organisation.register', id, register: x.body })
    },
  }),
  route({
    method: 'PUT',
    path: '/api/organisations/own',
    permission: own,
    summary: 'Change one’s own address',
    tag,
    body: ChangeContact,
    out: Organisation,
    handler: async (x) =>
      x.principal.organisationId === null
        ? found<Organisation>(null)
        : change(deps, x, x.principal.organisationId, { type: 'organisation.change', fields: x.body }),
  }),
  route({
    method: 'PUT',
    path: '/api/organisations/:id',
    permission: manage,
    summary: 'Change an entry',
    tag,
    params: IdParams,
    body: ChangeOrganisation,
    out: Organisation,
    handler: (x) => change(deps, x, x.params.id, { type: 'organisation.change', fields: x.body }),
  }),
  byReason(deps, 'suspend', 'Suspend: what it has runs on, nothing new is accepted'),
  byReason(deps, 'resume', 'Resume after a suspension'),
  byReason(deps, 'end', 'End: its people can no longer act for it, its mandates no longer count'),
]
