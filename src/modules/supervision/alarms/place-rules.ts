/**
 * What follows from the accepted fixes of a way: off the corridor, fences, stops, speed, order and time of checkpoints. The way is that of the
 * whole trip, or of a seal that is apart from it.
 */
import type { Located } from '../geometry/corridor.ts'
import { inRing } from '../geometry/corridor.ts'
import { distanceM } from '../geometry/segments.ts'
import type { Circle, LonLat } from '../schema/corridor.ts'
import { tuning } from './kinds.ts'
import { close, openEpisode, type Plan, raise, type Step, sustained, type Way } from './state.ts'

/** An accepted fix: drift of a parked truck is taken out of it. */
export type Fix = LonLat & {
  t: number
  /** whose way it is of: `trip`, or a seal apart from it */ subject: string
  speedKph: number | null
  located: Located
  inside: boolean
  nearEnds: boolean
}

/** The subject of what is said of the whole trip. */
export const whole = 'trip'

export const within = (area: Circle, at: LonLat): boolean => distanceM(area.at, at) <= area.radiusM

export const deviation = (step: Step, _way: Way, fix: Fix): void => {
  const { halfWidthM } = step.plan.corridor
  const { distanceM: off } = fix.located
  const bad = !fix.inside && !fix.nearEnds
  const good = fix.nearEnds || off < halfWidthM - Math.min(tuning.returnM, halfWidthM / 4)
  const { since, endSince } = sustained(step, `deviation ${fix.subject}`, fix.t, { bad, good }, { fixes: tuning.fixes, ms: tuning.deviationMs })
  if (bad && (since !== null || openEpisode(step, 'ROUTE_DEVIATION', fix.subject)))
    raise(step, 'ROUTE_DEVIATION', fix.subject, fix.t, { since: since ?? fix.t, worst: Math.round(off), place: fix })
  if (endSince !== null) close(step, 'ROUTE_DEVIATION', fix.subject, endSince)
}

export const fences = (step: Step, _way: Way, fix: Fix): void => {
  for (const fence of step.plan.corridor.fences) {
    const bad = inRing(fence.ring, fix.lon, fix.lat) === (fence.rule === 'forbidden')
    const limits = { fixes: tuning.fixes, ms: tuning.deviationMs }
    const { since, endSince } = sustained(step, `fence ${fence.id}`, fix.t, { bad, good: !bad }, limits)
    if (since !== null) raise(step, 'GEOFENCE', fence.id, fix.t, { since, place: fix })
    if (endSince !== null) close(step, 'GEOFENCE', fence.id, endSince)
  }
}

/** Where one may stand: for how long, Infinity where nobody asks. */
const mayStand = (plan: Plan, at: LonLat): { id: string; longestMs: number } | null => {
  const { corridor } = plan
  if (within(corridor.origin, at) || within(corridor.destination, at) || corridor.checkpoints.some((c) => within(c.area, at)))
    return { id: '', longestMs: Infinity }
  const stop = corridor.stops.find((x) => within(x.area, at))
  return stop ? { id: stop.id, longestMs: stop.longestMin * 60_000 } : null
}

export const stops = (step: Step, way: Way, fix: Fix): void => {
  const slow = fix.speedKph !== null && fix.speedKph < tuning.slowKph
  const away = way.anchor ? distanceM(way.anchor, fix) : 0
  const standing =
    openEpisode(step, 'UNAUTHORISED_STOP', fix.subject) ?? (fix.subject === whole && Object.values(step.s.open).find((e) => e.kind === 'DWELL'))
  const outside = away > (standing ? tuning.movedM : tuning.stopM)
  // One fix beside the others of a truck that says it stands is a spike: a seal asleep sends so few that it would hide the whole stop.
  const isSpike = outside && slow && way.anchor?.moved === false
  if (way.anchor) way.anchor.moved = outside
  if (isSpike) return
  if (way.anchor && outside) {
    if (standing) close(step, standing.kind, standing.subject, fix.t)
    way.anchor = null
  }
  if (!way.anchor) {
    if (slow) way.anchor = { lon: fix.lon, lat: fix.lat, t: fix.t, moved: false }
    return
  }
  const { anchor } = way
  if (!slow) return
  const stood = fix.t - anchor.t
  const allowed = mayStand(step.plan, anchor)
  const evidence = { since: anchor.t, worst: Math.round(stood / 60_000), place: anchor }
  if (!allowed && stood >= tuning.stopMs) raise(step, 'UNAUTHORISED_STOP', fix.subject, fix.t, evidence)
  if (allowed && fix.subject === whole && stood > allowed.longestMs)
    raise(step, 'DWELL', allowed.id, fix.t, { ...evidence, since: anchor.t + allowed.longestMs })
}

export const speed = (step: Step, _way: Way, fix: Fix): void => {
  const { corridor } = step.plan
  if (fix.speedKph === null || !fix.inside) return
  const { chainageM } = fix.located
  const limit = corridor.speedLimits.find((x) => x.fromM <= chainageM && chainageM < x.toM)?.limitKph ?? corridor.limitKph
  if (limit === null) return
  const bad = fix.speedKph > limit + tuning.overLimitKph
  const { since, endSince } = sustained(step, `speed ${fix.subject}`, fix.t, { bad, good: fix.speedKph <= limit }, { fixes: 2 })
  if (bad && since !== null) raise(step, 'SPEEDING', fix.subject, fix.t, { since, worst: Math.round(fix.speedKph), place: fix })
  if (endSince !== null) close(step, 'SPEEDING', fix.subject, endSince)
}

/** Going back along the corridor: 2 km from the furthest point, over after 500 m forwards. */
export const reverse = (step: Step, way: Way, fix: Fix): void => {
  if (!fix.inside) return
  const { chainageM } = fix.located
  const open = openEpisode(step, 'REVERSE', fix.subject)
  if (!open) {
    way.furthestM = Math.max(way.furthestM ?? chainageM, chainageM)
    const back = way.furthestM - chainageM
    if (back <= tuning.reverseM) return
    way.lowestM = chainageM
    return raise(step, 'REVERSE', fix.subject, fix.t, { worst: Math.round(back), place: fix })
  }
  way.lowestM = Math.min(way.lowestM ?? chainageM, chainageM)
  if (chainageM - way.lowestM > tuning.forwardM) {
    way.furthestM = chainageM
    return close(step, 'REVERSE', fix.subject, fix.t)
  }
  raise(step, 'REVERSE', fix.subject, fix.t, { worst: Math.round((way.furthestM ?? 0) - chainageM), place: fix })
}

/** Both fixes inside the corridor and the checkpoint between them: the truck went through, though no fix fell into its area. */
const wentThrough = (from: number | null, to: number, at: number): boolean => from !== null && from < at && at <= to

export const checkpoints = (step: Step, way: Way, fix: Fix): void => {
  const { plan } = step
  for (const c of plan.corridor.checkpoints) {
    if (way.visited.includes(c.id)) continue
    const at = plan.index.locate(c.area.at.lon, c.area.at.lat).chainageM
    const scan = plan.scans.find((x) => x.checkpointId === c.id && x.atMs <= fix.t)
    const passed = scan !== undefined || within(c.area, fix) || (fix.inside && wentThrough(way.last?.chainageM ?? null, fix.located.chainageM, at))
    const open = openEpisode(step, 'CHECKPOINT_MISSED', c.id)
    if (passed) {
      way.visited.push(c.id)
      close(step, 'CHECKPOINT_MISSED', c.id, scan?.atMs ?? fix.t)
      continue
    }
    const windowEnds = plan.armedMs + c.latestMin * 60_000
    const beyond = fix.inside && fix.located.chainageM > at + c.area.radiusM + tuning.pastCheckpointM
    if (!open && (beyond || fix.t > windowEnds)) raise(step, 'CHECKPOINT_MISSED', c.id, fix.t, { since: beyond ? fix.t : windowEnds, place: fix })
  }
}

/** Behind the time limit; over at the destination, also where the first fix after the limit is the one there. */
export const lateness = (step: Step, way: Way, fix: Fix): void => {
  const { plan } = step
  const inTime = way.arrived || (plan.arrivedMs !== null && plan.arrivedMs <= plan.deadlineMs)
  if (!inTime && fix.t > plan.deadlineMs)
    raise(step, 'LATE', 'trip', fix.t, { since: plan.deadlineMs, worst: Math.round((fix.t - plan.deadlineMs) / 60_000), place: fix })
  way.arrived ||= within(plan.corridor.destination, fix) || (plan.arrivedMs !== null && plan.arrivedMs <= fix.t)
  if (way.arrived) close(step, 'LATE', 'trip', Math.min(fix.t, plan.arrivedMs ?? Infinity))
}
