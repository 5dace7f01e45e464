/** Compliance for other modules: is an operator trusted on a day? */
import type { Topics } from '#platform/permissions.ts'
import { evolveAuthorisation } from './authorisation.ts'
export { issues } from './issues.ts'
export { routes } from './http.ts'
export { isTrustedOperator } from './service/authorisations.ts'
export { loadDemoCompliance } from './demo.ts'

/** How states follow from their journals. */
export const folds = { authorisation: evolveAuthorisation } as const

/** Who may hear of what happens here. */
export const topics: Topics = { authorisation: ['compliance:authorisation:read'] }
