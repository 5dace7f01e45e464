/** How much of a quota's or licence's unit a goods item declares. Pure. */
import { decimal, type Decimal } from '#kernel/decimal.ts'

export type DeclaredQuantities = { netMassKg?: string; supplementary?: { value: string; unit?: string } }

/** Units of one family: base and how many of it (UN/ECE Rec. 20, TARIC). */
const families: Readonly<Record<string, readonly [base: string, factor: string]>> = {
  GRM: ['KGM', '0.001'],
  KGM: ['KGM', '1'],
  DTN: ['KGM', '100'],
  TNE: ['KGM', '1000'],
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
}
const familyOf = (unit: string): readonly [string, string] => families[unit] ?? [unit, '1']

/** Null when the item does not say how much of this unit it is. */
export const quantityIn = (unit: string, declared: DeclaredQuantities): Decimal | null => {
  const [base, factor] = familyOf(unit)
  const { netMassKg, supplementary } = declared
  if (base === 'KGM') return netMassKg === undefined ? null : decimal(netMassKg).div(factor)
  if (!supplementary) return null
  const [otherBase, otherFactor] = familyOf(supplementary.unit ?? unit)
  return otherBase === base ? decimal(supplementary.value).times(otherFactor).div(factor) : null
}
