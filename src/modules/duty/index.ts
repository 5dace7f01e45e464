/** Duty for other modules: the ledger that covers what is owed, and payments. The calculation itself is in `#rules/duty`. */
import type { Topics } from '#platform/permissions.ts'
export { charge, giveBack } from './store/ledger.ts'
export { callSecurity, holdSecurity, letGoSecurity, secure, type Security } from './service/security.ts'
export { onPaid } from './subscription.ts'
export { routes } from './http/index.ts'
export { configureProvider } from './store/payments.ts'
export { tasks } from './jobs.ts'
export { issues } from './issues.ts'
export { loadDemoDuty } from './demo/load.ts'
export { loadDemoRevenue } from './demo/revenue.ts'

/** Who may hear of what happens here. */
export const topics: Topics = {
  payment: ['duty:account:read', 'clearance:declaration:read'],
  account: ['duty:account:read'],
  bank: ['duty:revenue:read'],
  claim: ['duty:account:read'],
  refund: ['duty:account:read'],
  plan: ['duty:account:read'],
}
