import assert from 'node:assert/strict'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aedes } from 'aedes'
import { connectAsync, type MqttClient } from 'mqtt'
import { jt701Frame } from '../protocols/jointech/report.ts'
import { brokerConnected, refusedTotal } from './metrics.ts'
import type { Fate } from './queue.ts'
import { openSealBroker, type SealBrokerLink } from './seal-broker.ts'

/** The administration's own broker, which can be ended and started again at its port. */
type OwnBroker = { port: number; end: () => Promise<void> }
const startBroker = async (port: number): Promise<OwnBroker> => {
  const broker = await Aedes.createBroker()
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    broker.handle(socket)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    end: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const topic = 'seals/jt701/8000620012'
const frame = (serial: number): Buffer => Buffer.from(jt701Frame({ id: '8000620012', at: new Date(Date.UTC(2026, 5, 1)), lat: 1, lon: 2, serial }))
const serialOf = (bytes: Uint8Array): number => bytes.at(-1)!

/** In the gateway's place: what it took, what becomes of the next ones (kept unless told otherwise), and how many lines were closed. */
let [taken, fates, closed, opened] = [[] as number[], [] as Fate[], 0, [] as string[]]
let [broker, link, seal]: [OwnBroker | null, SealBrokerLink | null, MqttClient | null] = [null, null, null]
const open = (): SealBrokerLink =>
  openSealBroker(
    { url: `mqtt://127.0.0.1:${broker!.port}` },
    (protocol, peer, write) => {
      opened.push(`${protocol.name} ${peer}`)
      return {
        take: async (bytes) => {
          taken.push(serialOf(bytes))
          const fate = fates.shift() ?? 'kept'
          if (fate === 'kept') write(Buffer.from(`(P69,0,${serialOf(bytes)})`))
          return fate
        },
        close: () => closed++,
      }
    },
    { info: () => undefined, warn: () => undefined },
  )

const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let n = 0; n < 400; n++) {
    if (await isSo()) return
    await sleep(25)
  }
  assert.fail(`not within ten seconds: ${what}`)
}
const isConnected = async (): Promise<boolean> => (await brokerConnected.get()).values[0]?.value === 1
const refusals = async (reason: string): Promise<number> => (await refusedTotal.get()).values.find((v) => v.labels.reason === reason)?.value ?? 0
const dial = (): Promise<MqttClient> => connectAsync(`mqtt://127.0.0.1:${broker!.port}`, { reconnectPeriod: 0 })

before(async () => {
  broker = await startBroker(0)
})
afterEach(async () => {
  await link?.close()
  await seal?.endAsync(true)
  ;[taken, fates, closed, opened] = [[], [], 0, []]
})
after(() => broker?.end())

test('a frame reaches the line of its device, and the answer comes back to it', async () => {
  link = open()
  await until('connected', isConnected)
  seal = await dial()
  const answers: string[] = []
  seal.on('message', (at, payload) => answers.push(`${at} ${payload.toString()}`))
  await seal.subscribeAsync(`${topic}/down`, { qos: 1 })
  for (const serial of [1, 2]) await seal.publishAsync(topic, frame(serial), { qos: 1 })
  await until('two answers', () => answers.length === 2)
  assert.deepEqual(answers, [`${topic}/down (P69,0,1)`, `${topic}/down (P69,0,2)`])
  assert.deepEqual(opened, [`jt701 mqtt:${topic}`])
})

test('other topics and giant messages are refused and counted, and what follows is taken', async () => {
  link = open()
  await until('connected', isConnected)
  seal = await dial()
  const [topics, payloads] = [await refusals('mqtt-topic'), await refusals('mqtt-payload')]
  for (const wrong of ['seals/nothing/8000620012', 'seals/jt701/x', 'seals/jt701/80006200-2']) await seal.publishAsync(wrong, frame(1), { qos: 1 })
  await seal.publishAsync(topic, Buffer.alloc(300_000, 0x24), { qos: 1 })
  await seal.publishAsync(topic, frame(9), { qos: 1 })
  await until('the last one', () => taken.includes(9))
  assert.deepEqual(taken, [9])
  assert.deepEqual([(await refusals('mqtt-topic')) - topics, (await refusals('mqtt-payload')) - payloads], [3, 1])
})

test('what was not kept is not acknowledged: the broker sends it again; what was refused for good it does not', async () => {
  link = open()
  await until('connected', isConnected)
  seal = await dial()
  fates = ['not-kept', 'kept', 'refused']
  for (const serial of [1, 2, 3]) await seal.publishAsync(topic, frame(serial), { qos: 1 })
  await until('the third', () => taken.includes(3))
  await sleep(1500)
  assert.deepEqual(taken.slice(0, 2), [1, 1])
  assert.equal(taken.filter((s) => s === 2).length, 1)
  assert.equal(taken.filter((s) => s === 3).length, 1)
})

test('frames of the time in which no gateway ran are delivered to the next one', async () => {
  link = open()
  await until('connected', isConnected)
  await link.close()
  assert.equal(await isConnected(), false)
  seal = await dial()
  for (const serial of [4, 5]) await seal.publishAsync(topic, frame(serial), { qos: 1 })
  assert.deepEqual(taken, [])
  link = open()
  await until('both', () => taken.length === 2)
  assert.deepEqual(taken, [4, 5])
})

test('a broker that was ended and started again, and has forgotten everything, is subscribed to again', async () => {
  link = open()
  await until('connected', isConnected)
  const { port } = broker!
  await broker!.end()
  await until('away', async () => !(await isConnected()))
  broker = await startBroker(port)
  await until('connected again', isConnected)
  seal = await dial()
  // The subscription follows the connection: until it is there, nobody asks for the frame.
  await until('a frame', async () => {
    await seal!.publishAsync(topic, frame(7), { qos: 1 })
    return taken.includes(7)
  })
  await link.close()
  assert.equal(closed, 1)
})

test('a gateway whose broker is away opens all the same, and closes', async () => {
  link = openSealBroker({ url: 'mqtt://127.0.0.1:1' }, () => assert.fail('no line'), { info: () => undefined, warn: () => undefined })
  await sleep(100)
  await link.close()
  assert.equal(await isConnected(), false)
})
