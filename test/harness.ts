/** A server of some modules' routes on a test database, with a clock that the test turns, and browsers that keep their cookies. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { createBus, type Bus } from '#platform/bus.ts'
import type { Catalogue } from '#platform/catalogue.ts'
import { platformIssues } from '#platform/catalogue.ts'
import type { Sql } from '#platform/database.ts'
import { createServer, type Route } from '#platform/http.ts'
import { createLog } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import { createAuthenticate, issues as identityIssues, type Authenticate } from '#modules/identity'

export type Harness = {
  server: FastifyInstance
  deps: Deps
  bus: Bus
  authenticate: Authenticate
  /** moves the clock on by milliseconds */ pass: (ms: number) => void
  close: () => Promise<void>
}

/** Starts at the present, because validity ranges of the demo are read at it. */
export const startHarness = async (
  sql: Sql,
  routes: (deps: Deps) => Route[],
  options: { demo?: boolean; catalogue?: Catalogue } = {},
): Promise<Harness> => {
  let ahead = 0
  const log = createLog('silent')
  const bus = await createBus(sql, log)
  const clock = (): string => new Date(Date.now() + ahead).toISOString()
  const deps: Deps = { sql, clock, bus, log, config: { demo: options.demo ?? true } }
  const authenticate = createAuthenticate(deps)
  const catalogue = { ...platformIssues, ...identityIssues, ...options.catalogue }
  const server = await createServer({ routes: routes(deps), catalogue, authenticate, log, clock, version: 'test' })
  const close = async (): Promise<void> => {
    await server.close()
    authenticate.close()
    await bus.close()
  }
  return { server, deps, bus, authenticate, pass: (ms) => void (ahead += ms), close }
}

// A test reads from an answer what it expects there, and fails where that is missing.
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = { status: number; body: any; issues: string[]; headers: LightMyRequestResponse['headers'] }
export type Browser = {
  cookies: Map<string, string>
  /** sends JSON with the cookies it has; commands get an Idempotency-Key unless one is given */
  send: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
}

export const openBrowser = (h: Pick<Harness, 'server'>, userAgent = 'Test Browser/1.0', remoteAddress = '192.0.2.1'): Browser => {
  const cookies = new Map<string, string>()
  const send: Browser['send'] = async (method, url, body, headers = {}) => {
    const options: InjectOptions = {
      method,
      url,
      remoteAddress,
      cookies: Object.fromEntries(cookies),
      headers: { 'user-agent': userAgent, ...(method !== 'GET' && { 'idempotency-key': randomUUID() }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    }
    const answer = await h.server.inject(options)
    for (const c of answer.cookies) {
      if (c.value === '') cookies.delete(c.name)
      else cookies.set(c.name, c.value)
    }
    const isJson = String(answer.headers['content-type']).includes('json')
    const parsed = isJson ? answer.json() : answer.body
    return { status: answer.statusCode, body: parsed, issues: (parsed?.issues ?? []).map((i: { code: string }) => i.code), headers: answer.headers }
  }
  return { cookies, send }
}
