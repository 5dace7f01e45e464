/** Tariff quotas and licences on a declaration: what was claimed, what was told out, what still stands in the way. */
import { canonicalJson } from '#kernel/canonical-json.ts'
import { decided, refused } from '#kernel/decide.ts'
import type { Instant } from '#kernel/time.ts'
import type { DeclarationEvent, LicenceAnswer } from '../declaration.ts'
import type { DeclarationState, Requirement } from '../schema/lifecycle.ts'
import { type Decider, given, issue, type Facts } from './types.ts'

/** A share that is not told yet: until then the duty is not final (UCC-IA Art. 51). */
export const awaitsAllocation = (s: DeclarationState): boolean => Object.values(s.quotas?.claims ?? {}).some((c) => c.allocated === null)

/** The claims of this version, where they are not those that stand already. */
export const claimEvents = (s: DeclarationState, facts: Facts): DeclarationEvent[] => {
  const claims = facts.assessment?.quotas ?? {}
  const same = canonicalJson(claims) === canonicalJson(s.quotas?.claims ?? {})
  return !s.acceptedAt || same ? [] : [{ type: 'declaration.quota-claimed', at: facts.at, claims }]
}

const requirementId = (a: LicenceAnswer): string => `licence/${a.itemNumber}/${a.documentCode}`.slice(0, 60)

const open = (a: LicenceAnswer): Requirement => ({
  id: requirementId(a),
  kind: 'licence',
  reference: a.number,
  status: 'unfulfilled',
  reason: a.problems.join(', '),
})

/**
 * A licence that could not be written off keeps the goods where they are until it can, or another one is stated. What a licence no
 * longer stands in the way of is fulfilled by the same answer.
 */
export const licenceEvents = (s: DeclarationState, answers: readonly LicenceAnswer[] | undefined, at: Instant): DeclarationEvent[] => {
  if (!s.acceptedAt || answers === undefined) return []
  const short = answers.filter((a) => a.problems.length > 0)
  const waiting = s.requirements.filter((r) => r.kind === 'licence' && r.status === 'unfulfilled')
  const known = new Set(waiting.map((r) => r.id))
  const ids = new Set(short.map(requirementId))
  const same = canonicalJson(answers) === canonicalJson(s.licences ?? [])
  return [
    ...(same ? [] : [{ type: 'declaration.licences-written-off' as const, at, licences: [...answers] }]),
    ...short
      .filter((a) => !known.has(requirementId(a)))
      .map((a): DeclarationEvent => ({ type: 'declaration.requirement-added', requirement: open(a) })),
    ...waiting
      .filter((r) => !ids.has(r.id))
      .map((r): DeclarationEvent => ({ type: 'declaration.requirement-answered', id: r.id, status: 'fulfilled', by: 'system', at, reason: '' })),
  ]
}

/** The day's allocation has decided: the duty is assessed anew, and what is owed more or less is settled. */
export const recordAllocation: Decider<'record-allocation'> = (state, _command, facts) => {
  const claims = given(facts.quotas, 'quotas')
  const undecided = Object.values(claims).some((c) => c.allocated === null)
  if (undecided || canonicalJson(claims) === canonicalJson(state!.quotas?.claims ?? {})) return refused(issue('clearance.nothing_changed'))
  // A share of less than was claimed parts the goods in two, which makes a new version: the pack's own notifications count so.
  const parted = Object.values(claims).some((c) => Number(c.allocated) > 0 && c.allocated !== c.quantity)
  return decided([{ type: 'declaration.quota-allocated', at: facts.at, version: state!.version + (parted ? 1 : 0), claims }])
}
