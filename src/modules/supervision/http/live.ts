/** Routes of the map: seals live and by difference, what a card tells, ways to be replayed, and the ground that all is drawn on. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { instantOf, later } from '#kernel/time.ts'
import { route, type Route } from '#platform/http.ts'
import type { Reader } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { leadingWay, type SealWay, simplify, standsSince } from '../geometry/track.ts'
import { LiveSeals, SealCard, TrackChunk, type TrackFix } from '../schema/live.ts'
import { MapGround } from '../schema/map.ts'
import { createBoard } from '../service/board.ts'
import { mayWorkOn } from '../service/trips.ts'
import { readCardAlarms, readFixes } from '../store/board.ts'
import { findDevice } from '../store/devices.ts'
import { sealsNow } from '../store/seals.ts'
import { listMapAreas } from '../store/map.ts'
import { findTrip, watchedTrips } from '../store/trips.ts'
import type { Trip } from '../schema/trip.ts'
import { sealSpans } from '../trip/resealing.ts'
import { Id, Name, tag } from './shared.ts'

const closed = { additionalProperties: false } as const
const read = 'supervision:trip:read' as const
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$', maxLength: 30 })
/** Fixes of a piece before simplification: some hours of a seal that reports each ten seconds. */
const chunkFixes = 5000
const cardBackMs = 12 * 3_600_000

/** A piece of the way of the goods under the seals that guarded them, and where the next begins; as far as all of them have been read. */
const readWay = async (db: Reader, trip: Trip, from: string, to: string): Promise<{ fixes: TrackFix[]; next: string | null }> => {
  const ways: SealWay[] = []
  let readToMs = Infinity
  for (const span of sealSpans(trip)) {
    const [begin, end] = [span.from !== null && span.from > from ? span.from : from, span.to !== null && span.to < to ? span.to : to]
    if (begin >= end) continue
    const fixes = await readFixes(db, span.sealId, begin, end, chunkFixes)
    ways.push({ fixes, toMs: span.to === null ? Infinity : Date.parse(span.to) })
    if (fixes.length === chunkFixes) readToMs = Math.min(readToMs, fixes.at(-1)![0])
  }
  const fixes = leadingWay(ways.map((way) => ({ ...way, fixes: way.fixes.filter((fix) => fix[0] <= readToMs) })))
  return { fixes, next: readToMs === Infinity ? null : instantOf(readToMs + 1) }
}

const trackRoute = (deps: Deps): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id/track',
    permission: read,
    summary: 'A piece of a trip’s way in event time, simplified to a tolerance in metres',
    tag,
    params: Id,
    query: Type.Object({ from: Type.Optional(instant), toleranceM: Type.Optional(Type.Number({ minimum: 0, maximum: 5000 })) }, closed),
    out: TrackChunk,
    handler: async ({ params, query, principal, now }) => {
      const trip = await findTrip(deps.sql, params.id)
      if (!trip || !mayWorkOn(principal, trip)) return refuse(error('supervision.trip_unknown', '/id', params))
      if (trip.armedAt === null) return { tripId: trip.id, fixes: [], of: 0, next: null }
      const from = query.from ?? later(trip.armedAt, -3_600_000)
      // After its end the seal may be on another trip.
      const { fixes, next } = await readWay(deps.sql, trip, from, trip.disarmedAt ?? now)
      return {
        tripId: trip.id,
        fixes: simplify(fixes, query.toleranceM ?? 0),
        of: fixes.length,
        next,
      }
    },
  })

const cardRoute = (deps: Deps): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/live/:id',
    permission: read,
    summary: 'What a card over a seal tells: since when it stands, who drives, which alarms are open',
    tag,
    params: Name,
    out: SealCard,
    handler: async ({ params, principal, now }) => {
      const device = await findDevice(deps.sql, params.id)
      const [trip] = device ? await watchedTrips(deps.sql, [device.id]) : []
      const may = device && (officeAllowed(principal, device.office) || (trip && mayWorkOn(principal, trip)))
      if (!may) return refuse(error('supervision.device_unknown', '/id', params))
      const fixes = await readFixes(deps.sql, device.id, later(now, -cardBackMs), now, 20_000)
      const since = standsSince(fixes)
      return {
        id: device.id,
        seals: trip
          ? (await sealsNow(deps.sql, trip)).map(({ id, place, locked, batteryPct, eventAt }) => ({ id, place, locked, batteryPct, eventAt }))
          : [],
        standsSince: since === null ? null : instantOf(since),
        driver: trip?.driver ?? null,
        alarms: trip ? await readCardAlarms(deps.sql, trip.id) : [],
      }
    },
  })

/** `tiles`: the administration's own server of map tiles, where it has one. */
export const liveRoutes = (deps: Deps, tiles: MapGround['tiles']): Route[] => {
  const board = createBoard(deps)
  return [
    route({
      method: 'GET',
      path: '/api/supervision/live',
      permission: read,
      summary: 'Seals with their newest place, trip and alarms; with a cursor only what has changed since',
      tag,
      query: Type.Object({ since: Type.Optional(Type.String({ maxLength: 40 })) }, closed),
      out: LiveSeals,
      handler: ({ query, principal }) => board.look(principal, query.since),
    }),
    cardRoute(deps),
    trackRoute(deps),
    route({
      method: 'GET',
      path: '/api/supervision/map',
      permission: read,
      summary: 'What maps are drawn on: geography of our own, and tiles of the administration where it has a server of its own',
      tag,
      out: MapGround,
      handler: async () => ({ areas: await listMapAreas(deps.sql), tiles }),
    }),
  ]
}
