/** Corridors with their checkpoints, stops and fences, and offices, as features of the map. */
import type { Corridor, LonLat } from '#schema/supervision'

export type OfficePoint = { code: string; name: string; latitude: number; longitude: number }

const point = ({ lon, lat }: LonLat, properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [lon, lat] },
})

const circumferenceM = 40_075_016
/** The width of a corridor in pixels at zoom 0, which doubles with each step: so it stays true to its metres. */
const widthAtZero = (c: Corridor): number => {
  const lat = c.line[Math.floor(c.line.length / 2)]!.lat
  return ((2 * c.halfWidthM) / (circumferenceM * Math.cos((lat * Math.PI) / 180))) * 512
}

export const corridorLines = (corridors: readonly Corridor[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: corridors.map((c) => ({
    type: 'Feature',
    properties: { id: c.id, width: widthAtZero(c) },
    geometry: { type: 'LineString', coordinates: c.line.map(({ lon, lat }) => [lon, lat]) },
  })),
})

export const fenceAreas = (corridors: readonly Corridor[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: uniqueBy(
    corridors.flatMap((c) => c.fences),
    (f) => `${f.id}${JSON.stringify(f.ring[0])}`,
  ).map((f) => ({
    type: 'Feature',
    properties: { id: f.id, rule: f.rule },
    geometry: { type: 'Polygon', coordinates: [[...f.ring, f.ring[0]!].map(({ lon, lat }) => [lon, lat])] },
  })),
})

const uniqueBy = <T>(all: readonly T[], key: (one: T) => string): T[] => [...new Map(all.map((one) => [key(one), one])).values()]
const placeKey = ({ lon, lat }: LonLat): string => `${lon.toFixed(4)},${lat.toFixed(4)}`

/** Offices, then checkpoints and permitted stops; a place that several corridors share stands once. */
export const placePoints = (corridors: readonly Corridor[], offices: readonly OfficePoint[]): GeoJSON.FeatureCollection => {
  const checkpoints = corridors.flatMap((c) => c.checkpoints.map((p) => ({ sign: 'checkpoint', name: p.name, at: p.area.at })))
  const stops = corridors.flatMap((c) => c.stops.map((p) => ({ sign: 'stop', name: p.name, at: p.area.at })))
  const own = offices.map((o) => ({ sign: 'office', name: o.name, at: { lon: o.longitude, lat: o.latitude } }))
  const taken = new Set<string>()
  const shown = [...own, ...checkpoints, ...stops].filter(({ at }) => {
    const key = placeKey(at)
    return taken.has(key) ? false : Boolean(taken.add(key))
  })
  return {
    type: 'FeatureCollection',
    features: shown.map(({ sign, name, at }) => point(at, { sign, image: `label:${sign === 'office' ? 14 : 12}:${name}` })),
  }
}

/** West, south, east, north of all corridors and offices; null where there are none. */
export const boundsOf = (corridors: readonly Corridor[], offices: readonly OfficePoint[]): [number, number, number, number] | null => {
  const places = [...corridors.flatMap((c) => c.line), ...offices.map((o) => ({ lon: o.longitude, lat: o.latitude }))]
  if (places.length === 0) return null
  const [lons, lats] = [places.map((p) => p.lon), places.map((p) => p.lat)]
  const least = (all: number[]): number => all.reduce((a, b) => Math.min(a, b))
  const most = (all: number[]): number => all.reduce((a, b) => Math.max(a, b))
  return [least(lons), least(lats), most(lons), most(lats)]
}
