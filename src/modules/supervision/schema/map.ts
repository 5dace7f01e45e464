/** Geography of our own, for countries and places that the base map does not know; GeoJSON geometry (RFC 7946), WGS 84 in degrees. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Place = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })

export const MapArea = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 60 }),
    kind: Type.Enum(['land', 'border', 'water', 'place']),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    geometry: Type.Union([
      Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Type.Array(Place)) }, closed),
      Type.Object({ type: Type.Literal('LineString'), coordinates: Type.Array(Place) }, closed),
      Type.Object({ type: Type.Literal('Point'), coordinates: Place }, closed),
    ]),
  },
  { ...closed, title: 'MapArea' },
)
export type MapArea = Static<typeof MapArea>

/** What a map is drawn on: our own areas, and the tiles of an administration that has a server of its own for them. */
export const MapGround = Type.Object(
  {
    areas: Type.Array(MapArea),
    tiles: Type.Union([Type.Object({ url: Type.String(), attribution: Type.String() }, closed), Type.Null()]),
  },
  { ...closed, title: 'MapGround' },
)
export type MapGround = Static<typeof MapGround>
