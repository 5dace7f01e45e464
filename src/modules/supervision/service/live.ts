/** Trips under watch, each with its observations and alarms in memory; built from the database when a device of theirs first reports. */
import type { Reader } from '#platform/database.ts'
import { later } from '#kernel/time.ts'
import { byTheClock } from '../alarms/clock-rules.ts'
import { difference, type Difference, type Kept } from '../alarms/difference.ts'
import type { AlarmKind } from '../alarms/kinds.ts'
import { type Observation, observe } from '../alarms/observation.ts'
import type { Plan } from '../alarms/state.ts'
import { episodesOf, insert, newTimeline, refold, stateOf, type Timeline } from '../alarms/timeline.ts'
import { type CorridorIndex, indexCorridor } from '../geometry/corridor.ts'
import type { Corridor } from '../schema/corridor.ts'
import type { Trip } from '../schema/trip.ts'
import { keptEpisodes } from '../store/episodes.ts'
import { readRecords } from '../store/positions.ts'
import { findCorridor, watchSeq } from '../store/trips.ts'
import { devicesOf, isOfTrip } from '../trip/resealing.ts'

export type Live = { trip: Trip; plan: Plan; timeline: Timeline; kept: Kept[]; /** batches folded in, see `countWatched` */ seq: number }

const indexes = new WeakMap<Corridor, CorridorIndex>()
const indexOf = (corridor: Corridor): CorridorIndex => {
  const known = indexes.get(corridor)
  if (known) return known
  const made = indexCorridor(corridor)
  indexes.set(corridor, made)
  return made
}

const ms = (at: string | null): number | null => (at === null ? null : Date.parse(at))

const isPresent = ({ seals }: Trip, sealId: string): boolean => seals.some((s) => s.sealId === sealId)

/** What the alarm rules may know of a trip. */
export const planOf = (trip: Trip, corridor: Corridor): Plan => ({
  corridor,
  index: indexOf(corridor),
  armedMs: ms(trip.armedAt) ?? Infinity,
  disarmedMs: ms(trip.disarmedAt),
  replacedMs: Object.fromEntries((trip.formerSeals ?? []).filter((f) => !isPresent(trip, f.sealId)).map((f) => [f.sealId, Date.parse(f.until)])),
  deadlineMs: ms(trip.deadlineAt) ?? Infinity,
  arrivedMs: ms(trip.arrivedAt),
  scans: trip.scans.map((s) => ({ checkpointId: s.checkpointId, atMs: Date.parse(s.at) })),
  authorisations: trip.authorisations.map((a) => ({ fromMs: Date.parse(a.from), toMs: Date.parse(a.to), area: a.area })),
  closures: trip.closures.map((c) => ({ kind: c.kind as AlarmKind, subject: c.subject, atMs: Date.parse(c.at) })),
})

/** Corridors by id, so that all trips of one share its index. */
export const corridorCache = () => {
  const all = new Map<string, Corridor>()
  return {
    find: async (db: Reader, id: string): Promise<Corridor> => {
      const known = all.get(id)
      if (known) return known
      const found = await findCorridor(db, id)
      if (!found) throw new Error(`corridor ${id} of a trip does not exist`)
      all.set(id, found)
      return found
    },
    forget: (id: string): void => void all.delete(id),
  }
}
export type Corridors = ReturnType<typeof corridorCache>

const hourMs = 3_600_000

/** Seals report also before they guard the goods and after they were replaced. */
const ofTrip = (trip: Trip, observations: readonly Observation[]): Observation[] => {
  const is = isOfTrip(trip)
  return observations.filter((o) => is(o.device, o.t))
}

/** A trip with all that its devices have reported since an hour before it was armed. */
export const loadLive = async (db: Reader, corridors: Corridors, trip: Trip, now: string): Promise<Live> => {
  // Read first: what another process adds from here on is noticed when ours is counted.
  const seq = await watchSeq(db, trip.id)
  const plan = planOf(trip, await corridors.find(db, trip.corridorId))
  const records = await readRecords(db, devicesOf(trip), later(trip.armedAt ?? now, -hourMs), later(now, hourMs))
  const timeline = newTimeline()
  insert(
    timeline,
    plan,
    ofTrip(
      trip,
      records.map((r) => observe(r.record, r.deviceId, r.deviceId === trip.truckId ? 'truck' : 'seal', Date.parse(r.receivedAt), r.hash)),
    ),
  )
  return { trip, plan, timeline, kept: await keptEpisodes(db, trip.id), seq }
}

const changes = ({ kept, timeline, plan }: Live, now: string): Difference => {
  const folded = episodesOf(timeline, plan)
  return difference(kept, [...folded, ...byTheClock(stateOf(timeline), plan, folded, Date.parse(now))])
}

/** Takes observations in, none where only time has passed, and tells what that changes in the trip's alarms. */
export const watch = (live: Live, arrived: readonly Observation[], now: string): Difference => {
  const began = live.plan.armedMs - hourMs
  insert(
    live.timeline,
    live.plan,
    ofTrip(live.trip, arrived).filter((o) => o.t >= began),
  )
  return changes(live, now)
}

/** Takes the trip's new facts, and its corridor as it is now, in and tells what that changes. */
export const relearn = (live: Live, trip: Trip, corridor: Corridor, now: string): Difference => {
  live.trip = trip
  live.plan = planOf(trip, corridor)
  refold(live.timeline, live.plan)
  return changes(live, now)
}
