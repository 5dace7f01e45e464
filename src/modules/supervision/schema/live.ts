/** What the map of the control room shows of a seal, or of a trip with all its seals, as of the newest report. Degrees WGS 84, km/h, degrees from north, ISO 8601 in UTC. */
import { Type, type Static } from 'typebox'
import { AlarmRow } from './alarm.ts'
import { TripStatus } from './trip.ts'

const closed = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

export const LiveSeal = Type.Object(
  {
    id: Type.String({ description: 'the seal; of a trip its first' }),
    others: Type.Array(Type.String(), { description: 'further seals of the trip, for which this one stands' }),
    lat: Type.Number(),
    lon: Type.Number(),
    speedKph: orNull(Type.Number()),
    courseDeg: orNull(Type.Number()),
    batteryPct: orNull(Type.Number()),
    locked: orNull(Type.Boolean()),
    eventAt: Type.String({ description: 'when it was there' }),
    receivedAt: Type.String({ description: 'when we heard of it' }),
    state: Type.String(),
    office: Type.String(),
    trip: orNull(
      Type.Object(
        {
          id: Type.String(),
          reference: Type.String(),
          status: TripStatus,
          vehicle: Type.String(),
          carrier: orNull(Type.String()),
          corridorId: Type.String(),
          office: Type.String(),
          destinationOffice: Type.String(),
          deadlineAt: orNull(Type.String()),
        },
        closed,
      ),
    ),
    /** open alarms of the trip, and the gravest of them; flags of data quality do not count */
    alarms: Type.Integer(),
    worst: orNull(AlarmRow.properties.severity),
  },
  { ...closed, title: 'LiveSeal' },
)
export type LiveSeal = Static<typeof LiveSeal>

/** All seals that one may see, or only what has changed since a cursor: then `gone` names those that are no longer shown. */
export const LiveSeals = Type.Object(
  { cursor: Type.String(), whole: Type.Boolean(), at: Type.String(), seals: Type.Array(LiveSeal), gone: Type.Array(Type.String()) },
  { ...closed, title: 'LiveSeals' },
)
export type LiveSeals = Static<typeof LiveSeals>

/** A fix of a track: [time ms since 1970, longitude, latitude, km/h or null]. */
export const TrackFix = Type.Tuple([Type.Integer(), Type.Number(), Type.Number(), orNull(Type.Number())])
export type TrackFix = Static<typeof TrackFix>

/** A piece of a seal's way in event time, simplified to a tolerance; `next` is where the following piece begins, null at its end. */
export const TrackChunk = Type.Object(
  {
    tripId: Type.String(),
    fixes: Type.Array(TrackFix),
    of: Type.Integer({ description: 'fixes before simplification' }),
    next: orNull(Type.String()),
  },
  { ...closed, title: 'TrackChunk' },
)
export type TrackChunk = Static<typeof TrackChunk>

/** A trip as its carrier sees it: what to do, by when, and what has been done; nothing of alarms under investigation. */
export const CarrierTrip = Type.Object(
  {
    id: Type.String(),
    reference: Type.String(),
    status: TripStatus,
    vehicle: Type.String(),
    trailer: orNull(Type.String()),
    driver: Type.String(),
    containers: Type.Array(Type.String()),
    office: Type.String(),
    destinationOffice: Type.String(),
    corridor: Type.String(),
    seals: Type.Array(Type.Object({ sealId: Type.String(), place: orNull(Type.String()) }, closed)),
    armedAt: orNull(Type.String()),
    deadlineAt: orNull(Type.String()),
    limitKph: orNull(Type.Number()),
    checkpoints: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), latestAt: orNull(Type.String()), passedAt: orNull(Type.String()) }, closed),
    ),
    stops: Type.Array(Type.Object({ name: Type.String(), longestMin: Type.Number() }, closed)),
  },
  { ...closed, title: 'CarrierTrip' },
)
export type CarrierTrip = Static<typeof CarrierTrip>

/** What a card over a seal tells beyond its row: since when it stands, and how far its trip has come. */
export const SealCard = Type.Object(
  {
    id: Type.String(),
    /** of a trip each, as it stands by its own newest report; of a seal in stock none */
    seals: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          place: orNull(Type.String()),
          locked: orNull(Type.Boolean()),
          batteryPct: orNull(Type.Number()),
          eventAt: orNull(Type.String()),
        },
        closed,
      ),
    ),
    /** since when it has not moved 100 m; null while it moves, or where nothing is known */
    standsSince: orNull(Type.String()),
    driver: orNull(Type.String()),
    alarms: Type.Array(
      Type.Object({ id: Type.String(), kind: Type.String(), severity: AlarmRow.properties.severity, openedAt: Type.String() }, closed),
    ),
  },
  { ...closed, title: 'SealCard' },
)
export type SealCard = Static<typeof SealCard>
