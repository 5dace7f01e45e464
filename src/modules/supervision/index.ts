/** Supervision for app.ts and the command line: trips under electronic seals, their alarms, and the gateway that devices report to. */
import type { Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { evolveTrip } from './trip.ts'
import { alarmRoutes } from './http/alarms.ts'
import { deviceRoutes } from './http/devices.ts'
import { modelRoutes } from './http/models.ts'
import { tripRoutes } from './http/trips.ts'
import { type Gateway, type Listen, startGateway } from './service/gateway.ts'
import { createWatcher } from './service/watcher.ts'

export { issues } from './issues.ts'

/** How the state of a trip follows from its journal. */
export const folds = { trip: evolveTrip } as const

export const routes = (deps: Deps): Route[] => [...tripRoutes(deps), ...alarmRoutes(deps), ...deviceRoutes(deps), ...modelRoutes(deps)]

/** Opens a port for each protocol named, and watches every trip by what arrives there. */
export const openGateway = (deps: Deps, host: string, listen: readonly Listen[]): Promise<Gateway> =>
  startGateway(deps, createWatcher(deps), { host, listen })
