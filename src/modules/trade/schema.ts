/**
 * Tariff: the nomenclature (what goods are called) and its measures (what is charged on them). Everything is bitemporal: legal validity
 * and the time at which we knew.
 */
export * from './schema/explain.ts'
export * from './schema/expression.ts'
export * from './schema/finder.ts'
export * from './schema/measure-types.ts'
export * from './schema/measure.ts'
export * from './schema/nomenclature.ts'
export * from './schema/settings.ts'
export * from './schema/views.ts'
export { parseExpression, plainPercent, printExpression } from './expression.ts'
export * from './quota/schema.ts'
export * from './licence/schema.ts'
