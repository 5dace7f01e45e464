/** Supervision for app.ts and the command line: trips under electronic seals, their alarms, and the gateway that devices report to. */
import type { Topics } from '#platform/permissions.ts'
import { evolveIncident } from './incident/decide.ts'
import { evolveTrip } from './trip.ts'

export { issues } from './issues.ts'
export { tasks } from './jobs.ts'
export { loadDemoSupervision } from './demo/load.ts'
export { keepUnit } from './service/registry.ts'
export { commandTrip, planTrip } from './service/trips.ts'
export { findByAlias, listDevices } from './store/devices.ts'
export { listCorridors } from './store/trips.ts'
export { endTransit, expectTransit, lockTransit } from './store/transits.ts'
export { createWatcher } from './service/watcher.ts'
export { routes } from './http/index.ts'
export { openGateway } from './service/open-gateway.ts'
export { checkEvidence } from './service/evidence.ts'
export { sealKeyOf } from './service/seal-key.ts'
export { onTripEnded } from './subscription.ts'

/** How the state of a trip, and of an incident case, follows from its journal. */
export const folds = { trip: evolveTrip, incident: evolveIncident } as const

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
