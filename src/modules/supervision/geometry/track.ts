/** A way in space and time, made shorter without lying about when the seal was where; and since when it has been standing. */
import { tuning } from '../alarms/kinds.ts'
import type { TrackFix } from '../schema/live.ts'
import { distanceM } from './segments.ts'

const placeOf = (fix: TrackFix) => ({ lon: fix[1], lat: fix[2] })

/** Metres between a fix and where one would be at its time, going evenly from `a` to `b`. */
const offM = (a: TrackFix, b: TrackFix, fix: TrackFix): number => {
  const share = b[0] === a[0] ? 0 : (fix[0] - a[0]) / (b[0] - a[0])
  return distanceM(placeOf(fix), { lon: a[1] + (b[1] - a[1]) * share, lat: a[2] + (b[2] - a[2]) * share })
}

/**
 * Fewer fixes, so that a replay that goes evenly between them is never more than `toleranceM` from any that was left out (Douglas and
 * Peucker 1973, with the synchronous distance of Meratnia and de By 2004). Needs order by time; first and last stay.
 */
export const simplify = (fixes: readonly TrackFix[], toleranceM: number): TrackFix[] => {
  if (fixes.length <= 2) return [...fixes]
  const kept = new Uint8Array(fixes.length)
  kept[0] = kept[fixes.length - 1] = 1
  const open: [number, number][] = [[0, fixes.length - 1]]
  for (let piece = open.pop(); piece; piece = open.pop()) {
    const [from, to] = piece
    let [worst, at] = [toleranceM, -1]
    for (let n = from + 1; n < to; n++) {
      const off = offM(fixes[from]!, fixes[to]!, fixes[n]!)
      if (off > worst) [worst, at] = [off, n]
    }
    if (at < 0) continue
    kept[at] = 1
    open.push([from, at], [at, to])
  }
  return fixes.filter((_, n) => kept[n] === 1)
}

/** The fixes of one seal, in order of time, and until when it was on the trip (ms since 1970). */
export type SealWay = { fixes: readonly TrackFix[]; toMs: number }

/**
 * One way out of those of several seals, as the alarms follow it: the seal that has a fix first, until it has had none for a while or was taken
 * off. Fixes of the others are left out, so that nothing jumps from one to another.
 */
export const leadingWay = (ways: readonly SealWay[]): TrackFix[] => {
  const all = ways.flatMap((way) => way.fixes.map((fix) => ({ way, fix }))).toSorted((a, b) => a.fix[0] - b.fix[0])
  let lead: (typeof all)[number] | null = null
  return all.flatMap((next) => {
    const isGone = lead !== null && (next.fix[0] - lead.fix[0] > tuning.leadMs || lead.way.toMs <= next.fix[0])
    if (lead !== null && lead.way !== next.way && !isGone) return []
    lead = next
    return [next.fix]
  })
}

const standingM = 100

/** Since when all fixes have been within 100 m of the last one (ms since 1970); null where the last but one was not, or there is none. */
export const standsSince = (fixes: readonly TrackFix[]): number | null => {
  const last = fixes.at(-1)
  if (!last) return null
  let since = fixes.length - 1
  while (since > 0 && distanceM(placeOf(fixes[since - 1]!), placeOf(last)) <= standingM) since--
  return since === fixes.length - 1 ? null : fixes[since]![0]
}
