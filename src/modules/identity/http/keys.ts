/** API keys: a person's machines act as the person, with some of the person's permissions, until a day. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { actorOf, once } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import type { Principal } from '#platform/permissions.ts'
import type { Static } from 'typebox'
import { stepUpIssues } from '../acting.ts'
import type { IdentityDeps } from '../deps.ts'
import { IdParams, KeyMade, KeyRow, MakeKey } from '../schema.ts'
import { endKeys, insertKey, listKeys } from '../store/session.ts'
import { apiKeyPrefix, newId, newToken, sha256 } from '../tokens.ts'
import { needsSession } from './session.ts'

const tag = 'identity'
const dayMs = 24 * 60 * 60 * 1000

const make = async (
  deps: IdentityDeps,
  p: Principal,
  key: string | null,
  at: string,
  body: Static<typeof MakeKey>,
): Promise<Outcome<Static<typeof KeyMade>>> => {
  const web = needsSession(p)
  if (!web.ok) return web
  const missing = stepUpIssues(p, at)
  if (missing.length > 0) return refuse(...missing)
  const beyond = body.scopes.map((scope, i) => ({ scope, i })).filter(({ scope }) => !p.permissions.has(scope))
  if (beyond.length > 0) return refuse(...beyond.map(({ scope, i }) => error('identity.key_scope', `/scopes/${i}`, { scope })))
  const id = newId(at)
  const endsAt = later(at, body.days * dayMs)
  let secret: string | null = null
  const done = await once(
    deps.sql,
    { key, actor: actorOf(p), name: 'api-key.make', subject: { kind: 'api-key', id }, creates: true, at },
    async (tx) => {
      secret = apiKeyPrefix + newToken()
      await insertKey(tx, { id, personId: p.personId, name: body.name, tokenHash: sha256(secret), scopes: body.scopes, at, endsAt })
      const event = { type: 'api-key.made', personId: p.personId, name: body.name, scopes: body.scopes, endsAt }
      return accept({ body: { payload: body, facts: { id }, events: [event] }, reply: { id } })
    },
  )
  return done.ok ? accept({ id: done.value.id, secret }) : done
}

export const keyRoutes = (deps: IdentityDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/keys',
    permission: 'signed-in',
    summary: 'One’s API keys',
    tag,
    out: Type.Array(KeyRow),
    handler: ({ principal }) => listKeys(deps.sql, principal.personId),
  }),
  route({
    method: 'POST',
    path: '/api/keys',
    permission: 'signed-in',
    summary: 'Make an API key (needs step-up); its secret is shown only now',
    tag,
    body: MakeKey,
    out: KeyMade,
    successStatus: 201,
    handler: ({ principal, key, now, body }) => make(deps, principal, key, now, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/keys/:id',
    permission: 'signed-in',
    summary: 'End an API key at once',
    tag,
    params: IdParams,
    handler: async ({ principal, key, now, params }) => {
      const done = await once(
        deps.sql,
        { key, actor: actorOf(principal), name: 'api-key.end', subject: { kind: 'api-key', id: params.id }, at: now },
        async (tx) => {
          const ended = await endKeys(tx, principal.personId, now, params.id)
          if (ended.length === 0) return refuse(error('identity.key_unknown'))
          return accept({ body: { payload: { id: params.id }, facts: {}, events: [{ type: 'api-key.ended' }] }, reply: { ended: true } })
        },
      )
      if (done.ok) deps.bus.announce({ topic: 'session', id: principal.personId, changed: true })
      return done
    },
  }),
]
