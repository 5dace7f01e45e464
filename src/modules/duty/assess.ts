/** The duty on a declaration, line by line. Pure: the same input and facts always give the same assessment. */
import { add, sum, zero } from '#kernel/money.ts'
import { itemLines } from './lines.ts'
import { quotaLines } from './quota.ts'
import { roundPerTax } from './rounding.ts'
import type { Assessment, AssessmentFacts, AssessmentInput, TaxLine } from './schema.ts'
import { valueItems } from './value.ts'

const totalsOf = (
  lines: readonly TaxLine[],
  currency: string,
): Pick<Assessment['totals'], 'assessed' | 'payable' | 'secured' | 'byType' | 'byMethod'> => {
  const debts = lines.filter((l) => l.status !== 'secured')
  const of = (some: readonly TaxLine[], what: 'assessed' | 'payable') =>
    sum(
      some.map((l) => l[what]),
      currency,
    )
  return {
    assessed: of(debts, 'assessed'),
    payable: of(debts, 'payable'),
    secured: of(
      lines.filter((l) => l.status === 'secured'),
      'assessed',
    ),
    byType: [...Map.groupBy(debts, (l) => l.type)].map(([type, some]) => ({ type, assessed: of(some, 'assessed'), payable: of(some, 'payable') })),
    byMethod: [...Map.groupBy(debts, (l) => l.method)].map(([method, some]) => ({ method, payable: of(some, 'payable') })),
  }
}

/**
 * Assesses customs duty, additional and defence duties, excise and VAT on every item (UCC Art. 85, 102). A line that cannot be computed
 * (no rate, quantity or value) has status `manual` and amounts of zero: it is an officer's, not free.
 */
export const assess = (input: AssessmentInput, facts: AssessmentFacts): Assessment => {
  const values = valueItems(input, facts)
  const single = input.items.flatMap((item, i) => quotaLines(item, values[i]!, facts, (part, value) => itemLines(input, part, value, facts)))
  const lines = roundPerTax(single, facts)
  const { administration, date, currency } = facts
  return {
    administration,
    date,
    currency,
    items: values.map((v) => ({ itemNumber: v.itemNumber, customsValue: v.money ?? zero(currency), trace: v.trace })),
    lines,
    totals: { customsValue: values.reduce((s, v) => (v.money ? add(s, v.money) : s), zero(currency)), ...totalsOf(lines, currency) },
  }
}
