/**
 * HTTP: route tables in, a server out. A route is data: method, path, permission, shapes, handler. Input is parsed once, here.
 * Refusals and faults leave as RFC 9457 problem+json with a correlation id; a fault shows no internals and is logged once.
 */
import { Ajv } from 'ajv'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Static, TSchema } from 'typebox'
import type { Outcome } from '#kernel/outcome.ts'
import { uuidPattern } from '#kernel/ids.ts'
import { type Catalogue, statusOf } from './catalogue.ts'
import type { Log } from './log.ts'
import { httpSeconds } from './metrics.ts'
import { allows, type Principal, type Required } from './permissions.ts'
import { faultIssues, sendProblem } from './problem.ts'

type Value<T> = T extends TSchema ? Static<T> : undefined

export type Context<P, Q, B> = {
  params: P
  query: Q
  body: B
  /** present on every route that asks for a permission */
  principal: Principal
  maybePrincipal: Principal | null
  /** the client's own key for this attempt; the same key answers the same (draft-ietf-httpapi-idempotency-key-header) */
  key: string | null
  correlationId: string
  now: string
  request: FastifyRequest
  reply: FastifyReply
}

/** A body that is not JSON: a file, a page of CSV, XML. */
export type Raw = { raw: true; contentType: string; content: string | Buffer; fileName?: string }
export const raw = (contentType: string, content: string | Buffer, fileName?: string): Raw => ({
  raw: true,
  contentType,
  content,
  ...(fileName && { fileName }),
})

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  permission: Required
  summary: string
  tag: string
  command: boolean
  schema: { params?: TSchema; querystring?: TSchema; body?: TSchema; response?: TSchema }
  successStatus: number
  bodyLimitBytes?: number
  handler: (context: Context<never, never, never>) => Promise<unknown>
}

type Definition<P, Q, B, O> = {
  method: Route['method']
  path: string
  permission: Required
  summary: string
  tag: string
  /** changes something: then an `Idempotency-Key` header is needed (false switches that off, for sign-in and the like) */
  command?: boolean
  params?: P
  query?: Q
  body?: B
  out?: O
  successStatus?: number
  /** for files larger than what the server takes otherwise */
  bodyLimitBytes?: number
  handler: (context: Context<Value<P>, Value<Q>, Value<B>>) => Promise<Outcome<unknown> | Raw | Value<O> | unknown>
}

/** Declares a route; the handler's input types follow from the shapes. It may return a plain value, an Outcome, or `raw(…)`. */
export const route = <
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
  O extends TSchema | undefined = undefined,
>(
  d: Definition<P, Q, B, O>,
): Route => ({
  method: d.method,
  path: d.path,
  permission: d.permission,
  summary: d.summary,
  tag: d.tag,
  command: d.command ?? d.method !== 'GET',
  schema: {
    ...(d.params && { params: d.params }),
    ...(d.query && { querystring: d.query }),
    ...(d.body && { body: d.body }),
    ...(d.out && { response: d.out }),
  },
  successStatus: d.successStatus ?? 200,
  ...(d.bodyLimitBytes && { bodyLimitBytes: d.bodyLimitBytes }),
  handler: d.handler as Route['handler'],
})

export type ServerOptions = {
  routes: readonly Route[]
  catalogue: Catalogue
  authenticate: (request: FastifyRequest) => Promise<Principal | null>
  log: Log
  clock: () => string
  version: string
  bodyLimitBytes?: number
  /** origin of the administration's own map tiles, which browsers may then load */
  tileOrigin?: string
  /** what is added beside the route table; a Fastify instance boots when it is awaited, so it cannot be added later */
  extend?: (server: FastifyInstance) => Promise<void>
}

const strictAjv = new Ajv({ allErrors: true, strict: false })
const coercingAjv = new Ajv({ allErrors: true, strict: false, coerceTypes: true, useDefaults: true })
const compile = (schema: TSchema, coerce: boolean) => (coerce ? coercingAjv : strictAjv).compile(schema as object) as never

/** Bodies that arrive as they are; what they hold is found out by content and not by this name. */
const fileTypes = ['application/xml', 'text/xml', 'image/png', 'image/jpeg', 'image/tiff', 'application/dicom', 'application/octet-stream']

const isOutcome = (v: unknown): v is Outcome<unknown> =>
  typeof v === 'object' && v !== null && 'ok' in v && 'issues' in v && Array.isArray((v as { issues: unknown }).issues)
const isRaw = (v: unknown): v is Raw => typeof v === 'object' && v !== null && (v as { raw?: unknown }).raw === true

/** Who sent a request that is being handled; set by `guard`. */
const senders = new WeakMap<FastifyRequest, Principal | null>()

/** Refuses before the body is read: whoever may not ask learns nothing of the shape, nor costs memory. */
const guard =
  (r: Route, o: ServerOptions) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const principal = await o.authenticate(request)
    senders.set(request, principal)
    if (allows(principal, r.permission)) return undefined
    const code = principal ? 'access.denied' : 'access.not_signed_in'
    return sendProblem(
      reply,
      principal ? 403 : 401,
      [{ code, severity: 'error', path: '', ...(principal && { params: { permission: r.permission } }) }],
      request.id,
    )
  }

const handle =
  (r: Route, o: ServerOptions) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const principal = senders.get(request) ?? null
    const header = request.headers['idempotency-key']
    const key = typeof header === 'string' && new RegExp(uuidPattern).test(header) ? header : null
    if (r.command && !key) return sendProblem(reply, 400, [{ code: 'request.key_missing', severity: 'error', path: '' }], request.id)
    const context = {
      params: request.params,
      query: request.query,
      body: request.body,
      principal: principal!,
      maybePrincipal: principal,
      key,
      correlationId: request.id,
      now: o.clock(),
      request,
      reply,
    }
    const result = await r.handler(context as unknown as Context<never, never, never>)
    if (reply.sent || reply.raw.headersSent) return reply
    if (isRaw(result)) {
      if (result.fileName) reply.header('content-disposition', `attachment; filename="${result.fileName.replace(/[^\w.-]/g, '_')}"`)
      return reply.type(result.contentType).send(result.content)
    }
    if (!isOutcome(result))
      return reply
        .code(r.successStatus)
        .type('application/json')
        .send(JSON.stringify(result ?? null))
    if (!result.ok)
      return sendProblem(
        reply,
        statusOf(
          o.catalogue,
          result.issues.filter((i) => i.severity === 'error').map((i) => i.code),
        ),
        result.issues,
        request.id,
      )
    return reply
      .code(r.successStatus)
      .type('application/json')
      .send(JSON.stringify(result.value ?? null))
  }

const describe = (server: FastifyInstance, version: string): void => {
  void server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Portcullis',
        version,
        description:
          'Every refusal is `application/problem+json` with all issues at once: `{code, severity, path, params}`. Commands need an `Idempotency-Key` header (a UUID); the same key answers the same.',
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'portcullis_session' } } },
    },
  })
  void server.register(swaggerUi, { routePrefix: '/api/docs' })
}

/** Builds the server. Refuses to start when a route names no permission, or two routes share an address. */
export const createServer = async (o: ServerOptions): Promise<FastifyInstance> => {
  const server = Fastify({
    loggerInstance: o.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: o.bodyLimitBytes ?? 12 * 1024 * 1024,
    genReqId: () => crypto.randomUUID(),
    trustProxy: false,
    ajv: { customOptions: { allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: true } },
    routerOptions: { maxParamLength: 200 },
  })
  await server.register(cookie)
  describe(server, o.version)
  await server.after()
  server.setSerializerCompiler(() => (data) => JSON.stringify(data))
  server.removeContentTypeParser('text/plain')
  for (const type of fileTypes) server.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.addHook('onResponse', async (request, reply) => {
    httpSeconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'unknown', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
  })
  const tiles = o.tileOrigin ? ` ${o.tileOrigin}` : ''
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-correlation-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    if (!request.url.startsWith('/api/docs'))
      reply.header(
        'content-security-policy',
        `default-src 'self'; connect-src 'self'${tiles}; img-src 'self' data: blob:${tiles}; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'`,
      )
  })
  server.setErrorHandler((fault: FastifyError, request, reply) => {
    const { status, issues } = faultIssues(fault)
    if (status === 500) o.log.error({ err: fault, correlationId: request.id, route: request.routeOptions.url }, 'a request failed')
    return sendProblem(reply, status, issues, request.id)
  })
  const seen = new Set<string>()
  for (const r of o.routes) {
    const address = `${r.method} ${r.path}`
    if (!r.permission) throw new Error(`Route ${address} names no permission.`)
    if (seen.has(address)) throw new Error(`Route ${address} is declared twice.`)
    seen.add(address)
    server.route({
      method: r.method,
      url: r.path,
      schema: {
        summary: r.summary,
        tags: [r.tag],
        description: `Permission: \`${r.permission}\``,
        ...(r.schema.params && { params: r.schema.params }),
        ...(r.schema.querystring && { querystring: r.schema.querystring }),
        ...(r.schema.body && { body: r.schema.body }),
        ...(r.schema.response && { response: { [r.successStatus]: r.schema.response } }),
      } as never,
      // Only addresses are text by nature and may be coerced; a body must say what it means.
      validatorCompiler: ({ schema, httpPart }) => (httpPart === 'body' ? compile(schema as TSchema, false) : compile(schema as TSchema, true)),
      ...(r.bodyLimitBytes && { bodyLimit: r.bodyLimitBytes }),
      onRequest: guard(r, o),
      handler: handle(r, o),
    })
  }
  await o.extend?.(server)
  return server
}
