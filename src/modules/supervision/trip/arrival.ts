/** When a trip under way may be expected at its destination. Pure. */
import type { Instant } from '#kernel/time.ts'
import { later } from '#kernel/time.ts'
import { locateByForce } from '../geometry/corridor.ts'
import { segmentsOf } from '../geometry/segments.ts'
import type { Corridor, LonLat } from '../schema/corridor.ts'

/** Our default for loaded trucks with their rests; an administration may tune it. */
export const meanSpeedKph = 40
/** From here on the trip's own pace counts, within bounds: a truck that rests will go on, and none flies. */
const ownPaceAfterKm = 20
const slowestKph = 20
const fastestKph = 90
const hourMs = 3_600_000

export type Expected = { remainingKm: number; expectedAt: Instant }

/** By the way that is left along the corridor from where the trip was at `at`, at the pace that it has kept since it was armed. */
export const expectedArrival = (corridor: Pick<Corridor, 'line'>, trip: { armedAt: Instant; at: Instant; place: LonLat }): Expected => {
  const line = segmentsOf(corridor.line)
  const doneKm = locateByForce(line, trip.place.lon, trip.place.lat).chainageM / 1000
  const hours = (Date.parse(trip.at) - Date.parse(trip.armedAt)) / hourMs
  const kph = doneKm < ownPaceAfterKm || hours <= 0 ? meanSpeedKph : Math.min(fastestKph, Math.max(slowestKph, doneKm / hours))
  const remainingKm = Math.max(0, line.lengthM / 1000 - doneKm)
  return { remainingKm: Math.round(remainingKm * 10) / 10, expectedAt: later(trip.at, Math.round((remainingKm / kph) * hourMs)) }
}
