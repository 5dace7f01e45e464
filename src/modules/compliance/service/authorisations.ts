/** Commands on authorisations, and the question that other modules ask. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { type Reader, type Tx, violates } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { findParties } from '#modules/identity'
import { decideAuthorisation, evolveAuthorisation, isTrusted, type AuthorisationCommand, type AuthorisationFacts } from '../authorisation.ts'
import type { Authorisation, ProposeAuthorisation } from '../schema.ts'
import { lockAuthorisation, saveAuthorisation, standingOf } from '../store.ts'

const subjectOf = (id: string) => ({ kind: 'authorisation', id })

const factsOf = (a: Asking, known: boolean): AuthorisationFacts => ({
  at: a.now,
  by: {
    personId: a.principal.personId,
    name: a.principal.name,
    permissions: [...a.principal.permissions].filter((p) => p.startsWith('compliance:authorisation:')),
  },
  known,
})

const conclude = async (tx: Tx, before: Authorisation | null, command: AuthorisationCommand, facts: AuthorisationFacts) => {
  const decision = decideAuthorisation(before, command, facts)
  if (!decision.ok) return refuse(...decision.issues)
  const reply = decision.events.reduce<Authorisation | null>(evolveAuthorisation, before)!
  await saveAuthorisation(tx, reply, facts.at)
  return accept({ body: { payload: command, facts, events: decision.events }, reply })
}

const announce = (deps: Deps, a: Authorisation): void => deps.bus.announce({ topic: 'authorisation', id: a.id, status: a.status })

export const proposeAuthorisation = async (deps: Deps, a: Asking, ask: ProposeAuthorisation): Promise<Outcome<Authorisation>> => {
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  try {
    const done = await once<Authorisation>(
      deps.sql,
      { key: a.key, actor: actorOf(a.principal), name: 'authorisation.propose', subject: subjectOf(id), creates: true, at: a.now },
      async (tx) => conclude(tx, null, { name: 'propose', id, ask }, factsOf(a, (await findParties(tx, [ask.holder])).has(ask.holder))),
    )
    if (done.ok) announce(deps, done.value)
    return done
  } catch (fault) {
    if (violates(fault, 'authorisation_once')) return refuse(error('compliance.held_already', '/kind', { kind: ask.kind, holder: ask.holder }))
    throw fault
  }
}

export const commandAuthorisation = async (
  deps: Deps,
  a: Asking,
  id: string,
  command: Exclude<AuthorisationCommand, { name: 'propose' }>,
): Promise<Outcome<Authorisation>> => {
  const done = await once<Authorisation>(
    deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: `authorisation.${command.name}`, subject: subjectOf(id), at: a.now },
    async (tx) => conclude(tx, await lockAuthorisation(tx, id), command, factsOf(a, true)),
  )
  if (done.ok) announce(deps, done.value)
  return done
}

/** Is the operator to be treated more favourably in controls on a legal day? Nobody is without a registration. */
export const isTrustedOperator = async (db: Reader, registration: string | undefined, date: string): Promise<boolean> =>
  registration !== undefined && isTrusted(await standingOf(db, registration), date)
