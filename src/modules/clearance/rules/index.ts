/** All rules of a declaration, and the one function that applies them. To add a rule, add it to the table of its subject. */
import type { Issue } from '#kernel/issue.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { textsOf } from './checks.ts'
import { datasetOf, isSupplementary, regimeOf } from './dataset.ts'
import { documentRules } from './documents.ts'
import { headerRules } from './header.ts'
import { itemRules } from './item.ts'
import { locationRules } from './location.ts'
import { mandatoryRules } from './mandatory.ts'
import { partyRules } from './parties.ts'
import { quotaRules } from './quota.ts'
import { procedureRules } from './procedure.ts'
import { referenceRules } from './references.ts'
import { taxRules } from './tax.ts'
import { transitRules } from './transit.ts'
import { transportRules } from './transport.ts'
import type { RuleFacts } from './facts.ts'
import type { Rule, RuleContext } from './types.ts'
import { valuationRules } from './valuation.ts'

/** Every rule, grouped by subject, in the order in which issues come out. */
export const rules: readonly Rule[] = [
  ...headerRules,
  ...mandatoryRules,
  ...partyRules,
  ...locationRules,
  ...transportRules,
  ...itemRules,
  ...procedureRules,
  ...valuationRules,
  ...taxRules,
  ...quotaRules,
  ...documentRules,
  ...referenceRules,
  ...transitRules,
]

const contextOf = (document: DeclarationDocument, facts: RuleFacts): RuleContext => {
  const unlisted = new Set(facts.unlisted)
  return {
    document,
    facts,
    unlisted: (list, code) => unlisted.has(`${list}:${code}`),
    items: document.items,
    texts: textsOf(document),
    dataset: datasetOf(document),
    regime: regimeOf(document),
    supplementary: isSupplementary(document),
    authorisationTypes: new Set(document.authorisations?.flatMap((a) => a.type ?? [])),
    statements: new Set([document, ...document.items].flatMap((d) => d.additionalInformation?.flatMap((i) => i.code ?? []) ?? [])),
  }
}

const concerns = (rule: Rule, context: RuleContext): boolean =>
  (!rule.datasets || rule.datasets.includes(context.dataset)) &&
  (!rule.regime || rule.regime === context.regime) &&
  (!rule.applies || rule.applies(context))

/**
 * Checks an original declaration against every rule.
 * @returns every issue at once, errors and warnings, with JSON pointers into `document`; no error means it may be accepted
 */
export const validate = (document: DeclarationDocument, facts: RuleFacts): Issue[] => {
  const context = contextOf(document, facts)
  const issues: Issue[] = []
  for (const rule of rules) {
    if (!concerns(rule, context)) continue
    const severity = rule.severity === 'strict' ? (facts.administration.traderTest ? 'warning' : 'error') : rule.severity
    rule.check(context, (path, params) => issues.push({ code: rule.code, severity, path, ...(params && { params }) }))
  }
  return issues
}
