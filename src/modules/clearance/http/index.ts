/** All routes of clearance. */
import type { Route } from '#platform/http.ts'
import type { Clearance } from '../service/clearance.ts'
import { declarationRoutes } from './declarations.ts'
import { officerRoutes } from './officer.ts'
import { originRoutes } from './origin.ts'
import { reviewRoutes } from './review.ts'
import { searchRoutes } from './search.ts'
import { tradeRoutes } from './trade.ts'

export const routes = (c: Clearance): Route[] => [
  ...declarationRoutes(c),
  ...tradeRoutes(c),
  ...officerRoutes(c),
  ...reviewRoutes(c),
  ...originRoutes(c),
  ...searchRoutes(c),
]
