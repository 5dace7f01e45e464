/**
 * The built web application behind a small server with answers of our own, for tests of the frame and the kit: no database, no modules.
 * Answers are looked up by `METHOD /path`; what is not there is 404. `announce` sends live news; `cut` breaks the live connections.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, resolve } from 'node:path'

export type Answer = { status?: number; body: unknown }
export type Asked = { method: string; path: string; query: URLSearchParams; body: unknown; headers: IncomingMessage['headers'] }
export type Answers = Record<string, (asked: Asked) => Answer | Promise<Answer>>

export type WebServer = {
  url: string
  answers: Answers
  asked: Asked[]
  announce: (news: { topic: string; id: string }) => void
  /** breaks the live connections and refuses new ones until `mend` */ cut: () => void
  mend: () => void
  close: () => Promise<void>
}

const root = resolve(import.meta.dirname, '../dist/web')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
// As the real server sends it, so that what it forbids fails here too.
const policy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"

export const problem = (status: number, ...codes: string[]): Answer => ({
  status,
  body: {
    type: 'about:blank',
    title: 'Refused',
    status,
    correlationId: '0c0ffee0-0000-4000-8000-000000000000',
    issues: codes.map((code) => ({ code, severity: 'error', path: '' })),
  },
})

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

const sendFile = (path: string, response: ServerResponse): void => {
  const wanted = join(root, normalize(path))
  const file = wanted.startsWith(root) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(root, 'index.html')
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  })
  response.end(readFileSync(file))
}

export const startWebServer = async (answers: Answers): Promise<WebServer> => {
  if (!existsSync(join(root, 'index.html'))) throw new Error('dist/web is not there: run `npm run build` first')
  const live = new Set<ServerResponse>()
  const asked: Asked[] = []
  let isCut = false
  const events = (response: ServerResponse): void => {
    if (isCut) return void response.destroy()
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': hello\n\n')
    live.add(response)
    response.on('close', () => live.delete(response))
  }
  const api = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const one: Asked = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: await readBody(request),
      headers: request.headers,
    }
    asked.push(one)
    const found = server.answers[`${one.method} ${one.path}`]
    const { status = 200, body } = found ? await found(one) : problem(404, 'request.not_found')
    response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' })
    response.end(JSON.stringify(body))
  }
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/api/events') return events(response)
    if (!url.pathname.startsWith('/api/')) return sendFile(url.pathname, response)
    api(request, response, url).catch((fault: unknown) => {
      response.writeHead(500)
      response.end(String(fault))
    })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const server: WebServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    answers,
    asked,
    announce: (news) => live.forEach((response) => response.write(`event: change\ndata: ${JSON.stringify(news)}\n\n`)),
    cut: () => {
      isCut = true
      live.forEach((response) => response.destroy())
    },
    mend: () => {
      isCut = false
    },
    close: () =>
      new Promise((done) => {
        live.forEach((response) => response.destroy())
        http.closeAllConnections()
        http.close(() => done())
      }),
  }
  return server
}
