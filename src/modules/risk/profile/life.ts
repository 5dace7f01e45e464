/** The life of one version of a profile: draft → checked → back-tested → submitted → approved by another person → active → ended. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, hasErrors, type Issue } from '#kernel/issue.ts'
import { later, type Instant } from '#kernel/time.ts'
import { profileTransitions, type Person, type ProfileCommandName, type ProfileContent, type ProfileVersion } from '../schema/profile.ts'

export type ProfileCommand =
  | { name: 'draft'; code: string; number: number; hash: string; agency: string; content: ProfileContent }
  | { name: Exclude<ProfileCommandName, 'send-back' | 'suspend' | 'archive' | 'activate-emergency' | 'note-backtest'> }
  | { name: 'send-back' | 'suspend' | 'archive' | 'activate-emergency'; reason: string }
  | { name: 'note-backtest'; backtestId: string }

/** `issues`: what is wrong with the text now; lists and fields may have changed since it was drafted. */
export type ProfileFacts = {
  at: Instant
  by: Person & { permissions: ReadonlySet<string> | readonly string[] }
  issues: Issue[]
}

export type ProfileEvent =
  | { type: 'profile.drafted'; at: Instant; by: Person; code: string; number: number; hash: string; agency: string; content: ProfileContent }
  | { type: 'profile.checked'; at: Instant }
  | { type: 'profile.backtested'; at: Instant; backtestId: string }
  | { type: 'profile.submitted'; at: Instant }
  | { type: 'profile.approved'; at: Instant; by: Person }
  | { type: 'profile.sent-back'; at: Instant; by: Person; reason: string }
  | { type: 'profile.activated'; at: Instant; by: Person }
  | { type: 'profile.activated-in-emergency'; at: Instant; by: Person; reason: string; until: Instant }
  | { type: 'profile.ratified'; at: Instant; by: Person }
  | { type: 'profile.suspended'; at: Instant; by: Person; reason: string }
  | { type: 'profile.resumed'; at: Instant; by: Person }
  | { type: 'profile.archived'; at: Instant; by: Person; reason: string }
  | { type: 'profile.expired'; at: Instant }

/** An emergency profile binds alone for a day. */
const emergencyMs = 24 * 3_600_000

const person = ({ personId, name }: Person): Person => ({ personId, name })
const permitted = (by: ProfileFacts['by'], permission: string): boolean => new Set(by.permissions).has(permission)

const reasonOf = (command: ProfileCommand): string => ('reason' in command ? command.reason.trim() : '')

/** What holds for a command whatever it does: the table, the permission, the reason. */
const guard = (v: ProfileVersion, command: ProfileCommand & { name: ProfileCommandName }, facts: ProfileFacts): Issue[] => {
  const step = profileTransitions[v.status][command.name]
  if (!step) return [error('risk.profile_not_possible_now', '', { command: command.name, status: v.status })]
  if (step.permission !== 'system' && !permitted(facts.by, step.permission)) return [error('access.denied', '', { permission: step.permission })]
  return step.reason && reasonOf(command) === '' ? [error('risk.reason_missing', '/reason')] : []
}

const secondPerson = (v: ProfileVersion, by: Person): Issue[] => (v.author.personId === by.personId ? [error('risk.second_person_needed')] : [])

const sound = (facts: ProfileFacts): Issue[] => facts.issues.filter((i) => i.severity === 'error')

const notEnded = (v: ProfileVersion, at: Instant): Issue[] =>
  v.content.validTo !== null && v.content.validTo < at.slice(0, 10) ? [error('risk.profile_over', '', { validTo: v.content.validTo })] : []

const answer = (issues: Issue[], event: ProfileEvent, remarks: Issue[] = []): Decision<ProfileEvent> =>
  hasErrors(issues) ? refused(...issues) : decided([event], remarks)

/** Decides one command on one version; every reason against it at once. */
export const decideProfile = (v: ProfileVersion | null, command: ProfileCommand, facts: ProfileFacts): Decision<ProfileEvent> => {
  const { at } = facts
  const by = person(facts.by)
  if (command.name === 'draft') {
    const { name: _name, ...content } = command
    return decided([{ type: 'profile.drafted', at, by, ...content }], facts.issues)
  }
  if (!v) return refused(error('risk.profile_unknown'))
  const issues = guard(v, command, facts)
  if (issues.length > 0) return refused(...issues)
  switch (command.name) {
    case 'check':
      return answer(sound(facts), { type: 'profile.checked', at }, facts.issues)
    case 'note-backtest':
      return decided([{ type: 'profile.backtested', at, backtestId: command.backtestId }])
    case 'submit':
      return answer(sound(facts), { type: 'profile.submitted', at }, facts.issues)
    case 'approve':
      return answer([...secondPerson(v, by), ...sound(facts)], { type: 'profile.approved', at, by })
    case 'send-back':
      return decided([{ type: 'profile.sent-back', at, by, reason: command.reason }])
    case 'activate':
    case 'resume':
      return answer([...notEnded(v, at), ...sound(facts)], { type: command.name === 'activate' ? 'profile.activated' : 'profile.resumed', at, by })
    case 'activate-emergency':
      return answer([...notEnded(v, at), ...sound(facts)], {
        type: 'profile.activated-in-emergency',
        at,
        by,
        reason: command.reason,
        until: later(at, emergencyMs),
      })
    case 'ratify':
      return answer(v.emergencyUntil === null ? [error('risk.nothing_to_ratify')] : secondPerson(v, by), { type: 'profile.ratified', at, by })
    case 'suspend':
      return decided([{ type: 'profile.suspended', at, by, reason: command.reason }])
    case 'archive':
      return decided([{ type: 'profile.archived', at, by, reason: command.reason }])
    case 'supersede':
      return decided([{ type: 'profile.archived', at, by, reason: '' }])
    case 'expire':
      return decided([{ type: 'profile.expired', at }])
  }
}

const drafted = (e: Extract<ProfileEvent, { type: 'profile.drafted' }>): ProfileVersion => ({
  code: e.code,
  number: e.number,
  hash: e.hash,
  agency: e.agency,
  status: 'draft',
  content: e.content,
  author: e.by,
  createdAt: e.at,
  checkedAt: null,
  backtestId: null,
  submittedAt: null,
  approver: null,
  approvedAt: null,
  activatedAt: null,
  emergencyUntil: null,
  endedAt: null,
  remark: null,
})

/** The state after an event. */
export const evolveProfile = (v: ProfileVersion | null, e: ProfileEvent): ProfileVersion => {
  if (e.type === 'profile.drafted') return drafted(e)
  if (!v) throw new Error(`${e.type} of a profile that was never drafted`)
  switch (e.type) {
    case 'profile.checked':
      return { ...v, status: 'checked', checkedAt: e.at }
    case 'profile.backtested':
      return { ...v, status: 'back-tested', backtestId: e.backtestId }
    case 'profile.submitted':
      return { ...v, status: 'submitted', submittedAt: e.at }
    case 'profile.approved':
      return { ...v, status: 'approved', approver: e.by, approvedAt: e.at }
    case 'profile.sent-back':
      return { ...v, status: 'draft', remark: e.reason }
    case 'profile.activated':
    case 'profile.resumed':
      return { ...v, status: 'active', activatedAt: v.activatedAt ?? e.at, remark: null }
    case 'profile.activated-in-emergency':
      return { ...v, status: 'active', activatedAt: e.at, emergencyUntil: e.until, remark: e.reason }
    case 'profile.ratified':
      return { ...v, approver: e.by, approvedAt: e.at, emergencyUntil: null }
    case 'profile.suspended':
      return { ...v, status: 'suspended', remark: e.reason }
    case 'profile.archived':
      return { ...v, status: 'archived', endedAt: e.at, remark: e.reason || v.remark }
    case 'profile.expired':
      return { ...v, status: 'expired', endedAt: e.at }
  }
}
