/** Rounding of a tax once over all items of a declaration, where national law rounds the tax and not its lines. Pure. */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { formatMoney, toMajor, toMoney } from '#kernel/money.ts'
import type { AssessmentFacts, TaxLine } from './schema.ts'

const roundedKey = 'duty.trace.rounded'

/** What the line came to before it was rounded: its trace tells where that was another amount. */
const exactOf = (line: TaxLine): Decimal => {
  const told = line.trace.find((step) => step.key === roundedKey)?.params?.['exact']
  return told === undefined ? toMajor(line.payable) : decimal(String(told))
}

const shift = (line: TaxLine, minor: number, exact: Decimal, whole: string): TaxLine => {
  const payable = { ...line.payable, minor: line.payable.minor + minor }
  const step = {
    step: 'rounding',
    key: 'duty.trace.rounded_per_tax',
    params: { exact: exact.toFixed(), total: whole, amount: formatMoney(payable) },
  } as const
  return { ...line, assessed: payable, payable, trace: [...line.trace, step] }
}

/** Lines that are simply owed; what is relieved, suspended, secured or declared keeps its own amount. */
const isOwed = (line: TaxLine): boolean =>
  line.status === 'assessed' && line.payable.minor === line.assessed.minor && !line.trace.some((step) => step.step === 'relief')

/**
 * The lines of one tax and method of payment sum to the rounded sum of their exact amounts: minor units that rounding one by one took or
 * gave go back to the lines whose remainders are furthest off, the earlier item first.
 */
const roundTax = (lines: readonly TaxLine[], mode: AssessmentFacts['rounding']['mode']): Map<TaxLine, TaxLine> => {
  const changed = new Map<TaxLine, TaxLine>()
  const currency = lines[0]!.payable.currency
  const whole = toMoney(
    lines.reduce((total, line) => total.plus(exactOf(line)), new Decimal(0)),
    currency,
    mode,
  )
  const difference = whole.minor - lines.reduce((total, line) => total + line.payable.minor, 0)
  const sign = Math.sign(difference)
  const off = lines.map((line) => ({ line, by: exactOf(line).minus(toMajor(line.payable)).times(sign) }))
  for (const { line } of off.toSorted((a, b) => b.by.comparedTo(a.by)).slice(0, Math.abs(difference)))
    changed.set(line, shift(line, sign, exactOf(line), formatMoney(whole)))
  return changed
}

/** The lines as they are, where the administration rounds line by line. */
export const roundPerTax = (lines: readonly TaxLine[], { rounding }: Pick<AssessmentFacts, 'rounding'>): TaxLine[] => {
  if (!rounding.perTax) return [...lines]
  const groups = Map.groupBy(lines.filter(isOwed), (line) => `${line.type}/${line.method}`)
  const changed = new Map([...groups.values()].flatMap((group) => [...roundTax(group, rounding.mode)]))
  return lines.map((line) => changed.get(line) ?? line)
}
