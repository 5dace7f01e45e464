/** Components back into text. Pure. */
import type { Component, Expression } from '../schema/expression.ts'
import { printUnit } from './units.ts'

const printTerm = (c: Component): string => {
  switch (c.kind) {
    case 'percent':
      return `${c.value} %`
    case 'retail':
      return `${c.value} % / Retail Price`
    case 'specific':
      return `${c.value} ${c.currency}${c.unit ? ` / ${printUnit(c.unit)}` : ''}${c.content ? ` (${c.content})` : ''}`
    case 'meursing':
      return c.symbol!
    case 'nil':
      return 'NIHIL'
    case 'unit':
      return printUnit(c.unit!)
    case 'rule':
      return `= ${c.text}`
    case 'text':
      return c.text ?? ''
  }
}

// The tariff's expressions are printed for every goods item of the country.
const printed = new WeakMap<Expression, string>()

/** The expression as tariffs print it: `10 % + 5.00 VRC / 100 kg MAX 20 %`. */
export const printExpression = (expression: Expression): string => {
  const before = printed.get(expression)
  if (before !== undefined) return before
  const text = expression.map((c) => (c.op === 'first' ? printTerm(c) : `${c.op} ${printTerm(c)}`)).join(' ')
  printed.set(expression, text)
  return text
}

/** The percentage, when the expression is nothing but one. */
export const plainPercent = (expression: Expression | undefined): string | undefined => {
  const [only, more] = expression ?? []
  if (!only || more) return undefined
  return only.kind === 'percent' ? only.value : only.kind === 'nil' ? '0' : undefined
}
