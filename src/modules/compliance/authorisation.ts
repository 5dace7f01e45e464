/** The life of an authorisation: proposed → granted ⇄ suspended → revoked, or refused; what gives or takes for good, two persons decide. Pure. */
import { decided, refused, type Decision } from '#kernel/decide.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { authorisationTransitions, type Authorisation, type Change, type Person, type ProposeAuthorisation } from './schema.ts'

export type AuthorisationCommand =
  | { name: 'propose'; id: string; ask: ProposeAuthorisation }
  | { name: 'approve' | 'reject' | 'suspend' | 'ask-resume' | 'ask-revoke'; reason: string }

/** `known`: the register of operators has the holder */
export type AuthorisationFacts = { at: string; by: Person & { permissions: readonly string[] }; known: boolean }

type Told = { at: string; by: Person; reason: string }
export type AuthorisationEvent =
  | ({ type: 'authorisation.proposed'; authorisation: Omit<Authorisation, 'history' | 'waiting' | 'status'> } & Told)
  | ({ type: 'authorisation.change-asked'; change: Change } & Told)
  | ({ type: 'authorisation.granted' | 'authorisation.resumed' | 'authorisation.revoked' | 'authorisation.suspended' } & Told)
  | ({ type: 'authorisation.rejected'; change: Change } & Told)

const proposed = (
  { id, ask }: Extract<AuthorisationCommand, { name: 'propose' }>,
  f: AuthorisationFacts,
  told: Told,
): Decision<AuthorisationEvent> => {
  const issues: Issue[] = []
  if (!f.known) issues.push(error('compliance.holder_unknown', '/holder', { holder: ask.holder }))
  if (ask.validTo !== undefined && ask.validTo < ask.validFrom) issues.push(error('compliance.validity', '/validTo'))
  if (issues.length > 0) return refused(...issues)
  const { kind, holder, validFrom, validTo } = ask
  return decided([{ type: 'authorisation.proposed', ...told, authorisation: { id, kind, holder, validFrom, validTo: validTo ?? null } }])
}

const outcomeOf = { grant: 'authorisation.granted', resume: 'authorisation.resumed', revoke: 'authorisation.revoked' } as const

const guard = (a: Authorisation, name: Exclude<AuthorisationCommand['name'], 'propose'>, f: AuthorisationFacts): Issue[] => {
  const step = authorisationTransitions[a.status][name]
  const settles = name === 'approve' || name === 'reject'
  // A change that waits is settled first, whatever else is wanted; only protection does not wait.
  const fits = settles ? a.waiting !== null : name === 'suspend' || a.waiting === null
  if (!step || !fits) return [error('compliance.not_possible_now', '', { command: name, status: a.status })]
  if (!f.by.permissions.includes(step.permission)) return [error('access.denied', '', { permission: step.permission })]
  return settles && a.waiting?.by.personId === f.by.personId ? [error('compliance.second_person_needed')] : []
}

export const decideAuthorisation = (a: Authorisation | null, command: AuthorisationCommand, f: AuthorisationFacts): Decision<AuthorisationEvent> => {
  const reason = command.name === 'propose' ? command.ask.reason : command.reason
  const told: Told = { at: f.at, by: { personId: f.by.personId, name: f.by.name }, reason }
  if (command.name === 'propose') return proposed(command, f, told)
  if (!a) return refused(error('compliance.authorisation_unknown', '/id'))
  const issues = guard(a, command.name, f)
  if (issues.length > 0) return refused(...issues)
  switch (command.name) {
    case 'approve':
      return decided([{ type: outcomeOf[a.waiting!.change], ...told }])
    case 'reject':
      return decided([{ type: 'authorisation.rejected', change: a.waiting!.change, ...told }])
    case 'suspend':
      return decided([{ type: 'authorisation.suspended', ...told }])
    case 'ask-resume':
    case 'ask-revoke':
      return decided([{ type: 'authorisation.change-asked', change: command.name === 'ask-resume' ? 'resume' : 'revoke', ...told }])
  }
}

const statusAfter = {
  'authorisation.granted': 'granted',
  'authorisation.resumed': 'granted',
  'authorisation.suspended': 'suspended',
  'authorisation.revoked': 'revoked',
} as const

export const evolveAuthorisation = (a: Authorisation | null, e: AuthorisationEvent): Authorisation => {
  const entry = { event: e.type.replace('authorisation.', ''), at: e.at, by: e.by.name, reason: e.reason }
  const waiting = (change: Change): Authorisation['waiting'] => ({ change, by: e.by, at: e.at, reason: e.reason })
  if (e.type === 'authorisation.proposed') return { ...e.authorisation, status: 'proposed', waiting: waiting('grant'), history: [entry] }
  if (!a) throw new Error(`${e.type} of an authorisation that was never proposed`)
  const history = [...a.history, entry]
  if (e.type === 'authorisation.change-asked') return { ...a, waiting: waiting(e.change), history }
  if (e.type === 'authorisation.rejected') return { ...a, status: a.status === 'proposed' ? 'refused' : a.status, waiting: null, history }
  // What waited for a granted one no longer fits a suspended one: it is asked for anew.
  return { ...a, status: statusAfter[e.type], waiting: null, history }
}

/** Does it hold on a legal day? */
const holds = (a: Pick<Authorisation, 'status' | 'validFrom' | 'validTo'>, date: string): boolean =>
  a.status === 'granted' && a.validFrom <= date && (a.validTo === null || date <= a.validTo)

/** More favourable treatment in controls of customs law is for AEOC and AEOF; AEOS concerns security alone (UCC Art. 38(6), Delegated Regulation Art. 24). */
export const isTrusted = (all: readonly Pick<Authorisation, 'kind' | 'status' | 'validFrom' | 'validTo'>[], date: string): boolean =>
  all.some((a) => a.kind !== 'AEOS' && holds(a, date))
