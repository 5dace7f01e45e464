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
import type { Issue } from '#kernel/issue.ts'
import { refuse, type Outcome } from '#kernel/outcome.ts'
import type { Comparison, Field, Lane, Literal, Measure, Node, ProfileTree } from './ast.ts'
import { issueAt, tokenize, type Token } from './lexer.ts'

/** Deeper than this a text is refused while it is read, so that no text can exhaust the stack. */
const depthLimit = 60
export const listLimit = 1000

const refusal = Symbol('refusal')
type Refusal = { [refusal]: true; issue: Issue }
const isRefusal = (thrown: unknown): thrown is Refusal => typeof thrown === 'object' && thrown !== null && refusal in thrown

/** Where the reader stands; `fail` leaves the descent at once. */
type Reader = {
  peek: (ahead?: number) => Token
  take: () => Token
  /** takes the token if it is this word or symbol */
  accept: (value: string) => boolean
  expect: (value: string) => Token
  fail: (expected: string, token?: Token) => never
  failWith: (code: string, at: number, params?: Issue['params']) => never
  deeper: <T>(work: () => T) => T
}

const createReader = (text: string, tokens: readonly Token[]): Reader => {
  let at = 0
  let depth = 0
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)]!
  const failWith: Reader['failWith'] = (code, place, params) => {
    const thrown: Refusal = { [refusal]: true, issue: issueAt(text, code, place, params) }
    throw thrown
  }
  const fail: Reader['fail'] = (expected, token = peek()) =>
    failWith('risk.profile_syntax', token.at, {
      expected,
      found: token.kind === 'end' ? 'the end' : text.slice(token.at, Math.min(token.end, token.at + 40)),
    })
  const is = (value: string): boolean => peek().value === value && (peek().kind === 'word' || peek().kind === 'symbol')
  const take = (): Token => tokens[at < tokens.length - 1 ? at++ : at]!
  return {
    peek,
    take,
    accept: (value) => is(value) && take() !== undefined,
    expect: (value) => (is(value) ? take() : fail(`"${value}"`)),
    fail,
    failWith,
    deeper: (work) => {
      if (++depth > depthLimit) failWith('risk.profile_deep', peek().at, { most: depthLimit })
      const result = work()
      depth--
      return result
    },
  }
}

const day = 86_400_000

const dateOf = (r: Reader, token: Token): number => {
  const time = Date.parse(`${token.value}T00:00:00Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== token.value)
    r.failWith('risk.profile_date', token.at, { found: token.value })
  return time / day
}

const textOf = (r: Reader): string => (r.peek().kind === 'text' ? r.take().value : r.fail('a text in double quotes'))
const numberOf = (r: Reader): number => (r.peek().kind === 'number' ? Number(r.take().value) : r.fail('a number'))

const kilograms: Record<string, number> = { kg: 1, g: 0.001, t: 1000 }
const days: Record<string, number> = { d: 1, day: 1, days: 1, w: 7, weeks: 7 }

/** A number, with what follows it: `30d`, `12 w`, `500 kg`, `150 EUR`. */
const numberLiteral = (r: Reader): Literal => {
  const { at, value } = r.take()
  const unit = r.peek()
  const literal = (type: Literal['type'], v: number | string, currency?: string): Literal => ({
    at,
    kind: 'literal',
    type,
    value: v,
    ...(currency && { currency }),
  })
  if (unit.kind === 'word' && Object.hasOwn(kilograms, unit.value)) return literal('mass', Number(value) * kilograms[r.take().value]!)
  if (unit.kind === 'word' && Object.hasOwn(days, unit.value)) return literal('duration', Number(value) * days[r.take().value]!)
  if (unit.kind === 'word' && /^[A-Z]{3}$/.test(unit.value)) return literal('money', Number(value), r.take().value)
  return literal('number', Number(value))
}

const literal = (r: Reader): Literal | undefined => {
  const token = r.peek()
  if (token.kind === 'number') return numberLiteral(r)
  if (token.kind === 'text') return { at: token.at, kind: 'literal', type: 'text', value: r.take().value }
  if (token.kind === 'date') return { at: token.at, kind: 'literal', type: 'date', value: dateOf(r, r.take()) }
  if (token.kind === 'word' && (token.value === 'true' || token.value === 'false'))
    return { at: token.at, kind: 'literal', type: 'boolean', value: r.take().value === 'true' }
  return undefined
}

/** `"a"` or `("a", "b")`. */
const list = (r: Reader): Literal[] => {
  const one = (): Literal => literal(r) ?? r.fail('a text, number or date')
  if (!r.accept('(')) return [one()]
  const all = [one()]
  while (r.accept(',')) all.push(one())
  if (all.length > listLimit) r.failWith('risk.profile_list_long', all[0]!.at, { entries: all.length, most: listLimit })
  r.expect(')')
  return all
}

/** What stands behind `in` and `under`: values, or the name of a list that is filled in when the profile is checked. */
const members = (r: Reader): { list: Literal[]; named?: string } => {
  if (!(r.peek().kind === 'word' && r.peek().value === 'list' && r.peek(1).kind === 'text')) return { list: list(r) }
  r.take()
  return { list: [], named: r.take().value }
}

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
