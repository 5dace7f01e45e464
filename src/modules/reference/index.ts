/** Reference data for other modules: a snapshot that answers by date. */
import type { Topics } from '#platform/permissions.ts'
export { loadReference } from './store/load.ts'
export { keepFresh } from './store/live.ts'
export { routes } from './http.ts'
export { issues } from './issues.ts'
export { loadDemoReference } from './demo/load.ts'
export { dayIn, type Reference } from './snapshot.ts'
export type { Administration } from './schema.ts'

/** Who may hear of what happens here. */
export const topics: Topics = { reference: ['signed-in'] }
