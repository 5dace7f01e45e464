/** Duty for other modules: the ledger that covers what is owed, and payments. The calculation itself is in `#rules/duty`. */
export { charge, giveBack } from './store/ledger.ts'
export { onPaid } from './subscription.ts'
export { routes } from './http/index.ts'
export { configureProvider } from './store/payments.ts'
export { tasks } from './jobs.ts'
export { issues } from './issues.ts'
export { loadDemoDuty } from './demo/load.ts'
export { loadDemoRevenue } from './demo/revenue.ts'
