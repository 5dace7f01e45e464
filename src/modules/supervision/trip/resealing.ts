/**
 * Another seal on the same goods, under way: two officers, a new seal that shows that it guards, and the old one's last word kept. The trip
 * and its time line go on. Pure.
 */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import type { Trip } from '../schema/trip.ts'
import { guards } from './arming.ts'
import type { TripCommand, TripEvent, TripFacts } from './types.ts'

const people = (c: Extract<TripCommand, { name: 'replace-seal' }>, { by, named }: TripFacts): Issue[] => [
  ...(c.second.personId === by.personId ? [error('supervision.second_person_missing', '/second')] : []),
  ...(named?.allowed ? [] : [error('supervision.person_unknown', '/second', { name: c.second.name })]),
]

export const replaceSeal = (trip: Trip, c: Extract<TripCommand, { name: 'replace-seal' }>, facts: TripFacts): Decision<TripEvent> => {
  const { at, by, named, seal, replacement } = facts
  if (c.sealId === trip.sealId || !replacement) return refused(error('supervision.device_unknown', '/sealId', { id: c.sealId }))
  const issues = [
    ...people(c, facts),
    ...(c.reason.trim().length < 3 ? [error('supervision.reason_missing', '/reason', { by: by.name })] : []),
    ...(replacement.inUse ? [error('supervision.seal_in_use', '/sealId', { id: c.sealId })] : []),
    ...guards(replacement, facts),
  ]
  if (issues.length > 0 || !named) return refused(...issues)
  const former = {
    sealId: trip.sealId,
    from: trip.formerSeals?.at(-1)?.until ?? trip.armedAt,
    until: at,
    last: seal.now && { eventAt: seal.now.eventAt, place: seal.now.place, batteryPct: seal.now.batteryPct, locked: seal.now.locked },
    by: { personId: by.personId, name: by.name },
    second: { personId: c.second.personId, name: named.name },
    reason: c.reason,
  }
  return decided([{ type: 'trip.seal-replaced', sealId: c.sealId, former }])
}

/** Every seal that has guarded the goods with the time in which it did, the present one last; `to` is null while it does. */
export const sealSpans = (trip: Pick<Trip, 'sealId' | 'formerSeals'>): { sealId: string; from: Instant | null; to: Instant | null }[] => {
  const former = trip.formerSeals ?? []
  return [
    ...former.map(({ sealId, until }, n) => ({ sealId, from: former[n - 1]?.until ?? null, to: until })),
    { sealId: trip.sealId, from: former.at(-1)?.until ?? null, to: null },
  ]
}

/** Every device that has been on the trip: its seals, then its vehicle unit. */
export const devicesOf = (trip: Pick<Trip, 'sealId' | 'formerSeals' | 'truckId'>): string[] => [
  ...new Set([...sealSpans(trip).map((s) => s.sealId), ...(trip.truckId ? [trip.truckId] : [])]),
]

/** Is what a device told at a time (milliseconds since 1970) of this trip, or of the store it came from and went back to? */
export const isOfTrip = (trip: Pick<Trip, 'sealId' | 'formerSeals' | 'truckId'>): ((deviceId: string, t: number) => boolean) => {
  const spans = sealSpans(trip).map(({ sealId, from, to }) => ({
    sealId,
    fromMs: from === null ? -Infinity : Date.parse(from),
    toMs: to === null ? Infinity : Date.parse(to),
  }))
  return (deviceId, t) => deviceId === trip.truckId || spans.some((s) => s.sealId === deviceId && s.fromMs <= t && t < s.toMs)
}
