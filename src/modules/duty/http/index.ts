import type { Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { keepFresh, loadReference } from '#modules/reference'
import { accountRoutes } from './accounts.ts'
import { deskRoutes } from './desk.ts'
import { paymentRoutes } from './payments.ts'

export const routes = (deps: Deps): Route[] => {
  const reference = keepFresh(deps.bus, 'reference', () => loadReference(deps.sql))
  return [...paymentRoutes(deps, reference), ...accountRoutes(deps), ...deskRoutes(deps, reference)]
}
