/** A trained model, and what may be asked of it. */
import { error, warning, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { binColumns, type Binned } from './bins.ts'
import type { BoostOptions } from './boost.ts'
import { calibrated, fitCalibration, type Calibration } from './calibrate.ts'
import { planColumns, type Column, type Role } from './columns.ts'
import { applyRecipe, neededColumns, type Recipe } from './features.ts'
import { marginsOf, roundsFor, trainingOptions, type Fitted, type Work } from './fit.ts'
import type { Forest } from './forest.ts'
import { seeded } from '#kernel/random.ts'
import { numberOf, pick, type Table } from './table.ts'

export type Model = {
  format: 1
  label: { column: string; positive: string }
  seed: number
  options: BoostOptions
  recipe: Recipe
  edges: Float64Array[]
  forest: Forest
  calibration: Calibration
}

export type TrainOptions = {
  label: string
  positive: string
  seed: number
  /** column of weights: revenue at stake, inverse propensity */
  weight?: string
  /** a positive row counts as that many */
  positiveWeight?: number
  roles?: Readonly<Record<string, Role>>
  monotone?: Readonly<Record<string, -1 | 1>>
  boost?: Partial<BoostOptions>
}

/** What the two threads get: `probe` holds the latest rows back, `final` sees all. */
export type Plan = {
  probe: Work
  final: Work
  held: { table: Table; labels: Uint8Array; how: string }
  columns: Column[]
  rows: number
  positives: number
  issues: Issue[]
}

const heldShare = 0.15
const leastOfEach = 20
/** Of each kind among the held rows, to be worth holding back the latest. */
const leastHeld = 5

const datesOf = (table: Table, columns: readonly Column[]): string[] | undefined => {
  const name = columns.find((c) => c.role === 'date')?.name
  return name === undefined ? undefined : table.columns.get(name)
}

type Split = { early: Int32Array; late: Int32Array; how: string }

const cut = (order: Int32Array, how: string): Split => {
  const at = Math.round(order.length * (1 - heldShare))
  return { early: order.slice(0, at).sort(), late: order.slice(at).sort(), how }
}

/** Rows to fit and rows to hold back: the latest by date; drawn where there are no dates, or where the latest have too few of a kind to tell anything. */
const splitRows = (table: Table, columns: readonly Column[], label: Uint8Array, seed: number): Split => {
  const dates = datesOf(table, columns)
  const order = Int32Array.from({ length: table.rows }, (_, r) => r)
  if (dates) {
    const split = cut(
      order.toSorted((a, b) => (dates[a]! < dates[b]! ? -1 : dates[a]! > dates[b]! ? 1 : a - b)),
      'the latest 15 % by date',
    )
    const positives = split.late.reduce((t, r) => t + label[r]!, 0)
    if (Math.min(positives, split.late.length - positives) >= leastHeld) return split
  }
  const random = seeded(seed, 'split')
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return cut(order, '15 % drawn by the seed')
}

const weightsOf = (table: Table, label: Uint8Array, { weight, positiveWeight = 1 }: TrainOptions): Outcome<Float64Array | undefined> => {
  if (weight === undefined && positiveWeight === 1) return accept(undefined)
  const cells = weight === undefined ? undefined : table.columns.get(weight)
  if (weight !== undefined && !cells) return refuse(error('risk.column_missing', '', { column: weight }))
  const weights = Float64Array.from(label, (y, r) => (cells ? numberOf(cells[r]!) : 1) * (y ? positiveWeight : 1))
  const bad = weights.findIndex((w) => !(w >= 0) || w === Infinity)
  return bad < 0 ? accept(weights) : refuse(error('risk.weight_invalid', '', { column: weight ?? '', row: bad + 1 }))
}

/** Two spellings of one number are one value of the label ("2", "2.0"). */
const sameValue = (a: string, b: string): boolean => a === b || (!Number.isNaN(numberOf(a)) && numberOf(a) === numberOf(b))

type Labelled = { table: Table; label: Uint8Array; any: Uint8Array | undefined; issues: Issue[] }

const labelRows = (given: Table, { label: name, positive }: TrainOptions): Outcome<Labelled> => {
  const cells = given.columns.get(name)
  if (!cells) return refuse(error('risk.column_missing', '', { column: name }))
  const rows = Int32Array.from({ length: given.rows }, (_, r) => r).filter((r) => cells[r] !== '')
  const table = rows.length === given.rows ? given : pick(given, rows)
  const issues = rows.length === given.rows ? [] : [warning('risk.rows_unlabelled', '', { rows: given.rows - rows.length })]
  const kept = table.columns.get(name)!
  const label = Uint8Array.from(kept, (c) => (sameValue(c, positive) ? 1 : 0))
  const positives = label.reduce((t, y) => t + y, 0)
  if (positives < leastOfEach || label.length - positives < leastOfEach)
    return refuse(error('risk.label_rare', '', { column: name, positive, positives, rows: label.length, least: leastOfEach }))
  const counts = new Map<string, number>()
  for (const c of kept) counts.set(c, (counts.get(c) ?? 0) + 1)
  const usual = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
  const any = counts.size > 2 && counts.size <= 10 ? Uint8Array.from(kept, (c) => (c === usual ? 0 : 1)) : undefined
  return accept({ table, label, any, issues })
}

const flagsAt = (list: Uint8Array, rows: Int32Array): Uint8Array => Uint8Array.from(rows, (r) => list[r]!)
const weightsAt = (list: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (r) => list[r]!)

/** Prepares training: labels, roles, weights, and the rows held back. Every reason against it is told. */
export const planTraining = (given: Table, options: TrainOptions): Outcome<Plan> => {
  const labelled = labelRows(given, options)
  if (!labelled.ok) return labelled
  const { table, label, any } = labelled.value
  const weighed = weightsOf(table, label, options)
  if (!weighed.ok) return weighed
  const weights = weighed.value
  const planned = planColumns(table, options.label, label, {
    ...options.roles,
    ...(options.weight !== undefined && { [options.weight]: 'outcome' as const }),
  })
  const usable = planned.columns.filter((c) => !['outcome', 'ignored', 'identifier', 'date'].includes(c.role))
  if (usable.length === 0) return refuse(error('risk.no_feature', ''))
  const { early, late, how } = splitRows(table, planned.columns, label, options.seed)
  const boost = { ...trainingOptions, ...options.boost, seed: options.seed }
  const targets = any ? [label, any] : [label]
  const common = { columns: planned.columns, monotone: { ...options.monotone } }
  const held = { table: pick(table, late), labels: flagsAt(label, late), ...(weights && { weights: weightsAt(weights, late) }) }
  return accept(
    {
      probe: {
        ...common,
        table: pick(table, early),
        targets: targets.map((t) => flagsAt(t, early)),
        ...(weights && { weights: weightsAt(weights, early) }),
        options: boost,
        held,
      },
      final: { ...common, table, targets, ...(weights && { weights }), options: { ...boost, patience: 0 } },
      held: { ...held, how },
      columns: planned.columns,
      rows: table.rows,
      positives: label.reduce((t, y) => t + y, 0),
      issues: [...labelled.value.issues, ...planned.issues],
    },
    planned.issues,
  )
}

/** The model of both fits: trees of all rows, as many as the probe needed (a tenth more for a tenth more rows), calibrated on the probe's held rows. */
export const finish = (plan: Plan, probe: Fitted, final: Fitted, options: TrainOptions): Model => {
  const rounds = Math.min(final.forest.trees.length, roundsFor(probe.rounds))
  return {
    format: 1,
    label: { column: options.label, positive: options.positive },
    seed: options.seed,
    options: { ...plan.final.options, rounds },
    recipe: final.recipe,
    edges: final.edges,
    forest: { ...final.forest, trees: final.forest.trees.slice(0, rounds) },
    calibration: fitCalibration(probe.margins, plan.held.labels),
  }
}

/** A table as the trees read it; refused when a column that the model needs is missing, each named. */
export const prepare = (model: Pick<Model, 'recipe' | 'edges'>, table: Table): Outcome<Binned> => {
  const missing = neededColumns(model.recipe).filter((n) => !table.columns.has(n))
  if (missing.length > 0) return refuse(...missing.map((column) => error('risk.column_missing', '', { column })))
  return accept(binColumns(applyRecipe(model.recipe, table), model.edges, table.rows))
}

/** Margins (log odds, to rank by) and calibrated probabilities, row by row. */
export const score = (model: Model, table: Table): Outcome<{ margins: Float64Array; probabilities: Float64Array }> => {
  const data = prepare(model, table)
  if (!data.ok) return data
  const margins = marginsOf(model.forest, data.value)
  return accept({ margins, probabilities: margins.map((m) => calibrated(model.calibration, m)) })
}
