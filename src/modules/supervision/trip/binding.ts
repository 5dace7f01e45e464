/** Binding a trip to goods that were released for transit: what the declaration says stands, and nobody types it again. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import type { DeclaredTransit } from '../schema/transit.ts'
import type { TripPlan } from '../schema/trip.ts'

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one))

/** Where a plan says otherwise than the declaration. A guarantee that is not named is the declared one. */
export const differencesFrom = (t: DeclaredTransit, plan: TripPlan): Issue[] => {
  const differs = (field: keyof TripPlan & string, declared: string): Issue =>
    error('supervision.transit_differs', `/${field}`, { mrn: t.mrn, declared })
  return [
    ...(plan.office === t.office ? [] : [differs('office', t.office)]),
    ...(plan.destinationOffice === t.destinationOffice ? [] : [differs('destinationOffice', t.destinationOffice)]),
    ...(plan.guarantee === null || plan.guarantee === t.guarantee ? [] : [differs('guarantee', t.guarantee)]),
    ...(t.containers.length === 0 || sameSet(plan.containers, t.containers) ? [] : [differs('containers', t.containers.join(', '))]),
  ]
}

/** The plan under the declared guarantee, for its holder. */
export const boundTo = (t: DeclaredTransit, plan: TripPlan): TripPlan => ({
  ...plan,
  guarantee: t.guarantee,
  guaranteeAmount: t.guaranteeAmount,
  holder: t.holder,
})
