/** Signing in and out, stepping up, and what the shell needs to know of whoever is signed in. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { actorOf, once } from '#platform/command.ts'
import { inTransaction } from '#platform/database.ts'
import { route, type Route } from '#platform/http.ts'
import { record } from '#platform/journal.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import { absoluteMs, cookieValue, deviceCookie, idleMs, sessionCookie, tokenOf, userAgentOf } from './authenticate.ts'
import { today, type IdentityDeps } from '../deps.ts'
import { checkPassword } from '../password.ts'
import { ChooseOffice, DeviceRow, IdParams, SessionView, SignIn, StepUp } from '../schema.ts'
import { viewOf } from './session-view.ts'
import { beginAttempt, signIn, takeSecondFactor, type From, type Started } from './sign-in.ts'
import { findAccount } from '../store/credential.ts'
import { endSessions, findSession, listSessions, setOffice, setStepUp, type OpenSession } from '../store/session.ts'
import { sha256, tokenPattern } from '../tokens.ts'

const steppedUpMs = 10 * 60 * 1000
const deviceSeconds = 400 * 24 * 60 * 60
const tag = 'identity'

export const fromOf = (request: FastifyRequest): From => {
  const device = request.cookies[deviceCookie] ?? ''
  return { address: request.ip, userAgent: userAgentOf(request), deviceToken: tokenPattern.test(device) ? device : '' }
}

const cookieOptions = (deps: IdentityDeps, request: FastifyRequest) =>
  // In the demo the administration answers on plain http at this machine's own address; elsewhere a session never travels unencrypted.
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' || !deps.config.demo }) as const

const readOpen = (deps: IdentityDeps, token: string): Promise<OpenSession | null> => {
  const now = deps.clock()
  return findSession(deps.sql, sha256(token), now, later(now, -idleMs), today(deps, now))
}

/** Sets the cookies of a session just begun and answers its view. An earlier session of the same browser ends. */
export const welcome = async (
  deps: IdentityDeps,
  started: Started,
  before: Principal | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Outcome<SessionView>> => {
  if (before?.channel === 'web') await leave(deps, before)
  const options = cookieOptions(deps, request)
  void reply.setCookie(sessionCookie, started.token, { ...options, maxAge: absoluteMs / 1000 })
  void reply.setCookie(deviceCookie, started.deviceToken, { ...options, maxAge: deviceSeconds })
  const open = await readOpen(deps, started.token)
  return open ? accept(await viewOf(deps, open)) : refuse(error('identity.credentials_wrong'))
}

const leave = async (deps: IdentityDeps, p: Principal): Promise<void> => {
  const at = deps.clock()
  await inTransaction(deps.sql, async (tx) => {
    const ended = await endSessions(tx, p.personId, at, { only: p.sessionId })
    if (ended.length === 0) return
    await record(
      tx,
      { kind: 'session', id: p.sessionId },
      { command: 'session.end', actor: actorOf(p), body: { payload: {}, facts: {}, events: [{ type: 'session.ended', why: 'signed-out' }] }, at },
    )
  })
  deps.bus.announce({ topic: 'session', id: p.personId, sessionIds: [p.sessionId], ended: true })
}

/** Refuses what only a person at a browser may do, not a machine with a key. */
export const needsSession = (p: Principal): Outcome<null> => (p.channel === 'web' ? accept(null) : refuse(error('identity.session_needed')))

const withRetryAfter = <T>(outcome: Outcome<T>, reply: FastifyReply): Outcome<T> => {
  const seconds = outcome.issues.find((i) => i.code === 'identity.too_many_attempts')?.params?.seconds
  if (seconds !== undefined) void reply.header('retry-after', String(seconds))
  return outcome
}

/** Proves the person of a session anew: password or second factor. Counted like a sign-in. */
export const proveAgain = async (
  deps: IdentityDeps,
  p: Principal,
  proof: { password?: string; totp?: string },
  from: From,
): Promise<Outcome<{ method: string }>> => {
  const account = await findAccount(deps.sql, { personId: p.personId })
  if (!account) return refuse(error('access.not_signed_in'))
  if (proof.password === undefined && proof.totp === undefined) return refuse(error('identity.step_up_missing', '/password'))
  const attempt = await beginAttempt(deps, account.email, account.personId, from)
  if (!attempt.ok) return attempt
  const factor = proof.totp === undefined ? null : await takeSecondFactor(deps.sql, account, proof.totp, deps.clock())
  const fits = proof.totp === undefined ? (await checkPassword(account.passwordHash, proof.password!)).fits : factor !== null
  if (!fits) return refuse(error('identity.step_up_wrong', proof.totp === undefined ? '/password' : '/totp'))
  await attempt.value.succeeded()
  return accept({ method: factor ?? 'password' })
}

const stepUp = async (deps: IdentityDeps, p: Principal, proof: { password?: string; totp?: string }, from: From): Promise<Outcome<null>> => {
  const proven = await proveAgain(deps, p, proof, from)
  if (!proven.ok) return proven
  const at = deps.clock()
  const until = later(at, steppedUpMs)
  await inTransaction(deps.sql, async (tx) => {
    await setStepUp(tx, p.sessionId, until)
    const events = [{ type: 'session.stepped-up', method: proven.value.method, until }]
    await record(
      tx,
      { kind: 'session', id: p.sessionId },
      { command: 'session.step-up', actor: actorOf(p), body: { payload: {}, facts: {}, events }, at },
    )
  })
  return accept(null)
}

const chooseOffice = (deps: IdentityDeps, p: Principal, office: string): Promise<void> =>
  inTransaction(deps.sql, async (tx) => {
    await setOffice(tx, p.sessionId, office)
    const body = { payload: { office }, facts: {}, events: [{ type: 'session.office-chosen', office }] }
    await record(tx, { kind: 'session', id: p.sessionId }, { command: 'session.choose-office', actor: actorOf(p), body, at: deps.clock() })
  })

const viewFor = async (deps: IdentityDeps, request: FastifyRequest): Promise<Outcome<SessionView>> => {
  const open = await readOpen(deps, tokenOf(request))
  return open ? accept(await viewOf(deps, open)) : refuse(error('access.not_signed_in'))
}

/** The view after a change of the session that every process must see with the next request. */
const changedView = async (deps: IdentityDeps, p: Principal, request: FastifyRequest, reply: FastifyReply): Promise<Outcome<SessionView>> => {
  const now = deps.clock()
  deps.bus.announce({ topic: 'session', id: p.personId, changed: true })
  const view = await viewFor(deps, request)
  if (view.ok) {
    const maxAge = Math.ceil((Date.parse(view.value.endsAt) - Date.parse(now)) / 1000)
    void reply.setCookie(sessionCookie, cookieValue(tokenOf(request), now), { ...cookieOptions(deps, request), maxAge })
  }
  return view
}

const endOther = (deps: IdentityDeps, p: Principal, id: string, key: string | null, at: string): Promise<Outcome<{ ended: boolean }>> =>
  once(deps.sql, { key, actor: actorOf(p), name: 'session.end', subject: { kind: 'session', id }, at }, async (tx) => {
    const ended = await endSessions(tx, p.personId, at, { only: id })
    if (ended.length === 0) return refuse(error('request.not_found'))
    return accept({ body: { payload: { id }, facts: {}, events: [{ type: 'session.ended', why: 'ended-by-person' }] }, reply: { ended: true } })
  })

export const sessionRoutes = (deps: IdentityDeps): Route[] => [
  route({
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary: 'Sign in',
    tag,
    command: false,
    body: SignIn,
    out: SessionView,
    handler: async ({ body, maybePrincipal, request, reply }) => {
      const started = withRetryAfter(await signIn(deps, body, fromOf(request)), reply)
      return started.ok ? welcome(deps, started.value, maybePrincipal, request, reply) : started
    },
  }),
  route({
    method: 'GET',
    path: '/api/session',
    permission: 'signed-in',
    summary: 'Who is signed in, with roles, permissions, offices and mandates',
    tag,
    out: SessionView,
    handler: async ({ principal, request }) => {
      const web = needsSession(principal)
      return web.ok ? viewFor(deps, request) : web
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
    permission: 'public',
    summary: 'Sign out; answers the same when nobody is signed in',
    tag,
    command: false,
    handler: async ({ maybePrincipal, request, reply }) => {
      if (maybePrincipal?.channel === 'web') await leave(deps, maybePrincipal)
      void reply.clearCookie(sessionCookie, cookieOptions(deps, request))
      return { signedOut: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/session/step-up',
    permission: 'signed-in',
    summary: 'Prove again who one is; lasts ten minutes',
    tag,
    command: false,
    body: StepUp,
    out: SessionView,
    handler: async ({ principal, body, request, reply }) => {
      const web = needsSession(principal)
      if (!web.ok) return web
      const done = withRetryAfter(await stepUp(deps, principal, body, fromOf(request)), reply)
      return done.ok ? changedView(deps, principal, request, reply) : done
    },
  }),
  route({
    method: 'PUT',
    path: '/api/session/office',
    permission: 'signed-in',
    summary: 'Choose the office to work at, among those held',
    tag,
    command: false,
    body: ChooseOffice,
    out: SessionView,
    handler: async ({ principal, body, request, reply }) => {
      const web = needsSession(principal)
      if (!web.ok) return web
      if (!officeAllowed(principal, body.office)) return refuse(error('identity.office_not_held', '/office', { office: body.office }))
      await chooseOffice(deps, principal, body.office)
      return changedView(deps, principal, request, reply)
    },
  }),
  route({
    method: 'GET',
    path: '/api/session/devices',
    permission: 'signed-in',
    summary: 'Where one is signed in',
    tag,
    out: Type.Array(DeviceRow),
    handler: async ({ principal, now }) =>
      (await listSessions(deps.sql, principal.personId, now, later(now, -idleMs))).map((d) => ({ ...d, current: d.id === principal.sessionId })),
  }),
  route({
    method: 'DELETE',
    path: '/api/session/devices/:id',
    permission: 'signed-in',
    summary: 'Sign out elsewhere',
    tag,
    params: IdParams,
    handler: async ({ principal, params, key, now }) => {
      const done = await endOther(deps, principal, params.id, key, now)
      if (done.ok) deps.bus.announce({ topic: 'session', id: principal.personId, sessionIds: [params.id], ended: true })
      return done
    },
  }),
]
