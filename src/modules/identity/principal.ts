/** From what the database knows of a person to what they may do now. Pure. */
import type { Principal } from '#platform/permissions.ts'
import { isRole, permissionsOf, roles, type RoleName } from './roles.ts'
import type { MandateScope, OrganisationKind } from './schema.ts'

export type HeldRole = { role: string; office: string | null }
export type HeldMandate = { organisationId: string; name: string; registration: string; scope: MandateScope }

/** Everything about a person that the right to act follows from; `roles` and `mandates` are those in force today. */
export type Standing = {
  personId: string
  name: string
  email: string
  language: string
  homeOffice: string | null
  organisation: { id: string; name: string; registration: string; kinds: OrganisationKind[]; status: string } | null
  roles: HeldRole[]
  mandates: HeldMandate[]
}

/** A trader's role works through the organisation, so it ends with it. */
const inForce = (s: Standing): (HeldRole & { role: RoleName })[] =>
  s.roles.filter(
    (r): r is HeldRole & { role: RoleName } =>
      isRole(r.role) && (roles[r.role].scope !== 'organisation' || (s.organisation !== null && s.organisation.status !== 'ended')),
  )

const officesOf = (held: readonly HeldRole[]): readonly string[] | '*' => {
  const atOffice = held.filter((r) => isRole(r.role) && roles[r.role].scope !== 'organisation')
  return atOffice.some((r) => r.office === null) ? '*' : [...new Set(atOffice.map((r) => r.office!))].sort()
}

/** Where each permission holds: the office of an officer's role, never another office where the person has some other role. */
const officesByPermission = (held: readonly (HeldRole & { role: RoleName })[]): Map<string, readonly string[] | '*'> => {
  const all = new Map<string, readonly string[] | '*'>()
  for (const permission of permissionsOf(held.map((r) => r.role))) {
    all.set(permission, officesOf(held.filter((r) => (roles[r.role].permissions as readonly string[]).includes(permission))))
  }
  return all
}

/** Import and export from the same organisation add up to all. */
const merged = (mandates: readonly HeldMandate[]): HeldMandate[] => {
  const byOrganisation = new Map<string, HeldMandate>()
  for (const m of mandates) {
    const before = byOrganisation.get(m.organisationId)
    byOrganisation.set(m.organisationId, before && before.scope !== m.scope ? { ...m, scope: 'all' } : m)
  }
  return [...byOrganisation.values()]
}

/** The organisations a person may act for: the own one first, then those whose mandate is in force (a broker's only). */
export const representedBy = (s: Standing): HeldMandate[] => {
  const held = inForce(s)
  if (!s.organisation || !held.some((r) => roles[r.role].scope === 'organisation')) return []
  const own: HeldMandate = { organisationId: s.organisation.id, name: s.organisation.name, registration: s.organisation.registration, scope: 'all' }
  return [own, ...(held.some((r) => r.role === 'broker') ? merged(s.mandates) : [])]
}

export type Via = {
  sessionId: string
  channel: Principal['channel']
  office: string | null
  steppedUpUntil: string | null
  /** an API key's scopes; none = all that the person may */ scopes?: readonly string[]
}

export const principalOf = (s: Standing, via: Via): Principal => {
  const held = inForce(s)
  const permissions = permissionsOf(held.map((r) => r.role))
  const offices = officesOf(held)
  const chosen = via.office ?? s.homeOffice
  return {
    personId: s.personId,
    name: s.name,
    sessionId: via.sessionId,
    roles: [...new Set(held.map((r) => r.role))],
    permissions: via.scopes ? new Set(via.scopes.filter((p) => permissions.has(p))) : permissions,
    offices,
    officesByPermission: officesByPermission(held),
    homeOffice: chosen !== null && (offices === '*' || offices.includes(chosen)) ? chosen : offices === '*' ? null : (offices[0] ?? null),
    organisationId: s.organisation?.id ?? null,
    organisationRegistration: s.organisation?.registration ?? null,
    represents: representedBy(s).map(({ organisationId, registration, scope }) => ({ organisationId, registration, scope })),
    steppedUpUntil: via.steppedUpUntil,
    channel: via.channel,
  }
}
