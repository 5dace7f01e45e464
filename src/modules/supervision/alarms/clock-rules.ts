/** What follows from the time alone, also where nothing arrives: the time limit and the windows of checkpoints run out by themselves. Pure. */
import type { Episode, Plan, State } from './state.ts'

const missed = (kind: Episode['kind'], subject: string, openedMs: number, closedMs: number | null, place: Episode['place']): Episode => ({
  kind,
  subject,
  of: null,
  source: 'inferred',
  openedMs,
  lastMs: openedMs,
  closedMs,
  count: 1,
  place,
  worst: null,
  endedBy: null,
})

/**
 * Episodes at `nowMs` that no observation has opened yet. They begin where the fold would have them begin, so that the record that comes
 * at last adds to the same episode, and one that shows the truck to have been in time takes it back.
 */
export const byTheClock = (state: State, plan: Plan, folded: readonly Episode[], nowMs: number): Episode[] => {
  if (!Number.isFinite(plan.armedMs)) return []
  const known = (kind: Episode['kind'], subject: string): boolean => folded.some((e) => e.kind === kind && e.subject === subject)
  const place = state.last && { lon: state.last.lon, lat: state.last.lat }
  const arrived = state.arrived ? -Infinity : Math.min(plan.arrivedMs ?? Infinity, plan.disarmedMs ?? Infinity)
  const ends = arrived <= nowMs ? arrived : null
  const late = arrived > plan.deadlineMs && nowMs > plan.deadlineMs && !known('LATE', 'trip')
  const windows = plan.corridor.checkpoints.flatMap((c) => {
    const windowEnds = plan.armedMs + c.latestMin * 60_000
    if (state.visited.includes(c.id) || known('CHECKPOINT_MISSED', c.id) || windowEnds >= Math.min(nowMs, arrived)) return []
    const scanned = plan.scans.find((s) => s.checkpointId === c.id)?.atMs ?? null
    return scanned !== null && scanned <= windowEnds ? [] : [missed('CHECKPOINT_MISSED', c.id, windowEnds, scanned, place)]
  })
  return [...(late ? [missed('LATE', 'trip', plan.deadlineMs, ends, place)] : []), ...windows]
}
