import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aedes } from 'aedes'
import fc from 'fast-check'
import { connectAsync } from 'mqtt'
import { createBus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { ascii, fromHex, protocolNames, protocolOf } from '../protocols/index.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { refusedTotal } from './metrics.ts'
import { openMqttDoor } from './mqtt-door.ts'
import { openSealBroker } from './seal-broker.ts'
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

/** The doors for MQTT onto the same gateway: the broker in this process, and one of the administration's own. */
const mqttDoors = {
  embedded: async () => {
    const door = await openMqttDoor({ host: '127.0.0.1', port: 0, ports: gateway.ports }, deps.log)
    return { url: `mqtt://127.0.0.1:${door.port}`, close: door.close }
  },
  'of its own': async () => {
    const broker = await startBroker()
    const link = openSealBroker({ url: broker.url }, gateway.line, deps.log)
    return {
      url: broker.url,
      close: async () => {
        await link.close()
        await broker.close()
      },
    }
  },
}
const startBroker = async (): Promise<{ url: string; close: () => Promise<void> }> => {
  const broker = await Aedes.createBroker()
  const server = createServer(broker.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

for (const [name, open] of Object.entries(mqttDoors))
  test(`noise, giants and 10,000 topics over a broker that is ${name}: refused, counted, and a stranger after them is still heard`, async () => {
    const refused = async (): Promise<Map<string, number>> =>
      new Map((await refusedTotal.get()).values.map((v) => [String(v.labels.reason), v.value] as const))
    const door = await open()
    const client = await connectAsync(door.url)
    await sleep(300)
    const before = await refused()
    const tell = (topic: string, payload: Uint8Array): Promise<unknown> => client.publishAsync(topic, Buffer.from(payload), { qos: 1 })
    await tell('seals/jt701/8000620012', new Uint8Array(2_000_000).fill(0x24))
    for (let from = 0; from < 10_000; from += 500)
      await Promise.all(
        Array.from({ length: 500 }, (_, n) => tell(`seals/jt701/${8_000_000_000 + from + n}`, Uint8Array.from([0x24, n & 255, 0x28, from >> 8]))),
      )
    for (const c of captures) await tell(`seals/${c.protocol}/stranger`, bytesOf(c))
    const grown = (after: Map<string, number>): number => (after.get('unregistered') ?? 0) - (before.get('unregistered') ?? 0)
    for (let n = 0; n < 200 && grown(await refused()) === 0; n++) await sleep(25)
    assert.ok(grown(await refused()) > 0)
    const after = await refused()
    assert.ok(
      [...after].some(([reason, n]) => /mqtt-payload|frame_too_long|bytes_skipped|too-many/.test(reason) && n > (before.get(reason) ?? 0)),
      JSON.stringify([...after]),
    )
    assert.equal((await deps.sql`select 1 from supervision.position`).length, 0)
    await client.endAsync(true)
    await door.close()
  })
