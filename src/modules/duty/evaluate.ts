/**
 * The amount that a duty expression gives. Terms of one side are summed; `A MIN B` is the greater and `A MAX B` the lesser of two sides,
 * split at the last such word (TARIC user guide). Pure; exact, nothing is rounded here.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import type { Component, Expression } from '#schema/trade'
import type { TraceStep } from './schema.ts'
import type { Quantities } from './quantity.ts'

export type Basis = {
  /** what percentages are of; null = unknown */ value: Decimal | null
  quantities: Quantities
  rateOf: (currency: string | undefined) => string | undefined
}
export type Evaluated = { amount: Decimal | null; /** first quantity that was used */ quantity?: { value: string; unit: string }; trace: TraceStep[] }

type Term = { amount: Decimal | null; quantity?: { value: string; unit: string }; trace?: TraceStep }

const specific = (c: Component, basis: Basis): Term => {
  const rate = basis.rateOf(c.currency)
  if (rate === undefined) return { amount: null, trace: { step: 'rate', key: 'duty.trace.no_exchange_rate', params: { currency: c.currency! } } }
  const each = decimal(c.value!).times(decimal(rate))
  if (!c.unit) return { amount: each }
  const quantity = basis.quantities(c.unit)
  if (quantity === null) return { amount: null, trace: { step: 'quantity', key: 'duty.trace.quantity_missing', params: { unit: c.unit } } }
  const value = quantity.toFixed()
  return {
    amount: each.times(quantity),
    quantity: { value, unit: c.unit },
    trace: { step: 'quantity', key: 'duty.trace.quantity', params: { value, unit: c.unit, rate: c.value!, currency: c.currency! } },
  }
}

const termOf = (c: Component, basis: Basis): Term => {
  if (c.kind === 'text') return { amount: null, trace: { step: 'rate', key: 'duty.trace.expression_unknown', params: { text: c.text ?? '' } } }
  if (c.kind === 'specific') return specific(c, basis)
  return basis.value === null
    ? { amount: null, trace: { step: 'value', key: 'duty.trace.value_unknown' } }
    : { amount: basis.value.times(decimal(c.value!)).div(100) }
}

const combine = (components: Expression, amounts: readonly Decimal[]): Decimal => {
  const split = components.findLastIndex((c, i) => i > 0 && (c.op === 'MIN' || c.op === 'MAX'))
  if (split < 0) return components.reduce((sum, c, i) => (c.op === '-' && i > 0 ? sum.minus(amounts[i]!) : sum.plus(amounts[i]!)), new Decimal(0))
  const left = combine(components.slice(0, split), amounts.slice(0, split))
  const right = combine(components.slice(split), amounts.slice(split))
  return components[split]!.op === 'MIN' ? Decimal.max(left, right) : Decimal.min(left, right)
}

/** A null amount means that an officer must look: the trace says what is missing. */
export const evaluate = (expression: Expression, basis: Basis): Evaluated => {
  const terms = expression.map((c) => termOf(c, basis))
  const quantity = terms.find((t) => t.quantity)?.quantity
  const trace = terms.flatMap((t) => t.trace ?? [])
  if (terms.some((t) => t.amount === null)) return { amount: null, ...(quantity && { quantity }), trace }
  // A duty is never negative, whatever is subtracted.
  const amount = Decimal.max(
    0,
    combine(
      expression,
      terms.map((t) => t.amount!),
    ),
  )
  return { amount, ...(quantity && { quantity }), trace }
}
