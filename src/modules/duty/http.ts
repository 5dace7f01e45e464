import type { Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'

export const routes = (_deps: Deps): Route[] => []
