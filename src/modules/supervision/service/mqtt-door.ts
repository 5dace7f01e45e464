/**
 * Devices that speak MQTT 3.1.1: a broker in this process, topic `seals/<protocol>/<deviceId>`, the payload a frame of that protocol. Each
 * device gets a line of its own to the gateway's port of the protocol, so that limits, acknowledgement after commit and commands are those
 * of every other device; what the gateway says comes back under `…/down`.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Aedes, type AedesPublishPacket, type Client } from 'aedes'
import type { Log } from '#platform/log.ts'
import { protocolOf } from '../protocols/index.ts'
import { refusedTotal } from './metrics.ts'

export type MqttDoor = { port: number; close: () => Promise<void> }

const topicPattern = /^seals\/([a-z0-9]{2,20})\/([0-9A-Za-z]{4,40})$/
const downPattern = /^seals\/([a-z0-9]{2,20})\/([0-9A-Za-z]{4,40})\/down$/
/** A device that has been silent for so long gets a new line with its next word. */
const idleMs = 45 * 60_000
/** Devices of one client: a concentrator may speak for many, and not for all of a country. */
const mostLines = 1000

type Lines = Map<string, Socket>

const textOf = (payload: Buffer | string): Buffer => (typeof payload === 'string' ? Buffer.from(payload) : payload)

const topicOf = (topic: string, ports: Readonly<Record<string, number>>): { port: number } | null => {
  const name = topicPattern.exec(topic)?.[1]
  const port = name === undefined ? undefined : (ports[name] ?? ports[protocolOf(name)?.name ?? ''])
  return port === undefined ? null : { port }
}

/** Which topics a client may use: it reports on those of devices, and hears what is said to them. */
const guard = (broker: Aedes, ports: Readonly<Record<string, number>>): void => {
  broker.authorizePublish = (_client, packet, done) => {
    if (topicOf(packet.topic, ports)) return done(null)
    refusedTotal.inc({ reason: 'mqtt-topic' })
    done(new Error('no such topic'))
  }
  broker.authorizeSubscribe = (_client, subscription, done) => done(null, downPattern.test(subscription.topic) ? subscription : null)
}

/**
 * Listens at `port` (0: any free one) and hands frames to the gateway's `ports`. A frame of a protocol without a port is refused and counted.
 */
export const openMqttDoor = async (
  { host, port, ports }: { host: string; port: number; ports: Readonly<Record<string, number>> },
  log: Pick<Log, 'warn'>,
): Promise<MqttDoor> => {
  const broker = await Aedes.createBroker()
  guard(broker, ports)
  const lines = new Map<string, Lines>()
  const open = (topic: string, to: number, own: Lines): Socket => {
    const line = connect(to, host === '0.0.0.0' ? '127.0.0.1' : host)
    line.setTimeout(idleMs, () => line.destroy())
    line.on('data', (payload) =>
      broker.publish({ cmd: 'publish', topic: `${topic}/down`, payload, qos: 1, dup: false, retain: false }, (fault) => {
        if (fault) log.warn({ err: fault, topic }, 'an answer to a device was not published')
      }),
    )
    line.on('error', () => line.destroy())
    line.on('close', () => own.get(topic) === line && own.delete(topic))
    own.set(topic, line)
    return line
  }
  broker.on('publish', (packet: AedesPublishPacket, client: Client | null) => {
    const to = client && topicOf(packet.topic, ports)
    if (!to) return
    const own = lines.get(client.id) ?? new Map<string, Socket>()
    lines.set(client.id, own)
    if (own.size >= mostLines && !own.has(packet.topic)) return void refusedTotal.inc({ reason: 'too-many-connections' })
    const line = own.get(packet.topic) ?? open(packet.topic, to.port, own)
    line.write(textOf(packet.payload))
  })
  broker.on('clientDisconnect', (client: Client) => {
    for (const line of lines.get(client.id)?.values() ?? []) line.destroy()
    lines.delete(client.id)
  })
  const server = createServer(broker.handle)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const own of lines.values()) for (const line of own.values()) line.destroy()
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
