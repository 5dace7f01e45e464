import type { Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { keepFresh, loadReference } from '#modules/reference'
import { accountRoutes } from './accounts.ts'
import { bankRoutes } from './bank.ts'
import { calculatorRoutes } from './calculator.ts'
import { claimRoutes } from './claims.ts'
import { deskRoutes } from './desk.ts'
import { guaranteeRoutes, statementRoutes } from './guarantees.ts'
import { paymentRoutes } from './payments.ts'
import { planRoutes, refundRoutes } from './refunds.ts'
import { revenueRoutes } from './revenue.ts'

export const routes = (deps: Deps): Route[] => {
  const reference = keepFresh(deps.bus, 'reference', () => loadReference(deps.sql))
  return [
    ...calculatorRoutes(deps, reference),
    ...paymentRoutes(deps, reference),
    ...accountRoutes(deps, reference),
    ...deskRoutes(deps, reference),
    ...claimRoutes(deps, reference),
    ...refundRoutes(deps, reference),
    ...planRoutes(deps, reference),
    ...guaranteeRoutes(deps, reference),
    ...statementRoutes(deps),
    ...bankRoutes(deps, reference),
    ...revenueRoutes(deps, reference),
  ]
}
