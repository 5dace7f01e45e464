/** Reads what journals hold from before a trip could have several seals, in today's shape. Pure. */
import type { Trip, TripOfOneSeal, TripPlan } from '../schema/trip.ts'

export type PlanOfOneSeal = Omit<TripPlan, 'seals'> & { sealId: string }

export const planAsNow = (plan: TripPlan | PlanOfOneSeal): TripPlan => {
  if (!('sealId' in plan)) return plan
  const { sealId, ...rest } = plan
  return { ...rest, seals: [{ sealId }] }
}

/** What an arming waited for was told of the only seal that there was. */
export const missingAsNow = (missing: NonNullable<Trip['arming']>['missing'] | string[], sealId: string): NonNullable<Trip['arming']>['missing'] =>
  missing.map((m) => (typeof m === 'string' ? { sealId, code: m } : m))

/** A trip as an evidence file of then holds it; today's is left as it is. */
export const tripAsNow = (trip: Trip | TripOfOneSeal): Trip => {
  if (!('sealId' in trip)) return trip
  const { sealId, arming, ...rest } = trip
  const former = rest.formerSeals ?? []
  const since = former.at(-1)?.until
  return {
    ...rest,
    seals: [{ sealId, ...(since !== undefined && { since }) }],
    ...(former.length > 0 && { formerSeals: former.map((f, n) => ({ ...f, replacedBy: former[n + 1]?.sealId ?? sealId })) }),
    arming: arming && { ...arming, missing: missingAsNow(arming.missing, sealId) },
  }
}
