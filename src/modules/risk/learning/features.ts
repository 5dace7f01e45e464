/** From a table to the columns that trees read, and what each of them means. */
import type { Column } from './columns.ts'
import { applyKey, fitKey, shareOf, type Encoded, type Table as Rates } from './encoding.ts'
import { candidateKeys, createHasher, keyName, type Key } from './keys.ts'
import { areaUnderCurve } from './metrics.ts'
import { compare, fitReference, logUnitValue, numbersOf, referenceKeys, type Reference } from './reference.ts'
import type { Table } from './table.ts'

/** `key`, `target`, `reference` are numbers into the recipe's lists. */
export type Feature =
  | { kind: 'rate'; name: string; key: number; target: number }
  | { kind: 'count'; name: string; key: number }
  | { kind: 'number'; name: string; column: string }
  | { kind: 'unit-value'; name: string }
  | { kind: 'difference' | 'score'; name: string; reference: number }
  | { kind: 'weekday'; name: string; column: string }

/** All that turns rows into features again, years later. `priors` are the overall shares of the targets. */
export type Recipe = {
  columns: Column[]
  keys: Key[]
  tables: Rates[]
  references: Reference[]
  features: Feature[]
  priors: number[]
  /** keys that said nothing out of fold */
  dropped: string[]
}

const weekdays = (cells: readonly string[]): Float64Array =>
  Float64Array.from(cells, (c) => {
    const days = Date.parse(`${c.slice(0, 10)}T00:00:00Z`) / 86_400_000
    return Number.isNaN(days) ? Number.NaN : (((days + 4) % 7) + 7) % 7
  })

/** Least distance of a rate's ranking from chance: two and a half standard errors of an area that has nothing to tell. */
const leastSignal = (target: Uint8Array): number => {
  const positives = target.reduce((t, y) => t + y, 0)
  return 2.5 * Math.sqrt((1 / Math.max(1, positives) + 1 / Math.max(1, target.length - positives)) / 12)
}

type Fitted = { keys: Key[]; tables: Rates[]; encoded: Encoded[]; kept: boolean[] }

/** Fits all candidate keys and keeps those that rank better out of fold than chance, and better than the coarser one they lean on. */
const fitKeys = (table: Table, columns: readonly Column[], targets: readonly Uint8Array[], folds: Uint8Array): Fitted => {
  const hash = createHasher(table)
  const keys = candidateKeys(columns)
  const [tables, encoded, areas]: [Rates[], Encoded[], number[]] = [[], [], []]
  const least = leastSignal(targets[0]!)
  const kept = keys.map((key, k) => {
    const coarser = key.coarser === undefined ? undefined : encoded[key.coarser]
    const fitted = fitKey(hash(key), folds, targets, coarser)
    tables.push(fitted.table)
    encoded.push(fitted.encoded)
    areas.push(areaUnderCurve(fitted.encoded.rates[0]!, targets[0]!))
    return key.coarser === undefined ? areas[k]! - 0.5 > least : areas[k]! > areas[key.coarser]! + 0.001
  })
  return { keys, tables, encoded, kept }
}

/** The keys that are features or that those lean on, renumbered. */
const prune = ({ keys, tables, encoded, kept }: Fitted): Fitted => {
  const needed = [...kept]
  for (let k = keys.length - 1; k >= 0; k--) if (needed[k] && keys[k]!.coarser !== undefined) needed[keys[k]!.coarser!] = true
  const place = new Map<number, number>()
  keys.forEach((_, k) => needed[k] && place.set(k, place.size))
  const only = <T>(list: readonly T[]): T[] => list.filter((_, k) => needed[k])
  const renumbered = only(keys).map(({ parts, coarser }): Key => ({ parts, ...(coarser !== undefined && { coarser: place.get(coarser)! }) }))
  return { keys: renumbered, tables: only(tables), encoded: only(encoded), kept: only(kept) }
}

const plainFeatures = (columns: readonly Column[], references: readonly Reference[]): Feature[] => [
  ...columns
    .filter((c) => ['mass', 'value', 'rate', 'number'].includes(c.role))
    .map((c): Feature => ({ kind: 'number', name: c.name, column: c.name })),
  ...columns.filter((c) => c.role === 'date').map((c): Feature => ({ kind: 'weekday', name: `weekday of ${c.name}`, column: c.name })),
  ...(references.length > 0 ? [{ kind: 'unit-value', name: 'unit value' } as const] : []),
  ...references.flatMap((r, i): Feature[] => [
    { kind: 'difference', name: `unit value against ${keyName(r.key)}`, reference: i },
    { kind: 'score', name: `unit value in spreads of ${keyName(r.key)}`, reference: i },
  ]),
]

const targetName = ['rate', 'rate of any finding']

/** Learns a recipe from training rows and answers it with their leak-free feature columns. */
export const learnRecipe = (
  table: Table,
  columns: Column[],
  targets: readonly Uint8Array[],
  folds: Uint8Array,
): { recipe: Recipe; values: Float64Array[] } => {
  const all = fitKeys(table, columns, targets, folds)
  const { keys, tables, encoded, kept } = prune(all)
  const units = logUnitValue(table, columns)
  const hash = createHasher(table)
  const references = units ? referenceKeys(all.keys, columns).map((key) => fitReference(key, hash(key), units)) : []
  const fromKeys = keys.flatMap((key, k): Feature[] =>
    kept[k]
      ? [
          ...targets.map((_, t): Feature => ({ kind: 'rate', name: `${targetName[t]} of ${keyName(key)}`, key: k, target: t })),
          { kind: 'count', name: `count of ${keyName(key)}`, key: k },
        ]
      : [],
  )
  const recipe: Recipe = {
    columns: columns.filter((c) => !['outcome', 'ignored', 'identifier'].includes(c.role)),
    keys,
    tables,
    references,
    features: [...fromKeys, ...plainFeatures(columns, references)],
    priors: targets.map(shareOf),
    dropped: all.keys.filter((_, k) => !all.kept[k]).map(keyName),
  }
  return { recipe, values: assemble(recipe, table, encoded) }
}

const assemble = (recipe: Recipe, table: Table, encoded: readonly Encoded[]): Float64Array[] => {
  const hash = createHasher(table)
  const units = logUnitValue(table, recipe.columns)
  const compared = recipe.references.map((r) => compare(r, hash(r.key), units!))
  return recipe.features.map((f) => {
    switch (f.kind) {
      case 'rate':
        return encoded[f.key]!.rates[f.target]!
      case 'count':
        return encoded[f.key]!.counts
      case 'number':
        return numbersOf(table, f.column)
      case 'weekday':
        return weekdays(table.columns.get(f.column)!)
      case 'unit-value':
        return units!
      case 'difference':
        return compared[f.reference]!.difference
      case 'score':
        return compared[f.reference]!.score
    }
  })
}

/** The feature columns of later rows. The table must have the recipe's columns. */
export const applyRecipe = (recipe: Recipe, table: Table): Float64Array[] => {
  const hash = createHasher(table)
  const encoded: Encoded[] = []
  recipe.keys.forEach((key, k) => {
    encoded.push(applyKey(recipe.tables[k]!, hash(key), recipe.priors, key.coarser === undefined ? undefined : encoded[key.coarser]))
  })
  return assemble(recipe, table, encoded)
}

/** Names of columns that the features need. */
export const neededColumns = (recipe: Recipe): string[] => {
  const names = new Set(recipe.keys.flatMap((k) => k.parts.map((p) => p.column)))
  for (const f of recipe.features) if ('column' in f) names.add(f.column)
  if (recipe.references.length > 0) for (const c of recipe.columns) if (c.role === 'value' || c.role === 'mass') names.add(c.name)
  return [...names]
}
