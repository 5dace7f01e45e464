/**
 * Every issue by code: one sentence that says what is wrong, one that says what to do. Placeholders are `{{name}}` and
 * come from the issue's params. A plain object, so that server and command line read it as well.
 */
import { accessIssues } from './issues-access.ts'
import { declarationIssues } from './issues-declaration.ts'
import { partiesIssues } from './issues-parties.ts'
import { transportIssues } from './issues-transport.ts'
import { goodsIssues } from './issues-goods.ts'
import { moneyIssues } from './issues-money.ts'
import { commandsIssues } from './issues-commands.ts'
import { calculationIssues } from './issues-calculation.ts'
import { dutyIssues } from './issues-duty.ts'
import { messagesIssues } from './issues-messages.ts'
import { complianceIssues } from './issues-compliance.ts'
import { riskIssues } from './issues-risk.ts'
import { inspectionIssues } from './issues-inspection.ts'
import { imageCentreIssues } from './issues-image-centre.ts'
import { quotaIssues } from './issues-quota.ts'
import { supervisionIssues } from './issues-supervision.ts'
import { tariffIssues } from './issues-tariff.ts'

export type IssueText = { readonly text: string; readonly fix: string }

export const issueTexts = {
  ...accessIssues,
  ...declarationIssues,
  ...partiesIssues,
  ...transportIssues,
  ...goodsIssues,
  ...moneyIssues,
  ...commandsIssues,
  ...dutyIssues,
  ...calculationIssues,
  ...messagesIssues,
  ...riskIssues,
  ...complianceIssues,
  ...supervisionIssues,
  ...inspectionIssues,
  ...imageCentreIssues,
  ...quotaIssues,
  ...tariffIssues,
} as const satisfies Record<string, IssueText>

/** The two sentences of an issue with its params filled in; an issue without a text shows its code. */
export const issueSentences = (issue: { code: string; params?: Readonly<Record<string, string | number>> }): IssueText => {
  const found: IssueText = Object.hasOwn(issueTexts, issue.code) ? issueTexts[issue.code as keyof typeof issueTexts] : { text: issue.code, fix: '' }
  const fill = (template: string): string => template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(issue.params?.[name] ?? ''))
  return { text: fill(found.text), fix: fill(found.fix) }
}
