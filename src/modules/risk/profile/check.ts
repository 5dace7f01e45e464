/** Names, types and sizes: everything that is wrong with a tree, at once, with its place. What passes cannot fail when it runs. */
import { hasErrors, warning, type Issue } from '#kernel/issue.ts'
import type { Node, ProfileTree, ValueType, Window } from './ast.ts'
import { childrenOf } from './ast.ts'
import { fieldNamed, nearestName, type Scope } from './fields.ts'
import { fold } from './fold.ts'
import { issueAt } from './lexer.ts'

export const limits = { nodes: 200, depth: 20, days: 3660, windows: 10 } as const

/** What money is counted in here: currency code and digits of its minor unit. */
export type Currency = { code: string; digits: number }

type Context = { text: string; currency: Currency; issues: Issue[] }
type Inside = { scope: Scope; history: boolean }

const ordered: ValueType[] = ['number', 'money', 'mass', 'date', 'duration']
const numeric: ValueType[] = ['number', 'money', 'mass', 'duration']

const report = (c: Context, code: string, at: number, params?: Issue['params']): undefined => {
  c.issues.push(issueAt(c.text, code, at, params))
  return undefined
}

const mismatch = (c: Context, node: Node, expected: string, found: ValueType): undefined =>
  report(c, 'risk.profile_type', node.at, { expected, found })

/** Types that may stand on both sides. A bare number beside money, mass or days counts whole units of them. */
const alike = (a: ValueType, b: ValueType): boolean => a === b || (a === 'number' && numeric.includes(b)) || (b === 'number' && numeric.includes(a))

const typeOfField = (c: Context, node: Node & { kind: 'field' }, inside: Inside): ValueType | undefined => {
  const info = fieldNamed(node.name)
  if (!info) return report(c, 'risk.profile_field_unknown', node.at, { name: node.name.slice(0, 60), near: nearestName(node.name) })
  if (info.scope === 'item' && inside.scope === 'declaration') return report(c, 'risk.profile_item_outside', node.at, { name: node.name })
  return info.type
}

const expectBoolean = (c: Context, node: Node, inside: Inside): void => {
  const type = typeOf(c, node, inside)
  if (type && type !== 'boolean') mismatch(c, node, 'boolean', type)
}

const expectText = (c: Context, node: Node, inside: Inside): void => {
  const type = typeOf(c, node, inside)
  if (type && type !== 'text') mismatch(c, node, 'text', type)
}

const typeOfArithmetic = (c: Context, node: Node & { kind: 'arithmetic' }, inside: Inside): ValueType | undefined => {
  const [left, right] = [typeOf(c, node.left, inside), typeOf(c, node.right, inside)]
  if (!left || !right) return undefined
  const { operator } = node
  const divisor = fold(node.right)
  if (operator === '/' && divisor.kind === 'literal' && divisor.value === 0) return report(c, 'risk.profile_division', node.right.at)
  if (operator === '-' && left === 'date' && right === 'date') return 'duration'
  if ((operator === '-' || operator === '+') && left === 'date' && right === 'duration') return 'date'
  if (!numeric.includes(left)) return mismatch(c, node.left, 'number', left)
  if (!numeric.includes(right)) return mismatch(c, node.right, 'number', right)
  if (operator === '+' || operator === '-') return alike(left, right) ? (left === 'number' ? right : left) : mismatch(c, node.right, left, right)
  if (operator === '*') return left === 'number' ? right : right === 'number' ? left : mismatch(c, node.right, 'number', right)
  if (left === right) return 'number'
  // Money by mass is money for a kilogram; a number by mass and the like have no use.
  return right === 'number' || (left === 'money' && right === 'mass') ? left : mismatch(c, node.right, `number or ${left}`, right)
}

const typeOfWindow = (c: Context, node: Window, inside: Inside): ValueType | undefined => {
  if (inside.history) return report(c, 'risk.profile_nested', node.at, { what: 'history' })
  if (!(node.days >= 1 && node.days <= limits.days)) return report(c, 'risk.profile_days', node.at, { days: node.days, most: limits.days })
  for (const key of node.keys) if (typeOfField(c, key, inside) === 'list') mismatch(c, key, 'one value', 'list')
  if (node.where) expectBoolean(c, node.where, { ...inside, history: true })
  const type = node.of && typeOfField(c, node.of, inside)
  if (!node.of || !type) return 'number'
  if ((node.measure === 'sum' || node.measure === 'average') && !numeric.includes(type)) return mismatch(c, node.of, 'number', type)
  if ((node.measure === 'share' || node.measure === 'distinct') && type === 'list') return mismatch(c, node.of, 'one value', type)
  return node.measure === 'sum' || node.measure === 'average' ? type : 'number'
}

const checkList = (c: Context, node: Node & { kind: 'in' | 'under' }, type: ValueType): void => {
  if (node.kind === 'under' && type !== 'text') return void mismatch(c, node.of, 'text', type)
  for (const entry of node.list) {
    if (!alike(type, entry.type) || (node.kind === 'under' && entry.type !== 'text')) mismatch(c, entry, type, entry.type)
    else if (node.kind === 'under' && entry.value === '') report(c, 'risk.profile_prefix_empty', entry.at)
    else typeOf(c, entry, { scope: 'item', history: true })
  }
}

const typeOfItems = (c: Context, node: Node & { kind: 'items' }, inside: Inside): ValueType | undefined => {
  if (inside.scope === 'item' || inside.history) return report(c, 'risk.profile_nested', node.at, { what: node.quantifier })
  const within: Inside = { scope: 'item', history: false }
  if (node.quantifier === 'sum') {
    const type = typeOf(c, node.of, within)
    return type && !numeric.includes(type) ? mismatch(c, node.of, 'number', type) : type
  }
  expectBoolean(c, node.of, within)
  return node.quantifier === 'count' ? 'number' : 'boolean'
}

const typeOfComparison = (c: Context, node: Node & { kind: 'compare' | 'between' }, inside: Inside): ValueType => {
  const sides = node.kind === 'compare' ? [node.left, node.right] : [node.of, node.low, node.high]
  const types = sides.map((s) => typeOf(c, s, inside))
  const [first] = types
  types.forEach((type, i) => {
    if (!type || !first) return
    const equality = node.kind === 'compare' && (node.operator === '=' || node.operator === '!=')
    if (type === 'list' || (!equality && !ordered.includes(type)))
      mismatch(c, sides[i]!, equality ? 'one value' : 'number, money, mass or date', type)
    else if (i > 0 && !alike(first, type)) mismatch(c, sides[i]!, first, type)
  })
  return 'boolean'
}

/** The type of a node, or undefined once something in it was reported. */
const typeOf = (c: Context, node: Node, inside: Inside): ValueType | undefined => {
  switch (node.kind) {
    case 'literal':
      if (node.currency !== undefined && node.currency !== c.currency.code)
        return report(c, 'risk.profile_currency', node.at, { currency: node.currency, expected: c.currency.code })
      return node.type
    case 'field':
      return typeOfField(c, node, inside)
    case 'window':
      return typeOfWindow(c, node, inside)
    case 'arithmetic':
      return typeOfArithmetic(c, node, inside)
    case 'negate': {
      const type = typeOf(c, node.of, inside)
      return type && !numeric.includes(type) ? mismatch(c, node.of, 'number', type) : type
    }
    case 'items':
      return typeOfItems(c, node, inside)
    case 'compare':
    case 'between':
      return typeOfComparison(c, node, inside)
    case 'and':
    case 'or':
      for (const part of node.of) expectBoolean(c, part, inside)
      return 'boolean'
    case 'not':
      expectBoolean(c, node.of, inside)
      return 'boolean'
    case 'exists':
      typeOfField(c, node.of, inside)
      return 'boolean'
    case 'in':
    case 'under': {
      const type = typeOf(c, node.of, inside)
      if (type === 'list') mismatch(c, node.of, 'one value', type)
      else if (type) checkList(c, node, type)
      return 'boolean'
    }
    case 'contains': {
      const type = typeOf(c, node.of, inside)
      if (type && type !== 'text' && type !== 'list') mismatch(c, node.of, 'text or list', type)
      return 'boolean'
    }
    case 'matches':
    case 'similar':
      expectText(c, node.of, inside)
      if (node.kind === 'similar' && !(node.least > 0 && node.least <= 1)) report(c, 'risk.profile_similarity', node.at, { least: node.least })
      return 'boolean'
  }
}

const sizeOf = (node: Node): { nodes: number; depth: number; windows: number } => {
  const below = childrenOf(node).map(sizeOf)
  return {
    nodes: 1 + below.reduce((t, b) => t + b.nodes, 0),
    depth: 1 + Math.max(0, ...below.map((b) => b.depth)),
    windows: (node.kind === 'window' ? 1 : 0) + below.reduce((t, b) => t + b.windows, 0),
  }
}

const checkSize = (c: Context, when: Node): void => {
  const size = sizeOf(when)
  if (size.nodes > limits.nodes) report(c, 'risk.profile_large', when.at, { nodes: size.nodes, most: limits.nodes })
  if (size.depth > limits.depth) report(c, 'risk.profile_deep', when.at, { most: limits.depth })
  if (size.windows > limits.windows) report(c, 'risk.profile_windows', when.at, { windows: size.windows, most: limits.windows })
}

const usesItems = (node: Node): boolean => {
  if (node.kind === 'items') return false
  if (node.kind === 'field' || node.kind === 'exists') return fieldNamed(node.kind === 'field' ? node.name : node.of.name)?.scope === 'item'
  if (node.kind === 'window' && [...node.keys, ...(node.of ? [node.of] : [])].some((f) => fieldNamed(f.name)?.scope === 'item')) return true
  return childrenOf(node).some(usesItems)
}

const hasQuantifier = (node: Node): boolean => node.kind === 'items' || childrenOf(node).some(hasQuantifier)

/** A condition that speaks of item fields without a quantifier asks each item: it holds when it does for any. */
const perItem = (when: Node): Node => (usesItems(when) && !hasQuantifier(when) ? { at: when.at, kind: 'items', quantifier: 'any', of: when } : when)

/** The tree with constants folded, or every reason against it. A condition that always or never holds is remarked upon. */
export const checkProfile = (text: string, tree: ProfileTree, currency: Currency): { tree: ProfileTree; issues: Issue[] } => {
  const c: Context = { text, currency, issues: [] }
  const when = perItem(tree.when)
  checkSize(c, when)
  // A text beyond its size is not looked at further: what is wrong with it would fill pages.
  if (c.issues.length === 0) expectBoolean(c, when, { scope: 'declaration', history: false })
  if (!(tree.percent >= 0 && tree.percent <= 100)) report(c, 'risk.profile_percent', 0, { percent: tree.percent })
  if (tree.maxRun !== undefined && !(Number.isInteger(tree.maxRun) && tree.maxRun >= 1)) report(c, 'risk.profile_run', 0, { run: tree.maxRun })
  if (tree.validFrom !== undefined && tree.validTo !== undefined && tree.validTo < tree.validFrom) report(c, 'risk.profile_validity', 0)
  if (hasErrors(c.issues)) return { tree, issues: c.issues }
  const folded = fold(when)
  if (folded.kind === 'literal') c.issues.push(warning('risk.profile_constant', '', { holds: folded.value === true ? 'always' : 'never' }))
  return { tree: { ...tree, when: folded }, issues: c.issues }
}
