/**
 * Tariff: the nomenclature (what goods are called) and its measures (what is charged on them). Everything is bitemporal: legal validity
 * and the time at which we knew.
 */
export * from './schema/change.ts'
export * from './schema/explain.ts'
export * from './schema/expression.ts'
export * from './schema/finder.ts'
export * from './schema/import.ts'
export * from './schema/measure-types.ts'
export * from './schema/measure.ts'
export * from './schema/nomenclature.ts'
export * from './schema/settings.ts'
export * from './schema/tree.ts'
export * from './schema/views.ts'
export { parseExpression, plainPercent, printExpression } from './expression.ts'
export { expressionOf, taricComponents, type GivenComponent } from './expression/components.ts'
export { readTaric } from './expression/taric.ts'
export { treeOf, type Expr, type Leaf, type MeursingLeaf } from './expression/tree.ts'
export { factorsOf, isUnit, measureOf } from './expression/units.ts'
export { formulas, readUsitc, type UsRate } from './expression/usitc.ts'
export * from './quota/schema.ts'
export * from './licence/schema.ts'
export * from './origin/schema.ts'
