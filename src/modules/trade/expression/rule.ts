/**
 * The small language in which a country writes taxes that a duty expression cannot say. A rule stands where an expression stands, behind
 * an equals sign, and is a version of a measure like any other. Read into a tree once, with types; nothing in it can reach anything but
 * the facts that are named here. Pure; never throws.
 *
 *   rule    := = case+ [otherwise sum] | = sum          case := when truth then sum
 *   truth   := both (or both)*     both := plain (and plain)*     plain := not plain | ( truth ) | list | sum (< <= > >= =) sum
 *   list    := (commodity | procedure | relief | origin | preference) in CODE, CODE …    a code stands for all that begin with it
 *   sum     := product ((+ | -) product)*     product := factor ((* | /) factor)*
 *   factor  := NUMBER [% | CUR] | value | duty | netMass | grossMass | quantity(UNIT) | min(sum, sum …) | max(…) | ( sum )
 *
 * `value` (customs value) and `duty` (all customs duties) are money, masses and quantities numbers. A rule comes to money.
 */
import { readUnit } from './units.ts'

export type RuleList = 'commodity' | 'procedure' | 'relief' | 'origin' | 'preference'
export type RuleFact = 'value' | 'duty' | 'netMass' | 'grossMass'
export type RuleSum =
  | { is: 'number' | 'money'; value: string }
  | { is: 'fact'; name: RuleFact }
  | { is: 'quantity'; unit: string }
  | { is: '+' | '-' | '*' | '/'; left: RuleSum; right: RuleSum }
  | { is: 'min' | 'max'; of: RuleSum[] }
export type RuleTruth =
  | { is: 'in'; list: RuleList; codes: string[] }
  | { is: '<' | '<=' | '>' | '>=' | '='; left: RuleSum; right: RuleSum }
  | { is: 'and' | 'or'; left: RuleTruth; right: RuleTruth }
  | { is: 'not'; of: RuleTruth }
/** The first case whose truth holds says the amount; none holds: nothing is due. */
export type Rule = { cases: { when?: RuleTruth; amount: RuleSum }[]; /** of all amounts that the rule names */ currency?: string }

/** What is wrong and where: `at` counts characters of the text from 0. */
export type RuleFault = { why: 'expected' | 'type' | 'unit' | 'currency' | 'too-long' | 'too-deep'; at: number; expected: string; found: string }
export type ReadRule = { ok: true; rule: Rule } | { ok: false; fault: RuleFault }

type Token = { text: string; at: number }
type Typed = { type: 'money' | 'number'; sum: RuleSum }
type State = { tokens: Token[]; next: number; end: number; depth: number; fault?: RuleFault; currency?: string }

const longest = 490
const deepest = 30
const lists: ReadonlySet<string> = new Set<RuleList>(['commodity', 'procedure', 'relief', 'origin', 'preference'])
const moneyFacts: ReadonlySet<string> = new Set(['value', 'duty'])
const numberFacts: ReadonlySet<string> = new Set(['netMass', 'grossMass'])

const tokenise = (text: string): Token[] =>
  [...text.matchAll(/[0-9]+\.[0-9]+|[A-Za-z0-9]+|<=|>=|[^\s]/g)].map((found) => ({ text: found[0], at: found.index }))

const peek = (s: State): string | undefined => s.tokens[s.next]?.text
const place = (s: State): number => s.tokens[s.next]?.at ?? s.end

/** The first fault stands. */
const fail = (s: State, why: RuleFault['why'], expected: string, at = place(s)): undefined => {
  s.fault ??= { why, at, expected, found: s.tokens.find((t) => t.at === at)?.text ?? '' }
  return undefined
}

const take = (s: State, ...texts: string[]): string | undefined => {
  const found = peek(s)
  if (found === undefined || !texts.includes(found)) return undefined
  s.next++
  return found
}

const expect = (s: State, text: string): string | undefined => take(s, text) ?? fail(s, 'expected', text)

const number = (s: State): Typed | undefined => {
  const value = peek(s)!
  s.next++
  if (value.length > 30) return fail(s, 'expected', 'a shorter number', s.tokens[s.next - 1]!.at)
  if (take(s, '%')) return { type: 'number', sum: { is: '/', left: { is: 'number', value }, right: { is: 'number', value: '100' } } }
  const currency = peek(s)
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return { type: 'number', sum: { is: 'number', value } }
  if (s.currency !== undefined && s.currency !== currency) return fail(s, 'currency', s.currency)
  s.currency = currency
  s.next++
  return { type: 'money', sum: { is: 'money', value } }
}

const quantity = (s: State): Typed | undefined => {
  if (!expect(s, '(')) return undefined
  const at = place(s)
  const unit = readUnit(peek(s) ?? '')
  if (unit === undefined) return fail(s, 'unit', 'a unit', at)
  s.next++
  return expect(s, ')') ? { type: 'number', sum: { is: 'quantity', unit } } : undefined
}

const bound = (s: State, is: 'min' | 'max'): Typed | undefined => {
  if (!expect(s, '(')) return undefined
  const of: RuleSum[] = []
  let type: Typed['type'] | undefined
  do {
    const at = place(s)
    const one = sum(s)
    if (!one) return undefined
    if (type !== undefined && one.type !== type) return fail(s, 'type', type, at)
    type = one.type
    of.push(one.sum)
  } while (take(s, ','))
  return expect(s, ')') ? { type, sum: { is, of } } : undefined
}

const factor = (s: State): Typed | undefined => {
  const text = peek(s)
  if (text !== undefined && /^[0-9]+(?:\.[0-9]+)?$/.test(text)) return number(s)
  if (take(s, '(')) {
    const inner = sum(s)
    return inner && expect(s, ')') ? inner : undefined
  }
  if (take(s, 'quantity')) return quantity(s)
  const which = take(s, 'min', 'max') as 'min' | 'max' | undefined
  if (which) return bound(s, which)
  if (text === undefined || !(moneyFacts.has(text) || numberFacts.has(text)))
    return fail(s, 'expected', 'an amount, value, duty, netMass, grossMass or quantity(…)')
  s.next++
  return { type: moneyFacts.has(text) ? 'money' : 'number', sum: { is: 'fact', name: text as RuleFact } }
}

/** Money may be multiplied and divided by numbers, and divided by money. */
const productType = (op: string, left: Typed['type'], right: Typed['type']): Typed['type'] | undefined => {
  if (op === '*') return left === 'money' && right === 'money' ? undefined : left === right ? 'number' : 'money'
  return right === 'number' ? left : left === 'money' ? 'number' : undefined
}

const product = (s: State): Typed | undefined => {
  let left = factor(s)
  for (let op = left && take(s, '*', '/'); left && op; op = take(s, '*', '/')) {
    const at = place(s)
    const right = factor(s)
    if (!right) return undefined
    const type = productType(op, left.type, right.type)
    if (!type) return fail(s, 'type', 'number', at)
    left = { type, sum: { is: op as '*' | '/', left: left.sum, right: right.sum } }
  }
  return left
}

/** One level further down, as far as that is allowed. */
const deeper = <T>(s: State, read: () => T | undefined): T | undefined => {
  if (++s.depth > deepest) return fail(s, 'too-deep', '')
  const found = read()
  s.depth--
  return found
}

const sum = (s: State): Typed | undefined =>
  deeper(s, () => {
    let left = product(s)
    for (let op = left && take(s, '+', '-'); left && op; op = take(s, '+', '-')) {
      const at = place(s)
      const right = product(s)
      if (!right) return undefined
      if (right.type !== left.type) return fail(s, 'type', left.type, at)
      left = { type: left.type, sum: { is: op as '+' | '-', left: left.sum, right: right.sum } }
    }
    return left
  })

const codes = (s: State, list: RuleList): RuleTruth | undefined => {
  if (!expect(s, 'in')) return undefined
  const found: string[] = []
  do {
    const code = peek(s)
    if (code === undefined || !/^[A-Z0-9]{1,10}$/.test(code)) return fail(s, 'expected', 'a code')
    found.push(code)
    s.next++
  } while (take(s, ','))
  return { is: 'in', list, codes: found }
}

/** Read again: what is called in between may have set it. */
const faultOf = (s: State): RuleFault | undefined => s.fault

const goesOn: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '=', '*', '/', '+', '-'])

/** A bracket opens a truth or a sum: what follows its end tells. Of two faults the one further on is meant. */
const bracketed = (s: State): RuleTruth | undefined => {
  const before = { ...s }
  s.next++
  const inner = truth(s)
  if (inner && take(s, ')') && !goesOn.has(peek(s) ?? '')) return inner
  if (s.fault?.why === 'too-deep') return undefined
  const first = s.fault
  delete s.fault
  delete s.currency
  Object.assign(s, before)
  const found = comparison(s)
  const second = faultOf(s)
  if (second && first && first.at > second.at) s.fault = first
  return found
}

const comparison = (s: State): RuleTruth | undefined => {
  const left = sum(s)
  if (!left) return undefined
  const op = take(s, '<', '<=', '>', '>=', '=') as '<' | '<=' | '>' | '>=' | '=' | undefined
  if (!op) return fail(s, 'expected', '< <= > >= =')
  const at = place(s)
  const right = sum(s)
  if (!right) return undefined
  return right.type === left.type ? { is: op, left: left.sum, right: right.sum } : fail(s, 'type', left.type, at)
}

const plain = (s: State): RuleTruth | undefined => {
  if (take(s, 'not')) {
    const of = deeper(s, () => plain(s))
    return of && { is: 'not', of }
  }
  const text = peek(s)
  if (text !== undefined && lists.has(text)) {
    s.next++
    return codes(s, text as RuleList)
  }
  return text === '(' ? bracketed(s) : comparison(s)
}

const chain = (s: State, word: 'and' | 'or', read: (s: State) => RuleTruth | undefined): RuleTruth | undefined => {
  let left = read(s)
  while (left && take(s, word)) {
    const right = read(s)
    if (!right) return undefined
    left = { is: word, left, right }
  }
  return left
}

const truth = (s: State): RuleTruth | undefined => deeper(s, () => chain(s, 'or', (inner) => chain(inner, 'and', plain)))

const money = (s: State): RuleSum | undefined => {
  const at = place(s)
  const found = sum(s)
  if (!found) return undefined
  return found.type === 'money' ? found.sum : fail(s, 'type', 'money', at)
}

const cases = (s: State): Rule['cases'] | undefined => {
  const found: Rule['cases'] = []
  while (take(s, 'when')) {
    const when = truth(s)
    const amount = when && expect(s, 'then') ? money(s) : undefined
    if (!when || !amount) return undefined
    found.push({ when, amount })
  }
  if (found.length === 0 || take(s, 'otherwise')) {
    const amount = money(s)
    if (!amount) return undefined
    found.push({ amount })
  }
  return found
}

/** Reads a rule: the text behind the equals sign, or with it. */
export const readRule = (text: string): ReadRule => {
  if (text.length > longest) return { ok: false, fault: { why: 'too-long', at: longest, expected: '', found: '' } }
  // Places count in the text as it was given.
  const body = text.replace(/^\s*=/, (sign) => ' '.repeat(sign.length))
  const s: State = { tokens: tokenise(body), next: 0, end: text.length, depth: 0 }
  const found = cases(s)
  if (found && s.next < s.tokens.length) fail(s, 'expected', 'the end')
  if (s.fault || !found) return { ok: false, fault: s.fault! }
  return { ok: true, rule: { cases: found, ...(s.currency && { currency: s.currency }) } }
}
