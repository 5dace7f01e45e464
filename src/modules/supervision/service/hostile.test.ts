import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { createBus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { ascii, fromHex, protocolNames, protocolOf } from '../protocols/index.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { refusedTotal } from './metrics.ts'
import { createWatcher } from './watcher.ts'

type Capture = { protocol: string; encoding: 'hex' | 'text'; frame: string }
const { captures } = JSON.parse(readFileSync(new URL('../protocols/fixtures/captures.json', import.meta.url), 'utf8')) as { captures: Capture[] }
const bytesOf = (c: Capture): Uint8Array => (c.encoding === 'hex' ? fromHex(c.frame)! : ascii(c.frame))

let database: TestDatabase
let deps: Deps
let gateway: Gateway
before(async () => {
  database = await testDatabase()
  const log = createLog('silent')
  const sql = database.sql()
  deps = { sql, bus: await createBus(sql, log), log, clock: () => new Date().toISOString(), config: { demo: false } }
  const listen = [...new Set(protocolNames.map((n) => protocolOf(n)!.name))].map((protocol) => ({ protocol, port: 0 }))
  gateway = await startGateway(deps, createWatcher(deps), { host: '127.0.0.1', listen, limits: { halfFrameMs: 400 } })
})
after(async () => {
  await gateway.close()
  await deps.bus.close()
  await database.close()
})

/** Sends pieces and waits until the door shuts or everything is read. */
const send = (protocol: string, pieces: readonly Uint8Array[]): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(gateway.ports[protocolOf(protocol)!.name]!, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
      socket.end()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.resume()
  })

test('whatever arrives at any port, the door stays open and nothing of a stranger is kept', async () => {
  const mutant = fc
    .record({
      capture: fc.constantFrom(...captures),
      flips: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      cut: fc.option(fc.nat(), { nil: null }),
      times: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ capture, flips, cut, times }) => {
      const bytes = Uint8Array.from(bytesOf(capture))
      for (const [at, value] of flips) bytes[at % bytes.length] = value
      const piece = cut === null ? bytes : bytes.subarray(0, cut % bytes.length)
      return { protocol: capture.protocol, pieces: Array.from({ length: times }, () => piece) }
    })
  await fc.assert(
    fc.asyncProperty(fc.array(mutant, { minLength: 10, maxLength: 30 }), async (all) => {
      await Promise.all(all.map(({ protocol, pieces }) => send(protocol, pieces)))
    }),
    { numRuns: 25 },
  )
  const datagram = createSocket('udp4')
  for (const c of captures)
    await new Promise<void>((resolve) => datagram.send(bytesOf(c), gateway.ports[protocolOf(c.protocol)!.name]!, '127.0.0.1', () => resolve()))
  datagram.close()
  for (const c of captures) await send(c.protocol, [bytesOf(c)])
  await gateway.idle()
  assert.equal((await deps.sql`select 1 from supervision.position union all select 1 from supervision.raw_frame`).length, 0)
  const strangers = (await refusedTotal.get()).values.find((v) => v.labels.reason === 'unregistered')
  assert.ok(strangers && strangers.value > captures.length, 'strangers are counted')
})
