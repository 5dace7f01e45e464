/** The two pieces of work that training consists of. They know nothing of each other and may run in two threads. */
import { binColumns, edgesOf, type Binned } from './bins.ts'
import { boost, defaultOptions, type BoostOptions } from './boost.ts'
import type { Column } from './columns.ts'
import { foldsOf } from './encoding.ts'
import { applyRecipe, learnRecipe, type Feature, type Recipe } from './features.ts'
import type { Forest } from './forest.ts'
import { byRow, packForest, scorePacked } from './pack.ts'
import type { Table } from './table.ts'

/** `targets[0]` is the label; a second one says whether there was any finding at all. */
export type Work = {
  table: Table
  columns: Column[]
  targets: Uint8Array[]
  weights?: Float64Array
  monotone: Record<string, -1 | 1>
  options: BoostOptions
  /** rows that the trees may not see: they stop the boosting, calibrate and measure */
  held?: { table: Table; labels: Uint8Array; weights?: Float64Array }
}

export type Fitted = {
  recipe: Recipe
  forest: Forest
  edges: Float64Array[]
  rounds: number
  /** margins of the held rows */ margins: Float64Array
  losses: number[]
}

/** Trees beyond this many add nothing that a later quarter keeps; scoring stays fast. */
export const trainingOptions: BoostOptions = { ...defaultOptions, rounds: 160, patience: 25 }

/** A constraint on a column binds its number and what is compared with it. */
const constraintsOf = (features: readonly Feature[], monotone: Work['monotone']): Int8Array =>
  Int8Array.from(features, (f) =>
    f.kind === 'number' ? (monotone[f.column] ?? 0) : f.kind === 'difference' || f.kind === 'score' ? (monotone['unit value'] ?? 0) : 0,
  )

/** Trees for all rows, when the probe was best with so many for most of them. */
export const roundsFor = (probe: number): number => Math.max(1, Math.round(probe * 1.1))

export const marginsOf = (forest: Forest, data: Binned): Float64Array =>
  scorePacked(packForest(forest), byRow(data.bytes, data.rows, data.features), data.rows)

export const fit = ({ table, columns, targets, weights, monotone, options, held }: Work, enough?: () => number): Fitted => {
  const { recipe, values } = learnRecipe(table, columns, targets, foldsOf(table.rows, options.seed))
  const edges = values.map((v) => edgesOf(v))
  const data = binColumns(values, edges, table.rows)
  const heldData = held && binColumns(applyRecipe(recipe, held.table), edges, held.table.rows)
  const valid = held && heldData && { data: heldData, labels: held.labels, ...(held.weights && { weights: held.weights }) }
  const { forest, best, losses } = boost(
    { data, labels: targets[0]!, ...(weights && { weights }) },
    options,
    constraintsOf(recipe.features, monotone),
    valid,
    enough,
  )
  const cut = { ...forest, trees: forest.trees.slice(0, best) }
  return { recipe, forest: cut, edges, rounds: best, margins: heldData ? marginsOf(cut, heldData) : new Float64Array(0), losses }
}
