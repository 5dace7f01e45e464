/** What a replay draws at an instant: the way of each trip so far, and the seal at its head. */
import type { AlarmRow } from '#schema/supervision'
import { countUntil, standAt, type Way } from '../../../map/replay.ts'
import { rankOf } from '../../../map/seals.ts'

/** The gravest alarm of a trip that was open at an instant of event time. */
const rankAt = (alarms: readonly AlarmRow[], tripId: string, ms: number): number =>
  alarms
    .filter((a) => a.tripId === tripId && Date.parse(a.openedAt) <= ms && (a.closedAt === null || ms <= Date.parse(a.closedAt)))
    .reduce((most, a) => Math.max(most, rankOf[a.severity]), 0)

export const waysUntil = (ways: readonly Way[], ms: number): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: ways.flatMap(({ tripId, fixes }): GeoJSON.Feature[] => {
    const stand = standAt(fixes, ms)
    if (!stand) return []
    const line = fixes.slice(0, countUntil(fixes, ms)).map((f) => [f[1], f[2]])
    if (line.length === 0) return []
    return [{ type: 'Feature', properties: { id: tripId }, geometry: { type: 'LineString', coordinates: [...line, [stand.lon, stand.lat]] } }]
  }),
})

export const headsAt = (ways: readonly Way[], alarms: readonly AlarmRow[], ms: number): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: ways.flatMap(({ tripId, fixes }): GeoJSON.Feature[] => {
    const stand = standAt(fixes, ms)
    if (!stand) return []
    return [
      {
        type: 'Feature',
        id: tripId,
        properties: { id: tripId, rank: rankAt(alarms, tripId, ms), moving: (stand.speedKph ?? 0) >= 5, course: stand.courseDeg },
        geometry: { type: 'Point', coordinates: [stand.lon, stand.lat] },
      },
    ]
  }),
})
