/** Operators of the demo country that were authorised years ago, and one that waits for a second person. */
import { hash } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { actorOf } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { demoOrganisations, demoPerson } from '#modules/identity'
import { decideAuthorisation, evolveAuthorisation, type AuthorisationCommand, type AuthorisationEvent } from './authorisation.ts'
import type { Authorisation, ProposeAuthorisation } from './schema.ts'
import { saveAuthorisation } from './store.ts'

const at = '2026-01-12T09:00:00.000Z'
const loader = systemPrincipal('Portcullis')
const permissions = ['compliance:authorisation:propose', 'compliance:authorisation:approve']

const factsOf = (key: string) => {
  const { id, name } = demoPerson(key)
  return { at, by: { personId: id, name, permissions }, known: true }
}

const lines: readonly [holder: string, kind: ProposeAuthorisation['kind'], granted: boolean][] = [
  ['meridian', 'AEOC', true],
  ['machine-tools', 'AEOF', true],
  ['pelagia', 'AEOS', true],
  ['northlight', 'AEOC', false],
]

/** By the rules of everybody: proposed by one person, approved by another. */
export const loadDemoCompliance = async (tx: Tx): Promise<void> => {
  for (const [key, kind, granted] of lines) {
    // The same identifier at every start, so that links of a demo go on working.
    const id = uuidv7(Date.parse(at), hash('sha256', `authorisation ${key} ${kind}`, 'buffer').subarray(0, 10))
    const holder = demoOrganisations.find((o) => o.key === key)!.registration
    const ask: ProposeAuthorisation = { kind, holder, validFrom: '2024-03-01', reason: 'Records, solvency and security were audited on the spot' }
    const asked: [AuthorisationCommand, string][] = [[{ name: 'propose', id, ask }, 'risk-analyst']]
    if (granted) asked.push([{ name: 'approve', reason: 'The audit report is complete' }, 'risk-head'])
    let state: Authorisation | null = null
    const events: AuthorisationEvent[] = []
    for (const [command, who] of asked) {
      const decision = decideAuthorisation(state, command, factsOf(who))
      if (!decision.ok) throw new Error(`${key} ${kind}: ${JSON.stringify(decision.issues)}`)
      events.push(...decision.events)
      state = decision.events.reduce<Authorisation | null>(evolveAuthorisation, state)
    }
    await saveAuthorisation(tx, state!, at)
    const body = { payload: { name: 'load' }, facts: {}, events }
    await record(tx, { kind: 'authorisation', id }, { command: 'authorisation.load', commandKey: null, actor: actorOf(loader), body, at })
  }
}
