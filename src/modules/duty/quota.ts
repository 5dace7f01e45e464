/**
 * A goods item whose claim of a tariff quota is allocated in part is charged as two: the share at the rate of the quota, the rest as if
 * nothing had been claimed (UCC-IA Art. 51; a preference for the rest takes a claim of its own). Pure.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { subtract, toMajor, toMoney, zero, type Money } from '#kernel/money.ts'
import type { QuotaFact } from '#schema/trade'
import { securing } from './relief.ts'
import type { AssessmentFacts, AssessmentItem, TaxLine, TraceStep } from './schema.ts'
import type { ItemValue } from './value.ts'

type Lines = (item: AssessmentItem, value: ItemValue) => TaxLine[]

/** The item without its claim: the duty for third countries. */
const unclaimed = (item: AssessmentItem): AssessmentItem => ({
  ...item,
  taxes: item.taxes.map(({ quotaOrder: _order, ...tax }) => (tax.preference ? { ...tax, preference: '100' } : tax)),
})

const times = (numeral: string | undefined, share: Decimal): string | undefined =>
  numeral === undefined ? undefined : decimal(numeral).times(share).toDecimalPlaces(24).toFixed()

/** A part of the goods: everything that is measured, in proportion. */
const partOf = (item: AssessmentItem, share: Decimal): AssessmentItem => {
  const netMassKg = times(item.netMassKg, share)
  const grossMassKg = times(item.grossMassKg, share)
  return {
    ...item,
    ...(netMassKg !== undefined && { netMassKg }),
    ...(grossMassKg !== undefined && { grossMassKg }),
    ...(item.supplementary && { supplementary: { ...item.supplementary, value: times(item.supplementary.value, share)! } }),
    taxes: item.taxes.map((t) => (t.base ? { ...t, base: { ...t.base, value: times(t.base.value, share)! } } : t)),
  }
}

const valueOf = (value: ItemValue, money: Money | null): ItemValue => ({ ...value, money })

/** The first line of a part says which part it is. */
const told = (lines: readonly TaxLine[], key: string, fact: QuotaFact, quantity: Decimal): TaxLine[] => {
  const step: TraceStep = {
    step: 'quantity',
    key,
    params: { order: fact.orderNumber, quantity: quantity.toFixed(), claimed: fact.quantity, unit: fact.unit },
  }
  return lines.map((l, i) => (i === 0 ? { ...l, trace: [step, ...l.trace] } : l))
}

/** While a critical quota's share is not known, the difference to the full duty is held (UCC-IA Art. 53(3)). */
const securities = (under: readonly TaxLine[], full: readonly TaxLine[], facts: AssessmentFacts, fact: QuotaFact): TaxLine[] => {
  const owed = (lines: readonly TaxLine[], type: string): number =>
    lines.reduce((sum, l) => (l.type === type && l.status !== 'secured' ? sum + l.payable.minor : sum), 0)
  const none = zero(facts.currency)
  return [...new Set(full.map((l) => l.type))].flatMap((type): TaxLine[] => {
    const minor = owed(full, type) - owed(under, type)
    const like = full.find((l) => l.type === type)!
    if (minor <= 0 || like.status === 'manual') return []
    return [
      {
        itemNumber: like.itemNumber,
        type: facts.duty.securityTypes['quota'] ?? facts.duty.securityTypes['other'] ?? type,
        base: { none: true },
        rate: null,
        rateText: '',
        assessed: { minor, currency: facts.currency },
        deduct: none,
        payable: none,
        method: securing.has(like.method) ? like.method : (facts.securityMethod ?? like.method),
        quotaOrder: fact.orderNumber,
        status: 'secured',
        measureIds: like.measureIds,
        trace: [{ step: 'payment', key: 'duty.trace.quota_secured', params: { order: fact.orderNumber, type } }],
      },
    ]
  })
}

/** The tax lines of an item as its claim stands: as claimed while nothing is known, else the allocated part and the rest. */
export const quotaLines = (item: AssessmentItem, value: ItemValue, facts: AssessmentFacts, lines: Lines): TaxLine[] => {
  const fact = facts.quotas?.[String(item.itemNumber)]
  if (!fact) return lines(item, value)
  if (fact.allocated === null) {
    const under = lines(item, value)
    return fact.critical ? [...under, ...securities(under, lines(unclaimed(item), value), facts, fact)] : under
  }
  const got = Decimal.min(decimal(fact.allocated), decimal(fact.quantity))
  const rest = decimal(fact.quantity).minus(got)
  if (rest.isZero()) return told(lines(item, value), 'duty.trace.quota_allocated', fact, got)
  if (got.isZero()) return told(lines(unclaimed(item), value), 'duty.trace.quota_not_allocated', fact, rest)
  const share = got.div(decimal(fact.quantity))
  const part = value.money && toMoney(toMajor(value.money).times(share), facts.currency, facts.rounding.mode)
  return [
    ...told(lines(partOf(item, share), valueOf(value, part)), 'duty.trace.quota_allocated', fact, got),
    ...told(
      lines(partOf(unclaimed(item), new Decimal(1).minus(share)), valueOf(value, value.money && subtract(value.money, part!))),
      'duty.trace.quota_not_allocated',
      fact,
      rest,
    ).map((l) => ({ ...l, rest: true })),
  ]
}
