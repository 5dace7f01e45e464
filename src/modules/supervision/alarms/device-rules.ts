/** What a device says of itself: its own alarms, its lock, its battery. Read before any filter of places. */
import { distanceM } from '../geometry/segments.ts'
import { kindOfDeviceAlarm, tuning } from './kinds.ts'
import type { Observation } from './observation.ts'
import { close, openEpisode, raise, type Step, sustained } from './state.ts'

/** Nothing filters these away: every alarm of a device opens an episode or adds to one. */
export const deviceAlarms = (step: Step, o: Observation): void => {
  for (const name of o.alarms) raise(step, kindOfDeviceAlarm[name], o.device, o.t, { source: 'device', place: o.place })
  if (o.ropeCut && !o.alarms.includes('ROPE_CUT')) raise(step, 'ROPE_CUT', o.device, o.t, { source: 'device', place: o.place })
  for (const sub of o.subLocks) {
    if (sub.cut) raise(step, 'ROPE_CUT', sub.id, o.t, { source: 'device', place: o.place, of: o.device })
    if (sub.lost) raise(step, 'SUBLOCK_LOST', sub.id, o.t, { source: 'device', place: o.place, of: o.device })
    else close(step, 'SUBLOCK_LOST', sub.id, o.t)
  }
  if (o.clockSuspect) raise(step, 'CLOCK_SKEW', o.device, o.t)
  if (o.motorStuck === false && !o.alarms.includes('MOTOR_STUCK')) close(step, 'MOTOR_STUCK', o.device, o.t)
  if (o.locked === true && !o.alarms.includes('LONG_UNLOCK')) close(step, 'LONG_UNLOCK', o.device, o.t)
  if (o.subLocks.length > 0 && !o.alarms.includes('SUBLOCK_LOST')) close(step, 'SUBLOCK_LOST', o.device, o.t)
}

const authorised = ({ plan }: Step, o: Observation): boolean =>
  plan.authorisations.some(
    ({ fromMs, toMs, area }) => fromMs <= o.t && o.t <= toMs && (area === null || (o.place !== null && distanceM(o.place, area.at) <= area.radiusM)),
  )

/** A lock that was shut and is not, an unlocking that was told, a door: while armed, and without leave at that time and place. */
export const openings = (step: Step, o: Observation): void => {
  const { s, plan } = step
  const fell = (id: string, locked: boolean | null, rope: boolean | null): boolean => {
    const before = s.locks[id] ?? { locked: null, rope: null }
    s.locks[id] = { locked: locked ?? before.locked, rope: rope ?? before.rope }
    return (before.locked === true && locked === false) || (before.rope === true && rope === false)
  }
  const opened = [
    ...(fell(o.device, o.locked, o.ropeInserted) || o.opened ? [o.device] : []),
    ...o.subLocks.filter((sub) => fell(sub.id, sub.locked, null)).map((sub) => sub.id),
  ]
  const armed = o.t >= plan.armedMs && (plan.disarmedMs === null || o.t < plan.disarmedMs)
  if (opened.length === 0 || !armed || authorised(step, o)) return
  for (const id of opened) raise(step, 'UNAUTHORISED_OPEN', id, o.t, { place: o.place, ...(id !== o.device && { of: o.device }) })
}

/** Below 30 % for ten minutes; over at five points more, or while charging. */
export const battery = (step: Step, o: Observation): void => {
  if (o.role !== 'seal') return
  const open = openEpisode(step, 'LOW_BATTERY', o.device)
  if (o.charging === true) close(step, 'LOW_BATTERY', o.device, o.t)
  if (o.batteryPct === null) return
  if (open && open.worst !== null && o.batteryPct >= open.worst + 5) close(step, 'LOW_BATTERY', o.device, o.t)
  const bad = o.batteryPct < tuning.lowBatteryPct && o.charging !== true
  const run = `battery ${o.device}`
  const { since } = sustained(step, run, o.t, { bad, good: false }, { fixes: 2, ms: tuning.batteryMs })
  if (!bad) delete step.s.runs[run]
  if (since !== null) raise(step, 'LOW_BATTERY', o.device, o.t, { since, worst: o.batteryPct, place: o.place })
  else reachesEnd(step, o, o.batteryPct)
}

/** Will the charge last to the time limit, as it has gone so far? Asked after three hours and five points. */
const reachesEnd = (step: Step, o: Observation, pct: number): void => {
  const { s, plan } = step
  const before = s.battery[o.device]
  const full = before && o.charging !== true && pct <= before.pct ? before : (s.battery[o.device] = { t: o.t, pct })
  const hours = (o.t - full.t) / 3_600_000
  const spent = full.pct - pct
  if (hours < 3 || spent < 5 || plan.arrivedMs !== null) return
  const left = pct - (spent / hours) * Math.max(0, (plan.deadlineMs - o.t) / 3_600_000)
  if (left < 0) raise(step, 'LOW_BATTERY', o.device, o.t, { worst: pct, place: o.place })
}
