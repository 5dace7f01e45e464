/** Risk for other modules: a snapshot of the living criteria, the facts of one selection, and the pure selection itself; learning from examined rows. */
export { loadSnapshot, selectionFacts, type RiskSnapshot } from './store.ts'
export { loadDemoRisk } from './demo.ts'
export { train } from './service/training.ts'
export { readModel, writeModel } from './service/model-files.ts'
export { score, type TrainOptions } from './learning/model.ts'
export { explain } from './learning/words.ts'
export { roles, type Role } from './learning/columns.ts'
export { joinTables, parseTable, type Table } from './learning/table.ts'
