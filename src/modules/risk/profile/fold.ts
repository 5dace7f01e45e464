/** Constant folding: what needs no declaration to be known is worked out once. Decimal arithmetic, so that 0.1 + 0.2 is 0.3. */
import { Decimal } from '#kernel/decimal.ts'
import type { Comparison, Literal, Node } from './ast.ts'

const truth = (at: number, value: boolean): Literal => ({ at, kind: 'literal', type: 'boolean', value })

const holds = (operator: Comparison, left: number | string | boolean, right: number | string | boolean): boolean => {
  switch (operator) {
    case '=':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}

const isNumber = (node: Node): node is Literal & { value: number } => node.kind === 'literal' && typeof node.value === 'number'

const foldArithmetic = (node: Node & { kind: 'arithmetic' }): Node => {
  const [left, right] = [fold(node.left), fold(node.right)]
  const { at, operator } = node
  if (!isNumber(left) || !isNumber(right) || (operator === '/' && right.value === 0)) return { ...node, left, right }
  const [a, b] = [new Decimal(left.value), new Decimal(right.value)]
  const value = (operator === '+' ? a.plus(b) : operator === '-' ? a.minus(b) : operator === '*' ? a.times(b) : a.div(b)).toNumber()
  const dates = left.type === 'date' && right.type === 'date'
  const same = operator === '/' && left.type === right.type
  const type = dates ? 'duration' : same ? 'number' : left.type === 'number' ? right.type : left.type
  const currency = type === 'money' ? (left.currency ?? right.currency) : undefined
  return { at, kind: 'literal', type, value, ...(currency !== undefined && { currency }) }
}

const foldJoined = (node: Node & { kind: 'and' | 'or' }): Node => {
  const decisive = node.kind === 'or'
  const of = node.of.map(fold)
  if (of.some((n) => n.kind === 'literal' && n.value === decisive)) return truth(node.at, decisive)
  const open = of.filter((n) => n.kind !== 'literal')
  if (open.length === 0) return truth(node.at, !decisive)
  return open.length === 1 ? open[0]! : { ...node, of: open }
}

export const fold = (node: Node): Node => {
  switch (node.kind) {
    case 'arithmetic':
      return foldArithmetic(node)
    case 'and':
    case 'or':
      return foldJoined(node)
    case 'not': {
      const of = fold(node.of)
      return of.kind === 'literal' ? truth(node.at, of.value !== true) : of.kind === 'not' ? of.of : { ...node, of }
    }
    case 'negate': {
      const of = fold(node.of)
      return isNumber(of) ? { ...of, at: node.at, value: -of.value } : { ...node, of }
    }
    case 'compare': {
      const [left, right] = [fold(node.left), fold(node.right)]
      if (left.kind === 'literal' && right.kind === 'literal') return truth(node.at, holds(node.operator, left.value, right.value))
      return { ...node, left, right }
    }
    case 'between':
      return { ...node, of: fold(node.of), low: fold(node.low), high: fold(node.high) }
    case 'items': {
      const of = fold(node.of)
      return { ...node, of }
    }
    case 'window':
      return node.where ? { ...node, where: fold(node.where) } : node
    case 'in':
    case 'under':
    case 'matches':
    case 'contains':
    case 'similar':
      return { ...node, of: fold(node.of) }
    default:
      return node
  }
}
