/** An economic operator or authority as a subject: registered, suspended, ended. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import { registrationFlaw } from './registration.ts'
import type { ChangeContact, ChangeOrganisation, Organisation, Register } from './schema.ts'

export type OrganisationEvent =
  | { type: 'organisation.registered'; at: Instant; organisation: Omit<Organisation, 'status' | 'registeredAt'> }
  | { type: 'organisation.changed'; fields: Partial<ChangeOrganisation> }
  | { type: 'organisation.suspended'; reason: string }
  | { type: 'organisation.resumed'; reason: string }
  | { type: 'organisation.ended'; reason: string }

export type OrganisationCommand =
  | { type: 'organisation.register'; id: string; register: Register }
  | { type: 'organisation.change'; fields: ChangeOrganisation | ChangeContact }
  | { type: 'organisation.suspend' | 'organisation.resume' | 'organisation.end'; reason: string }

/** `registration` is the next free number, for an operator that brings none from another country. */
export type OrganisationFacts = { at: Instant; registration: string; registrationTaken: boolean }

export const organisationTransitions: Record<Organisation['status'] | 'none', readonly OrganisationCommand['type'][]> = {
  none: ['organisation.register'],
  active: ['organisation.change', 'organisation.suspend', 'organisation.end'],
  suspended: ['organisation.change', 'organisation.resume', 'organisation.end'],
  ended: [],
}

export const evolveOrganisation = (s: Organisation | null, e: OrganisationEvent): Organisation => {
  if (e.type === 'organisation.registered') return { ...e.organisation, status: 'active', registeredAt: e.at }
  if (e.type === 'organisation.changed') return { ...s!, ...e.fields }
  return { ...s!, status: e.type === 'organisation.suspended' ? 'suspended' : e.type === 'organisation.resumed' ? 'active' : 'ended' }
}

const register = (c: Extract<OrganisationCommand, { type: 'organisation.register' }>, facts: OrganisationFacts): Decision<OrganisationEvent> => {
  const { registration = facts.registration, name, kinds, country, street = '', city = '', postcode = '', email = '' } = c.register
  const issues: Issue[] = []
  const flaw = registrationFlaw(registration)
  if (flaw) issues.push(error(`identity.registration_${flaw}`, '/registration', { registration }))
  if (facts.registrationTaken) issues.push(error('identity.registration_taken', '/registration', { registration }))
  if (name.trim() === '') issues.push(error('identity.name_missing', '/name'))
  if (issues.length > 0) return refused(...issues)
  return decided([
    {
      type: 'organisation.registered',
      at: facts.at,
      organisation: { id: c.id, registration, name: name.trim(), kinds, country, street, city, postcode, email: email.toLowerCase() },
    },
  ])
}

export const decideOrganisation = (s: Organisation | null, c: OrganisationCommand, facts: OrganisationFacts): Decision<OrganisationEvent> => {
  if (c.type === 'organisation.register') return s ? refused(error('request.conflict')) : register(c, facts)
  if (!s) return refused(error('identity.organisation_unknown'))
  if (!organisationTransitions[s.status].includes(c.type))
    return refused(error(s.status === 'ended' ? 'identity.organisation_ended' : 'identity.organisation_status', '', { status: s.status }))
  switch (c.type) {
    case 'organisation.change':
      return 'name' in c.fields && c.fields.name.trim() === ''
        ? refused(error('identity.name_missing', '/name'))
        : decided([{ type: 'organisation.changed', fields: c.fields }])
    case 'organisation.suspend':
      return decided([{ type: 'organisation.suspended', reason: c.reason }])
    case 'organisation.resume':
      return decided([{ type: 'organisation.resumed', reason: c.reason }])
    case 'organisation.end':
      return decided([{ type: 'organisation.ended', reason: c.reason }])
  }
}
