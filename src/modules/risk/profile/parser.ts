/**
 * Recursive descent over tokens. Nothing of an officer's text is ever run: it becomes a tree of the kinds in ast.ts or is refused with its place.
 *
 *   profile    := 'profile' TEXT attribute* 'when' or ('instruct' TEXT)?        (or a bare condition)
 *   attribute  := 'scope' ('national' | 'office' (TEXT | NUMBER)) | 'lane' WORD | 'percent' NUMBER | 'maxRun' NUMBER | 'valid' DATE '..' DATE
 *   or         := and ('or' and)* ; and := not ('and' not)* ; not := 'not' not | comparison
 *   comparison := sum (op sum | 'between' sum 'and' sum | 'not'? 'in' list | 'under' list | 'matches' TEXT | 'contains' TEXT | 'similar' TEXT NUMBER?)?
 *   list       := literal | '(' literal (',' literal)* ')' | 'list' TEXT        (the last is a named list of the store)
 *   sum        := product (('+'|'-') product)* ; product := unary (('*'|'/') unary)* ; unary := '-' unary | primary
 *   primary    := literal | NAME | 'exists' NAME | ('any'|'all'|'count'|'sum') 'item'('s')? '(' or ')' | '(' or ')'
 *               | 'history' '(' NAME (',' NAME)* ',' DAYS ('where' or)? ')' '.' measure ('(' NAME ')')?
 */
import { refuse, type Outcome } from '#kernel/outcome.ts'
import type { Comparison, Field, Lane, Measure, Node, ProfileTree } from './ast.ts'
import { tokenize } from './lexer.ts'
import { createReader, dateOf, isRefusal, literal, members, numberLiteral, numberOf, textOf, type Reader } from './reader.ts'

/** Words of the grammar name no field. */
const reserved = new Set([
  'and',
  'or',
  'not',
  'in',
  'under',
  'matches',
  'contains',
  'similar',
  'between',
  'exists',
  'any',
  'all',
  'count',
  'sum',
  'history',
  'where',
  'when',
  'instruct',
  'true',
  'false',
  'item',
  'items',
])

const field = (r: Reader): Field => {
  const token = r.peek()
  if (token.kind !== 'word' || reserved.has(token.value)) return r.fail('the name of a field')
  return { at: token.at, kind: 'field', name: r.take().value }
}

const measures: Measure[] = ['count', 'sum', 'average', 'share', 'distinct', 'hitRate']
const bare: Measure[] = ['count', 'hitRate']

const history = (r: Reader): Node => {
  const { at } = r.take()
  r.expect('(')
  const keys: Field[] = []
  while (r.peek().kind === 'word') {
    keys.push(field(r))
    r.expect(',')
  }
  const span = r.peek()
  if (keys.length === 0) r.fail('the name of a field')
  const length = span.kind === 'number' ? numberLiteral(r) : r.fail('a number of days, such as 30d')
  if (length.type !== 'duration') r.fail('a number of days, such as 30d', span)
  const where = r.accept('where') ? or(r) : undefined
  r.expect(')')
  r.expect('.')
  const name = r.peek()
  const measure = measures.find((m) => m === name.value) ?? r.fail(`one of ${measures.join(', ')}`)
  r.take()
  let of: Field | undefined
  if (!bare.includes(measure)) {
    r.expect('(')
    of = field(r)
    r.expect(')')
  }
  return { at, kind: 'window', keys, days: Number(length.value), ...(where && { where }), measure, ...(of && { of }) }
}

const primary = (r: Reader): Node => {
  const token = r.peek()
  const value = literal(r)
  if (value) return value
  if (r.accept('(')) {
    const inner = or(r)
    r.expect(')')
    return inner
  }
  if (token.kind === 'word' && token.value === 'exists') {
    r.take()
    return { at: token.at, kind: 'exists', of: field(r) }
  }
  if (token.kind === 'word' && ['any', 'all', 'count', 'sum'].includes(token.value)) {
    const quantifier = r.take().value as 'any'
    if (!r.accept('item')) r.expect('items')
    r.expect('(')
    const of = or(r)
    r.expect(')')
    return { at: token.at, kind: 'items', quantifier, of }
  }
  if (token.kind === 'word' && token.value === 'history') return history(r)
  return token.kind === 'word' && !reserved.has(token.value) ? field(r) : r.fail('a field, a value or "("')
}

const unary = (r: Reader): Node =>
  r.deeper(() => (r.peek().value === '-' && r.peek().kind === 'symbol' ? { at: r.take().at, kind: 'negate', of: unary(r) } : primary(r)))

const chain = (r: Reader, operators: readonly string[], operand: (r: Reader) => Node): Node => {
  let left = operand(r)
  while (r.peek().kind === 'symbol' && operators.includes(r.peek().value)) {
    const { at, value } = r.take()
    left = { at, kind: 'arithmetic', operator: value as '+', left, right: operand(r) }
  }
  return left
}

const sum = (r: Reader): Node => chain(r, ['+', '-'], (x) => chain(x, ['*', '/'], unary))

const comparisons: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Comparison[]

const between = (r: Reader, at: number, of: Node): Node => {
  const low = sum(r)
  r.expect('and')
  return { at, kind: 'between', of, low, high: sum(r) }
}

const comparison = (r: Reader): Node => {
  const left = sum(r)
  const { at, kind, value } = r.peek()
  if (kind === 'symbol' && comparisons.includes(value))
    return { at: r.take().at, kind: 'compare', operator: value as Comparison, left, right: sum(r) }
  if (kind !== 'word') return left
  if (value === 'not' && r.peek(1).value === 'in') {
    r.take()
    r.take()
    return { at, kind: 'not', of: { at, kind: 'in', of: left, ...members(r) } }
  }
  if (!['between', 'in', 'under', 'matches', 'contains', 'similar'].includes(value)) return left
  r.take()
  if (value === 'between') return between(r, at, left)
  if (value === 'in' || value === 'under') return { at, kind: value, of: left, ...members(r) }
  if (value === 'similar') return { at, kind: 'similar', of: left, text: textOf(r), least: r.peek().kind === 'number' ? numberOf(r) : 0.8 }
  return { at, kind: value as 'matches' | 'contains', of: left, text: textOf(r) }
}

const not = (r: Reader): Node =>
  r.deeper(() => (r.peek().value === 'not' && r.peek().kind === 'word' ? { at: r.take().at, kind: 'not', of: not(r) } : comparison(r)))

const joined = (r: Reader, word: 'and' | 'or', operand: (r: Reader) => Node): Node => {
  const first = operand(r)
  const of = [first]
  while (r.accept(word)) of.push(operand(r))
  return of.length === 1 ? first : { at: first.at, kind: word, of: of.flatMap((n) => (n.kind === word ? n.of : [n])) }
}

const and = (r: Reader): Node => joined(r, 'and', not)
const or = (r: Reader): Node => r.deeper(() => joined(r, 'or', and))

const lanes: Lane[] = ['green', 'blue', 'yellow', 'red']

const attribute = (r: Reader, tree: Omit<ProfileTree, 'when'>): void => {
  const { value } = r.take()
  if (value === 'lane') {
    tree.lane = lanes.find((l) => l === r.peek().value) ?? r.fail(`one of ${lanes.join(', ')}`)
    r.take()
  } else if (value === 'percent') tree.percent = numberOf(r)
  else if (value === 'maxRun') tree.maxRun = numberOf(r)
  else if (value === 'scope') {
    if (r.accept('national')) return
    r.expect('office')
    tree.office = r.peek().kind === 'number' ? r.take().value : textOf(r)
  } else {
    const dated = (): string => {
      if (r.peek().kind !== 'date') r.fail('a date, such as 2026-01-31')
      dateOf(r, r.peek())
      return r.take().value
    }
    tree.validFrom = dated()
    r.expect('..')
    tree.validTo = dated()
  }
}

const profile = (r: Reader): ProfileTree => {
  const tree: Omit<ProfileTree, 'when'> = { name: '', lane: 'yellow', percent: 100, instruction: '' }
  if (r.accept('profile')) {
    tree.name = textOf(r)
    while (['scope', 'lane', 'percent', 'maxRun', 'valid'].includes(r.peek().value) && r.peek().kind === 'word') attribute(r, tree)
    r.expect('when')
  } else r.accept('when')
  const when = or(r)
  if (r.accept('instruct')) tree.instruction = textOf(r)
  if (r.peek().kind !== 'end') r.fail('an operator or the end')
  return { ...tree, when }
}

/** Reads a profile, or a bare condition. The first thing that cannot be read is told with its place and what could stand there. */
export const parseProfile = (text: string): Outcome<ProfileTree> => {
  const lexed = tokenize(text)
  if (!lexed.ok) return refuse(lexed.issue)
  try {
    return { ok: true, value: profile(createReader(text, lexed.tokens)), issues: [] }
  } catch (thrown) {
    if (isRefusal(thrown)) return refuse(thrown.issue)
    throw thrown
  }
}
