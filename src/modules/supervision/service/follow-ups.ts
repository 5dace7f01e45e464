/** What follows by itself from what seals report: a departure is noted, an arming is confirmed, a clean trip is discharged. */
import { systemPrincipal } from '#platform/permissions.ts'
import type { Trip, TripCommandName } from '../schema/trip.ts'
import { tripsAwaiting } from '../store/trips.ts'
import type { SupervisionDeps } from './deps.ts'
import { commandTrip } from './trips.ts'
import type { Watcher } from './watcher.ts'

type Step = Extract<TripCommandName, 'depart' | 'confirm-arming' | 'conclude'>
const stepFor = (trip: Trip): Step => (trip.status === 'planned' ? 'confirm-arming' : 'conclude')

export const createFollowUps = (deps: SupervisionDeps, watcher: Watcher) => {
  /** trips that wait for a word of one of their seals, by each */
  const awaiting = new Map<string, Trip>()
  const step = async (id: string, name: Step): Promise<void> => {
    await commandTrip(deps, { principal: systemPrincipal('Supervision'), key: null, now: deps.clock() }, id, { name })
  }
  const learn = async (): Promise<void> => {
    awaiting.clear()
    for (const trip of await tripsAwaiting(deps.sql, deps.clock())) for (const { sealId } of trip.seals) awaiting.set(sealId, trip)
  }
  return {
    learn,
    /** These devices have reported. */
    reported: async (devices: Iterable<string>): Promise<void> => {
      if (awaiting.size === 0) return
      for (const deviceId of new Set(devices)) {
        const trip = awaiting.get(deviceId)
        if (trip) await step(trip.id, stepFor(trip))
      }
    },
    look: async (): Promise<void> => {
      for (const id of watcher.departed()) await step(id, 'depart')
      await learn()
      for (const trip of new Set(awaiting.values())) await step(trip.id, stepFor(trip))
    },
  }
}
export type FollowUps = ReturnType<typeof createFollowUps>
