/** Customs value of each item, as far as the declaration gives it (WTO valuation agreement Art. 1 and 8; UCC Art. 70–71). Pure. */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { formatMoney, minorDigits, toMoney, type Money } from '#kernel/money.ts'
import { apportion } from './apportion.ts'
import type { AssessmentFacts, AssessmentInput, AssessmentItem, TraceStep } from './schema.ts'

type Amount = NonNullable<AssessmentItem['price']>
type Adjustment = AssessmentItem['adjustments'][number]

/** `money` is null when the value cannot be told: no price, a currency without a rate, or beyond counting. */
export type ItemValue = { itemNumber: number; money: Money | null; trace: TraceStep[] }

export type Exchange = { convert: (amount: Amount) => Decimal | null; rateOf: (currency: string | undefined) => string | undefined }

// 9e12 minor units, by digits of the currency: 999 items of it and their taxes can still be summed exactly.
const most = [0, 1, 2, 3, 4].map((digits) => new Decimal(9e12).div(10 ** digits))
/** Can sums of such amounts be held? Nobody declares more; who writes more has mistyped, and an officer looks at it. */
export const isCountable = (major: Decimal, currency: string): boolean => major.abs().lt(most[minorDigits(currency)]!)

/** Conversion into the own currency at the rates of the legal date (UCC Art. 53). */
export const exchange = (input: Pick<AssessmentInput, 'invoiceCurrency'>, facts: Pick<AssessmentFacts, 'currency' | 'rates'>): Exchange => {
  const rateOf = (currency: string | undefined) => {
    const known = currency ?? input.invoiceCurrency ?? facts.currency
    return known === facts.currency ? '1' : facts.rates[known]
  }
  return {
    rateOf,
    convert: (amount) => {
      const rate = rateOf(amount.currency)
      const own = rate === undefined ? null : decimal(amount.amount).times(decimal(rate))
      return own && isCountable(own, facts.currency) ? own : null
    },
  }
}

/** DE 4/9: codes of the A series are added, those of the B series deducted (UCC-IA annex B). */
const signOf = (code: string | undefined): 1 | -1 | 0 => (code?.startsWith('A') ? 1 : code?.startsWith('B') ? -1 : 0)

const signed = (adjustments: readonly Adjustment[], convert: Exchange['convert']): { sum: Decimal; unclear: boolean } => {
  let sum = new Decimal(0)
  let unclear = false
  for (const { code, amount } of adjustments) {
    const converted = amount && convert(amount)
    const sign = signOf(code)
    if (!converted || sign === 0) unclear = true
    else sum = sum.plus(converted.times(sign))
  }
  return { sum, unclear }
}

const basisOf = (item: AssessmentItem): { amount: Amount; key: string } | undefined => {
  if (item.customsValue) return { amount: item.customsValue, key: 'duty.trace.value_declared' }
  if (item.price) return { amount: item.price, key: 'duty.trace.price' }
  return item.intrinsicValue && { amount: item.intrinsicValue, key: 'duty.trace.intrinsic_value' }
}

const startOf = (
  item: AssessmentItem,
  { convert, rateOf }: Exchange,
  own: string,
  invoiceCurrency: string | undefined,
): { exact: Decimal | null; trace: TraceStep[] } => {
  const basis = basisOf(item)
  if (!basis) return { exact: null, trace: [{ step: 'value', key: 'duty.trace.no_price' }] }
  const currency = basis.amount.currency ?? invoiceCurrency ?? own
  const exact = convert(basis.amount)
  const trace: TraceStep[] = [{ step: 'value', key: basis.key, params: { amount: basis.amount.amount, currency } }]
  if (exact === null && rateOf(currency) !== undefined) trace.push({ step: 'value', key: 'duty.trace.too_large' })
  else if (exact === null) trace.push({ step: 'rate', key: 'duty.trace.no_exchange_rate', params: { currency } })
  else if (currency !== own) trace.push({ step: 'rate', key: 'duty.trace.exchanged', params: { rate: rateOf(currency)!, from: currency, to: own } })
  return { exact, trace }
}

/** What the header adds to each item, in minor units: DE 4/9 to all, DE 4/19 where a price is missing. */
const headerShares = (input: AssessmentInput, x: Exchange, currency: string, rounding: AssessmentFacts['rounding'], weights: Decimal[]) => {
  const { sum, unclear } = signed(input.adjustments, x.convert)
  const transport = input.transportCost ? x.convert(input.transportCost) : new Decimal(0)
  const minor = (d: Decimal): number => toMoney(d, currency, rounding.mode).minor
  return {
    adjustments: apportion(minor(sum), weights),
    transport: apportion(minor(transport ?? new Decimal(0)), weights),
    unclear: unclear || transport === null,
  }
}

/** Values of all items. What stands in the header is spread over the items by value, so that the parts sum to the whole. */
export const valueItems = (input: AssessmentInput, facts: AssessmentFacts): ItemValue[] => {
  const { currency, rounding } = facts
  const x = exchange(input, facts)
  const starts = input.items.map((item) => startOf(item, x, currency, input.invoiceCurrency))
  const weights = starts.map((s) => (s.exact && s.exact.gt(0) ? s.exact : new Decimal(0)))
  const shares = headerShares(input, x, currency, rounding, weights)
  const scale = new Decimal(10).pow(-minorDigits(currency))
  return input.items.map((item, i): ItemValue => {
    const { exact, trace } = starts[i]!
    if (exact === null) return { itemNumber: item.itemNumber, money: null, trace }
    if (item.customsValue) return { itemNumber: item.itemNumber, money: toMoney(exact, currency, rounding.mode), trace }
    const own = signed(item.adjustments, x.convert)
    const transport = item.price ? new Decimal(0) : item.transportCost ? x.convert(item.transportCost) : scale.times(shares.transport[i]!)
    if (own.unclear || shares.unclear || transport === null)
      return { itemNumber: item.itemNumber, money: null, trace: [...trace, { step: 'value', key: 'duty.trace.adjustment_unclear' }] }
    const share = scale.times(shares.adjustments[i]!).plus(transport)
    const money = toMoney(Decimal.max(0, exact.plus(own.sum).plus(share)), currency, rounding.mode)
    if (!own.sum.isZero()) trace.push({ step: 'value', key: 'duty.trace.adjusted', params: { amount: own.sum.toFixed() } })
    if (!share.isZero()) trace.push({ step: 'value', key: 'duty.trace.header_share', params: { amount: share.toFixed() } })
    return {
      itemNumber: item.itemNumber,
      money,
      trace: [...trace, { step: 'rounding', key: 'duty.trace.customs_value', params: { amount: formatMoney(money), mode: rounding.mode } }],
    }
  })
}
