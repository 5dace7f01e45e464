import type { Route } from '#platform/http.ts'
import type { Risk } from '../service/live.ts'
import { decisionRoutes } from './decisions.ts'
import { listRoutes } from './lists.ts'
import { profileRoutes } from './profiles.ts'

export const routes = (r: Risk): Route[] => [...profileRoutes(r), ...listRoutes(r), ...decisionRoutes(r)]
