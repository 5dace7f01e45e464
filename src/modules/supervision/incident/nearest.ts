/** How far a response unit has to drive: to the corridor, along it, and off it again. Pure. */
import { locateByForce } from '../geometry/corridor.ts'
import { distanceM, segmentsOf } from '../geometry/segments.ts'
import type { Corridor, LonLat } from '../schema/corridor.ts'

/** Our defaults; an administration may tune both. */
const detour = 1.3
const speedKph = 60

export type Way = { roadM: number; etaMin: number }

/**
 * Ways from places to one place. The corridor is the road that is known: what lies off it is reached over roads that are longer than the
 * straight line by a usual factor. Where the straight way is shorter than the one over the corridor, that is taken.
 */
export const waysTo = (corridor: Pick<Corridor, 'line'>, to: LonLat): ((from: LonLat) => Way) => {
  const line = segmentsOf(corridor.line)
  const end = locateByForce(line, to.lon, to.lat)
  return (from) => {
    const start = locateByForce(line, from.lon, from.lat)
    const over = detour * (start.distanceM + end.distanceM) + Math.abs(start.chainageM - end.chainageM)
    const roadM = Math.round(Math.min(over, detour * distanceM(from, to)))
    return { roadM, etaMin: Math.max(1, Math.round(roadM / 1000 / (speedKph / 60))) }
  }
}
