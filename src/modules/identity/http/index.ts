import type { Route } from '#platform/http.ts'
import type { IdentityDeps } from '../deps.ts'
import { demoRoutes } from './demo.ts'
import { sessionRoutes } from './session.ts'

export const routes = (deps: IdentityDeps): Route[] => [...sessionRoutes(deps), ...demoRoutes(deps)]
