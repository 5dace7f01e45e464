/** Several trips replayed on one clock: where each was at an instant, what is still to be fetched, and how exact it needs to be. Pure. */
import type { TrackFix } from '#schema/supervision'

/** What is known of a trip's way so far. */
export type Way = { tripId: string; fixes: readonly TrackFix[]; /** where the next piece begins; null: all is there */ next: string | null }

export type Span = { fromMs: number; toMs: number }

/** From the first fix of any way to the last; null while nothing is known. */
export const spanOf = (ways: readonly Way[]): Span | null => {
  const [first, last] = [ways.flatMap((w) => w.fixes.slice(0, 1)), ways.flatMap((w) => w.fixes.slice(-1))]
  if (first.length === 0) return null
  return { fromMs: Math.min(...first.map((f) => f[0])), toMs: Math.max(...last.map((f) => f[0])) }
}

/** The number of fixes up to an instant (binary search). */
export const countUntil = (fixes: readonly TrackFix[], ms: number): number => {
  let [low, high] = [0, fixes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (fixes[middle]![0] <= ms) low = middle + 1
    else high = middle
  }
  return low
}

export type Stand = { lon: number; lat: number; courseDeg: number; speedKph: number | null }

const courseOf = (a: TrackFix, b: TrackFix): number => {
  const rad = Math.PI / 180
  return (Math.atan2((b[1] - a[1]) * Math.cos(a[2] * rad), b[2] - a[2]) / rad + 360) % 360
}

/** Where it was: evenly between two fixes; at its ends before the first and after the last. Null without a fix. */
export const standAt = (fixes: readonly TrackFix[], ms: number): Stand | null => {
  if (fixes.length === 0) return null
  const at = Math.min(Math.max(1, countUntil(fixes, ms)), Math.max(1, fixes.length - 1))
  const a = fixes[at - 1]!
  const b = fixes[at] ?? a
  const share = b[0] === a[0] ? 1 : Math.min(1, Math.max(0, (ms - a[0]) / (b[0] - a[0])))
  return {
    lon: a[1] + (b[1] - a[1]) * share,
    lat: a[2] + (b[2] - a[2]) * share,
    courseDeg: Math.round(courseOf(a, b)),
    speedKph: (share < 1 ? a : b)[3],
  }
}

/** The clock `elapsedMs` of real time later; it stops at the end. */
export const advance = (nowMs: number, elapsedMs: number, speed: number, span: Span): number =>
  Math.min(span.toMs, Math.max(span.fromMs, nowMs + elapsedMs * speed))

const earthM = 40_075_016
/** Metres that a pixel stands for at a zoom (tiles of 512 pixels) and latitude: nothing finer can be seen. */
export const metresPerPixel = (zoom: number, lat: number): number => (earthM * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom)

/** Tolerances that ways are asked for with, in metres; few, so that zooming does not fetch at every step. */
const tolerances = [0, 5, 20, 80, 300, 1200] as const
export const toleranceFor = (zoom: number, lat: number): number => tolerances.findLast((t) => t <= metresPerPixel(zoom, lat)) ?? 0
