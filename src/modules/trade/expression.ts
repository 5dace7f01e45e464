/** Duty expressions: read, printed, as a tree (expression/ holds one file for each). */
export { parseExpression } from './expression/taric.ts'
export { plainPercent, printExpression } from './expression/print.ts'
