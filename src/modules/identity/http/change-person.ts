/** A command on a person, on the one road; what it ends (sessions, keys, credentials) ends in the same transaction. */
import { accept, type Outcome } from '#kernel/outcome.ts'
import type { Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { today, type IdentityDeps } from '../deps.ts'
import { decidePerson, evolvePerson, type PersonCommand, type PersonEvent, type PersonFacts } from '../person.ts'
import type { Person } from '../schema.ts'
import { act } from '../store/act.ts'
import { dropCredentials } from '../store/credential.ts'
import { readOrganisation } from '../store/organisation.ts'
import { emailTaken, lockPerson, savePerson } from '../store/person.ts'
import { endKeys, endSessions } from '../store/session.ts'
import { newId } from '../tokens.ts'

export type Change = {
  principal: Principal
  key: string | null
  at: string
  id: string
  command: PersonCommand
  /** what else belongs into the transaction; runs only when the command is accepted */
  also?: (tx: Tx) => Promise<void>
}

const gather = async (deps: IdentityDeps, tx: Tx, c: Change, state: Person | null): Promise<PersonFacts> => {
  const asked = c.command.type === 'person.invite' ? c.command.invite : null
  const organisationId = state?.organisationId ?? asked?.organisationId
  const organisation = organisationId ? await readOrganisation(tx, { id: organisationId }) : null
  return {
    at: c.at,
    today: today(deps, c.at),
    actorId: c.principal.personId,
    newIds: Array.from({ length: asked ? asked.roles.length : c.command.type === 'person.grant-role' ? 1 : 0 }, () => newId(c.at)),
    emailTaken: asked ? await emailTaken(tx, asked.email.trim().toLowerCase()) : false,
    organisation: organisation && { id: organisation.id, kinds: organisation.kinds, status: organisation.status },
  }
}

/** A leaver's sessions, keys and secrets end in the transaction that ends the person; other processes hear of it, or find out within a second. */
const consequences = async (tx: Tx, person: Person, events: readonly PersonEvent[], c: Change): Promise<void> => {
  for (const { type } of events) {
    if (type === 'person.ended' || type === 'person.credentials-withdrawn') {
      await endSessions(tx, person.id, c.at)
      await endKeys(tx, person.id, c.at)
      await dropCredentials(tx, person.id)
    }
    if (type === 'person.password-changed' || type === 'person.totp-removed')
      await endSessions(tx, person.id, c.at, { except: c.principal.sessionId })
  }
}

/** Decides, writes, journals, and tells every process that the person's sessions are to be read anew. */
export const changePerson = async (deps: IdentityDeps, c: Change): Promise<Outcome<{ id: string; status: Person['status'] }>> => {
  const done = await act<Person, PersonCommand, PersonFacts, PersonEvent, { id: string; status: Person['status'] }>(deps.sql, {
    principal: c.principal,
    key: c.key,
    at: c.at,
    subject: { kind: 'person', id: c.id },
    creates: c.command.type === 'person.invite',
    command: c.command,
    read: (tx) => lockPerson(tx, c.id),
    facts: (tx, state) => gather(deps, tx, c, state),
    decide: decidePerson,
    evolve: evolvePerson,
    save: async (tx, person, events) => {
      await savePerson(tx, person)
      await consequences(tx, person, events, c)
      await c.also?.(tx)
    },
    reply: (person) => ({ id: person.id, status: person.status }),
  })
  if (done.ok) deps.bus.announce({ topic: 'session', id: c.id, ended: done.value.status !== 'active' })
  return done.ok ? accept(done.value) : done
}
