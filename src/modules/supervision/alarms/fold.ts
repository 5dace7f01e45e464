/** One step of the fold: the rules of a trip, in the order in which they read an observation. */
import { distanceM } from '../geometry/segments.ts'
import type { LonLat } from '../schema/corridor.ts'
import { battery, deviceAlarms, openings } from './device-rules.ts'
import { tuning } from './kinds.ts'
import type { Observation } from './observation.ts'
import { checkpoints, deviation, fences, type Fix, lateness, reverse, speed, stops, within } from './place-rules.ts'
import { close, closeQuiet, type Mark, raise, type Step, sustained } from './state.ts'

/** Could one have come from there to here? Noise of a fix needs no speed. */
const reachable = (from: Mark, to: Mark): boolean =>
  distanceM(from, to) <= tuning.noiseM + (tuning.fastestKph / 3.6) * (Math.abs(to.t - from.t) / 1000)

/**
 * The jump filter: a fix that nobody could have driven to is set aside. Three in a row at the other place are a move of the device;
 * fixes of both places by turns are two devices with one identity.
 */
const accepted = (step: Step, o: Observation, place: LonLat): boolean => {
  const mark: Mark = { ...place, t: o.t }
  const track = step.s.tracks[o.device]
  if (!track) {
    step.s.tracks[o.device] = { main: mark, other: null }
    return true
  }
  const { other } = track
  const ours = reachable(track.main, mark)
  if (ours) {
    track.main = mark
    if (other) other.mainSince++
  } else {
    raise(step, 'POSITION_JUMP', o.device, o.t, { place, worst: Math.round(distanceM(track.main, mark)) })
    const goesOn = other !== null && reachable(other, mark)
    track.other = { ...mark, count: goesOn ? other.count + 1 : 1, mainSince: goesOn ? other.mainSince : 0 }
  }
  const now = track.other
  if (now && now.count >= 2 && now.mainSince >= 2) raise(step, 'CLONED_SEAL', o.device, o.t, { place })
  if (ours || !now || now.count < tuning.fixes || now.mainSince > 0) return ours
  track.other = { ...track.main, count: 1, mainSince: 0 }
  track.main = mark
  return true
}

/** A parked truck stays where it stopped, however its fixes drift. */
const parked = ({ s }: Step, o: Observation, place: LonLat): LonLat =>
  s.anchor && (o.speedKph === null || o.speedKph < tuning.slowKph) && distanceM(s.anchor, place) <= tuning.parkedM ? s.anchor : place

const fixOf = (step: Step, o: Observation, raw: LonLat): Fix => {
  const { index, corridor } = step.plan
  const { lon, lat } = parked(step, o, raw)
  const located = index.locate(lon, lat)
  const nearEnds = within(corridor.origin, { lon, lat }) || within(corridor.destination, { lon, lat })
  return { lon, lat, t: o.t, device: o.device, speedKph: o.speedKph, located, inside: located.distanceM <= corridor.halfWidthM, nearEnds }
}

/** Seal and truck apart at nearly the same time. */
const separation = (step: Step, o: Observation): void => {
  const { last, truck } = step.s
  if (!last || !truck || Math.abs(last.t - truck.t) > 30_000) return
  const apart = distanceM(last, truck) - ((last.speedKph ?? 0) / 3.6) * (Math.abs(last.t - truck.t) / 1000)
  const signs = { bad: apart > tuning.separationM, good: apart <= tuning.separationM }
  const { since, endSince } = sustained(step, 'separation', o.t, signs, { fixes: tuning.fixes, ms: tuning.separationMs })
  if (since !== null) raise(step, 'SEPARATION', 'trip', o.t, { since, worst: Math.round(apart), place: last })
  if (endSince !== null) close(step, 'SEPARATION', 'trip', endSince)
}

/** Records without a fix while moving, outside stretches where that is expected. */
const jamming = (step: Step, o: Observation): void => {
  const { last } = step.s
  const at = last?.chainageM ?? null
  const expected = at !== null && step.plan.corridor.deadZones.some((z) => z.fromM - 2000 <= at && at <= z.toM)
  const bad = o.noFix && (last?.speedKph ?? 0) >= tuning.slowKph && !expected
  const { since } = sustained(step, 'no fix', o.t, { bad, good: !bad }, { fixes: tuning.fixes, ms: tuning.noFixMs })
  if (since !== null) raise(step, 'JAMMED', o.device, o.t, { since })
}

const places: readonly ((step: Step, fix: Fix) => void)[] = [deviation, fences, stops, speed, reverse, checkpoints, lateness]

/** Takes one observation into the state; what ends on the way is added to `closed`. Observations come in the order of `inOrder`. */
export const take = (step: Step, o: Observation): void => {
  closeQuiet(step, o.t)
  deviceAlarms(step, o)
  // A clock that was never set orders nothing: only what the device itself raises is read.
  if (o.clockSuspect) return
  openings(step, o)
  battery(step, o)
  if (o.role === 'seal') jamming(step, o)
  if (!o.place || !accepted(step, o, o.place)) return
  if (o.role === 'truck') {
    step.s.truck = { ...o.place, t: o.t }
    return separation(step, o)
  }
  const fix = fixOf(step, o, o.place)
  const watched = o.t >= step.plan.armedMs && (step.plan.disarmedMs === null || o.t < step.plan.disarmedMs)
  if (watched) for (const rule of places) rule(step, fix)
  step.s.last = { lon: fix.lon, lat: fix.lat, t: o.t, chainageM: fix.inside ? fix.located.chainageM : null, speedKph: o.speedKph }
  separation(step, o)
}
