/** What is wrong with the rules that an expression holds, told by place, before it is saved. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import type { Expression } from '../schema/expression.ts'
import { readRule } from './rule.ts'

/** `at` counts characters of the rule's text from 1. A text that begins like a rule and is none is refused as a rule. */
export const ruleIssues = (expression: Expression | undefined, path: string): Issue[] =>
  (expression ?? []).flatMap((c, i): Issue[] => {
    if (c.kind !== 'rule' && !(c.kind === 'text' && /^\s*=/.test(c.text ?? ''))) return []
    const read = readRule(c.text ?? '')
    if (read.ok) return []
    const { why, at, expected, found } = read.fault
    return [error('trade.rule_invalid', `${path}/${i}/text`, { why, at: at + 1, expected, found })]
  })
