/** All doors for devices at once: a port for each protocol, and one for those that come over MQTT. */
import type { SupervisionDeps } from './deps.ts'
import { type Gateway, type Listen, startGateway } from './gateway.ts'
import { openMqttDoor } from './mqtt-door.ts'
import { openSealBroker, type SealBroker } from './seal-broker.ts'
import { createWatcher } from './watcher.ts'

type Doors = { host: string; listen: readonly Listen[]; broker?: SealBroker | undefined }

/**
 * Opens a port for each protocol named (`mqtt` is the broker in this process) and watches every trip by what arrives there; 0 takes any free
 * port. `broker` is one elsewhere.
 */
export const openGateway = async (deps: SupervisionDeps, { host, listen, broker }: Doors): Promise<Gateway> => {
  const gateway = await openPorts(deps, host, listen)
  if (!broker) return gateway
  const link = openSealBroker(broker, gateway.line, deps.log)
  return {
    ...gateway,
    close: async () => {
      await link.close()
      await gateway.close()
    },
  }
}

const openPorts = async (deps: SupervisionDeps, host: string, listen: readonly Listen[]): Promise<Gateway> => {
  const gateway = await startGateway(deps, createWatcher(deps), { host, listen: listen.filter((l) => l.protocol !== 'mqtt') })
  const broker = listen.find((l) => l.protocol === 'mqtt')
  if (!broker) return gateway
  const door = await openMqttDoor({ host, port: broker.port, ports: gateway.ports }, deps.log)
  return {
    ...gateway,
    ports: { ...gateway.ports, mqtt: door.port },
    close: async () => {
      await door.close()
      await gateway.close()
    },
  }
}
