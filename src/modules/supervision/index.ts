/** Supervision for app.ts and the command line: trips under electronic seals, their alarms, and the gateway that devices report to. */
import type { Route } from '#platform/http.ts'
import type { Topics } from '#platform/permissions.ts'
import { evolveIncident } from './incident/decide.ts'
import { evolveTrip } from './trip.ts'
import { alarmRoutes } from './http/alarms.ts'
import { carrierRoutes } from './http/carrier.ts'
import { commandRoutes } from './http/commands.ts'
import { deviceRoutes } from './http/devices.ts'
import { evidenceRoutes } from './http/evidence.ts'
import { incidentRoutes } from './http/incidents.ts'
import { liveRoutes } from './http/live.ts'
import { modelRoutes } from './http/models.ts'
import { retentionRoutes } from './http/retention.ts'
import { tripRoutes } from './http/trips.ts'
import type { SupervisionDeps } from './service/deps.ts'
import { createWatcher } from './service/watcher.ts'

export { issues } from './issues.ts'
export { tasks } from './jobs.ts'
export { loadDemoSupervision } from './demo/load.ts'
export { commandTrip, planTrip } from './service/trips.ts'
export { findByAlias, listDevices } from './store/devices.ts'
export { listCorridors } from './store/trips.ts'
export { createWatcher }
export { checkEvidence } from './service/evidence.ts'
export { sealKeyOf } from './service/seal-key.ts'
export { onTripEnded } from './subscription.ts'

/** How the state of a trip, and of an incident case, follows from its journal. */
export const folds = { trip: evolveTrip, incident: evolveIncident } as const

/** `tiles`: address of the administration's own map tiles. */
export const routes = (deps: SupervisionDeps, tiles?: string): Route[] => [
  ...tripRoutes(deps),
  ...alarmRoutes(deps),
  ...deviceRoutes(deps),
  ...modelRoutes(deps),
  ...carrierRoutes(deps),
  ...retentionRoutes(deps),
  ...liveRoutes(deps, tiles === undefined ? null : { url: tiles, attribution: new URL(tiles).host }),
  ...commandRoutes(deps),
  ...incidentRoutes(deps),
  ...evidenceRoutes(deps),
]

export { openGateway } from './service/open-gateway.ts'

const readers = ['supervision:trip:read'] as const
/** Who may hear of what happens here; `seals` says only that some have reported. */
export const topics: Topics = {
  trip: readers,
  alarm: readers,
  device: readers,
  seals: readers,
  command: readers,
  corridor: readers,
  incident: readers,
  unit: readers,
}
