import { decided, refused } from '#kernel/decide.ts'
import { select } from '#rules/risk'
import type { DeclarationEvent } from '../declaration.ts'
import { assessed, withoutTrace } from '../facts/assessed.ts'
import { isValued } from '../rules/dataset.ts'
import type { Control } from '../schema/lifecycle.ts'
import { claimEvents, licenceEvents } from './quota.ts'
import { type Decider, given, issue } from './types.ts'

/**
 * Duty by line, then the lane with its reasons. Before acceptance it is an estimate (status 67 of DMSTAX) and draws no lane;
 * an amendment is assessed anew and keeps its lane, unless the new data hits something stronger.
 */
export const assess: Decider<'assess'> = (state, _command, facts) => {
  const s = state!
  const assessment = withoutTrace(assessed(s, given(facts.assessment, 'assessment')))
  const events: DeclarationEvent[] = [
    { type: 'declaration.assessed', at: facts.at, version: s.version, assessment },
    ...claimEvents(s, facts),
    ...licenceEvents(s, facts.licences, facts.at),
  ]
  if (!s.acceptedAt || s.lane) return decided(events)
  const selection = select(given(facts.selection, 'selection'))
  const manual = isValued(s.document) && assessment.lines.some((l) => l.status === 'manual')
  const reasons = manual ? [...selection.reasons, { code: 'clearance.manual_assessment' }] : selection.reasons
  const lane = manual && selection.lane !== 'red' ? 'yellow' : selection.lane
  events.push({ type: 'declaration.lane-assigned', lane: { lane, reasons, by: 'selection', at: facts.at } })
  const controls =
    manual && !selection.controls.some((c) => c.kind === 'documentary')
      ? [...selection.controls, { kind: 'documentary' as const, blocking: true, reasons: [{ code: 'clearance.manual_assessment' }] }]
      : selection.controls
  const ids = given(facts.controlIds, 'controlIds')
  controls.forEach((c, i) => {
    const control: Control = {
      id: ids[i]!,
      kind: c.kind,
      blocking: c.blocking,
      status: 'open',
      openedAt: facts.at,
      ...(facts.controlDueAt && { dueAt: facts.controlDueAt }),
      reasons: c.reasons,
    }
    events.push({ type: 'declaration.control-opened', control })
  })
  return decided(events)
}

/**
 * Money. `settlement` is what the ledger answered within this very transaction. Covered duty and no hold release the goods
 * (UCC Art. 194, 195); where part is only secured, clearance waits for the final amount.
 */
export const settle: Decider<'settle'> = (state, _command, facts) => {
  const s = state!
  const settlement = given(facts.settlement, 'settlement')
  if (settlement.outstanding.minor > 0) {
    if (s.demandedAt) return decided([])
    return decided([{ type: 'declaration.payment-demanded', at: facts.at, settlement }])
  }
  const events: DeclarationEvent[] = []
  if (s.coveredVersion !== s.version) events.push({ type: 'declaration.covered', at: facts.at, version: s.version, settlement })
  if (!s.releasedAt) events.push({ type: 'declaration.released', at: facts.at, by: 'system' })
  if (!s.clearedAt && !facts.securedOnly) events.push({ type: 'declaration.cleared', at: facts.at })
  return decided(events)
}

export const remindPayment: Decider<'remind-payment'> = (state, _command, facts) =>
  state!.demandedAt ? decided([{ type: 'declaration.payment-reminded', at: facts.at }]) : refused(issue('clearance.nothing_due'))
