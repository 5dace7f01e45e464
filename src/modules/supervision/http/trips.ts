/** Routes of trips: plan, the commands of the transition table, and the positions as files. */
import { Type, type TSchema } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { askingOf } from '#platform/command.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import { Circle } from '../schema/corridor.ts'
import { SealNow } from '../schema/device.ts'
import { ArrivalRow, Trip, tripCommands, TripPlan, TripRow, TripStatus, Unlock, tripTransitions, type TripCommandName } from '../schema/trip.ts'
import { DeclaredTransit } from '../schema/transit.ts'
import { exportFormats, writeTrack } from '../export.ts'
import { listArrivals } from '../service/arrivals.ts'
import type { SupervisionDeps } from '../service/deps.ts'
import { commandTrip, mayWorkOn, planTrip } from '../service/trips.ts'
import { sealsNow } from '../store/seals.ts'
import { readRecords } from '../store/positions.ts'
import { findTransit, listWaiting, sortableTransits } from '../store/transits.ts'
import { findTrip, listTrips, sortableTrips } from '../store/trips.ts'
import { isOfTrip, sealSpans } from '../trip/resealing.ts'
import type { TripCommand } from '../trip/types.ts'
import { Id, tag } from './shared.ts'

const closed = { additionalProperties: false } as const
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const reason = Type.Object({ reason: Type.String({ maxLength: 2000 }) }, closed)
const nothing = Type.Object({}, closed)
const Person = Type.Object({ personId: text(60), name: text(200) }, closed)
const instant = Trip.properties.armedAt

/** What each command that people give takes; the others are the system's. */
const bodies: Partial<Record<TripCommandName, TSchema>> = {
  arm: nothing,
  arrive: nothing,
  disarm: nothing,
  cancel: reason,
  discharge: reason,
  'report-incident': reason,
  'replace-seal': Type.Object(
    { sealId: text(40), replaces: Type.Optional(text(40)), second: Person, reason: Type.String({ maxLength: 2000 }) },
    closed,
  ),
  'pass-checkpoint': Type.Object({ checkpointId: text(60) }, closed),
  'hand-over': Type.Object({ to: Person, office: text(20), sealLocked: Type.Boolean() }, closed),
  authorise: Type.Object({ from: instant, to: instant, area: Type.Union([Circle, Type.Null()]), second: Type.Union([Person, Type.Null()]) }, closed),
  unlock: Type.Object({ method: Unlock.properties.method, sealId: Unlock.properties.sealId }, closed),
  'resolve-incident': Type.Object({ next: TripStatus, reason: Type.String({ maxLength: 2000 }) }, closed),
  'close-alarm': Type.Object({ kind: text(40), subject: text(60), reason: Type.String({ maxLength: 2000 }) }, closed),
}
const permissionOf = (name: TripCommandName) => Object.values(tripTransitions).flatMap((t) => (t[name] ? [t[name].permission] : []))[0]!

const commandRoutes = (deps: SupervisionDeps): Route[] =>
  tripCommands.flatMap((name) => {
    const body = bodies[name]
    if (!body) return []
    return [
      route({
        method: 'POST',
        path: `/api/supervision/trips/:id/${name}`,
        permission: permissionOf(name),
        summary: `Trip: ${name}`,
        tag,
        params: Id,
        body,
        out: Trip,
        handler: (x) => commandTrip(deps, askingOf(x), x.params.id, { ...(x.body as object), name } as TripCommand),
      }),
    ]
  })

const found = async (deps: SupervisionDeps, id: string, principal: Parameters<typeof mayWorkOn>[0]): Promise<Trip | null> => {
  const trip = await findTrip(deps.sql, id)
  return trip && mayWorkOn(principal, trip) ? trip : null
}

const readRoutes = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/trips',
    permission: 'supervision:trip:read',
    summary: 'Trips that begin or end at one of your offices',
    tag,
    query: listQuery(sortableTrips, { q: Type.Optional(Type.String({ maxLength: 70 })), status: Type.Optional(TripStatus) }),
    out: pageOf(TripRow),
    handler: async ({ query, principal }) =>
      answerList(query, await listTrips(deps.sql, principal.offices, query), 'trips', [
        'id',
        'reference',
        'status',
        'office',
        'destinationOffice',
        'sealIds',
        'carrier',
        'vehicle',
        'openAlarms',
        'worstAlarm',
        'sealLocked',
        'lastEventAt',
        'armedAt',
        'deadlineAt',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/arrivals',
    permission: 'supervision:trip:read',
    summary: 'Trips under way to one of your offices, with when each may be expected; the nearest time limit first',
    tag,
    query: listQuery(sortableTrips, { q: Type.Optional(Type.String({ maxLength: 70 })) }),
    out: pageOf(ArrivalRow),
    handler: async ({ query, principal }) =>
      answerList(query, await listArrivals(deps.sql, principal.offices, query), 'arrivals', [
        'id',
        'reference',
        'status',
        'office',
        'destinationOffice',
        'vehicle',
        'carrier',
        'sealIds',
        'remainingKm',
        'expectedAt',
        'deadlineAt',
        'openAlarms',
        'worstAlarm',
      ]),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/trips',
    permission: 'supervision:trip:plan',
    summary: 'Bind declaration, guarantee, vehicle, one to six seals and corridor to a trip',
    tag,
    body: TripPlan,
    out: Trip,
    successStatus: 201,
    handler: (x) => planTrip(deps, askingOf(x), x.body),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id',
    permission: 'supervision:trip:read',
    summary: 'One trip',
    tag,
    params: Id,
    out: Trip,
    handler: async ({ params, principal }) => (await found(deps, params.id, principal)) ?? refuse(error('supervision.trip_unknown', '/id', params)),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id/seals',
    permission: 'supervision:trip:read',
    summary: 'The seals of a trip in the order of its plan, what each said last and its sub-locks, also where they are of another office',
    tag,
    params: Id,
    out: Type.Array(SealNow),
    handler: async ({ params, principal }) => {
      const trip = await found(deps, params.id, principal)
      return trip ? sealsNow(deps.sql, trip) : refuse(error('supervision.trip_unknown', '/id', params))
    },
  }),
  route({
    method: 'GET',
    path: '/api/supervision/trips/:id/positions',
    permission: 'supervision:trip:read',
    summary: 'Where the seals have been, by event time: GPX 1.1, GeoJSON (RFC 7946) or CSV',
    tag,
    params: Id,
    query: Type.Object({ format: Type.Enum(exportFormats) }, closed),
    handler: async ({ params, query, principal, now }) => {
      const trip = await found(deps, params.id, principal)
      if (!trip) return refuse(error('supervision.trip_unknown', '/id', params))
      const seals = sealSpans(trip).map((s) => s.sealId)
      const records = trip.armedAt ? await readRecords(deps.sql, seals, later(trip.armedAt, -3_600_000), now) : []
      const is = isOfTrip(trip)
      const file = writeTrack(
        query.format,
        trip.reference,
        records.filter((r) => is(r.deviceId, Date.parse(r.record.eventTime ?? r.receivedAt))),
      )
      return raw(file.contentType, file.content, `${trip.reference}.${query.format}`)
    },
  }),
]

const transitRoutes = (deps: SupervisionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/supervision/transits',
    permission: 'supervision:trip:read',
    summary: 'Goods released for transit at one of your offices that no trip carries yet',
    tag,
    query: listQuery(sortableTransits, { q: Type.Optional(Type.String({ maxLength: 70 })) }),
    out: pageOf(DeclaredTransit),
    handler: async ({ query, principal }) =>
      answerList(query, await listWaiting(deps.sql, principal.offices, query), 'transits', [
        'mrn',
        'holder',
        'office',
        'destinationOffice',
        'releasedAt',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/transits/:mrn',
    permission: 'supervision:trip:read',
    summary: 'What the declaration of goods in transit says',
    tag,
    params: Type.Object({ mrn: text(40) }, closed),
    out: DeclaredTransit,
    handler: async ({ params, principal }) => {
      const transit = await findTransit(deps.sql, params.mrn)
      return transit && mayWorkOn(principal, transit) ? transit : refuse(error('supervision.transit_unknown', '/mrn', params))
    },
  }),
]

export const tripRoutes = (deps: SupervisionDeps): Route[] => [...readRoutes(deps), ...transitRoutes(deps), ...commandRoutes(deps)]
