/** Duty for other modules: the ledger that covers what is owed, and payments. The calculation itself is in `#rules/duty`. */
export { charge, refundOrAdjust, releaseGuarantee } from './store/ledger.ts'
export { onPaid, type PaidHandler } from './subscription.ts'
export { routes } from './http.ts'
export { tasks } from './jobs.ts'
export { issues } from './issues.ts'
export { loadDemoDuty } from './demo/load.ts'
export type { Assessment, AssessmentFacts, AssessmentInput, Charge, ChargeLine, Settlement, TaxLine } from './schema.ts'
