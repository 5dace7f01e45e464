import type { Issue } from './issue.ts'

/** What an operation that may refuse returns: the value (with remarks), or every reason at once. A fault is an exception instead. */
export type Outcome<T> = { ok: true; value: T; issues: Issue[] } | { ok: false; issues: Issue[] }

export const accept = <T>(value: T, issues: Issue[] = []): Outcome<T> => ({ ok: true, value, issues })
export const refuse = (...issues: Issue[]): { ok: false; issues: Issue[] } => ({ ok: false, issues })
