/** The ports of devices, as flags name them: `jt701=9001,jt808=9002`. */
import { createServer } from 'node:net'
import { cannotStart } from '#platform/cannot-start.ts'
import { protocolNames, protocolOf } from '#modules/supervision/protocols'

/** Stops with one sentence for a protocol that there is not, a port that cannot be, or one that is named twice. */
export const readPorts = (verb: string, text: string): { protocol: string; port: number }[] => {
  const ports = text.split(',').map((pair) => {
    const [protocol = '', port = ''] = pair.trim().split('=')
    // Devices that come over MQTT name their protocol in the topic.
    if (protocol !== 'mqtt' && !protocolOf(protocol))
      throw cannotStart(`${verb}: "${protocol}" is none of the protocols: ${[...protocolNames, 'mqtt'].join(', ')}.`)
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      throw cannotStart(`${verb}: ${protocol} needs a port from 0 to 65535, as in ${protocol}=9001.`)
    return { protocol, port: Number(port) }
  })
  const taken = ports.find((p, i) => ports.some((q, k) => k < i && (q.protocol === p.protocol || (q.port === p.port && p.port > 0))))
  if (taken) throw cannotStart(`${verb}: ${taken.protocol}=${taken.port} repeats a protocol or a port.`)
  return ports
}

/** What a demo opens by itself: one port for each family of devices that its register knows. */
const demoPorts = [
  { protocol: 'jt701', port: 9701 },
  { protocol: 'eseal', port: 9702 },
  { protocol: 'teratrack', port: 9703 },
  { protocol: 'mqtt', port: 9783 },
] as const

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host }, () => probe.close(() => resolve(true)))
  })

/** The ports of a demo; where one is taken, any free one. */
export const portsOfDemo = (host: string): Promise<{ protocol: string; port: number }[]> =>
  Promise.all(demoPorts.map(async ({ protocol, port }) => ({ protocol, port: (await isFree(port, host)) ? port : 0 })))
