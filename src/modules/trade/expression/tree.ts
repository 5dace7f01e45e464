/** The tree that an expression means, whatever tariff it was written in. Pure. */
import type { Component, Expression, MeursingSymbol } from '../schema/expression.ts'
import { readRule, type Rule } from './rule.ts'

export type MeursingLeaf = { is: 'meursing'; of: 'agricultural' | 'sugar' | 'flour'; reduced: boolean; symbol: MeursingSymbol }

export type Leaf =
  | { is: 'percent' | 'retail'; value: string }
  | { is: 'specific'; value: string; currency: string; unit?: string; content?: string }
  | MeursingLeaf
  | { is: 'nil' }
  | { is: 'unit'; unit: string }
  | { is: 'rule'; rule: Rule; text: string }
  | { is: 'see'; text: string }

/** `atLeast` is the greater of two sides (TARIC MIN: the right one is a minimum), `atMost` the lesser (MAX). */
export type Expr = Leaf | { is: 'add' | 'subtract' | 'atLeast' | 'atMost'; left: Expr; right: Expr }

const meursing = (symbol: MeursingSymbol): Leaf => {
  const of = /^(?:EA|AC)/.test(symbol) ? 'agricultural' : /^(?:ADSZ|SD)/.test(symbol) ? 'sugar' : 'flour'
  return { is: 'meursing', of, reduced: symbol.endsWith('R'), symbol }
}

const see = (c: Component): Leaf => ({ is: 'see', text: c.text ?? '' })

const ruleLeaf = (c: Component): Leaf => {
  const read = readRule(c.text ?? '')
  return read.ok ? { is: 'rule', rule: read.rule, text: c.text! } : see(c)
}

const leaf = (c: Component): Leaf => {
  switch (c.kind) {
    case 'percent':
    case 'retail':
      return c.value === undefined ? see(c) : { is: c.kind, value: c.value }
    case 'specific':
      if (c.value === undefined || c.currency === undefined) return see(c)
      return { is: 'specific', value: c.value, currency: c.currency, ...(c.unit && { unit: c.unit }), ...(c.content && { content: c.content }) }
    case 'meursing':
      return c.symbol === undefined ? see(c) : meursing(c.symbol)
    case 'unit':
      return c.unit === undefined ? see(c) : { is: 'unit', unit: c.unit }
    case 'rule':
      return ruleLeaf(c)
    case 'nil':
      return { is: 'nil' }
    case 'text':
      return see(c)
  }
}

const sides = { '+': 'add', '-': 'subtract', MIN: 'atLeast', MAX: 'atMost' } as const

const last = (components: Expression, wanted: readonly Component['op'][]): number =>
  components.findLastIndex((c, i) => i > 0 && wanted.includes(c.op))

/**
 * Splits at the last MIN or MAX; what stands before it is a side of its own, `+` and `-` bind to their side (TARIC user guide). An
 * empty expression is read by nobody.
 */
export const treeOf = (components: Expression): Expr => {
  const [only] = components
  if (!only) return { is: 'see', text: '' }
  const bound = last(components, ['MIN', 'MAX'])
  const at = bound > 0 ? bound : last(components, ['+', '-'])
  if (at < 1) return leaf(only)
  const op = components[at]!.op as keyof typeof sides
  return { is: sides[op], left: treeOf(components.slice(0, at)), right: treeOf(components.slice(at)) }
}
