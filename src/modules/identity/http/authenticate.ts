/**
 * Who sends this request. A session's person is read from the database once a second at most, however many requests it sends; what
 * ends a session is told to all processes by the news topic `session` (some 100 ms), and should that news be lost, the second bounds it.
 */
import type { FastifyRequest } from 'fastify'
import { later } from '#kernel/time.ts'
import type { News } from '#platform/bus.ts'
import type { Principal } from '#platform/permissions.ts'
import { today, type IdentityDeps } from '../deps.ts'
import { principalOf } from '../principal.ts'
import { findKey, findSession, touchKey, touchSession } from '../store/session.ts'
import { apiKeyPrefix, sha256 } from '../tokens.ts'

export const sessionCookie = 'portcullis_session'
export const deviceCookie = 'portcullis_device'
export const idleMs = 30 * 60 * 1000
export const absoluteMs = 12 * 60 * 60 * 1000
const freshMs = 1000
const touchMs = 60 * 1000
const mostCached = 20_000

/** `deviceHash` and `userAgent` bind a session to its browser; a key has none. */
type Known = { principal: Principal; deviceHash: string | null; userAgent: string; endsAt: number }
type Slot = { readAt: number; known: Promise<Known | null>; /** what `known` came to, once it has */ value?: Known | null }
/** `touch` false looks without counting as use, so that an open live stream does not keep a forgotten session alive. */
type Options = { touch?: boolean }

/**
 * The session cookie: the token, and behind a dot the moment of the last change that must be seen by the very next request (a step-up).
 * The moment is no secret and proves nothing; as part of the cookie it makes every process read anew.
 */
const cookiePattern = /^([A-Za-z0-9_-]{43})(\.[0-9a-z]{1,12})?$/
export const cookieValue = (token: string, changedAt: string): string => `${token}.${Date.parse(changedAt).toString(36)}`
/** The token in a request's session cookie, '' when there is none. */
export const tokenOf = (request: FastifyRequest): string => cookiePattern.exec(request.cookies[sessionCookie] ?? '')?.[1] ?? ''

/** What is kept of a browser's name of itself. */
export const userAgentOf = (request: FastifyRequest): string => (request.headers['user-agent'] ?? '').slice(0, 300)

const bearer = (request: FastifyRequest): string | null => {
  const header = request.headers.authorization
  return header === undefined ? null : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '')
}

/** A form or script of another site may not act with this browser's cookies; SameSite says so already, this for browsers that also tell. */
const fromElsewhere = (request: FastifyRequest): boolean =>
  !['GET', 'HEAD'].includes(request.method) && ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site'] ?? ''))

const readSession = async (deps: IdentityDeps, token: string, touch: boolean): Promise<Known | null> => {
  const now = deps.clock()
  const s = await findSession(deps.sql, sha256(token), now, later(now, -idleMs), today(deps, now))
  if (!s) return null
  if (touch && Date.parse(now) - Date.parse(s.lastSeenAt) > touchMs) await touchSession(deps.sql, s.sessionId, now)
  const principal = principalOf(s, { sessionId: s.sessionId, channel: 'web', office: s.office, steppedUpUntil: s.steppedUpUntil })
  return { principal, deviceHash: s.deviceHash, userAgent: s.userAgent, endsAt: Date.parse(s.endsAt) }
}

const readKey = async (deps: IdentityDeps, token: string): Promise<Known | null> => {
  const now = deps.clock()
  const k = await findKey(deps.sql, sha256(token), now, today(deps, now))
  if (!k) return null
  if (!k.lastUsedAt || Date.parse(now) - Date.parse(k.lastUsedAt) > touchMs) await touchKey(deps.sql, k.keyId, now)
  const principal = principalOf(k, { sessionId: k.keyId, channel: 'api', office: null, steppedUpUntil: null, scopes: k.scopes })
  return { principal, deviceHash: null, userAgent: '', endsAt: Date.parse(k.endsAt) }
}

const concerns = (news: News, known: Known): boolean =>
  typeof news.organisationId === 'string' ? known.principal.organisationId === news.organisationId : known.principal.personId === news.id

export type Authenticate = ((request: FastifyRequest, options?: Options) => Promise<Principal | null>) & { close: () => void }

/** Reads cookie or `Authorization: Bearer`; null when neither names a living session or key. Call `close` when the server ends. */
export const createAuthenticate = (deps: IdentityDeps): Authenticate => {
  const slots = new Map<string, Slot>()
  const lookUp = (name: string, read: () => Promise<Known | null>): Promise<Known | null> => {
    const found = slots.get(name)
    const now = performance.now()
    if (found && now - found.readAt < freshMs) return found.known
    slots.delete(name)
    const slot: Slot = { readAt: now, known: read() }
    slots.set(name, slot)
    // A failed or empty look-up is not kept: a flood of invented tokens must not push living sessions out.
    slot.known.then(
      (known) => {
        slot.value = known
        if (!known) drop(name, slot)
      },
      () => drop(name, slot),
    )
    for (const oldest of slots.keys()) {
      if (slots.size <= mostCached) break
      slots.delete(oldest)
    }
    return slot.known
  }
  const drop = (name: string, slot: Slot): void => {
    if (slots.get(name) === slot) slots.delete(name)
  }
  const stopListening = deps.bus.listen((news) => {
    if (news.topic !== 'session') return
    // At once, because a later listener may ask again; what is being read just now may have been asked before the change.
    for (const [name, { value }] of slots) if (value === undefined || (value && concerns(news, value))) slots.delete(name)
  })
  const authenticate = async (request: FastifyRequest, { touch = true }: Options = {}): Promise<Principal | null> => {
    const key = bearer(request)
    if (key !== null) return key.startsWith(apiKeyPrefix) ? ((await lookUp(key, () => readKey(deps, key)))?.principal ?? null) : null
    const token = tokenOf(request)
    if (!token || fromElsewhere(request)) return null
    const known = await lookUp(request.cookies[sessionCookie]!, () => readSession(deps, token, touch))
    if (!known || known.endsAt <= Date.parse(deps.clock())) return null
    const sameDevice = sha256(request.cookies[deviceCookie] ?? '').toString('hex') === known.deviceHash && userAgentOf(request) === known.userAgent
    return sameDevice ? known.principal : null
  }
  return Object.assign(authenticate, { close: stopListening })
}
