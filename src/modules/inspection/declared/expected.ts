/** What goods of several chapters together may look like, and what of it one picture can be asked for. Pure. */
import type { DeclaredGoods } from '../schema/declared.ts'
import type { Expectation, Limits, Metric } from '../schema/expectation.ts'

/** Chapters of the Harmonized System that were declared, each once, in order. */
export const chaptersOf = ({ lines }: DeclaredGoods): string[] => [...new Set(lines.map(({ hsCode }) => hsCode.slice(0, 2)))].toSorted()

/** Six digits: what the whole world calls by one code. Shorter codes stand as they are. */
export const codesOf = ({ lines }: DeclaredGoods): string[] => [...new Set(lines.map(({ hsCode }) => hsCode.slice(0, 6)))].toSorted()

/** Whose goods they are, in one word by which consignments of the same are found: the number where there is one, else the name. */
export const consignorKey = ({ consignor }: DeclaredGoods): string | null =>
  consignor?.id?.trim().toUpperCase() || consignor?.name?.trim().toUpperCase().replaceAll(/\s+/g, ' ') || null

/** With packing; null when it is missing on any line: a part of the mass says nothing of the whole. */
export const grossMassOf = ({ lines }: DeclaredGoods): number | null =>
  lines.reduce<number | null>((sum, { grossMassKg }) => (sum === null || grossMassKg === null ? null : sum + grossMassKg), 0)

/** Values that say something of one kind of goods only: a mixture is uneven, and each of its kinds is a stranger to the others. */
export const ofOneKind: readonly Metric[] = ['unevenness', 'strangerShare', 'unitCount']

const hull = (all: readonly Limits[]): Limits => [Math.min(...all.map(([least]) => least)), Math.max(...all.map(([, most]) => most))]

/**
 * The limits of a mixture: shares by mass, heights and densities lie between those of its kinds, whatever the proportion. Undefined when one of
 * the kinds is unknown, for then nobody knows what the whole looks like.
 */
export const mixed = (expectations: readonly (Expectation | undefined)[]): Expectation | undefined => {
  const known = expectations.filter((one) => one !== undefined)
  if (known.length === 0 || known.length < expectations.length) return undefined
  if (known.length === 1) return known[0]
  const limits: Partial<Record<Metric, Limits>> = {}
  for (const metric of Object.keys(known[0]!.limits) as Metric[]) {
    const all = known.flatMap((one) => (one.limits[metric] ? [one.limits[metric]] : []))
    if (all.length === known.length && !ofOneKind.includes(metric)) limits[metric] = hull(all)
  }
  return { source: known.every(({ source }) => source === 'learned') ? 'learned' : 'table', n: Math.min(...known.map(({ n }) => n)), limits }
}
