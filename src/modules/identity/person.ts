/** A person as a subject: invited, active, ended; the roles held, when and where. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Instant, LegalDate } from '#kernel/time.ts'
import { roles, type RoleName } from './roles.ts'
import type { Grant, Invite, OrganisationKind, Person, RoleAssignment } from './schema.ts'

export type PersonEvent =
  | { type: 'person.invited'; at: Instant; person: Pick<Person, 'id' | 'name' | 'email' | 'organisationId' | 'homeOffice' | 'language'> }
  | { type: 'person.activated'; at: Instant }
  | { type: 'person.role-granted'; assignment: RoleAssignment }
  | { type: 'person.role-ended'; id: string; role: RoleName; validTo: LegalDate; reason: string }
  | { type: 'person.home-office-set'; office: string | null }
  | { type: 'person.language-set'; language: Person['language'] }
  | { type: 'person.credentials-withdrawn'; reason: string }
  | { type: 'person.password-changed' }
  | { type: 'person.totp-enrolled' }
  | { type: 'person.totp-removed' }
  | { type: 'person.ended'; at: Instant; reason: string }

export type PersonCommand =
  | { type: 'person.invite'; id: string; invite: Invite }
  | { type: 'person.activate' }
  | { type: 'person.grant-role'; grant: Grant }
  | { type: 'person.end-role'; assignment: string; reason: string }
  | { type: 'person.set-home-office'; office: string | null }
  | { type: 'person.set-language'; language: Person['language'] }
  | { type: 'person.withdraw-credentials'; reason: string }
  | { type: 'person.change-password' }
  | { type: 'person.enrol-totp' }
  | { type: 'person.remove-totp' }
  | { type: 'person.end'; reason: string }

/** `newIds` are as many as roles are asked for; `organisation` is the person's (or the one asked for), null when unknown or none. */
export type PersonFacts = {
  at: Instant
  today: LegalDate
  actorId: string
  newIds: string[]
  emailTaken: boolean
  organisation: { id: string; kinds: OrganisationKind[]; status: string } | null
}

type Status = Person['status'] | 'none'
const inLife: readonly PersonCommand['type'][] = [
  'person.grant-role',
  'person.end-role',
  'person.set-home-office',
  'person.withdraw-credentials',
  'person.end',
]

/** What may happen in which state. */
export const personTransitions: Record<Status, readonly PersonCommand['type'][]> = {
  none: ['person.invite'],
  invited: [...inLife, 'person.activate'],
  active: [...inLife, 'person.set-language', 'person.change-password', 'person.enrol-totp', 'person.remove-totp'],
  ended: [],
}

const evolvers: { [T in PersonEvent['type']]: (s: Person, e: Extract<PersonEvent, { type: T }>) => Person } = {
  'person.invited': (_, e) => ({ ...e.person, status: 'invited', joinedAt: e.at, endedAt: null, roles: [] }),
  'person.activated': (s) => ({ ...s, status: 'active' }),
  'person.role-granted': (s, e) => ({ ...s, roles: [...s.roles, e.assignment] }),
  'person.role-ended': (s, e) => ({ ...s, roles: s.roles.map((r) => (r.id === e.id ? { ...r, validTo: e.validTo } : r)) }),
  'person.home-office-set': (s, e) => ({ ...s, homeOffice: e.office }),
  'person.language-set': (s, e) => ({ ...s, language: e.language }),
  'person.credentials-withdrawn': (s) => ({ ...s, status: 'invited' }),
  'person.password-changed': (s) => s,
  'person.totp-enrolled': (s) => s,
  'person.totp-removed': (s) => s,
  'person.ended': (s, e) => ({ ...s, status: 'ended', endedAt: e.at }),
}

/** The state after one event; a life begins with `person.invited`. */
export const evolvePerson = (state: Person | null, event: PersonEvent): Person =>
  (evolvers[event.type] as (s: Person | null, e: PersonEvent) => Person)(state, event)

type Range = { validFrom: LegalDate; validTo: LegalDate | null }
const overlap = (a: Range, b: Range): boolean => (b.validTo === null || a.validFrom < b.validTo) && (a.validTo === null || b.validFrom < a.validTo)

const placeIssues = (role: RoleName, office: string | null, facts: PersonFacts, path: string): Issue[] => {
  const { scope } = roles[role]
  const found: Issue[] = []
  if (scope !== 'office' && office !== null) found.push(error('identity.role_office_useless', `${path}/office`, { role }))
  if (scope === 'organisation' && !facts.organisation) found.push(error('identity.role_organisation_missing', path, { role }))
  if (scope === 'organisation' && facts.organisation && !facts.organisation.kinds.includes(role as OrganisationKind))
    found.push(error('identity.role_organisation_kind', path, { role }))
  return found
}

/** Every reason why these assignments may not stand beside those held. */
const togetherIssues = (next: RoleAssignment, held: readonly RoleAssignment[], path: string): Issue[] => {
  const found: Issue[] = []
  for (const before of held.filter((h) => overlap(h, next))) {
    if (before.role === next.role && before.office === next.office) found.push(error('identity.role_held', `${path}/role`, { role: next.role }))
    if ((roles[next.role].excludes as readonly string[]).includes(before.role))
      found.push(error('identity.role_excluded', `${path}/role`, { role: next.role, other: before.role }))
  }
  return found
}

const grantAll = (
  grants: readonly Grant[],
  held: readonly RoleAssignment[],
  facts: PersonFacts,
  path: (i: number) => string,
): { assignments: RoleAssignment[]; issues: Issue[] } => {
  const assignments: RoleAssignment[] = []
  const issues: Issue[] = []
  grants.forEach((g, i) => {
    const next = { id: facts.newIds[i]!, role: g.role, office: g.office ?? null, validFrom: g.validFrom ?? facts.today, validTo: g.validTo ?? null }
    if (next.validTo !== null && next.validTo <= next.validFrom) issues.push(error('identity.range_reversed', `${path(i)}/validTo`))
    issues.push(...placeIssues(next.role, next.office, facts, path(i)), ...togetherIssues(next, [...held, ...assignments], path(i)))
    assignments.push(next)
  })
  return { assignments, issues }
}

const invite = (c: Extract<PersonCommand, { type: 'person.invite' }>, facts: PersonFacts): Decision<PersonEvent> => {
  const { name, email, organisationId, homeOffice, language, roles: grants } = c.invite
  const { assignments, issues } = grantAll(grants, [], facts, (i) => `/roles/${i}`)
  if (name.trim() === '') issues.push(error('identity.name_missing', '/name'))
  if (facts.emailTaken) issues.push(error('identity.email_taken', '/email'))
  if (organisationId && !facts.organisation) issues.push(error('identity.organisation_unknown', '/organisationId'))
  if (facts.organisation?.status === 'ended') issues.push(error('identity.organisation_ended', '/organisationId'))
  if (issues.length > 0) return refused(...issues)
  const person = {
    id: c.id,
    name: name.trim(),
    email: email.trim().toLowerCase(),
    organisationId: organisationId ?? null,
    homeOffice: homeOffice ?? null,
    language: language ?? 'en',
  }
  return decided([
    { type: 'person.invited', at: facts.at, person },
    ...assignments.map((assignment): PersonEvent => ({ type: 'person.role-granted', assignment })),
  ])
}

const endRole = (s: Person, c: Extract<PersonCommand, { type: 'person.end-role' }>, facts: PersonFacts): Decision<PersonEvent> => {
  const held = s.roles.find((r) => r.id === c.assignment && (r.validTo === null || r.validTo > facts.today))
  if (!held) return refused(error('identity.role_not_held'))
  // The range is half open: ended today, it no longer holds today.
  const validTo = held.validFrom > facts.today ? held.validFrom : facts.today
  return decided([{ type: 'person.role-ended', id: held.id, role: held.role, validTo, reason: c.reason }])
}

/** Administering oneself would be giving oneself rights, or locking oneself out; these another administrator has to do. */
const forOthersOnly: readonly PersonCommand['type'][] = ['person.grant-role', 'person.end-role', 'person.withdraw-credentials', 'person.end']

export const decidePerson = (s: Person | null, c: PersonCommand, facts: PersonFacts): Decision<PersonEvent> => {
  if (c.type === 'person.invite') return s ? refused(error('request.conflict')) : invite(c, facts)
  if (!s) return refused(error('identity.person_unknown'))
  if (!personTransitions[s.status].includes(c.type))
    return refused(error(s.status === 'ended' ? 'identity.person_ended' : 'request.conflict', '', { status: s.status }))
  if (facts.actorId === s.id && forOthersOnly.includes(c.type)) return refused(error('identity.person_own'))
  switch (c.type) {
    case 'person.activate':
      return decided([{ type: 'person.activated', at: facts.at }])
    case 'person.grant-role': {
      const { assignments, issues } = grantAll([c.grant], s.roles, facts, () => '')
      return issues.length > 0 ? refused(...issues) : decided(assignments.map((assignment) => ({ type: 'person.role-granted', assignment })))
    }
    case 'person.end-role':
      return endRole(s, c, facts)
    case 'person.set-home-office':
      return decided([{ type: 'person.home-office-set', office: c.office }])
    case 'person.set-language':
      return decided([{ type: 'person.language-set', language: c.language }])
    case 'person.withdraw-credentials':
      return decided([{ type: 'person.credentials-withdrawn', reason: c.reason }])
    case 'person.change-password':
      return decided([{ type: 'person.password-changed' }])
    case 'person.enrol-totp':
      return decided([{ type: 'person.totp-enrolled' }])
    case 'person.remove-totp':
      return decided([{ type: 'person.totp-removed' }])
    case 'person.end':
      return decided([{ type: 'person.ended', at: facts.at, reason: c.reason }])
  }
}
