import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { forwardAll, type Forwarding } from './forward.ts'

/** A centre that acts once for a key, as the real one does, behind a link that a test can cut: before the request is heard, or after it was obeyed. */
let link: 'up' | 'down' | 'answers-lost' = 'up'
let server: Server
let forwarding: Forwarding
const acted = new Map<string, string>()
const folder = mkdtempSync(join(tmpdir(), 'portcullis-site-'))

before(async () => {
  server = createServer((request, response) => {
    if (link === 'down') return void request.socket.destroy()
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      const key = String(request.headers['idempotency-key'])
      const isFile = request.url!.endsWith('/originals')
      if (request.headers.authorization !== 'Bearer k') return void response.writeHead(401).end('{}')
      if (!isFile && body.includes('refuse-me')) return void response.writeHead(422).end('{"issues":[{"code":"inspection.scanner_unknown"}]}')
      if (!isFile) acted.set(key, body.toString())
      if (link === 'answers-lost' && !isFile) return void request.socket.destroy()
      response.writeHead(201).end(JSON.stringify(isFile ? { sha256: createHash('sha256').update(body).digest('hex') } : { id: key }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  forwarding = { folder, scannerId: 'halden-belt-1', adapter: 'files', centre: `http://127.0.0.1:${port}`, apiKey: 'k' }
})
after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const deliver = (bag: string): void => {
  writeFileSync(join(folder, `${bag}.png`), `picture of ${bag}`)
  const note = { subject: { kind: 'bag', id: bag }, takenAt: '2026-11-25T10:00:00.000Z', files: { image: `${bag}.png` } }
  writeFileSync(join(folder, `${bag}.scan.json`), JSON.stringify(note))
}
const waiting = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.scan.json'))
const storedBags = (): string[] => [...acted.values()].map((text) => (JSON.parse(text) as { subject: { id: string } }).subject.id).toSorted()

test('what is delivered while the link is cut waits on the disk of the site, and is stored once when it is back', async () => {
  deliver('A1')
  assert.deepEqual(await forwardAll(forwarding), { stored: 1, refused: 0, waits: 0 })
  link = 'down'
  deliver('A2')
  deliver('A3')
  assert.deepEqual(await forwardAll(forwarding), { stored: 0, refused: 0, waits: 2 })
  assert.deepEqual(waiting(), ['A2.scan.json', 'A3.scan.json'])
  link = 'up'
  assert.deepEqual(await forwardAll(forwarding), { stored: 2, refused: 0, waits: 0 })
  assert.deepEqual(storedBags(), ['A1', 'A2', 'A3'])
  assert.deepEqual(waiting(), [])
})

test('an answer that is lost on the way is asked for again under the same key: stored once', async () => {
  deliver('B1')
  const before = acted.size
  link = 'answers-lost'
  assert.deepEqual(await forwardAll(forwarding), { stored: 0, refused: 0, waits: 1 })
  assert.equal(acted.size - before, 1, 'the centre has stored it, and the site does not know')
  link = 'up'
  assert.deepEqual(await forwardAll(forwarding), { stored: 1, refused: 0, waits: 0 })
  assert.equal(acted.size - before, 1)
  deliver('B1')
  assert.deepEqual(await forwardAll(forwarding), { stored: 1, refused: 0, waits: 0 })
  assert.deepEqual(storedBags(), ['A1', 'A2', 'A3', 'B1'], 'delivered again, the same note has the same key')
})

test('what the centre refuses is set aside with its reasons; a key that is not accepted is no reason to give up', async () => {
  deliver('refuse-me')
  deliver('C1')
  assert.deepEqual(await forwardAll({ ...forwarding, apiKey: 'old' }), { stored: 0, refused: 0, waits: 2 })
  assert.deepEqual(await forwardAll(forwarding), { stored: 1, refused: 1, waits: 0 })
  assert.ok(readdirSync(join(folder, 'refused')).includes('refuse-me.scan.json.issues.json'))
})
