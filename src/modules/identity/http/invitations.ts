/** The other end of an invitation: look who it is for, set a password, be signed in. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import type { IdentityDeps } from '../deps.ts'
import { today } from '../deps.ts'
import { hashPassword, minimumLength, passwordIssues } from '../password.ts'
import { principalOf } from '../principal.ts'
import { AcceptInvitation, SessionView } from '../schema.ts'
import { findInvitation, savePassword, takeInvitation } from '../store/credential.ts'
import { readPerson } from '../store/person.ts'
import { sha256 } from '../tokens.ts'
import { changePerson } from './change-person.ts'
import { fromOf, welcome } from './session.ts'
import { startSession } from './sign-in.ts'

const tag = 'people'
const over = () => refuse(error('identity.invitation_over', '/token'))
const Token = Type.Object({ token: AcceptInvitation.properties.token }, { additionalProperties: false })

const invitedBy = async (deps: IdentityDeps, token: string, now: string) => {
  const id = await findInvitation(deps.sql, sha256(token), now)
  const person = id ? await readPerson(deps.sql, id) : null
  return person?.status === 'invited' ? person : null
}

export const invitationRoutes = (deps: IdentityDeps): Route[] => [
  route({
    method: 'POST',
    path: '/api/invitations/look',
    permission: 'public',
    summary: 'Whom an invitation is for',
    tag,
    command: false,
    body: Token,
    out: Type.Object({ name: Type.String(), email: Type.String(), minimumLength: Type.Integer() }),
    handler: async ({ body, now }) => {
      const person = await invitedBy(deps, body.token, now)
      return person ? accept({ name: person.name, email: person.email, minimumLength }) : over()
    },
  }),
  route({
    method: 'POST',
    path: '/api/invitations/accept',
    permission: 'public',
    summary: 'Set a password and be signed in; an invitation works once',
    tag,
    command: false,
    body: AcceptInvitation,
    out: SessionView,
    handler: async ({ body, now, maybePrincipal, request, reply }) => {
      const person = await invitedBy(deps, body.token, now)
      if (!person) return over()
      const flaws = passwordIssues(body.password, '/password', person)
      if (flaws.length > 0) return refuse(...flaws)
      const hash = await hashPassword(body.password)
      const standing = {
        personId: person.id,
        name: person.name,
        email: person.email,
        language: person.language,
        homeOffice: person.homeOffice,
        organisation: null,
        roles: [],
        mandates: [],
      }
      const principal = principalOf(standing, { sessionId: '', channel: 'web', office: null, steppedUpUntil: null })
      const done = await changePerson(deps, {
        principal,
        key: null,
        at: now,
        id: person.id,
        command: { type: 'person.activate' },
        also: async (tx) => {
          // The person's row is locked, so of two at once the second finds it active and is refused before this.
          if (!(await takeInvitation(tx, sha256(body.token)))) throw new Error('an invitation was taken twice')
          await savePassword(tx, person.id, hash, now)
        },
      })
      if (!done.ok) return over()
      const started = await startSession(deps, person.id, `invitation of ${today(deps, person.joinedAt)}`, fromOf(request))
      return started ? welcome(deps, started, maybePrincipal, request, reply) : over()
    },
  }),
]
