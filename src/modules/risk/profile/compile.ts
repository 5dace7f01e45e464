/**
 * A checked tree → closures. Missing values give unknown, by Kleene's logic: every condition has two closures, "is it certainly true" and
 * "is it certainly false", each of which needs two values only; unknown is neither. A profile fires when its condition is certainly true.
 * A number that is unknown is NaN, which no comparison holds for; a text, boolean or list that is unknown is undefined.
 */
import { childrenOf, type Comparison, type Field, type Literal, type Node, type ValueType, type Window } from './ast.ts'
import type { Currency } from './check.ts'
import { fieldNamed, type Scope } from './fields.ts'
import { usualItems } from './cost.ts'
import { fold } from './fold.ts'
import { canonicalNode } from './canonical.ts'
import {
  allItems,
  always,
  anyItem,
  compared,
  equalToConstant,
  every,
  exists,
  figure,
  leaf,
  mirrored,
  never,
  noFigures,
  none,
  opposite,
  some,
  textual,
  type Any,
  type Numeric,
  type Pair,
  type Subject,
  type Test,
  type Value,
  type Values,
} from './closures.ts'
import { globMatcher, similarity } from './text.ts'

export type Compiler = { currency: Currency; /** the place of a window's figure, made when it is new */ window: (node: Window) => number }

export const infoOf = (field: Field) => fieldNamed(field.name)!

/** Type of a tree that was checked. */
export const typeOf = (node: Node): ValueType => {
  switch (node.kind) {
    case 'literal':
      return node.type
    case 'field':
      return infoOf(node).type
    case 'window':
      return node.of && (node.measure === 'sum' || node.measure === 'average') ? infoOf(node.of).type : 'number'
    case 'negate':
      return typeOf(node.of)
    case 'items':
      return node.quantifier === 'sum' ? typeOf(node.of) : node.quantifier === 'count' ? 'number' : 'boolean'
    case 'arithmetic': {
      const [left, right] = [typeOf(node.left), typeOf(node.right)]
      if (left === 'date') return right === 'date' ? 'duration' : 'date'
      if (node.operator === '/') return left === right ? 'number' : left
      return left === 'number' ? right : left
    }
    default:
      return 'boolean'
  }
}

/** Figures of an operand that stands beside another of type `beside`: a bare number beside money counts whole units of it. */
const aligned = (c: Compiler, node: Node, beside: ValueType): Numeric => {
  const inner = numeric(c, node)
  if (beside !== 'money' || typeOf(node) !== 'number') return inner
  const units = 10 ** c.currency.digits
  if (node.kind === 'literal') {
    const value = Number(node.value) * units
    return () => value
  }
  return (d, i, w, s) => inner(d, i, w, s) * units
}

const literalNumber = (c: Compiler, node: Literal): number =>
  node.type === 'money' ? Number(node.value) * 10 ** c.currency.digits : Number(node.value)

const numericField = (field: Field): Numeric => {
  const { scope, place } = infoOf(field)
  // `undefined` becomes NaN by the unary plus; anything else is a number already.
  return scope === 'declaration' ? (d) => +(d[place] as number) : (_, i) => +(i[place] as number)
}

const arithmetic = (c: Compiler, node: Node & { kind: 'arithmetic' }): Numeric => {
  const additive = node.operator === '+' || node.operator === '-'
  const left = additive ? aligned(c, node.left, typeOf(node.right)) : numeric(c, node.left)
  const right = additive ? aligned(c, node.right, typeOf(node.left)) : numeric(c, node.right)
  switch (node.operator) {
    case '+':
      return (d, i, w, s) => left(d, i, w, s) + right(d, i, w, s)
    case '-':
      return (d, i, w, s) => left(d, i, w, s) - right(d, i, w, s)
    case '*':
      return (d, i, w, s) => left(d, i, w, s) * right(d, i, w, s)
    case '/':
      return (d, i, w, s) => {
        const by = right(d, i, w, s)
        return by === 0 ? Number.NaN : left(d, i, w, s) / by
      }
  }
}

const overItems = (c: Compiler, node: Node & { kind: 'items' }): Numeric => {
  if (node.quantifier === 'sum') {
    const inner = numeric(c, node.of)
    return (d, _, __, s) => {
      let total = 0
      for (let n = 0; n < s.items.length; n++) total += inner(d, s.items[n]!, figure(s, n), s)
      return total
    }
  }
  const { yes, no } = condition(c, node.of)
  return (d, _, __, s) => {
    let count = 0
    for (let n = 0; n < s.items.length; n++) {
      if (yes(d, s.items[n]!, figure(s, n), s)) count++
      else if (!no(d, s.items[n]!, figure(s, n), s)) return Number.NaN
    }
    return count
  }
}

export const numeric = (c: Compiler, node: Node): Numeric => {
  switch (node.kind) {
    case 'literal': {
      const value = literalNumber(c, node)
      return () => value
    }
    case 'field':
      return numericField(node)
    case 'window': {
      const place = c.window(node)
      return (_, __, w) => w[place] ?? Number.NaN
    }
    case 'negate': {
      const inner = numeric(c, node.of)
      return (d, i, w, s) => -inner(d, i, w, s)
    }
    case 'arithmetic':
      return arithmetic(c, node)
    case 'items':
      return overItems(c, node)
    default:
      throw new Error(`the check let ${node.kind} pass as a number`)
  }
}

/** A text, boolean or list. */
const plain = (c: Compiler, node: Node): Any => {
  if (node.kind === 'literal') return () => node.value
  if (node.kind === 'field') {
    const { scope, place } = infoOf(node)
    return scope === 'declaration' ? (d) => d[place] : (_, i) => i[place]
  }
  const { yes, no } = condition(c, node)
  return (d, i, w, s) => (yes(d, i, w, s) ? true : no(d, i, w, s) ? false : undefined)
}

const equality = (c: Compiler, left: Node, right: Node): { same: Test; other: Test } => {
  if (left.kind === 'field' && right.kind === 'literal') return equalToConstant(infoOf(left), right.value)
  if (right.kind === 'field' && left.kind === 'literal') return equalToConstant(infoOf(right), left.value)
  const [a, b] = [plain(c, left), plain(c, right)]
  return {
    same: (d, i, w, s) => {
      const x = a(d, i, w, s)
      return x !== undefined && x === b(d, i, w, s)
    },
    other: (d, i, w, s) => {
      const [x, y] = [a(d, i, w, s), b(d, i, w, s)]
      return x !== undefined && y !== undefined && x !== y
    },
  }
}

const comparison = (c: Compiler, { operator, left, right }: Node & { kind: 'compare' }): Pair => {
  const [lt, rt] = [typeOf(left), typeOf(right)]
  if (lt === 'text' || lt === 'boolean') {
    const { same, other } = equality(c, left, right)
    return operator === '=' ? { yes: same, no: other, cost: 1 } : { yes: other, no: same, cost: 1 }
  }
  const constant = (n: Node, beside: ValueType): number | undefined =>
    n.kind === 'literal' ? aligned(c, n, beside)(none, none, noFigures, { declaration: none, items: [] }) : undefined
  const [lc, rc] = [constant(left, rt), constant(right, lt)]
  const make = (o: Comparison): Test =>
    left.kind === 'field' && rc !== undefined
      ? leaf(infoOf(left), o, rc)
      : right.kind === 'field' && lc !== undefined
        ? leaf(infoOf(right), mirrored[o], lc)
        : compared(o, aligned(c, left, rt), aligned(c, right, lt))
  return { yes: make(operator), no: make(opposite[operator]), cost: left.kind === 'field' || right.kind === 'field' ? 2 : 4 }
}

const between = (c: Compiler, node: Node & { kind: 'between' }): Pair => {
  const type = typeOf(node.of)
  const [x, low, high] = [numeric(c, node.of), aligned(c, node.low, type), aligned(c, node.high, type)]
  return {
    yes: (d, i, w, s) => {
      const v = x(d, i, w, s)
      return v >= low(d, i, w, s) && v <= high(d, i, w, s)
    },
    no: (d, i, w, s) => {
      const v = x(d, i, w, s)
      return v < low(d, i, w, s) || v > high(d, i, w, s)
    },
    cost: 4,
  }
}

const membership = (c: Compiler, node: Node & { kind: 'in' }): Pair => {
  const type = typeOf(node.of)
  const isNumber = type !== 'text' && type !== 'boolean'
  const set = new Set<Value>(
    node.list.map((l) => (isNumber ? aligned(c, l, type)(none, none, noFigures, { declaration: none, items: [] }) : l.value)),
  )
  const read: Any = isNumber ? numeric(c, node.of) : plain(c, node.of)
  return {
    yes: (d, i, w, s) => set.has(read(d, i, w, s)),
    no: (d, i, w, s) => {
      const v = read(d, i, w, s)
      return v !== undefined && !Number.isNaN(v) && !set.has(v)
    },
    cost: 2,
  }
}

const under = (c: Compiler, node: Node & { kind: 'under' }): Pair => {
  const prefixes = node.list.map((l) => String(l.value))
  const [only] = prefixes
  if (prefixes.length === 1) return textual(plain(c, node.of), 2, (v) => v.startsWith(only!))
  const byLength = Map.groupBy(prefixes, (p) => p.length)
  const sets = [...byLength].map(([length, list]) => ({ length, set: new Set(list) }))
  return textual(plain(c, node.of), 3, (v) => sets.some(({ length, set }) => set.has(v.slice(0, length))))
}

const contains = (c: Compiler, node: Node & { kind: 'contains' }): Pair => {
  const wanted = node.text.toLowerCase()
  if (typeOf(node.of) === 'text') return textual(plain(c, node.of), 15, (v) => v.toLowerCase().includes(wanted))
  const read = plain(c, node.of) as (d: Values, i: Values, w: readonly number[], s: Subject) => readonly string[] | undefined
  return {
    yes: (d, i, w, s) => read(d, i, w, s)?.includes(node.text) === true,
    no: (d, i, w, s) => read(d, i, w, s)?.includes(node.text) === false,
    cost: 6,
  }
}

/** Cheap parts are asked first: the order changes nothing but the time, because no part has an effect. */
const joined = (c: Compiler, node: Node & { kind: 'and' | 'or' }): Pair => {
  const parts = node.of.map((n) => condition(c, n)).toSorted((a, b) => a.cost - b.cost)
  const [yes, no] = [parts.map((p) => p.yes), parts.map((p) => p.no)]
  const cost = parts.reduce((t, p) => t + p.cost, 0)
  return node.kind === 'and' ? { yes: every(yes), no: some(no), cost } : { yes: some(yes), no: every(no), cost }
}

const quantified = (c: Compiler, node: Node & { kind: 'items' }): Pair => {
  const { yes, no, cost } = condition(c, node.of)
  return node.quantifier === 'any'
    ? { yes: anyItem(yes), no: allItems(no), cost: cost * usualItems }
    : { yes: allItems(yes), no: anyItem(no), cost: cost * usualItems }
}

export const condition = (c: Compiler, node: Node): Pair => {
  switch (node.kind) {
    case 'literal':
      return node.value === true ? { yes: always, no: never, cost: 0 } : { yes: never, no: always, cost: 0 }
    case 'field': {
      const { same } = equalToConstant(infoOf(node), true)
      return { yes: same, no: equalToConstant(infoOf(node), false).same, cost: 1 }
    }
    case 'and':
    case 'or':
      return joined(c, node)
    case 'not': {
      const { yes, no, cost } = condition(c, node.of)
      return { yes: no, no: yes, cost }
    }
    case 'compare':
      return comparison(c, node)
    case 'between':
      return between(c, node)
    case 'in':
      return membership(c, node)
    case 'under':
      return under(c, node)
    case 'contains':
      return contains(c, node)
    case 'matches':
      return textual(plain(c, node.of), 60, globMatcher(node.text))
    case 'similar': {
      const like = similarity(node.text)
      return textual(plain(c, node.of), 800, (v) => like(v) >= node.least)
    }
    case 'exists':
      return exists(infoOf(node.of))
    case 'items':
      return quantified(c, node)
    default:
      throw new Error(`the check let ${node.kind} pass as a condition`)
  }
}

/** What must be gathered before a profile is asked; `scope` says whether each item counts or the declaration once. */
export type WindowNeed = { key: string; window: Window; scope: Scope }

const speaksOfItems = (node: Node): boolean =>
  node.kind === 'field' || node.kind === 'exists'
    ? infoOf(node.kind === 'field' ? node : node.of).scope === 'item'
    : childrenOf(node).some(speaksOfItems)

/** Windows of many profiles share places: equal ones are counted once. */
export const createWindows = (): { needs: WindowNeed[]; place: (node: Window) => number } => {
  const needs: WindowNeed[] = []
  const place = (node: Window): number => {
    const key = canonicalNode(node)
    const known = needs.findIndex((n) => n.key === key)
    if (known >= 0) return known
    const scope = [...node.keys, ...(node.of ? [node.of] : []), ...(node.where ? [node.where] : [])].some(speaksOfItems) ? 'item' : 'declaration'
    return needs.push({ key, window: node, scope }) - 1
  }
  return { needs, place }
}

export type Compiled = { fires: (subject: Subject) => boolean; rejects: (subject: Subject) => boolean }

/** A profile's condition as a function; `rejects` says that it certainly does not hold (neither: unknown). Windows at declaration level read the first item's figures. */
export const compileCondition = (when: Node, compiler: Compiler): Compiled => {
  const { yes, no } = condition(compiler, fold(when))
  return {
    fires: (s) => yes(s.declaration, none, figure(s, 0), s),
    rejects: (s) => no(s.declaration, none, figure(s, 0), s),
  }
}
