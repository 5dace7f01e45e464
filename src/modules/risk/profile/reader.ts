/** What a recursive descent over tokens stands on: where it is, how it leaves at once with what was expected, and the literals it meets. */
import type { Issue } from '#kernel/issue.ts'
import type { Literal } from './ast.ts'
import { issueAt, type Token } from './lexer.ts'

/** Deeper than this a text is refused while it is read, so that no text can exhaust the stack. */
const depthLimit = 60
const listLimit = 1000

const refusal = Symbol('refusal')
type Refusal = { [refusal]: true; issue: Issue }
export const isRefusal = (thrown: unknown): thrown is Refusal => typeof thrown === 'object' && thrown !== null && refusal in thrown

/** Where the reader stands; `fail` leaves the descent at once. */
export type Reader = {
  peek: (ahead?: number) => Token
  take: () => Token
  /** takes the token if it is this word or symbol */
  accept: (value: string) => boolean
  expect: (value: string) => Token
  fail: (expected: string, token?: Token) => never
  failWith: (code: string, at: number, params?: Issue['params']) => never
  deeper: <T>(work: () => T) => T
}

export const createReader = (text: string, tokens: readonly Token[]): Reader => {
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

export const dateOf = (r: Reader, token: Token): number => {
  const time = Date.parse(`${token.value}T00:00:00Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== token.value)
    r.failWith('risk.profile_date', token.at, { found: token.value })
  return time / day
}

export const textOf = (r: Reader): string => (r.peek().kind === 'text' ? r.take().value : r.fail('a text in double quotes'))
export const numberOf = (r: Reader): number => (r.peek().kind === 'number' ? Number(r.take().value) : r.fail('a number'))

const kilograms: Record<string, number> = { kg: 1, g: 0.001, t: 1000 }
const days: Record<string, number> = { d: 1, day: 1, days: 1, w: 7, weeks: 7 }

/** A number, with what follows it: `30d`, `12 w`, `500 kg`, `150 EUR`. */
export const numberLiteral = (r: Reader): Literal => {
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

export const literal = (r: Reader): Literal | undefined => {
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
export const members = (r: Reader): { list: Literal[]; named?: string } => {
  if (!(r.peek().kind === 'word' && r.peek().value === 'list' && r.peek(1).kind === 'text')) return { list: list(r) }
  r.take()
  return { list: [], named: r.take().value }
}
