/** Commands on a declaration that exists: lock, decide, write, tell. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf } from '#platform/command.ts'
import { attempt, type Tx, violates } from '#platform/database.ts'
import { findReply } from '#platform/journal.ts'
import { officeAllowed, type Principal, systemPrincipal } from '#platform/permissions.ts'
import { statusOf } from '../declaration.ts'
import type { By, Command } from '../decide/index.ts'
import { maySee, officesOf } from '../read/scope.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { transitions } from '../schema/transitions.ts'
import type { CommandReply } from '../schema/views.ts'
import { lockByMrn } from '../store.ts'
import { advance, type Acting, type Advanced } from './advance.ts'
import type { Clearance } from './clearance.ts'
import { ruleFactsFor } from './gather.ts'

/** The administration itself may do whatever the table lists; who asked it to stands in the message that it acts on. */
const everything = [...new Set(Object.values(transitions).flatMap((t) => Object.values(t).map((x) => x.permission)))]

export const byOf = (p: Principal, at: string): By => ({
  personId: p.personId,
  name: p.name,
  registration: p.organisationRegistration,
  permissions: p.channel === 'system' ? everything : [...p.permissions].filter((x) => x.startsWith('clearance:')),
  steppedUp: p.steppedUpUntil !== null && p.steppedUpUntil > at,
})
export const actingFor = (p: Principal, at: string): Acting => ({ actor: actorOf(p), by: byOf(p, at) })

/** In one transaction; a refusal rolls back, a repeated key answers with the first reply. */
export const transact = async (
  c: Clearance,
  key: string | null,
  principal: Principal,
  work: (tx: Tx) => Promise<Outcome<Advanced>>,
): Promise<Outcome<CommandReply>> => {
  try {
    const outcome = await attempt(c.deps.sql, work)
    if (!outcome.ok) return outcome
    announce(c, outcome.value.state)
    outcome.value.tell()
    return accept(outcome.value.reply, outcome.value.reply.issues)
  } catch (fault) {
    if (key && violates(fault, 'entry_command_key')) return repeated(c, key, principal)
    throw fault
  }
}

const repeated = async (c: Clearance, key: string, principal: Principal): Promise<Outcome<CommandReply>> => {
  const before = await findReply(c.deps.sql, key)
  if (!before || before.personId !== principal.personId || before.subject.kind !== 'declaration') return refuse(error('request.key_reused'))
  return accept(before.reply as CommandReply)
}

export const announce = (c: Clearance, s: DeclarationState): void =>
  c.deps.bus.announce({
    topic: 'declaration',
    id: s.mrn,
    organisations: s.parties,
    office: s.office,
    status: statusOf(s),
    lane: s.lane?.lane ?? null,
  })

/** Trade side: a declaration one stands for. Officers: one of an office where they may do just this. */
const mayAct = (principal: Principal, s: DeclarationState, command: Command['name']): boolean => {
  const transition = transitions[statusOf(s)][command]
  if (principal.channel === 'system') return true
  if (transition?.by === 'officer') return officesOf(s).some((office) => officeAllowed(principal, office, transition.permission))
  return (
    principal.represents.some((r) => s.submitter.registration === r.registration || s.declarant === r.registration) ||
    s.submitter.personId === principal.personId
  )
}

export const execute = (
  c: Clearance,
  principal: Principal,
  mrn: string,
  command: Command,
  key: string | null,
  at: string,
): Promise<Outcome<CommandReply>> =>
  transact(c, key, principal, async (tx) => {
    const found = await lockByMrn(tx, mrn)
    if (!found || (principal.channel !== 'system' && !maySee(principal, found.state)))
      return refuse(error('clearance.declaration_unknown', '/mrn', { mrn }))
    if (key) {
      const before = await findReply(tx, key)
      // The key was used before the lock was ours: the first answer stands.
      if (before)
        return before.subject.id === found.state.id && before.personId === principal.personId && before.command === command.name
          ? accept({ reply: before.reply as CommandReply, state: found.state, tell: () => undefined })
          : refuse(error('request.key_reused'))
    }
    if (!mayAct(principal, found.state, command.name))
      return refuse(error('access.denied', '', { permission: transitions[statusOf(found.state)][command.name]?.permission ?? command.name }))
    const given =
      command.name === 'request-amendment' ? { rules: await ruleFactsFor(c, principal, found.state.administration, command.document, at, tx) } : {}
    return advance(c, tx, found, command, actingFor(principal, at), key, at, given)
  })

const system = systemPrincipal('Portcullis')

/** The administration itself acts: jobs, other modules' answers. */
export const executeAsSystem = (c: Clearance, mrn: string, command: Command, key: string | null, at: string): Promise<Outcome<CommandReply>> =>
  execute(c, system, mrn, command, key, at)
