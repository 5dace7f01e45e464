/** Administration of people: invite, give and take roles, end. */
import { Type, type Static } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { route, type Context, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Principal, Required } from '#platform/permissions.ts'
import { stepUpIssues } from '../acting.ts'
import { today, type IdentityDeps } from '../deps.ts'
import type { PersonCommand } from '../person.ts'
import { roleNames, roles } from '../roles.ts'
import {
  Grant,
  HomeOffice,
  Id,
  IdParams,
  Invite,
  Invited,
  OfficeCode,
  PersonRow,
  PersonStatus,
  PersonView,
  Role,
  RoleParams,
  WithReason,
} from '../schema.ts'
import { saveInvitation } from '../store/credential.ts'
import { listPeople, personSortable, viewPerson } from '../store/person.ts'
import { newId, newToken, sha256 } from '../tokens.ts'
import { idleMs } from './authenticate.ts'
import { changePerson } from './change-person.ts'

const tag = 'people'
const permission: Required = 'identity:person:manage'
const invitationMs = 7 * 24 * 60 * 60 * 1000

type At = Pick<Context<undefined, undefined, unknown>, 'principal' | 'key' | 'now'>
type Sent = Static<typeof Invited>

const proven = (p: Principal, now: string): Outcome<null> => {
  const missing = stepUpIssues(p, now)
  return missing.length > 0 ? refuse(...missing) : accept(null)
}

/** A command after which the person sets a new password by a link; the link is answered once and kept only as a hash. */
const withLink = async (deps: IdentityDeps, x: At, id: string, command: PersonCommand): Promise<Outcome<Sent>> => {
  const may = proven(x.principal, x.now)
  if (!may.ok) return may
  const endsAt = later(x.now, invitationMs)
  let token: string | null = null
  const done = await changePerson(deps, {
    principal: x.principal,
    key: x.key,
    at: x.now,
    id,
    command,
    also: async (tx) => {
      token = newToken()
      await saveInvitation(tx, id, sha256(token), endsAt)
    },
  })
  // Behind the # it reaches no server's log.
  return done.ok ? accept({ id: done.value.id, link: token && `/invitation#${token}`, endsAt }) : done
}

const peopleQuery = listQuery(personSortable, {
  q: Type.Optional(Type.String({ maxLength: 100, description: 'in name, address or organisation' })),
  role: Type.Optional(Role),
  office: Type.Optional(OfficeCode),
  status: Type.Optional(PersonStatus),
  organisationId: Type.Optional(Id),
})

const RoleView = Type.Object({
  role: Role,
  label: Type.String(),
  scope: Type.String(),
  permissions: Type.Array(Type.String()),
  excludes: Type.Array(Type.String()),
})

const reading = (deps: IdentityDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/people',
    permission,
    summary: 'People with the roles they hold today',
    tag,
    query: peopleQuery,
    out: pageOf(PersonRow),
    handler: async ({ query, now }) =>
      answerList(query, await listPeople(deps.sql, query, today(deps, now)), 'people', [
        'name',
        'email',
        'status',
        'organisation',
        'homeOffice',
        'roles',
        'totp',
        'lastSeenAt',
        'joinedAt',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/people/:id',
    permission,
    summary: 'One person: roles past, present and to come, sessions, keys',
    tag,
    params: IdParams,
    out: PersonView,
    handler: async ({ params, now }) => {
      const found = await viewPerson(deps.sql, params.id, now, later(now, -idleMs))
      return found ? accept(found) : refuse(error('identity.person_unknown'))
    },
  }),
  route({
    method: 'GET',
    path: '/api/roles',
    permission: 'signed-in',
    summary: 'What each role permits and excludes',
    tag,
    out: Type.Array(RoleView),
    handler: async () => roleNames.map((role) => ({ role, ...roles[role] })),
  }),
]

const changing = (deps: IdentityDeps): Route[] => [
  route({
    method: 'POST',
    path: '/api/people',
    permission,
    summary: 'Invite somebody (needs step-up); the link is shown only now',
    tag,
    body: Invite,
    out: Invited,
    successStatus: 201,
    handler: async (x) => {
      const id = newId(x.now)
      return withLink(deps, x, id, { type: 'person.invite', id, invite: x.body })
    },
  }),
  route({
    method: 'POST',
    path: '/api/people/:id/reset',
    permission,
    summary: 'Withdraw password and generator and send a new link (needs step-up)',
    tag,
    params: IdParams,
    body: WithReason,
    out: Invited,
    handler: (x) => withLink(deps, x, x.params.id, { type: 'person.withdraw-credentials', reason: x.body.reason }),
  }),
  route({
    method: 'POST',
    path: '/api/people/:id/end',
    permission,
    summary: 'A leaver: sessions and keys end at once',
    tag,
    params: IdParams,
    body: WithReason,
    handler: ({ principal, key, now, params, body }) =>
      changePerson(deps, { principal, key, at: now, id: params.id, command: { type: 'person.end', reason: body.reason } }),
  }),
  route({
    method: 'POST',
    path: '/api/people/:id/roles',
    permission,
    summary: 'Give a role (needs step-up)',
    tag,
    params: IdParams,
    body: Grant,
    successStatus: 201,
    handler: async ({ principal, key, now, params, body }) => {
      const may = proven(principal, now)
      return may.ok ? changePerson(deps, { principal, key, at: now, id: params.id, command: { type: 'person.grant-role', grant: body } }) : may
    },
  }),
  route({
    method: 'POST',
    path: '/api/people/:id/roles/:assignment/end',
    permission,
    summary: 'Take a role away at once',
    tag,
    params: RoleParams,
    body: WithReason,
    handler: ({ principal, key, now, params, body }) =>
      changePerson(deps, {
        principal,
        key,
        at: now,
        id: params.id,
        command: { type: 'person.end-role', assignment: params.assignment, reason: body.reason },
      }),
  }),
  route({
    method: 'PUT',
    path: '/api/people/:id/office',
    permission,
    summary: 'Set the home office',
    tag,
    params: IdParams,
    body: HomeOffice,
    handler: ({ principal, key, now, params, body }) =>
      changePerson(deps, { principal, key, at: now, id: params.id, command: { type: 'person.set-home-office', office: body.office } }),
  }),
]

export const peopleRoutes = (deps: IdentityDeps): Route[] => [...reading(deps), ...changing(deps)]
