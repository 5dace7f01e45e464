/** Routes of authorised economic operators. */
import { Type } from 'typebox'
import { uuidPattern } from '#kernel/ids.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { findParties } from '#modules/identity'
import { Authorisation, AuthorisationRow, ProposeAuthorisation, type AuthorisationCommandName } from './schema.ts'
import { commandAuthorisation, proposeAuthorisation } from './service/authorisations.ts'
import { listAuthorisations } from './store.ts'

const tag = 'compliance'
const closed = { additionalProperties: false } as const
const Id = Type.Object({ id: Type.String({ pattern: uuidPattern }) })
const Reason = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000 }) }, closed)

const commands: readonly { name: AuthorisationCommandName; permission: `${string}:${string}:${string}`; summary: string }[] = [
  { name: 'approve', permission: 'compliance:authorisation:approve', summary: 'Agree to what waits: the grant, the resumption or the end' },
  { name: 'reject', permission: 'compliance:authorisation:approve', summary: 'Reject what waits; what was granted stays' },
  { name: 'suspend', permission: 'compliance:authorisation:propose', summary: 'Suspend at once' },
  { name: 'ask-resume', permission: 'compliance:authorisation:propose', summary: 'Propose to end a suspension; another person must approve it' },
  { name: 'ask-revoke', permission: 'compliance:authorisation:propose', summary: 'Propose to revoke for good; another person must approve it' },
]

export const routes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/compliance/authorisations',
    permission: 'compliance:authorisation:read',
    summary: 'Authorised economic operators; what waits for a second person first',
    tag,
    query: Type.Object({ holder: Type.Optional(Authorisation.properties.holder) }, closed),
    out: Type.Array(AuthorisationRow),
    handler: async ({ query }) => {
      const found = await listAuthorisations(deps.sql, query.holder)
      const parties = await findParties(deps.sql, [...new Set(found.map((a) => a.holder))])
      return found.map((a) => ({ ...a, holderName: parties.get(a.holder)?.name ?? null }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/compliance/authorisations',
    permission: 'compliance:authorisation:propose',
    summary: 'Propose to authorise an operator; another person must approve it',
    tag,
    body: ProposeAuthorisation,
    out: Authorisation,
    successStatus: 201,
    handler: (x) => proposeAuthorisation(deps, askingOf(x), x.body),
  }),
  ...commands.map(({ name, permission, summary }) =>
    route({
      method: 'POST',
      path: `/api/compliance/authorisations/:id/${name}`,
      permission,
      summary,
      tag,
      params: Id,
      body: Reason,
      out: Authorisation,
      handler: (x) => commandAuthorisation(deps, askingOf(x), x.params.id, { name, reason: x.body.reason }),
    }),
  ),
]
