import type { IdentityDeps } from '../deps.ts'
import { principalOf, representedBy } from '../principal.ts'
import type { SessionView } from '../schema.ts'
import { findTotp } from '../store/credential.ts'
import type { OpenSession } from '../store/session.ts'

/** What GET /api/session answers. Offices whose name nobody knows go by their code. */
export const viewOf = async (deps: IdentityDeps, s: OpenSession): Promise<SessionView> => {
  const principal = principalOf(s, { sessionId: s.sessionId, channel: 'web', office: s.office, steppedUpUntil: s.steppedUpUntil })
  const office = (code: string) => ({ code, name: deps.officeName?.(code) ?? code })
  const o = s.organisation
  return {
    sessionId: s.sessionId,
    person: { id: s.personId, name: s.name, email: s.email },
    organisation: o && { id: o.id, name: o.name, registrationId: o.registration, kind: o.kinds[0]!, kinds: o.kinds, status: o.status },
    roles: principal.roles as SessionView['roles'],
    permissions: [...principal.permissions].sort(),
    office: principal.homeOffice === null ? null : office(principal.homeOffice),
    offices: principal.offices === '*' ? '*' : principal.offices.map(office),
    represents: representedBy(s).map(({ organisationId, name, registration, scope }) => ({ organisationId, name, registration, scope })),
    steppedUpUntil: s.steppedUpUntil !== null && s.steppedUpUntil > deps.clock() ? s.steppedUpUntil : null,
    totp: (await findTotp(deps.sql, s.personId))?.confirmed ?? false,
    language: s.language as SessionView['language'],
    endsAt: s.endsAt,
    demo: deps.config.demo,
  }
}
