/** Issues of reading and writing, capped: whoever gets 200 has enough to mend, and the rest is told as a number. */
import type { Issue } from '#kernel/issue.ts'

/**
 * `path` is a pointer into the canonical document; where that has no place for what is wrong, it is the path of the element in the
 * message (`/MetaData/Declaration/unknown`). `element` is that path whenever the input is XML, `line` its line.
 */
export type MessageIssue = Issue & { line?: number; element?: string }

export const issuesAtMost = 200

export type IssueList = {
  /** Given as a function, an issue is made only if it is kept: its place may be costly to tell in a message that is all wrong. */
  add: (issue: MessageIssue | (() => MessageIssue), severity?: MessageIssue['severity']) => void
  readonly failed: boolean
  all: () => MessageIssue[]
}

export const newIssues = (): IssueList => {
  const kept: MessageIssue[] = []
  let more = 0
  let failed = false
  return {
    add: (issue, severity = typeof issue === 'function' ? 'error' : issue.severity) => {
      if (severity === 'error') failed = true
      if (kept.length >= issuesAtMost) more++
      else kept.push(typeof issue === 'function' ? issue() : issue)
    },
    get failed() {
      return failed
    },
    all: () =>
      more === 0 ? kept : [...kept, { code: 'message.more_issues', severity: failed ? 'error' : 'info', path: '', params: { count: more } }],
  }
}
