/** One step of the fold: the rules of a trip, in the order in which they read an observation. */
import { distanceM } from '../geometry/segments.ts'
import type { LonLat } from '../schema/corridor.ts'
import { battery, deviceAlarms, openings } from './device-rules.ts'
import { tuning } from './kinds.ts'
import { isPlaced, type Observation, type Placed } from './observation.ts'
import { fromTruck, isApart, partings } from './parting.ts'
import { checkpoints, deviation, fences, type Fix, lateness, reverse, speed, stops, whole, within } from './place-rules.ts'
import { close, closeQuiet, type Mark, newWay, raise, type Step, sustained, type Way } from './state.ts'

/** Could one have come from there to here? Noise of a fix needs no speed. */
const reachable = (from: Mark, to: Mark): boolean =>
  distanceM(from, to) <= tuning.noiseM + (tuning.fastestKph / 3.6) * (Math.abs(to.t - from.t) / 1000)

/**
 * The jump filter: a fix that nobody could have driven to is set aside. Three in a row at the other place are a move of the device;
 * fixes of both places by turns are two devices with one identity.
 */
const accepted = (step: Step, o: Placed): boolean => {
  const { place } = o
  const mark = { ...place, t: o.t, speedKph: o.speedKph }
  const track = step.s.tracks[o.device]
  if (!track) {
    step.s.tracks[o.device] = { role: o.role, main: mark, other: null }
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
    track.other = { ...place, t: o.t, count: goesOn ? other.count + 1 : 1, mainSince: goesOn ? other.mainSince : 0 }
  }
  const now = track.other
  if (now && now.count >= 2 && now.mainSince >= 2) raise(step, 'CLONED_SEAL', o.device, o.t, { place })
  if (ours || !now || now.count < tuning.fixes || now.mainSince > 0) return ours
  const { speedKph: _, ...left } = track.main
  track.other = { ...left, count: 1, mainSince: 0 }
  track.main = mark
  return true
}

/** A parked truck stays where it stopped, however its fixes drift. */
const parked = ({ anchor }: Way, o: Observation, place: LonLat): LonLat =>
  anchor && (o.speedKph === null || o.speedKph < tuning.slowKph) && distanceM(anchor, place) <= tuning.parkedM ? anchor : place

const fixOf = ({ plan: { index, corridor } }: Step, way: Way, subject: string, o: Placed): Fix => {
  const { lon, lat } = parked(way, o, o.place)
  const located = index.locate(lon, lat)
  const nearEnds = within(corridor.origin, { lon, lat }) || within(corridor.destination, { lon, lat })
  return { lon, lat, t: o.t, subject, speedKph: o.speedKph, located, inside: located.distanceM <= corridor.halfWidthM, nearEnds }
}

/** Records without a fix while moving, outside stretches where that is expected. */
const jamming = (step: Step, o: Observation): void => {
  const { last } = step.s
  const at = last?.chainageM ?? null
  const expected = at !== null && step.plan.corridor.deadZones.some((z) => z.fromM - 2000 <= at && at <= z.toM)
  const bad = o.noFix && (last?.speedKph ?? 0) >= tuning.slowKph && !expected
  const { since } = sustained(step, `no fix ${o.device}`, o.t, { bad, good: !bad }, { fixes: tuning.fixes, ms: tuning.noFixMs })
  if (since !== null) raise(step, 'JAMMED', o.device, o.t, { since })
}

type Rule = (step: Step, way: Way, fix: Fix) => void
const ofTheTrip: readonly Rule[] = [deviation, fences, stops, speed, reverse, checkpoints, lateness]
/** What a seal that has parted is judged by for itself. */
const ofAParted: readonly Rule[] = [deviation, stops, reverse]

const isWatched = ({ plan }: Step, t: number): boolean => t >= plan.armedMs && (plan.disarmedMs === null || t < plan.disarmedMs)

/** Goes on along a way with a fix of it. */
const follow = (step: Step, way: Way, subject: string, o: Placed, rules: readonly Rule[]): void => {
  const fix = fixOf(step, way, subject, o)
  if (isWatched(step, o.t)) for (const rule of rules) rule(step, way, fix)
  way.last = { lon: fix.lon, lat: fix.lat, t: o.t, chainageM: fix.inside ? fix.located.chainageM : null, speedKph: o.speedKph }
}

/** Ends what was said of a seal's own way: it is back, or leads. */
const rejoin = (step: Step, device: string, t: number): void => {
  if (!step.s.apart[device]) return
  delete step.s.apart[device]
  for (const kind of ['ROUTE_DEVIATION', 'UNAUTHORISED_STOP', 'REVERSE'] as const) close(step, kind, device, t)
  delete step.s.runs[`deviation ${device}`]
}

/**
 * One seal leads at a time, so that the trip has one way and not two by turns: the first that has a fix, until it has had none for a while or
 * another seal has taken its place.
 */
const leads = ({ s, plan }: Step, o: Observation): boolean => {
  const { lead } = s
  const isGone = lead !== null && (o.t - lead.t > tuning.leadMs || (plan.replacedMs[lead.device] ?? Infinity) <= o.t)
  if (lead !== null && lead.device !== o.device && !isGone) return false
  s.lead = { device: o.device, t: o.t }
  return true
}

/** Takes a fix of a seal: it carries the way of the trip on, or, where it has parted from that, its own. */
const seal = (step: Step, o: Placed): void => {
  const { s } = step
  const isLead = leads(step, o)
  if (isLead) {
    rejoin(step, o.device, o.t)
    follow(step, s, whole, o, ofTheTrip)
  }
  if (isWatched(step, o.t)) partings(step, o)
  fromTruck(step, o.t)
  if (isLead) return
  if (isApart(step, o.device)) follow(step, (s.apart[o.device] ??= newWay()), o.device, o, ofAParted)
  else rejoin(step, o.device, o.t)
}

/** Takes one observation into the state; what ends on the way is added to `closed`. Observations come in the order of `inOrder`. */
export const take = (step: Step, o: Observation): void => {
  closeQuiet(step, o.t)
  deviceAlarms(step, o)
  // A clock that was never set orders nothing: only what the device itself raises is read.
  if (o.clockSuspect) return
  openings(step, o)
  battery(step, o)
  if (o.role === 'seal') jamming(step, o)
  if (!isPlaced(o) || !accepted(step, o)) return
  if (o.role === 'seal') return seal(step, o)
  step.s.truck = { ...o.place, t: o.t }
  fromTruck(step, o.t)
}
