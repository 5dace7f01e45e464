/**
 * Devices that come over an MQTT 3.1.1 broker of the administration's own (SEAL_BROKER): topics are those of mqtt-door.ts, the gateway is a
 * client with a session that outlives its connections. A message is acknowledged to the broker once its records are committed or refused for
 * good; where they were not kept the connection is dropped, and the broker sends it again. The client takes one message after the other, so
 * one connection carries a message a commit; more gateways share the topics by a group, where the broker has shared subscriptions.
 */
import { hostname } from 'node:os'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Log } from '#platform/log.ts'
import type { Protocol } from '../protocols/codec.ts'
import { protocolOf } from '../protocols/index.ts'
import type { Line } from './doors.ts'
import { brokerConnected, brokerMessages, refusedTotal } from './metrics.ts'
import type { Fate } from './queue.ts'

/** `url` may carry a user and a password; `group` names a shared subscription. */
export type SealBroker = { url: string; group?: string | undefined }
export type SealBrokerLink = { close: () => Promise<void> }
type OpenLine = (protocol: Protocol, peer: string, write: (bytes: Uint8Array) => void) => Line
type BrokerLog = Pick<Log, 'info' | 'warn'>

const topicPattern = /^seals\/([a-z0-9]{2,20})\/([0-9A-Za-z]{4,40})$/
/** Devices that are remembered; the one that has been silent for longest makes room. */
const mostLines = 20_000
const longestPayload = 64 * 1024
const firstWaitMs = 500
const longestWaitMs = 30_000

/** Lines by topic, the latest used last. */
const createLines = (openLine: OpenLine, answer: (topic: string, bytes: Uint8Array) => void) => {
  const lines = new Map<string, Line>()
  return {
    /** null for a topic that is none of a device */
    of: (topic: string): Line | null => {
      const protocol = protocolOf(topicPattern.exec(topic)?.[1] ?? '')
      if (!protocol) return null
      const line = lines.get(topic) ?? openLine(protocol, `mqtt:${topic}`, (bytes) => answer(topic, bytes))
      lines.delete(topic)
      lines.set(topic, line)
      const [oldest] = lines
      if (lines.size > mostLines && oldest) {
        lines.delete(oldest[0])
        oldest[1].close()
      }
      return line
    },
    close: (): void => {
      for (const line of lines.values()) line.close()
      lines.clear()
    },
  }
}

const optionsOf = (): IClientOptions => ({
  // The same name after a restart finds what the broker has kept meanwhile; the protocol allows 23 characters.
  clientId: `pc-${hostname()
    .replace(/[^0-9A-Za-z]/g, '')
    .slice(0, 20)}`,
  clean: false,
  protocolVersion: 4,
  reconnectPeriod: firstWaitMs,
  connectTimeout: 10_000,
  resubscribe: false,
})

/** Says in the log and in the metrics how the connection stands; waits longer after each failure. */
const follow = (client: MqttClient, topic: string, log: BrokerLog): void => {
  client.on('connect', () => {
    client.options.reconnectPeriod = firstWaitMs
    brokerConnected.set(1)
    log.info({ topic }, 'connected to the broker of the seals')
    client.subscribe(topic, { qos: 1 }, (fault, granted) => {
      if (fault || granted?.some((g) => g.qos === 128)) log.warn({ err: fault, topic }, 'the broker of the seals refuses the subscription')
    })
  })
  client.on('close', () => {
    brokerConnected.set(0)
    client.options.reconnectPeriod = Math.min(longestWaitMs, (client.options.reconnectPeriod ?? firstWaitMs) * 2)
  })
  // Faults of the library carry no address, and so no password.
  client.on('error', (fault) => log.warn({ reason: fault.message }, 'the connection to the broker of the seals is disturbed'))
}

/** Connects, also where the broker is away for now. */
export const openSealBroker = ({ url, group }: SealBroker, openLine: OpenLine, log: BrokerLog): SealBrokerLink => {
  const client = connect(url, optionsOf())
  const lines = createLines(openLine, (topic, bytes) =>
    client.publish(`${topic}/down`, Buffer.from(bytes), { qos: 1 }, (fault) => {
      if (fault) log.warn({ reason: fault.message, topic }, 'an answer to a device was not published')
    }),
  )
  const refuse = (reason: string): Fate => {
    refusedTotal.inc({ reason })
    return 'refused'
  }
  const take = async (topic: string, payload: Buffer): Promise<Fate> => {
    if (payload.length > longestPayload) return refuse('mqtt-payload')
    const line = lines.of(topic)
    return line ? line.take(payload) : refuse('mqtt-topic')
  }
  client.handleMessage = (packet, done) => {
    void take(packet.topic, Buffer.from(packet.payload))
      // A message on which a codec breaks would break it again.
      .catch(() => refuse('mqtt-fault'))
      .then((fate) => {
        brokerMessages.inc({ fate })
        if (fate === 'not-kept') client.stream.destroy()
        else done()
      })
  }
  follow(client, group ? `$share/${group}/seals/+/+` : 'seals/+/+', log)
  return {
    close: async () => {
      await client.endAsync(true)
      lines.close()
    },
  }
}
