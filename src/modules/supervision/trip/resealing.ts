/**
 * Another seal on the same goods, under way: two officers, a new seal that shows that it guards, and the old one's last word kept. The trip
 * and its time line go on. Pure.
 */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import type { Trip, TripSeal } from '../schema/trip.ts'
import { guards } from './arming.ts'
import type { SealFacts, TripCommand, TripEvent, TripFacts } from './types.ts'

const people = (c: Extract<TripCommand, { name: 'replace-seal' }>, { by, named }: TripFacts): Issue[] => [
  ...(c.second.personId === by.personId ? [error('supervision.second_person_missing', '/second')] : []),
  ...(named?.allowed ? [] : [error('supervision.person_unknown', '/second', { name: c.second.name })]),
]

/** The seal of a trip that a command is about; the only one where it names none. */
export const sealNamed = (trip: Trip, sealId: string | undefined): TripSeal | undefined =>
  sealId === undefined && trip.seals.length === 1 ? trip.seals[0] : trip.seals.find((s) => s.sealId === sealId)

const formerOf = (trip: Trip, old: TripSeal, now: SealFacts['now']) => ({
  sealId: old.sealId,
  ...(old.place !== undefined && { place: old.place }),
  from: old.since ?? trip.armedAt,
  last: now && { eventAt: now.eventAt, place: now.place, batteryPct: now.batteryPct, locked: now.locked },
})

export const replaceSeal = (trip: Trip, c: Extract<TripCommand, { name: 'replace-seal' }>, facts: TripFacts): Decision<TripEvent> => {
  const { at, by, named, seals, replacement } = facts
  const old = sealNamed(trip, c.replaces)
  if (!old) return refused(error('supervision.seal_not_on_trip', '/replaces', { id: c.replaces ?? '' }))
  if (trip.seals.some((s) => s.sealId === c.sealId) || !replacement) return refused(error('supervision.device_unknown', '/sealId', { id: c.sealId }))
  const issues = [
    ...people(c, facts),
    ...(c.reason.trim().length < 3 ? [error('supervision.reason_missing', '/reason', { by: by.name })] : []),
    ...(replacement.inUse ? [error('supervision.seal_in_use', '/sealId', { id: c.sealId })] : []),
    ...guards(replacement, facts),
  ]
  if (issues.length > 0 || !named) return refused(...issues)
  const former = {
    ...formerOf(trip, old, seals.find((s) => s.sealId === old.sealId)?.now ?? null),
    replacedBy: c.sealId,
    until: at,
    by: { personId: by.personId, name: by.name },
    second: { personId: c.second.personId, name: named.name },
    reason: c.reason,
  }
  return decided([{ type: 'trip.seal-replaced', sealId: c.sealId, former }])
}

/** The trip with a seal in the place of another. */
export const resealed = (t: Trip, { sealId, former }: Extract<TripEvent, { type: 'trip.seal-replaced' }>): Trip => ({
  ...t,
  seals: t.seals.map((s) => (s.sealId === former.sealId ? { sealId, ...(s.place !== undefined && { place: s.place }), since: former.until } : s)),
  formerSeals: [...(t.formerSeals ?? []), { ...former, replacedBy: sealId }],
})

type Sealed = Pick<Trip, 'seals' | 'formerSeals' | 'armedAt'>
export type SealSpan = { sealId: string; place: string | null; from: Instant | null; to: Instant | null }

/** Every seal that has guarded the goods with the time in which it did, the present ones last; `to` is null while it does, `from` where it was there from the start. */
export const sealSpans = (trip: Sealed): SealSpan[] => [
  ...(trip.formerSeals ?? []).map(({ sealId, place, from, until }) => ({
    sealId,
    place: place ?? null,
    from: from === trip.armedAt ? null : from,
    to: until,
  })),
  ...trip.seals.map(({ sealId, place, since }) => ({ sealId, place: place ?? null, from: since ?? null, to: null })),
]

type Devices = Sealed & Pick<Trip, 'truckId'>

/** The devices on a trip now: its seals, then its vehicle unit. */
export const presentDevices = ({ seals, truckId }: Pick<Trip, 'seals' | 'truckId'>): string[] => [
  ...seals.map((s) => s.sealId),
  ...(truckId ? [truckId] : []),
]

/** Every device that has been on the trip: its seals, then its vehicle unit. */
export const devicesOf = (trip: Devices): string[] => [...new Set([...sealSpans(trip).map((s) => s.sealId), ...(trip.truckId ? [trip.truckId] : [])])]

/** Is what a device told at a time (milliseconds since 1970) of this trip, or of the store it came from and went back to? */
export const isOfTrip = (trip: Devices): ((deviceId: string, t: number) => boolean) => {
  const spans = sealSpans(trip).map(({ sealId, from, to }) => ({
    sealId,
    fromMs: from === null ? -Infinity : Date.parse(from),
    toMs: to === null ? Infinity : Date.parse(to),
  }))
  return (deviceId, t) => deviceId === trip.truckId || spans.some((s) => s.sealId === deviceId && s.fromMs <= t && t < s.toMs)
}
