/** The whole administration as app.ts wires it: its interface description, what it asks of whoever calls, and what it answers. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { readConfig } from '#config'
import { createLog } from '#platform/log.ts'
import { permissions } from '#modules/identity'
import { catalogue, createApp, topics, type App } from '../src/app.ts'
import { testDatabase, type TestDatabase } from './database.ts'

let db: TestDatabase
let app: App
let address: string

before(async () => {
  db = await testDatabase()
  app = await createApp({
    config: readConfig({ PORT: '0' }),
    databaseUrl: db.url,
    log: createLog('silent'),
    roles: { http: true, worker: false, simulator: false },
    demo: true,
  })
  address = await app.listen()
})
after(async () => {
  await app.close()
  await db.close()
})

type Operation = { summary?: string; description?: string; tags?: string[]; responses?: unknown }
const operations = async (): Promise<[string, Operation][]> => {
  const document = (await (await fetch(`${address}/api/docs/json`)).json()) as { openapi: string; paths: Record<string, Record<string, Operation>> }
  assert.equal(document.openapi, '3.1.0')
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]): [string, Operation] => [`${method.toUpperCase()} ${path}`, o]),
  )
}

test('every operation says what it does and which permission it asks for, and somebody holds that permission', async () => {
  const all = await operations()
  assert.ok(all.length > 60, `only ${all.length} operations`)
  for (const [name, o] of all) {
    assert.ok(o.summary && o.tags?.length, name)
    const asked = /Permission: `([^`]+)`/.exec(o.description ?? '')?.[1]
    assert.ok(asked === 'public' || asked === 'signed-in' || (asked && permissions.includes(asked)), `${name} asks for ${asked}`)
  }
})

test('without a session every operation that is not public refuses, commands and readings alike', async () => {
  for (const [name, o] of await operations()) {
    if (/Permission: `public`/.test(o.description ?? '')) continue
    const [method, path] = name.split(' ') as [string, string]
    const answer = await fetch(`${address}${path.replaceAll(/\{[^}]+\}/g, 'x')}`, {
      method,
      headers: { 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' },
      ...(method !== 'GET' && method !== 'DELETE' && { body: '{}' }),
    })
    assert.equal(answer.status, 401, name)
    assert.equal(answer.headers.get('content-type')?.split(';')[0], 'application/problem+json', name)
  }
})

test('health, readiness and metrics answer; an unknown address is a problem, not a page', async () => {
  for (const path of ['/health', '/ready']) assert.deepEqual(await (await fetch(`${address}${path}`)).json(), { ok: true })
  assert.match(await (await fetch(`${address}/metrics`)).text(), /portcullis_http_seconds_bucket/)
  const unknown = await fetch(`${address}/api/nothing`)
  assert.equal(unknown.status, 404)
  assert.equal(((await unknown.json()) as { issues: { code: string }[] }).issues[0]!.code, 'request.unknown_address')
})

test('bad input is answered with its place, and shows no internals', async () => {
  const signIns = (await (await fetch(`${address}/api/demo/sign-ins`)).json()) as { personId: string; role: string }[]
  const signedIn = await fetch(`${address}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personId: signIns.find((s) => s.role === 'broker')!.personId }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const send = async (body: string, type = 'application/json') => {
    const answer = await fetch(`${address}/api/declarations`, {
      method: 'POST',
      headers: { cookie, 'content-type': type, 'idempotency-key': crypto.randomUUID() },
      body,
    })
    return { status: answer.status, problem: (await answer.json()) as { issues: { code: string; path: string }[]; correlationId: string } }
  }
  assert.deepEqual(
    (await send('{')).problem.issues.map((i) => i.code),
    ['request.malformed'],
  )
  const wrong = await send(JSON.stringify({ lrn: 'X', items: [{ itemNumber: 'one' }], surprise: true }))
  assert.equal(wrong.status, 400)
  assert.deepEqual(wrong.problem.issues.map((i) => i.path).sort(), ['/items/0/itemNumber', '/surprise'])
  assert.ok(wrong.problem.correlationId)
  assert.equal((await send('x', 'text/plain')).status, 415)
})

test('every code that the source refuses with stands in the catalogue', () => {
  const root = resolve(import.meta.dirname, '../src')
  const sources = (readdirSync(root, { recursive: true }) as string[]).filter(
    (f) => /^(modules|platform)\/.*\.ts$/.test(f) && !f.endsWith('.test.ts'),
  )
  const unknown = new Set<string>()
  for (const file of sources) {
    for (const [, code] of readFileSync(join(root, file), 'utf8').matchAll(
      /(?:\berror|\bwarning|\bissue)\('((?:access|request|identity|audit|reference|trade|compliance|duty|risk|inspection|clearance|message)\.[a-z0-9_]+)'/g,
    ))
      if (!Object.hasOwn(catalogue, code!)) unknown.add(`${code} in ${file}`)
  }
  assert.deepEqual([...unknown], [])
})

test('of every topic that is announced a module says who may hear it', () => {
  const folder = resolve(import.meta.dirname, '../src/modules')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
  const announced = files.flatMap((f) => [...readFileSync(join(folder, f), 'utf8').matchAll(/topic: '([a-z-]+)'/g)].map((m) => m[1]!))
  assert.ok(announced.length > 10)
  // A session ends for one person; the stream itself hears of it.
  assert.deepEqual(
    [...new Set(announced)].filter((topic) => topic !== 'session' && !Object.hasOwn(topics, topic)),
    [],
  )
  for (const needed of Object.values(topics).flat()) assert.ok(needed === 'signed-in' || permissions.includes(needed), needed)
})
