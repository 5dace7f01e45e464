/** Questions that other modules' commands ask of whoever acts. Pure. */
import { error, type Issue } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import type { Principal } from '#platform/permissions.ts'

/** May they act for the operator with this registration number in this direction: as its own people, or under a mandate in force? */
export const mayActFor = (p: Principal, registration: string, direction: 'import' | 'export'): boolean =>
  p.represents.some((r) => r.registration === registration && (r.scope === 'all' || r.scope === direction))

/** Empty when the person has proved anew within ten minutes who they are; otherwise the issue on which the shell asks and repeats the request. */
export const stepUpIssues = (p: Principal, now: Instant): Issue[] =>
  p.channel === 'system' || (p.steppedUpUntil !== null && p.steppedUpUntil > now) ? [] : [error('identity.step_up_required')]
