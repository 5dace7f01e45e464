/** One row's score in words: contributions grouped by what they are about, each with its comparison and how much it rests on. */
import { find } from './hashing.ts'
import { createHasher, keyName, partName, type Key } from './keys.ts'
import type { Feature, Recipe } from './features.ts'
import type { Model } from './model.ts'
import { prepare } from './model.ts'
import { contributions, expectedMargin } from './shap.ts'
import { calibrated } from './calibrate.ts'
import { pick, type Table } from './table.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'

export type Reason = {
  /** what it is about: a key or a column */
  subject: string
  /** log odds; above zero raises the risk */
  contribution: number
  text: string
  /** training rows it rests on, where it compares with any */
  n?: number
  /** how many times the usual rate */
  lift?: number
}

export type Explanation = {
  row: number
  score: number
  probability: number
  /** margin before anything is known; all contributions and this add up to the score */
  expected: number
  raises: Reason[]
  lowers: Reason[]
  /** sum of what is in neither list */
  others: number
  note: string
}

const thin = 10
/** Log odds below which a contribution is not worth a sentence. */
const slight = 0.05
const two = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toPrecision(2))

const cellsOf = (key: Pick<Key, 'parts'>, table: Table): string =>
  key.parts.map((p) => table.columns.get(p.column)![0]!.slice(0, p.prefix) || '(empty)').join(' × ')

type Comparison = Pick<Reason, 'text' | 'n' | 'lift'>

const aboutKey = (recipe: Recipe, k: number, table: Table): Comparison => {
  const key = recipe.keys[k]!
  const rates = recipe.tables[k]!
  const { low, high } = createHasher(table)(key)
  const entry = find(rates.lookup, low[0]!, high[0]!)
  const what = `${keyName(key)} = ${cellsOf(key, table)}`
  if (entry < 0) return { text: `${what} was never seen before`, n: 0 }
  const n = rates.rows[entry]!
  const lift = rates.findings[0]![entry]! / n / recipe.priors[0]!
  const support = n < thin ? `n = ${n}: thin support` : `n = ${n}`
  return { text: lift === 0 ? `${what} has had no finding, ${support}` : `${what} has ${two(lift)}× the usual rate, ${support}`, n, lift }
}

const aboutReference = (recipe: Recipe, at: number, table: Table, difference: number): Comparison => {
  const reference = recipe.references[at]!
  const { low, high } = createHasher(table)(reference.key)
  const entry = find(reference.lookup, low[0]!, high[0]!)
  const n = entry < 0 ? 0 : reference.count[entry]!
  const what = `${keyName(reference.key)} = ${cellsOf(reference.key, table)}`
  if (Number.isNaN(difference)) return { text: `no usual unit value is known for ${what}, n = ${n}`, n }
  return { text: `unit value ${two(Math.exp(difference))} × the median of ${what}, n = ${n}`, n }
}

const unitDifference = (recipe: Recipe, at: number, table: Table): number => {
  const [value, mass] = (['value', 'mass'] as const).map((role) => Number(table.columns.get(recipe.columns.find((c) => c.role === role)!.name)![0]!))
  const reference = recipe.references[at]!
  const { low, high } = createHasher(table)(reference.key)
  const entry = find(reference.lookup, low[0]!, high[0]!)
  return entry < 0 || !(value! > 0 && mass! > 0) ? Number.NaN : Math.log(value! / mass!) - reference.median[entry]!
}

/** Features about the same thing speak with one voice: a key's rate and count, a median's difference and spread. */
const subjectOf = (recipe: Recipe, f: Feature): string => {
  if (f.kind === 'rate' || f.kind === 'count') return keyName(recipe.keys[f.key]!)
  if (f.kind === 'difference' || f.kind === 'score') return `unit value against ${keyName(recipe.references[f.reference]!.key)}`
  return f.name
}

const compareFeature = (recipe: Recipe, f: Feature, table: Table): Comparison => {
  switch (f.kind) {
    case 'rate':
    case 'count':
      return aboutKey(recipe, f.key, table)
    case 'difference':
    case 'score':
      return aboutReference(recipe, f.reference, table, unitDifference(recipe, f.reference, table))
    case 'unit-value':
      return { text: 'value per kilogram' }
    default:
      return { text: `${partName({ column: f.column })} = ${table.columns.get(f.column)![0]! || '(empty)'}` }
  }
}

/** Explains the first row of a table; `row` is its number to print. */
const explainOne = (model: Model, table: Table, bytes: Uint8Array, row: number): Explanation => {
  const { recipe, forest } = model
  const given = contributions(forest, (f) => bytes[f]!)
  const expected = expectedMargin(forest)
  const groups = new Map<string, { contribution: number; feature: Feature }>()
  recipe.features.forEach((feature, f) => {
    const subject = subjectOf(recipe, feature)
    const group = groups.get(subject) ?? { contribution: 0, feature }
    groups.set(subject, { ...group, contribution: group.contribution + given[f]! })
  })
  const reasons = [...groups].map(([subject, { contribution, feature }]) => ({ subject, contribution, feature }))
  const top = (sign: 1 | -1, count: number): Reason[] =>
    reasons
      .filter((r) => r.contribution * sign >= slight)
      .toSorted((a, b) => sign * (b.contribution - a.contribution))
      .slice(0, count)
      .map(({ subject, contribution, feature }) => ({ subject, contribution, ...compareFeature(recipe, feature, table) }))
  const [raises, lowers] = [top(1, 5), top(-1, 5)]
  const score = expected + given.reduce((t, x) => t + x, 0)
  const told = [...raises, ...lowers].reduce((t, r) => t + r.contribution, 0)
  const note = 'A statistical comparison with past findings; no proof of anything.'
  return { row, score, probability: calibrated(model.calibration, score), expected, raises, lowers, others: score - expected - told, note }
}

/** Explanations of rows (numbered from 0), exact: expected margin and contributions add up to the score. */
export const explain = (model: Model, table: Table, rows: readonly number[]): Outcome<Explanation[]> => {
  const some = pick(table, Int32Array.from(rows))
  const data = prepare(model, some)
  if (!data.ok) return data
  const { bytes, features } = data.value
  return accept(
    rows.map((row, i) => {
      const own = Uint8Array.from({ length: features }, (_, f) => bytes[f * rows.length + i]!)
      return explainOne(model, pick(some, Int32Array.of(i)), own, row + 1)
    }),
  )
}
