/** An MQTT broker in this process, for one machine. Past one machine any broker serves; then only its address is given. */
import { createServer, type AddressInfo } from 'node:net'
import { Aedes } from 'aedes'

export type Broker = { url: string; close: () => Promise<void> }

/** Listens at `port` (0: any free one). */
export const startBroker = async ({ host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {}): Promise<Broker> => {
  const broker = await Aedes.createBroker()
  const server = createServer(broker.handle)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `mqtt://${host}:${taken}`,
    close: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
