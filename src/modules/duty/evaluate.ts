/**
 * The amount that a duty expression gives. Terms of one side are summed; `A MIN B` is the greater and `A MAX B` the lesser of two sides,
 * split at the last such word (TARIC user guide). Pure; exact, nothing is rounded here.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import { printExpression, treeOf, type Expr, type Expression, type Leaf, type MeursingLeaf } from '#schema/trade'
import { applyRule, type RuleFacts } from './rule.ts'
import type { TraceStep } from './schema.ts'
import type { Quantities } from './quantity.ts'

export type Basis = {
  /** what percentages are of; null = unknown */ value: Decimal | null
  quantities: Quantities
  /** own currency for one of this */ rateOf: (currency: string | undefined) => string | undefined
  /** what the Meursing code of the goods says; undefined = no code, or none that is known */ meursing?: (
    leaf: MeursingLeaf,
  ) => Expression | undefined
  /** what a rule of a national tax may ask for beside value and quantities */ subject?: Omit<RuleFacts, 'value' | 'quantity' | 'rate'>
}
export type Evaluated = { amount: Decimal | null; /** first quantity that was used */ quantity?: { value: string; unit: string }; trace: TraceStep[] }

const unknown = (step: TraceStep['step'], key: string, params?: TraceStep['params']): Evaluated => ({
  amount: null,
  trace: [{ step, key: `duty.trace.${key}`, ...(params && { params }) }],
})

const hundredth = new Decimal('0.01')
const percentOf = (rate: string, base: Decimal): Decimal => base.times(decimal(rate)).times(hundredth)

const percentage = (rate: string, base: Decimal): Evaluated => {
  const amount = percentOf(rate, base)
  return { amount, trace: [{ step: 'rate', key: 'duty.trace.percent', params: { rate, base: base.toFixed(), amount: amount.toFixed() } }] }
}

const specific = (leaf: Extract<Leaf, { is: 'specific' }>, basis: Basis): Evaluated => {
  const rate = basis.rateOf(leaf.currency)
  if (rate === undefined) return unknown('rate', 'no_exchange_rate', { currency: leaf.currency })
  const each = decimal(leaf.value).times(decimal(rate))
  const exchanged: TraceStep[] = rate === '1' ? [] : [{ step: 'rate', key: 'duty.trace.rate_of_exchange', params: { currency: leaf.currency, rate } }]
  if (!leaf.unit) return { amount: each, trace: exchanged }
  const quantity = basis.quantities(leaf.unit, leaf.content)
  if (quantity === null) return unknown('quantity', 'quantity_missing', { unit: leaf.unit })
  // Told, and kept, with so many places at most: a third of a dozen has no end.
  const value = quantity.toDecimalPlaces(20).toFixed()
  return {
    amount: each.times(quantity),
    quantity: { value, unit: leaf.unit },
    trace: [
      { step: 'quantity', key: 'duty.trace.quantity', params: { value, unit: leaf.unit, rate: leaf.value, currency: leaf.currency } },
      ...exchanged,
    ],
  }
}

const meursing = (leaf: MeursingLeaf, basis: Basis): Evaluated => {
  const found = basis.meursing?.(leaf)
  if (!found) return unknown('measure', 'meursing_code_missing', { symbol: leaf.symbol })
  // A row of the Meursing table is an amount and never refers to the table again.
  const { meursing: _none, ...rest } = basis
  const result = side(treeOf(found), rest)
  const told: TraceStep = { step: 'measure', key: 'duty.trace.meursing', params: { symbol: leaf.symbol, rate: printExpression(found) } }
  return { ...result, trace: [told, ...result.trace] }
}

const ruleOf = ({ rule, text }: Extract<Leaf, { is: 'rule' }>, { value, quantities, rateOf, subject }: Basis): Evaluated => {
  if (!subject) return unknown('measure', 'expression_unknown', { text })
  const rate = rateOf(rule.currency)
  return applyRule(rule, text, { ...subject, value, quantity: quantities, rate: rate === undefined ? null : decimal(rate) })
}

const leafOf = (leaf: Leaf, basis: Basis): Evaluated => {
  switch (leaf.is) {
    case 'percent':
      return basis.value === null ? unknown('value', 'value_unknown') : percentage(leaf.value, basis.value)
    case 'retail': {
      const price = basis.quantities('RET')
      return price === null ? unknown('value', 'retail_price_missing') : percentage(leaf.value, price)
    }
    case 'specific':
      return specific(leaf, basis)
    case 'meursing':
      return meursing(leaf, basis)
    case 'rule':
      return ruleOf(leaf, basis)
    case 'nil':
      return { amount: new Decimal(0), trace: [] }
    case 'unit':
      return unknown('rate', 'unit_without_amount', { unit: leaf.unit })
    case 'see':
      return unknown('rate', 'expression_unknown', { text: leaf.text })
  }
}

const side = (tree: Expr, basis: Basis): Evaluated => {
  if (!('left' in tree)) return leafOf(tree, basis)
  const left = side(tree.left, basis)
  const right = side(tree.right, basis)
  const quantity = left.quantity ?? right.quantity
  const trace = [...left.trace, ...right.trace]
  if (!left.amount || !right.amount) return { amount: null, ...(quantity && { quantity }), trace }
  if (tree.is === 'add' || tree.is === 'subtract') {
    const amount = tree.is === 'add' ? left.amount.plus(right.amount) : left.amount.minus(right.amount)
    return { amount, ...(quantity && { quantity }), trace }
  }
  const amount = tree.is === 'atLeast' ? Decimal.max(left.amount, right.amount) : Decimal.min(left.amount, right.amount)
  trace.push({
    step: 'rate',
    key: tree.is === 'atLeast' ? 'duty.trace.at_least' : 'duty.trace.at_most',
    params: { left: left.amount.toFixed(), right: right.amount.toFixed(), amount: amount.toFixed() },
  })
  return { amount, ...(quantity && { quantity }), trace }
}

/** Expressions live as long as the tariff that holds them; each is read into its tree once. */
const trees = new WeakMap<Expression, Expr>()
const treeFor = (expression: Expression): Expr => {
  const known = trees.get(expression)
  if (known) return known
  const tree = treeOf(expression)
  trees.set(expression, tree)
  return tree
}

/** A null amount means that an officer must look: the trace says what is missing. */
export const evaluate = (expression: Expression, basis: Basis): Evaluated => {
  const tree = treeFor(expression)
  // Of a mere percentage the line itself tells base, rate and amount.
  if (tree.is === 'percent' && basis.value) return { amount: percentOf(tree.value, basis.value), trace: [] }
  const result = side(tree, basis)
  // A duty is never negative, whatever is subtracted.
  return { ...result, amount: result.amount && Decimal.max(0, result.amount) }
}
