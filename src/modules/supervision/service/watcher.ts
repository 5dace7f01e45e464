/**
 * The watch over all trips: a batch of what devices reported becomes, in one transaction, frames, positions, the newest of every device
 * and the alarms that follow; only then may it be acknowledged. Batches are worked one after the other.
 */
import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { instantOf } from '#kernel/time.ts'
import { actorOf } from '#platform/command.ts'
import { inTransaction, type Tx } from '#platform/database.ts'
import { record as journal } from '#platform/journal.ts'
import type { Deps } from '#platform/module.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { type Difference, notifyOf } from '../alarms/difference.ts'
import { type Observation, observe } from '../alarms/observation.ts'
import type { Episode } from '../alarms/state.ts'
import { stateOf } from '../alarms/timeline.ts'
import { contentOf } from '../record-text.ts'
import type { SealRecord } from '../schema/record.ts'
import { isWatched, type Trip } from '../schema/trip.ts'
import type { Registered } from '../store/devices.ts'
import { endEpisodes, endSilence, insertEpisodes, type NewEpisode, silentNow, updateEpisodes } from '../store/episodes.ts'
import { type Frame, keepFrames, keepNewest, keepPositions, type Lines, linesOf, type PositionRow } from '../store/positions.ts'
import { countWatched, findTrip, watchedDevices, watchedTrips } from '../store/trips.ts'
import { presentDevices } from '../trip/resealing.ts'
import { corridorCache, type Live, loadLive, relearn, watch } from './live.ts'
import { alarmSeconds, recordsTotal } from './metrics.ts'
import { hashOf } from './record-hash.ts'
import { silences } from './silence.ts'

export type Arrival = { device: Registered; record: SealRecord; receivedMs: number }
export type Batch = { frames: readonly Frame[]; arrivals: readonly Arrival[] }
export type Taken = { kept: number; repeated: number; opened: number }

type Seen = { row: PositionRow; observation: Observation }
type Change = { live: Live; difference: Difference; fresh: NewEpisode[] }

const seenAs = (arrival: Arrival): Seen => {
  const { device, record, receivedMs } = arrival
  const content = contentOf(record)
  const hash = hashOf(record, receivedMs, content)
  const observation = observe(record, device.id, device.role, receivedMs, hash)
  const { t, clockSuspect } = observation
  // A clock that was never set tells the same time for all; the first receipt is no part of the content, so its own time stays.
  const eventAt = record.eventTime ?? instantOf(t)
  return { observation, row: { deviceId: device.id, hash, eventAt, receivedAt: instantOf(receivedMs), clockSuspect, record, content } }
}

/** What a batch brings, each record once, ready to be written. */
type Prepared = { seen: readonly Seen[]; frames: number; lines: Lines }
const nothing: Prepared = { seen: [], frames: 0, lines: linesOf([], []) }

const prepare = ({ frames, arrivals }: Batch): Prepared => {
  const unique = new Map<string, Seen>()
  for (const arrival of arrivals) {
    const seen = seenAs(arrival)
    if (!unique.has(seen.row.hash)) unique.set(seen.row.hash, seen)
  }
  const seen = [...unique.values()]
  const rows = seen.map((s) => s.row)
  return { seen, frames: frames.length, lines: linesOf(rows, frames) }
}

const newId = (atMs: number): string => uuidv7(atMs, randomBytes(10))
const system = actorOf(systemPrincipal('Supervision'))

const remember = ({ live, difference, fresh }: Change): void => {
  const changed = new Map(difference.changed.map((c) => [c.id, c.episode]))
  const gone = new Map(difference.gone.map((g) => [g.id, g.status]))
  const statusOf = (e: Episode): 'open' | 'closed' => (e.closedMs === null ? 'open' : 'closed')
  live.kept = [
    ...live.kept.map((k) => {
      const episode = changed.get(k.id)
      if (episode) return { ...k, episode, status: statusOf(episode) }
      const status = gone.get(k.id)
      return status ? { ...k, status } : k
    }),
    ...fresh.map(({ id, episode }) => ({ id, episode, status: statusOf(episode), acknowledged: false })),
  ]
}

const saveChange = async (tx: Tx, { difference, fresh }: Change, now: string): Promise<void> => {
  await endEpisodes(tx, difference.gone, now)
  await updateEpisodes(tx, difference.changed, now)
  await insertEpisodes(tx, fresh, now)
}

const changeOf = (live: Live, difference: Difference, now: string): Change => ({
  live,
  difference,
  fresh: difference.opened.map((episode) => ({
    id: newId(Date.parse(now)),
    tripId: live.trip.id,
    episode,
    notify: notifyOf(episode, Date.parse(now)),
  })),
})

/** Another process has folded something into a trip of this batch: the trip is read anew and the batch worked again. */
const stale = new Error('a trip is watched by another process too')
const mostTries = 4

/** Trips that are read in at one look at the clock: a gateway that has just started shall not keep its devices waiting. */
const readAtOnce = 50

export type Watcher = {
  take: (batch: Batch) => Promise<Taken>
  /** a trip's facts have changed */
  refresh: (tripId: string) => Promise<void>
  /** a corridor has changed: its trips are judged by the new one */
  recharted: (corridorId: string) => Promise<void>
  /** looks at the clock: seals that have fallen silent, limits and windows that have run out; answers how many alarms that opened */
  sweep: () => Promise<number>
  /** trips whose truck has left the origin since they were armed */
  departed: () => string[]
}

export const createWatcher = ({ sql, bus, clock }: Pick<Deps, 'sql' | 'bus' | 'clock'>): Watcher => {
  const corridors = corridorCache()
  const lives = new Map<string, Live>()
  /** trips by device; absent = not yet asked */
  const tripsOf = new Map<string, string[]>()
  let tail: Promise<unknown> = Promise.resolve()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(work, work)
    tail = done.catch(() => undefined)
    return done
  }

  const learnTrips = async (devices: readonly string[], now: string): Promise<void> => {
    const unknown = devices.filter((d) => !tripsOf.has(d))
    if (unknown.length === 0) return
    for (const d of unknown) tripsOf.set(d, [])
    for (const trip of await watchedTrips(sql, unknown)) {
      if (!lives.has(trip.id)) lives.set(trip.id, await loadLive(sql, corridors, trip, now))
      for (const d of presentDevices(trip)) if (tripsOf.has(d)) tripsOf.set(d, [...new Set([...tripsOf.get(d)!, trip.id])])
    }
  }

  const changesOf = (seen: readonly Seen[], now: string): Change[] => {
    const arrived = new Map<string, Observation[]>()
    for (const { observation } of seen)
      for (const trip of tripsOf.get(observation.device) ?? []) {
        const list = arrived.get(trip)
        if (list) list.push(observation)
        else arrived.set(trip, [observation])
      }
    return [...arrived].flatMap(([trip, observations]) => {
      const live = lives.get(trip)
      return live ? [changeOf(live, watch(live, observations, now), now)] : []
    })
  }

  const tell = (changes: readonly Change[]): void => {
    for (const { live, difference, fresh } of changes) {
      const about = { topic: 'alarm', tripId: live.trip.id, office: live.trip.office } as const
      for (const { id, episode, notify } of fresh) bus.announce({ ...about, id, kind: episode.kind, notify })
      // Whoever looks at an alarm sees that it is over; that it goes on is no news.
      for (const { id, episode } of difference.changed) if (episode.closedMs !== null) bus.announce({ ...about, id })
      for (const { id } of difference.gone) bus.announce({ ...about, id })
    }
  }

  const save = (changes: readonly Change[], now: string, { seen, frames, lines }: Prepared): Promise<number> =>
    inTransaction(sql, async (tx) => {
      const rows = seen.map((s) => s.row)
      if (
        !(await countWatched(
          tx,
          changes.map((c) => ({ id: c.live.trip.id, seq: c.live.seq })),
        ))
      )
        throw stale
      await keepFrames(tx, lines)
      const kept = await keepPositions(tx, rows.length, lines)
      await keepNewest(tx, rows)
      if (seen.length > 0) await endSilence(tx, [...new Set(rows.map((r) => r.deviceId))], now)
      for (const change of changes) await saveChange(tx, change, now)
      if (rows.length > 0) {
        // Bulk takes the road of a change a batch at a time: one entry with the hash over all records.
        const root = createHash('sha256')
        for (const r of rows) root.update(r.hash)
        const payload = { records: rows.length, frames, sha256: root.digest('hex') }
        await journal(
          tx,
          { kind: 'positions', id: now.slice(0, 10) },
          { command: 'positions.keep', actor: system, body: { payload, facts: {}, events: [] }, at: now },
        )
      }
      return kept
    })

  const forget = (changes: readonly Change[]): void => {
    // What is in memory has run ahead of what is stored: it is built again.
    for (const { live } of changes) {
      lives.delete(live.trip.id)
      for (const d of presentDevices(live.trip)) tripsOf.delete(d)
    }
  }

  const commit = async (changes: readonly Change[], now: string, prepared: Prepared): Promise<number> => {
    try {
      const kept = await save(changes, now, prepared)
      for (const change of changes) {
        remember(change)
        change.live.seq++
      }
      tell(changes)
      return kept
    } catch (fault) {
      forget(changes)
      throw fault
    }
  }

  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++)
      try {
        return await work()
      } catch (fault) {
        if (fault !== stale || tries === mostTries) throw fault
      }
  }

  const take: Watcher['take'] = (batch) => {
    // Outside the turn: the batch before may still be with the database.
    const prepared = prepare(batch)
    const { seen } = prepared
    return alone(async () => {
      const now = clock()
      const { kept, changes } = await again(async () => {
        await learnTrips([...new Set(seen.map((s) => s.row.deviceId))], now)
        const changes = changesOf(seen, now)
        return { kept: await commit(changes, now, prepared), changes }
      })
      for (const { record } of batch.arrivals) recordsTotal.inc({ protocol: record.protocol })
      const opened = changes.reduce((n, c) => n + c.fresh.length, 0)
      if (opened > 0) alarmSeconds.observe(Math.max(0, Date.parse(clock()) - Math.min(...batch.arrivals.map((a) => a.receivedMs))) / 1000)
      return { kept, repeated: batch.arrivals.length - kept, opened }
    })
  }

  const relearned = (trip: Trip, now: string): Promise<void> =>
    again(async () => {
      const live = lives.get(trip.id) ?? (await loadLive(sql, corridors, trip, now))
      const corridor = await corridors.find(sql, trip.corridorId)
      await commit([changeOf(live, relearn(live, trip, corridor, now), now)], now, nothing)
    })

  const refresh: Watcher['refresh'] = (tripId) =>
    alone(async () => {
      const trip = await findTrip(sql, tripId)
      if (!trip) return
      if (isWatched(trip.status)) await relearned(trip, clock())
      else lives.delete(tripId)
      // Its devices ask anew which trips they are on.
      if (!lives.has(tripId)) for (const d of presentDevices(trip)) tripsOf.delete(d)
    })

  const recharted: Watcher['recharted'] = (corridorId) =>
    alone(async () => {
      corridors.forget(corridorId)
      for (const { trip } of [...lives.values()].filter((l) => l.trip.corridorId === corridorId)) await relearned(trip, clock())
    })

  /** What has run out on one trip since anything was heard of it; another process may know better, and then the trip is read anew. */
  const runOut = async (tripId: string, now: string): Promise<number> =>
    again(async () => {
      const known = lives.get(tripId)
      const trip = known?.trip ?? (await findTrip(sql, tripId))
      if (!known && trip) await learnTrips(presentDevices(trip), now)
      const live = lives.get(tripId)
      const found = live && watch(live, [], now)
      if (!found || found.opened.length + found.changed.length + found.gone.length === 0) return 0
      await commit([changeOf(live, found, now)], now, nothing)
      return found.opened.length
    })

  const sweep: Watcher['sweep'] = () =>
    alone(async () => {
      const now = clock()
      const unread = (await watchedDevices(sql)).filter((d) => !tripsOf.has(d))
      await learnTrips(unread.slice(0, readAtOnce), now)
      let opened = 0
      for (const id of Array.from(lives.keys())) opened += await runOut(id, now)
      const fresh = silences(await silentNow(sql, now), (id) => lives.get(id), Date.parse(now))
      if (fresh.length > 0) await inTransaction(sql, (tx) => insertEpisodes(tx, fresh, now))
      for (const { id, tripId } of fresh) bus.announce({ topic: 'alarm', id, tripId, kind: 'NO_SIGNAL', notify: 'page' })
      return opened + fresh.length
    })

  const departed: Watcher['departed'] = () =>
    [...lives.values()].filter(({ trip, timeline }) => trip.status === 'armed' && (stateOf(timeline).furthestM ?? 0) > 2000).map((l) => l.trip.id)

  return { take, refresh, recharted, sweep, departed }
}
