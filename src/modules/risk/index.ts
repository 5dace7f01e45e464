/** Risk for other modules: a snapshot of the living criteria, the facts of one selection, and the pure selection itself. */
export { loadSnapshot, selectionFacts, type RiskSnapshot } from './store.ts'
export { loadDemoRisk } from './demo.ts'
