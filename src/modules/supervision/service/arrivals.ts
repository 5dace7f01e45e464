/** Trips under way to some offices, with when each may be expected there. */
import type { Reader } from '#platform/database.ts'
import type { ListQuery } from '#platform/listing.ts'
import type { ArrivalRow } from '../schema/trip.ts'
import { listTrips, placesOfTrips } from '../store/trips.ts'
import { expectedArrival } from '../trip/arrival.ts'

/** '*' = all offices; those with the nearest time limit first. */
export const listArrivals = async (
  db: Reader,
  offices: readonly string[] | '*',
  q: ListQuery & { q?: string },
): Promise<{ rows: ArrivalRow[]; total: number }> => {
  const { rows, total } = await listTrips(db, offices, { ...q, inbound: true })
  const places = new Map(
    (
      await placesOfTrips(
        db,
        rows.map((r) => r.id),
      )
    ).map((p) => [p.tripId, p]),
  )
  const arrivals = rows.map((row): ArrivalRow => {
    const place = places.get(row.id)
    if (!place || row.armedAt === null) return { ...row, remainingKm: null, expectedAt: null }
    return { ...row, ...expectedArrival(place.corridor, { armedAt: row.armedAt, at: place.at, place }) }
  })
  return { rows: arrivals, total }
}
