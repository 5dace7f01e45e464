/** Quantities that duty is taken of, from what an item declares (masses, DE 6/2 supplementary units, DE 4/4 tax base). Pure. */
import { decimal, type Decimal } from '#kernel/decimal.ts'
import type { MeasureFact } from '#schema/trade'
import type { AssessmentItem } from './schema.ts'

/** TARIC and UN/ECE Rec. 20 units that measure the same: unit → base unit and how many of it. */
const families: Record<string, readonly [base: string, factor: string]> = {
  KGM: ['KGM', '1'],
  DTN: ['KGM', '100'],
  TNE: ['KGM', '1000'],
  GRM: ['KGM', '0.001'],
  KGMG: ['KGMG', '1'],
  DTNG: ['KGMG', '100'],
  TNEG: ['KGMG', '1000'],
  LTR: ['LTR', '1'],
  HLT: ['LTR', '100'],
  KLT: ['LTR', '1000'],
  MTQ: ['LTR', '1000'],
  NAR: ['NAR', '1'],
  NIU: ['NAR', '1'],
  CEN: ['NAR', '100'],
  MIL: ['NAR', '1000'],
  NPR: ['NPR', '1'],
  CPR: ['NPR', '100'],
  MPR: ['NPR', '1000'],
  MTR: ['MTR', '1'],
  MTK: ['MTK', '1'],
  LPA: ['LPA', '1'],
  KWH: ['KWH', '1'],
  MWH: ['KWH', '1000'],
}

const plain = (unit: string): string => unit.replace('#', '')
const baseOf = (unit: string): string => families[unit]?.[0] ?? unit
const factorOf = (unit: string): Decimal => decimal(families[unit]?.[1] ?? '1')

export type Quantities = (unit: string) => Decimal | null

/** Everything declared, by base unit. */
const declared = (item: AssessmentItem, prescribed: string | undefined): { known: Map<string, Decimal>; unnamed?: Decimal } => {
  const known = new Map<string, Decimal>()
  const put = (unit: string, value: string | undefined): void => {
    if (value !== undefined) known.set(baseOf(unit), decimal(value).times(factorOf(unit)))
  }
  put('KGM', item.netMassKg)
  put('KGMG', item.grossMassKg)
  const unit = item.supplementary?.unit ?? prescribed
  if (item.supplementary && unit) put(plain(unit), item.supplementary.value)
  for (const { base } of item.taxes) if (base?.unit) put(plain(base.unit), base.value)
  return { known, ...(item.supplementary && !unit && { unnamed: decimal(item.supplementary.value) }) }
}

/**
 * Answers how much of a unit an item declares; null = it does not say. `ASVX` is hectolitres times alcoholic strength, `LPA` litres of
 * pure alcohol, told or reckoned from volume and strength. A supplementary quantity for which neither declaration nor tariff names the
 * unit is taken in the base unit asked for, masses excepted.
 */
export const quantitiesOf = (item: AssessmentItem, measures: readonly MeasureFact[]): Quantities => {
  const { known, unnamed } = declared(item, measures.find((m) => m.supplementaryUnit)?.supplementaryUnit)
  const plainly = (base: string): Decimal | null => known.get(base) ?? (unnamed && !base.startsWith('KGM') && base !== 'ASV' ? unnamed : null)
  return (asked) => {
    const unit = plain(asked)
    const litres = plainly('LTR')
    const strength = known.get('ASV')
    if (unit === 'ASVX') return known.get('ASVX') ?? (litres && strength ? litres.div(100).times(strength) : null)
    if (unit === 'LPA') return known.get('LPA') ?? (litres && strength ? litres.times(strength).div(100) : null)
    const found = plainly(baseOf(unit))
    return found && found.div(factorOf(unit))
  }
}
