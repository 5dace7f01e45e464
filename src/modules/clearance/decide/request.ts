import { decided, refused } from '#kernel/decide.ts'
import { hasErrors } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import type { DeclarationEvent } from '../declaration.ts'
import { statusOf } from '../declaration.ts'
import { validate } from '../rules/index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState, PendingRequest, Unreported } from '../schema/lifecycle.ts'
import { type By, type Decider, given, issue } from './types.ts'

/** Goods under way in transit go with the declaration that their guarantee and their trip were bound to. */
const isUnderWay = (s: DeclarationState): boolean => s.regime === 'transit' && s.releasedAt !== undefined

/** After an intention to examine was told, or after release, a request is an officer's to decide (UCC Art. 173(2), 174). */
const needsOfficer = (s: DeclarationState, kind: PendingRequest['kind']): boolean => {
  const status = statusOf(s)
  if (status === 'under-control') return !s.controls.every((c) => c.kind === 'documentary') || kind === 'invalidation'
  return kind === 'invalidation' && (status === 'released' || status === 'cleared') && s.regime === 'import'
}

const amended = (
  s: DeclarationState,
  document: DeclarationDocument,
  unreported: Unreported,
  lrn: string,
  at: Instant,
  by: string,
): DeclarationEvent[] => [
  { type: 'declaration.amended', at, version: s.version + 1, document, unreported, lrn, by },
  // The corrected data answers what the documentary control found; a physical finding stays until an officer has looked.
  ...s.controls
    .filter((c) => c.kind === 'documentary' && (c.status === 'open' || c.status === 'discrepant'))
    .map((c): DeclarationEvent => ({
      type: 'declaration.control-closed',
      id: c.id,
      at,
      as: 'resolved',
      reason: 'clearance.closed_by_amendment',
      by,
      byId: '',
    })),
]

const request = (
  kind: PendingRequest['kind'],
  by: By,
  at: Instant,
  rest: Pick<PendingRequest, 'lrn' | 'reason'> & Partial<PendingRequest>,
): PendingRequest => ({ kind, requestedAt: at, by: by.name, byId: by.personId, ...rest })

export const requestAmendment: Decider<'request-amendment'> = (state, command, facts) => {
  const s = state!
  if (isUnderWay(s)) return refused(issue('clearance.transit_under_way', '', { mrn: s.mrn }))
  if (s.request) return refused(issue('clearance.request_pending', '', { lrn: s.request.lrn }))
  if (command.unreported.changes.length === 0) return refused(issue('clearance.nothing_changed'))
  const issues = validate(command.document, given(facts.rules, 'rules'))
  if (hasErrors(issues)) return refused(...issues)
  const pending = request('amendment', facts.by, facts.at, {
    lrn: command.lrn,
    reason: command.reason,
    document: command.document,
    unreported: command.unreported,
  })
  const received: DeclarationEvent = { type: 'declaration.request-received', request: pending }
  if (needsOfficer(s, 'amendment')) return decided([received], issues)
  return decided([received, ...amended(s, command.document, command.unreported, command.lrn, facts.at, 'system')], issues)
}

export const requestInvalidation: Decider<'request-invalidation'> = (state, command, facts) => {
  const s = state!
  if (isUnderWay(s)) return refused(issue('clearance.transit_under_way', '', { mrn: s.mrn }))
  if (s.request) return refused(issue('clearance.request_pending', '', { lrn: s.request.lrn }))
  const received: DeclarationEvent = {
    type: 'declaration.request-received',
    request: request('invalidation', facts.by, facts.at, { lrn: command.lrn, reason: command.reason }),
  }
  if (needsOfficer(s, 'invalidation')) return decided([received])
  return decided([received, { type: 'declaration.invalidated', at: facts.at, by: 'system', reason: command.reason, lrn: command.lrn }])
}

/** An officer grants or refuses. Invalidating goods that were released takes a second officer. */
export const decideRequest: Decider<'decide-request'> = (state, command, facts) => {
  const s = state!
  const pending = s.request
  if (!pending) return refused(issue('clearance.no_request'))
  if (pending.byId === facts.by.personId) return refused(issue('clearance.own_work'))
  if (!command.grant) return decided([{ type: 'declaration.request-refused', at: facts.at, reason: command.reason, by: facts.by.name }])
  if (pending.kind === 'amendment') return decided(amended(s, pending.document!, pending.unreported!, pending.lrn, facts.at, facts.by.name))
  const invalidated: DeclarationEvent = { type: 'declaration.invalidated', at: facts.at, by: facts.by.name, reason: command.reason, lrn: pending.lrn }
  if (!s.releasedAt) return decided([invalidated])
  if (!pending.approval) return decided([{ type: 'declaration.request-approved', at: facts.at, by: facts.by.name, byId: facts.by.personId }])
  if (pending.approval.byId === facts.by.personId) return refused(issue('clearance.second_person_needed'))
  return decided([invalidated])
}
