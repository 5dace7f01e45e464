import type { Decision } from '#kernel/decide.ts'
import type { Issue } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import type { AssessmentFacts, Settlement } from '#schema/duty'
import type { SelectionFacts } from '#schema/risk'
import type { QuotaFact } from '#schema/trade'
import type { DeclarationEvent, LicenceAnswer, Opening } from '../declaration.ts'
import type { RuleFacts } from '../rules/facts.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState, Finding, TransitEnd, Unreported } from '../schema/lifecycle.ts'

/** Who commands: enough to write down and to keep people from deciding on their own work. */
export type By = { personId: string; name: string; registration: string | null; permissions: string[]; steppedUp: boolean }

export type Command =
  | { name: 'lodge'; document: DeclarationDocument }
  | { name: 'assess' }
  | { name: 'settle' }
  | { name: 'arrive'; location?: string; unreported?: Unreported; /** of the message that presented the goods */ lrn?: string }
  | { name: 'request-amendment'; document: DeclarationDocument; unreported: Unreported; lrn: string; reason: string }
  | { name: 'request-invalidation'; lrn: string; reason: string }
  | { name: 'decide-request'; grant: boolean; reason: string }
  | { name: 'record-control'; controlId: string; conform: boolean; remarks: string; findings: Finding[] }
  | { name: 'resolve-control'; controlId: string; reason: string }
  | { name: 'raise-lane'; lane: 'yellow' | 'red'; reason: string }
  | { name: 'lower-lane'; reason: string }
  | { name: 'assign'; to: { personId: string; name: string } | null }
  | { name: 'propose-release'; reason: string }
  | { name: 'approve-release' }
  | { name: 'seize'; reason: string }
  | { name: 'add-requirement'; id: string; kind: 'permit' | 'image' | 'seal' | 'agency' | 'licence'; reference: string }
  | { name: 'answer-requirement'; id: string; fulfilled: boolean; reason: string }
  | { name: 'record-exit'; office: string }
  | { name: 'end-transit'; outcome: TransitEnd['outcome']; office: string; reason: string }
  | { name: 'remind-payment' }
  | { name: 'record-allocation' }

/** What a decision may use besides state and command. Each command uses its part; the journal keeps exactly what was given. */
export type Facts = {
  at: Instant
  by: By
  /** lodge: identity of the new declaration */
  opening?: Opening
  /** lodge, amendment: answers of the reference data to the rules */
  rules?: RuleFacts
  /** assess */
  assessment?: AssessmentFacts
  selection?: SelectionFacts
  controlIds?: string[]
  controlDueAt?: Instant
  /** assess: what the licences of an accepted declaration answered when they were written off */
  licences?: LicenceAnswer[]
  /** record-allocation: how its claims stand now, by item number */
  quotas?: Record<string, QuotaFact>
  /** settle: what the ledger answered when it was asked to cover the duty */
  settlement?: Settlement
  /** end-transit: a trip under seal goes on with its goods, and ends it */
  underSeal?: boolean
  /** settle: an order by which part of the duty is only secured, so that release comes before clearance */
  securedOnly?: boolean
}

export type Decider<N extends Command['name']> = (
  state: DeclarationState | null,
  command: Extract<Command, { name: N }>,
  facts: Facts,
) => Decision<DeclarationEvent>

/** A fact that the service forgot is a fault of ours, not a refusal. */
export const given = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Error(`decide was not given the fact ${name}`)
  return value
}

export const issue = (code: string, path = '', params?: Issue['params']): Issue => ({ code, severity: 'error', path, ...(params && { params }) })
