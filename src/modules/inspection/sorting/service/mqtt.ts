/** Belts over MQTT 3.1.1 (topics in ../topics.ts). A command is sent again until it is acknowledged or `withinMs` is over. */
import { connectAsync, type MqttClient } from 'mqtt'
import type { Log } from '#platform/log.ts'
import type { Answer, BeltNews, DivertCommand, Sorter } from '../port.ts'
import { beltTopics, divertTopic, readMessage } from '../topics.ts'

export type MqttOptions = { url: string; withinMs?: number; againMs?: number; clientId?: string }

/**
 * Connects and listens. Messages of belts go to `hear` one after the other, because a tray is announced before it passes; a message that is
 * not understood is dropped with a word in the log. The client connects again by itself; QoS 1 keeps what was under way.
 */
export const connectBelts = async (
  { url, withinMs = 4000, againMs = 800, clientId }: MqttOptions,
  hear: (news: BeltNews) => Promise<void>,
  log: Pick<Log, 'warn'>,
): Promise<Sorter> => {
  const client: MqttClient = await connectAsync(url, {
    clean: clientId === undefined,
    ...(clientId && { clientId }),
    reconnectPeriod: 500,
    connectTimeout: 5000,
  })
  const waiting = new Map<string, () => void>()
  let last: Promise<void> = Promise.resolve()
  client.on('error', (fault) => log.warn({ err: fault }, 'the connection to the belts is disturbed'))
  client.on('message', (topic, payload) => {
    const message = readMessage(topic, payload)
    if (!message) return log.warn({ topic }, 'a belt said something that is not understood')
    if (message.kind === 'acknowledged') return waiting.get(message.command)?.()
    last = last.then(() => hear(message)).catch((fault: unknown) => log.warn({ err: fault, topic }, 'what a belt said was not kept'))
  })
  await client.subscribeAsync([...beltTopics], { qos: 1 })

  const divert = (command: DivertCommand): Promise<Answer> =>
    new Promise((resolve) => {
      const publish = (): void => {
        client.publish(divertTopic(command), JSON.stringify({ command: command.id, line: command.line }), { qos: 1 })
      }
      const end = (answer: Answer): void => {
        clearInterval(again)
        clearTimeout(over)
        waiting.delete(command.id)
        resolve(answer)
      }
      const again = setInterval(publish, againMs)
      const over = setTimeout(() => end('timed-out'), withinMs)
      waiting.set(command.id, () => end('acknowledged'))
      publish()
    })
  return {
    divert,
    close: async () => {
      await client.endAsync(true)
      await last
    },
  }
}
