/** Quantities that duty is taken of, from what an item declares (masses, DE 6/2 supplementary units, DE 4/4 tax base). Pure. */
import { decimal, type Decimal } from '#kernel/decimal.ts'
import { factorsOf, measureOf, type MeasureFact } from '#schema/trade'
import type { AssessmentItem } from './schema.ts'

const plain = (unit: string): string => unit.replace('#', '')

/** How much of a unit there is; null = nobody says. `content` names the substance that is counted. */
export type Quantities = (unit: string, content?: string) => Decimal | null

/** Known quantities by base unit (`KGM`, `KGME`, `LTR`, `ASV` …). */
export type Known = Map<string, Decimal>

export const know = (known: Known, unit: string, value: string | undefined): void => {
  if (value === undefined) return
  const { base, factor } = measureOf(plain(unit))
  known.set(base, decimal(value).times(decimal(factor)))
}

/** No supplementary quantity without a name is one of these. */
const neverUnnamed = /^(?:KGM|ASV|BRX|RET|SPR|DEG)/

/**
 * Answers from what is known. Of what is not, some can be reckoned: `ASVX` is hectolitres × strength, `LPA` litres × strength, `DTNZ`
 * hundred kilograms × per cent of sucrose, `SPQ` litres of pure alcohol × discount of the small producer. `unnamed` stands in for a
 * quantity that is asked for in its base unit.
 */
export const quantitiesFrom = (known: ReadonlyMap<string, Decimal>, unnamed?: Decimal): Quantities => {
  const product = (first: Decimal | null, second: Decimal | null): Decimal | null => first && second && first.times(second)
  const ask = (asked: string): Decimal | null => {
    const unit = plain(asked)
    const { base, factor } = measureOf(unit)
    const told = known.get(base)
    if (told) return told.div(decimal(factor))
    const factors = factorsOf(unit)
    if (factors) return product(ask(factors[0]), ask(factors[1]))
    const strength = known.get('ASV')
    if (unit === 'LPA' && strength) return product(ask('HLT'), strength)
    if (unit === 'SPQ') return product(ask('SPR'), ask('LPA'))
    return unnamed && !neverUnnamed.test(base) ? unnamed.div(decimal(factor)) : null
  }
  return ask
}

/**
 * What an item declares. A supplementary quantity for which neither declaration nor tariff names the unit is taken in the base unit asked
 * for, masses excepted.
 */
export const quantitiesOf = (item: AssessmentItem, measures: readonly MeasureFact[]): Quantities => {
  const known: Known = new Map()
  know(known, 'KGM', item.netMassKg)
  know(known, 'KGMG', item.grossMassKg)
  const unit = item.supplementary?.unit ?? measures.find((m) => m.supplementaryUnit)?.supplementaryUnit
  if (item.supplementary && unit) know(known, unit, item.supplementary.value)
  for (const { base } of item.taxes) if (base?.unit) know(known, base.unit, base.value)
  return quantitiesFrom(known, item.supplementary && !unit ? decimal(item.supplementary.value) : undefined)
}
