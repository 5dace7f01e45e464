/**
 * Where a trip may go. Places are WGS 84 in degrees, distances in metres, chainage in metres along the centreline from its first vertex,
 * times in minutes after departure.
 */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const id = Type.String({ minLength: 1, maxLength: 60 })
const name = Type.String({ minLength: 1, maxLength: 200 })
const chainage = Type.Number({ minimum: 0 })
const minutes = Type.Number({ minimum: 0 })

export const LonLat = Type.Object({ lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) }, closed)
export type LonLat = Static<typeof LonLat>

export const Circle = Type.Object({ at: LonLat, radiusM: Type.Number({ exclusiveMinimum: 0, maximum: 100_000 }) }, closed)
export type Circle = Static<typeof Circle>

export const SpeedLimit = Type.Object({ fromM: chainage, toM: chainage, limitKph: Type.Number({ minimum: 1, maximum: 200 }) }, closed)

/** A place to be passed in order; `earliestMin` and `latestMin` are its window after departure. */
export const Checkpoint = Type.Object({ id, name, area: Circle, earliestMin: minutes, latestMin: minutes }, closed)
export type Checkpoint = Static<typeof Checkpoint>

/** A place where a truck may stand, for so long. */
export const PermittedStop = Type.Object({ id, name, area: Circle, longestMin: minutes }, closed)

/** A stretch without mobile network; silence in it is expected for so long. */
export const DeadZone = Type.Object({ fromM: chainage, toM: chainage, longestMin: minutes }, closed)

/** `forbidden` may not be entered, `required` may not be left. The ring need not repeat its first point. */
export const Fence = Type.Object(
  { id, name, rule: Type.Enum(['forbidden', 'required']), ring: Type.Array(LonLat, { minItems: 3, maxItems: 5000 }) },
  closed,
)
export type Fence = Static<typeof Fence>

export const Corridor = Type.Object(
  {
    id,
    name,
    line: Type.Array(LonLat, { minItems: 2, maxItems: 20_000 }),
    halfWidthM: Type.Number({ minimum: 50, maximum: 50_000 }),
    limitKph: Type.Union([Type.Number({ minimum: 1, maximum: 200 }), Type.Null()], { description: 'where no stretch says otherwise' }),
    speedLimits: Type.Array(SpeedLimit, { maxItems: 1000 }),
    checkpoints: Type.Array(Checkpoint, { maxItems: 200 }),
    stops: Type.Array(PermittedStop, { maxItems: 500 }),
    deadZones: Type.Array(DeadZone, { maxItems: 200 }),
    fences: Type.Array(Fence, { maxItems: 200 }),
    origin: Circle,
    destination: Circle,
  },
  { ...closed, title: 'Corridor' },
)
export type Corridor = Static<typeof Corridor>
