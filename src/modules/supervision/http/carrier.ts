/** What a carrier sees: its own trips, what is to be done on each, and by when. */
import { Type } from 'typebox'
import { later } from '#kernel/time.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import type { Corridor } from '../schema/corridor.ts'
import { CarrierTrip } from '../schema/live.ts'
import type { Trip } from '../schema/trip.ts'
import { listTripsOfCarriers } from '../store/carrier.ts'
import { tag } from './shared.ts'

const minuteMs = 60_000

const seenBy = (trip: Trip, corridor: Corridor): CarrierTrip => ({
  id: trip.id,
  reference: trip.reference,
  status: trip.status,
  vehicle: trip.vehicle,
  trailer: trip.trailer ?? null,
  driver: trip.driver,
  containers: trip.containers,
  office: trip.office,
  destinationOffice: trip.destinationOffice,
  corridor: corridor.name,
  seals: trip.seals.map(({ sealId, place }) => ({ sealId, place: place ?? null })),
  armedAt: trip.armedAt,
  deadlineAt: trip.deadlineAt,
  limitKph: corridor.limitKph,
  checkpoints: corridor.checkpoints.map((c) => ({
    id: c.id,
    name: c.name,
    latestAt: trip.armedAt === null ? null : later(trip.armedAt, c.latestMin * minuteMs),
    passedAt: trip.scans.find((s) => s.checkpointId === c.id)?.at ?? null,
  })),
  stops: corridor.stops.map(({ name, longestMin }) => ({ name, longestMin })),
})

export const carrierRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/own-trips',
    permission: 'supervision:trip:read-own',
    summary: 'Trips that your firm carries, those under way first',
    tag,
    out: Type.Array(CarrierTrip),
    handler: async ({ principal }) => {
      const found = await listTripsOfCarriers(
        deps.sql,
        principal.represents.map((r) => r.registration),
      )
      return found.map(({ trip, corridor }) => seenBy(trip, corridor))
    },
  }),
]
