/** Issues of reading and writing, capped: whoever gets 200 has enough to mend, and the rest is told as a number. */
import type { Issue } from '#kernel/issue.ts'

/**
 * `path` is a pointer into the canonical document; where that has no place for what is wrong, it is the path of the element in the
 * message (`/MetaData/Declaration/unknown`). `element` is that path whenever the input is XML, `line` its line.
 */
export type MessageIssue = Issue & { line?: number; element?: string }

export const issuesAtMost = 200

export type IssueList = {
  add: (issue: MessageIssue) => void
  readonly failed: boolean
  /** no more are kept, though they are still counted */
  readonly full: boolean
  all: () => MessageIssue[]
}

export const newIssues = (): IssueList => {
  const kept: MessageIssue[] = []
  let more = 0
  let failed = false
  return {
    add: (issue) => {
      if (issue.severity === 'error') failed = true
      if (kept.length < issuesAtMost) kept.push(issue)
      else more++
    },
    get failed() {
      return failed
    },
    get full() {
      return kept.length >= issuesAtMost
    },
    all: () =>
      more === 0 ? kept : [...kept, { code: 'message.more_issues', severity: failed ? 'error' : 'info', path: '', params: { count: more } }],
  }
}
