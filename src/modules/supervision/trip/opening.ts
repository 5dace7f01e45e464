/** Arriving and opening: leave for it, the command from afar, and what proves that it happened. */
import { type Decision, decided, refused } from '#kernel/decide.ts'
import { error } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import { distanceM } from '../geometry/segments.ts'
import type { Circle, LonLat } from '../schema/corridor.ts'
import type { Trip } from '../schema/trip.ts'
import { sealNamed } from './resealing.ts'
import type { SealFacts, TripCommand, TripEvent, TripFacts } from './types.ts'

const freshMs = 600_000

const within = (area: Circle, place: LonLat | null): boolean => place !== null && distanceM(place, area.at) <= area.radiusM

/** Where a seal is by a report of the last ten minutes; null when it has not told. */
const placeNow = ({ now }: SealFacts, at: Instant): LonLat | null => (now && Date.parse(at) - Date.parse(now.eventAt) <= freshMs ? now.place : null)

/** The goods have arrived when all seals have: the trailer may still be on the road. */
export const arrive = (trip: Trip, { at, corridor, seals }: TripFacts): Decision<TripEvent> => {
  const away = seals.filter((s) => !within(corridor.destination, placeNow(s, at)))
  return away.length === 0
    ? decided([{ type: 'trip.arrived', at }])
    : refused(...away.map(({ sealId }) => error('supervision.seal_not_arrived', '/seals', { seal: sealId, office: trip.destinationOffice })))
}

export const authorise = (c: Extract<TripCommand, { name: 'authorise' }>, { by, named }: TripFacts): Decision<TripEvent> => {
  if (c.from >= c.to) return refused(error('supervision.window_empty', '/to'))
  // A lock that is opened from afar needs two people.
  if (c.area === null && (!c.second || c.second.personId === by.personId)) return refused(error('supervision.second_person_missing', '/second'))
  if (c.second && !named?.allowed) return refused(error('supervision.person_unknown', '/second', { name: c.second.name }))
  const { personId, name } = by
  const second = c.second && named ? { personId: c.second.personId, name: named.name } : null
  return decided([{ type: 'trip.opening-authorised', authorisation: { from: c.from, to: c.to, area: c.area, by: { personId, name }, second } }])
}

/** Leave to open that holds now; where it names an area, the seal must be in it. */
const leaveNow = (trip: Trip, at: Instant, place: LonLat | null): Trip['authorisations'] =>
  trip.authorisations.filter((a) => a.from <= at && at <= a.to && (a.area === null || within(a.area, place)))

/** An unlocking from afar: leave that holds where the seal is now, and two people, of whom one gave the leave. */
export const unlock = (trip: Trip, c: Extract<TripCommand, { name: 'unlock' }>, facts: TripFacts): Decision<TripEvent> => {
  const { at, by, newId } = facts
  const sealId = sealNamed(trip, c.sealId)?.sealId
  const seal = facts.seals.find((s) => s.sealId === sealId)
  if (!seal) return refused(error('supervision.seal_not_on_trip', '/sealId', { id: c.sealId ?? '' }))
  const place = placeNow(seal, at)
  const leave = leaveNow(trip, at, place)
  if (leave.length === 0) return refused(error('supervision.not_authorised'))
  const shared = leave.find((a) => a.second !== null || a.by.personId !== by.personId)
  if (!shared) return refused(error('supervision.second_person_missing', ''))
  if (!seal.unlocks.includes(c.method)) return refused(error('supervision.unlock_unknown', '/method', { seal: seal.sealId, method: c.method }))
  const { personId, name } = by
  const unlock = { commandId: newId, sealId: seal.sealId, method: c.method, at, until: shared.to, by: { personId, name }, place }
  return decided([{ type: 'trip.unlock-asked', unlock }])
}

/** Disarming needs leave to open. Only each seal's own report from within that leave proves its opening; without one it is the officer's word. */
export const disarm = (trip: Trip, { at, seals }: TripFacts): Decision<TripEvent> => {
  const leave = trip.authorisations.filter((a) => a.from <= at && at <= a.to)
  if (leave.length === 0) return refused(error('supervision.not_authorised'))
  const isProven = ({ now }: SealFacts): boolean => now !== null && now.locked === false && leave.some((a) => a.from <= now.eventAt)
  const opened = seals.filter(isProven).map((s) => s.sealId)
  return decided([{ type: 'trip.disarmed', at, proven: opened.length === seals.length, opened }])
}
