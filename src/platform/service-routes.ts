/** What operators and browsers need beside the modules: health, readiness, metrics, live news, the built web application. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Bus, News } from './bus.ts'
import type { Sql } from './database.ts'
import { registry } from './metrics.ts'
import { allows, type Principal, type Topics } from './permissions.ts'

export type ServiceOptions = {
  sql: Sql
  bus: Bus
  authenticate: (request: FastifyRequest, options?: { touch?: boolean }) => Promise<Principal | null>
  webRoot: string
  /** who may hear of what, as the modules say */
  topics: Topics
}

const heartbeatMs = 15_000

/** May this person hear of it? Officers by office, traders by organisation, `people` by name; of a topic that no module names, nobody. */
const mayHear = (topics: Topics, p: Principal, n: News): boolean => {
  const people = n['people']
  if (Array.isArray(people)) return people.includes(p.personId)
  if (topics[n.topic]?.some((needed) => allows(p, needed))) return !n.office || p.offices === '*' || p.offices.includes(n.office)
  return n.organisations !== undefined && p.represents.some((r) => n.organisations!.includes(r.registration))
}

const liveNews = (server: FastifyInstance, o: ServiceOptions): void => {
  const open = new Set<() => void>()
  server.addHook('preClose', async () => open.forEach((close) => close()))
  server.get('/api/events', { schema: { hide: true } as never }, async (request: FastifyRequest, reply: FastifyReply) => {
    const principal = await o.authenticate(request)
    if (!principal)
      return reply
        .code(401)
        .type('application/problem+json')
        .send(
          JSON.stringify({
            type: 'about:blank',
            title: 'Not signed in',
            status: 401,
            correlationId: request.id,
            issues: [{ code: 'access.not_signed_in', severity: 'error', path: '' }],
          }),
        )
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    stream.write('retry: 2000\n\n')
    // Looks without touching: an open page alone must not keep a forgotten session alive.
    const stillThere = (): Promise<unknown> => o.authenticate(request, { touch: false }).then((still) => still ?? close(), close)
    const stop = o.bus.listen((news) => {
      // A session may have ended: ask again, and hang up on whom nobody knows any more.
      if (news.topic === 'session') return void stillThere()
      // A reader who does not keep up reads again later rather than filling our memory.
      if (mayHear(o.topics, principal, news) && stream.writableLength < 1_000_000)
        stream.write(`event: change\ndata: ${JSON.stringify({ topic: news.topic, id: news.id, status: news['status'], lane: news['lane'] })}\n\n`)
    })
    const beat = setInterval(() => {
      stream.write(': beat\n\n')
      void stillThere()
    }, heartbeatMs)
    const close = (): void => {
      clearInterval(beat)
      stop()
      open.delete(close)
      stream.end()
    }
    open.add(close)
    stream.on('close', close)
    return reply
  })
}

const operations = (server: FastifyInstance, o: ServiceOptions): void => {
  server.get('/health', { schema: { hide: true } as never }, async (_request, reply) => reply.send(JSON.stringify({ ok: true })))
  server.get('/ready', { schema: { hide: true } as never }, async (_request, reply) => {
    try {
      await o.sql`select 1`
      return reply.send(JSON.stringify({ ok: true }))
    } catch {
      return reply.code(503).send(JSON.stringify({ ok: false, reason: 'database' }))
    }
  })
  server.get('/metrics', { schema: { hide: true } as never }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}

/** The single page: known files from disk (hashed names for ever), every other address the page itself. */
const webApp = async (server: FastifyInstance, webRoot: string): Promise<void> => {
  const index = join(webRoot, 'index.html')
  if (existsSync(webRoot)) {
    await server.register(fastifyStatic, {
      root: webRoot,
      index: false,
      wildcard: false,
      decorateReply: false,
      setHeaders: (response, path) =>
        void response.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  }
  server.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/') || !existsSync(index) || !statSync(index).isFile()) {
      return reply
        .code(404)
        .type('application/problem+json')
        .send(
          JSON.stringify({
            type: 'about:blank',
            title: 'Not found',
            status: 404,
            correlationId: request.id,
            issues: [{ code: 'request.unknown_address', severity: 'error', path: '' }],
          }),
        )
    }
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(createReadStream(index))
  })
}

export const addServiceRoutes = async (server: FastifyInstance, o: ServiceOptions): Promise<void> => {
  operations(server, o)
  liveNews(server, o)
  await webApp(server, o.webRoot)
}
