/** All routes of supervision. */
import type { Route } from '#platform/http.ts'
import type { SupervisionDeps } from '../service/deps.ts'
import { alarmRoutes } from './alarms.ts'
import { carrierRoutes } from './carrier.ts'
import { commandRoutes } from './commands.ts'
import { deviceRoutes } from './devices.ts'
import { evidenceRoutes } from './evidence.ts'
import { incidentRoutes } from './incidents.ts'
import { liveRoutes } from './live.ts'
import { modelRoutes } from './models.ts'
import { retentionRoutes } from './retention.ts'
import { tripRoutes } from './trips.ts'

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
