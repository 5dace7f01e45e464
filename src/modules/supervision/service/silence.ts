/** Seals that have said nothing for longer than they ever do. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { stateOf } from '../alarms/timeline.ts'
import type { NewEpisode, Silent } from '../store/episodes.ts'
import type { Live } from './live.ts'

type Watched = Pick<Live, 'timeline' | 'plan'>

/** Silence in a stretch without network is expected for as long as the corridor says. */
const expected = (live: Watched, sinceMs: number, nowMs: number): boolean => {
  const along = stateOf(live.timeline).last?.chainageM ?? null
  const zone = along === null ? undefined : live.plan.corridor.deadZones.find((z) => z.fromM - 2000 <= along && along <= z.toM)
  return zone !== undefined && nowMs - sinceMs <= zone.longestMin * 60_000
}

/** An alarm for each silence that nobody expected; `live` is the trip as it is watched, where this process watches it. */
export const silences = (silent: readonly Silent[], liveOf: (tripId: string) => Watched | undefined, nowMs: number): NewEpisode[] =>
  silent.flatMap(({ tripId, deviceId, receivedAt }): NewEpisode[] => {
    const live = liveOf(tripId)
    const sinceMs = Date.parse(receivedAt)
    if (live && expected(live, sinceMs, nowMs)) return []
    const last = live ? stateOf(live.timeline).last : null
    const episode = {
      kind: 'NO_SIGNAL',
      subject: deviceId,
      of: null,
      source: 'inferred',
      openedMs: sinceMs,
      lastMs: sinceMs,
      closedMs: null,
      count: 1,
      place: last && { lon: last.lon, lat: last.lat },
      worst: null,
      endedBy: null,
    } as const
    return [{ id: uuidv7(nowMs, randomBytes(10)), tripId, episode, notify: 'page' }]
  })
