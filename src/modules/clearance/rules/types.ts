/** The shape of a rule and what it may look at. */
import type { Issue } from '#kernel/issue.ts'
import type { DeclarationDocument, DeclarationItem } from '../schema/document.ts'
import type { Dataset, Regime } from './dataset.ts'
import type { CodeList, RuleFacts } from './facts.ts'

/** The declaration with what several rules derive from it, computed once. */
export type RuleContext = {
  document: DeclarationDocument
  items: readonly DeclarationItem[]
  /** every text of the declaration with its JSON pointer */
  texts: readonly (readonly [text: string, path: string])[]
  facts: RuleFacts
  /** Is the code missing from its list on the legal date? A list that nobody keeps misses nothing. */
  unlisted: (list: CodeList, code: string) => boolean
  dataset: Dataset
  regime: Regime
  supplementary: boolean
  authorisationTypes: ReadonlySet<string>
  /** additional information codes of header and items */
  statements: ReadonlySet<string>
}

export type Report = (path: string, params?: Issue['params']) => void

/**
 * One rule: data that says what it is and where it applies, and the check, which reports every place that breaks it.
 * `strict` is an error of law that the trader test service only remarks on.
 */
export type Rule = {
  code: string
  severity: 'error' | 'warning' | 'strict'
  datasets?: readonly Dataset[]
  regime?: Regime
  applies?: (context: RuleContext) => boolean
  check: (context: RuleContext, report: Report) => void
}

/** A check of each item; `at` is the JSON pointer of the item. */
export const eachItem =
  (check: (item: DeclarationItem, at: string, report: Report, context: RuleContext) => void): Rule['check'] =>
  (context, report) => {
    for (let i = 0; i < context.items.length; i++) check(context.items[i]!, `/items/${i}`, report, context)
  }
