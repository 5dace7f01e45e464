/** What a rule of a national tax comes to for an item (the language: trade/expression/rule.ts). Pure; exact. */
import { Decimal, decimal } from '#kernel/decimal.ts'
import type { Rule, RuleSum, RuleTruth } from '#schema/trade'
import type { TraceStep } from './schema.ts'

/** What a rule may ask for. Amounts in the administration's currency; null = not known. */
export type RuleFacts = {
  commodity: string
  procedure: string
  reliefs: readonly string[]
  origin: string
  preference: string
  value: Decimal | null
  duty: Decimal | null
  quantity: (unit: string) => Decimal | null
  /** own currency for one of the rule's */ rate: Decimal | null
}

/** Null when something is missing: the trace names it. */
export type RuleResult = { amount: Decimal | null; trace: TraceStep[] }

type Run = { facts: RuleFacts; missing: Set<string> }

const known = (run: Run, name: string, value: Decimal | null): Decimal | null => {
  if (value === null) run.missing.add(name)
  return value
}

const factOf = (run: Run, name: string): Decimal | null => {
  const { facts } = run
  if (name === 'value' || name === 'duty') return known(run, name, facts[name])
  return known(run, name, facts.quantity(name === 'netMass' ? 'KGM' : 'KGMG'))
}

const arithmetic = (op: '+' | '-' | '*' | '/', left: Decimal, right: Decimal): Decimal | null => {
  if (op === '+') return left.plus(right)
  if (op === '-') return left.minus(right)
  if (op === '*') return left.times(right)
  return right.isZero() ? null : left.div(right)
}

const sum = (run: Run, s: RuleSum): Decimal | null => {
  switch (s.is) {
    case 'number':
      return decimal(s.value)
    case 'money': {
      const rate = known(run, 'rate', run.facts.rate)
      return rate && decimal(s.value).times(rate)
    }
    case 'fact':
      return factOf(run, s.name)
    case 'quantity':
      return known(run, s.unit, run.facts.quantity(s.unit))
    case 'min':
    case 'max': {
      const all = s.of.map((one) => sum(run, one))
      if (all.includes(null)) return null
      return s.is === 'min' ? Decimal.min(...(all as Decimal[])) : Decimal.max(...(all as Decimal[]))
    }
    default: {
      const [left, right] = [sum(run, s.left), sum(run, s.right)]
      return left && right && known(run, 'a divisor other than 0', arithmetic(s.is, left, right))
    }
  }
}

const begins = (values: readonly string[], codes: readonly string[]): boolean => codes.some((code) => values.some((v) => v.startsWith(code)))

/** Null: nobody can tell. A part that decides alone decides, whatever the other is. */
const truth = (run: Run, t: RuleTruth): boolean | null => {
  switch (t.is) {
    case 'in':
      return begins(t.list === 'relief' ? run.facts.reliefs : [run.facts[t.list]], t.codes)
    case 'not': {
      const of = truth(run, t.of)
      return of === null ? null : !of
    }
    case 'and':
    case 'or': {
      const decides = t.is === 'or'
      const left = truth(run, t.left)
      if (left === decides) return decides
      const right = truth(run, t.right)
      return right === decides ? decides : left === null ? null : right
    }
    default: {
      const [left, right] = [sum(run, t.left), sum(run, t.right)]
      if (!left || !right) return null
      const order = left.comparedTo(right)
      return t.is === '=' ? order === 0 : t.is === '<' ? order < 0 : t.is === '<=' ? order <= 0 : t.is === '>' ? order > 0 : order >= 0
    }
  }
}

/** The first case whose truth holds; none: nothing. */
export const applyRule = (rule: Rule, text: string, facts: RuleFacts): RuleResult => {
  const run: Run = { facts, missing: new Set() }
  const told: TraceStep = { step: 'measure', key: 'duty.trace.rule', params: { text } }
  const missing = (): RuleResult => ({
    amount: null,
    trace: [told, ...[...run.missing].map((name): TraceStep => ({ step: 'quantity', key: 'duty.trace.rule_missing', params: { name } }))],
  })
  for (const [at, one] of rule.cases.entries()) {
    const holds = one.when ? truth(run, one.when) : true
    if (holds === null) return missing()
    if (!holds) continue
    const amount = sum(run, one.amount)
    if (amount === null) return missing()
    return { amount, trace: [told, { step: 'measure', key: 'duty.trace.rule_case', params: { case: at + 1, amount: amount.toFixed() } }] }
  }
  return { amount: new Decimal(0), trace: [told, { step: 'measure', key: 'duty.trace.rule_none' }] }
}
