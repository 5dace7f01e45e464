/** Fills an empty database with the demo country's operators, people and mandates, journalled like everything else. */
import { fold } from '#kernel/decide.ts'
import type { Tx } from '#platform/database.ts'
import { chain, insertEntries, type Row } from '#platform/journal.ts'
import { actorOf } from '#platform/command.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { evolveMandate, type MandateEvent } from '../mandate.ts'
import { evolveOrganisation, type OrganisationEvent } from '../organisation.ts'
import { hashPassword } from '../password.ts'
import { evolvePerson, type PersonEvent } from '../person.ts'
import type { Mandate, Organisation, Person } from '../schema.ts'
import { savePassword } from '../store/credential.ts'
import { saveMandate } from '../store/mandate.ts'
import { saveOrganisation } from '../store/organisation.ts'
import { savePerson } from '../store/person.ts'
import { demoMandates, demoOrganisations } from './organisations.ts'
import { demoId, demoPeople } from './people.ts'

/** What everybody in the demo signs in with; a demo only, the page of sign-ins gives it away. */
export const demoPassword = 'portcullis'
const founded = '2025-01-01'

/** One subject's journal rows for the events that made it. */
const journalled = (kind: string, id: string, command: string, events: readonly unknown[], at: string): Row[] =>
  chain({ kind, id }, null, [
    { command, actor: actorOf(systemPrincipal('Demo country')), body: { payload: { type: command }, facts: {}, events: [...events] }, at },
  ]).rows

const organisationId = (key: string): string => demoId('organisation', key)

const loadOrganisations = async (tx: Tx, at: string): Promise<Row[]> => {
  const rows: Row[] = []
  for (const { key, ...o } of demoOrganisations) {
    const events: OrganisationEvent[] = [{ type: 'organisation.registered', at, organisation: { id: organisationId(key), ...o } }]
    await saveOrganisation(tx, fold<Organisation | null, OrganisationEvent>(evolveOrganisation, null, events)!)
    rows.push(...journalled('organisation', organisationId(key), 'organisation.register', events, at))
  }
  return rows
}

const loadPeople = async (tx: Tx, at: string): Promise<Row[]> => {
  const rows: Row[] = []
  // One hash for all: each takes 30 ms on purpose.
  const hash = await hashPassword(demoPassword)
  for (const p of demoPeople) {
    const person = {
      id: p.id,
      name: p.name,
      email: p.email,
      organisationId: p.organisation && organisationId(p.organisation),
      homeOffice: p.office,
      language: 'en' as const,
    }
    const events: PersonEvent[] = [
      { type: 'person.invited', at, person },
      ...p.roles.map(({ role, office }): PersonEvent => ({
        type: 'person.role-granted',
        assignment: { id: demoId('role', `${p.key}/${role}/${office}`), role, office, validFrom: founded, validTo: null },
      })),
      { type: 'person.activated', at },
    ]
    await savePerson(tx, fold<Person | null, PersonEvent>(evolvePerson, null, events)!)
    await savePassword(tx, p.id, hash, at)
    rows.push(...journalled('person', p.id, 'person.invite', events, at))
  }
  return rows
}

const loadMandates = async (tx: Tx, at: string): Promise<Row[]> => {
  const rows: Row[] = []
  for (const [from, to, scope] of demoMandates) {
    const id = demoId('mandate', `${from}/${to}/${scope}`)
    const mandate = { id, fromOrganisation: organisationId(from), toOrganisation: organisationId(to), scope, validFrom: founded, validTo: null }
    const events: MandateEvent[] = [{ type: 'mandate.given', at, mandate }]
    await saveMandate(tx, fold<Mandate | null, MandateEvent>(evolveMandate, null, events)!)
    rows.push(...journalled('mandate', id, 'mandate.give', events, at))
  }
  return rows
}

/** Deterministic but for the password's salt. `facts.at` is the instant of the first day. */
export const loadDemoIdentity = async (tx: Tx, facts: { at: string }): Promise<{ registrations: string[] }> => {
  const rows = [...(await loadOrganisations(tx, facts.at)), ...(await loadPeople(tx, facts.at)), ...(await loadMandates(tx, facts.at))]
  await insertEntries(tx, rows)
  return { registrations: demoOrganisations.filter((o) => o.kinds.some((k) => k === 'trader' || k === 'broker')).map((o) => o.registration) }
}
