/** Devices of one trip that are not where the others are: two seals, or the vehicle's unit and the seal that leads. */
import { distanceM } from '../geometry/segments.ts'
import { tuning } from './kinds.ts'
import type { Placed } from './observation.ts'
import { whole } from './place-rules.ts'
import { close, type Mark, openEpisode, raise, type Step, sustained } from './state.ts'

type Moving = Mark & { speedKph: number | null }

/** Metres between two fixes beyond what is driven from the time of one to that of the other; null where they are too far apart in time. */
const between = (a: Moving, b: Moving, kph: number): number | null => {
  const ms = Math.abs(a.t - b.t)
  return ms > tuning.sameTimeMs ? null : distanceM(a, b) - (kph / 3.6) * (ms / 1000)
}

/** Opens or closes the separation of a pair by one more sight of both. */
const judge = (step: Step, subject: string, t: number, apartM: number, place: Mark): void => {
  const signs = { bad: apartM > tuning.separationM, good: apartM <= tuning.separationM }
  const { since, endSince } = sustained(step, `separation ${subject}`, t, signs, { fixes: tuning.fixes, ms: tuning.separationMs })
  if (since !== null) raise(step, 'SEPARATION', subject, t, { since, worst: Math.round(apartM), place })
  if (endSince !== null) close(step, 'SEPARATION', subject, endSince)
}

/** Seal and vehicle apart at nearly the same time. */
export const fromTruck = (step: Step, t: number): void => {
  const { last, truck } = step.s
  if (!last || !truck) return
  const apartM = between(last, { ...truck, speedKph: null }, last.speedKph ?? 0)
  if (apartM !== null) judge(step, whole, t, apartM, last)
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** A seal against each other one of the trip at nearly the same time. */
export const partings = (step: Step, o: Placed): void => {
  const { tracks } = step.s
  const own = tracks[o.device]?.main
  if (!own) return
  for (const other of Object.keys(tracks).toSorted()) {
    const theirs = tracks[other]!.main
    if (other === o.device || tracks[other]!.role !== 'seal' || (step.plan.replacedMs[other] ?? Infinity) <= o.t) continue
    const kph = Math.max(own.speedKph ?? theirs.speedKph ?? tuning.unknownKph, theirs.speedKph ?? 0)
    const apartM = between(own, theirs, kph)
    if (apartM !== null) judge(step, pairOf(o.device, other), o.t, apartM, own)
  }
}

/** Has a seal parted from the one that leads? */
export const isApart = (step: Step, device: string): boolean => {
  const { lead } = step.s
  return lead !== null && openEpisode(step, 'SEPARATION', pairOf(lead.device, device)) !== undefined
}
