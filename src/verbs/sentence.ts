import type { Issue } from '#kernel/issue.ts'
import { issueSentences } from '../web/i18n/en/issues.ts'

/** An issue in English: what is wrong, and what to do. */
export const sentenceOf = (issue: Issue): string => {
  const { text, fix } = issueSentences(issue)
  return fix === '' ? text : `${text} ${fix}`
}
