import { decided, refused } from '#kernel/decide.ts'
import type { DeclarationEvent } from '../declaration.ts'
import { holds } from '../declaration.ts'
import type { Control, DeclarationState } from '../schema/lifecycle.ts'
import { type By, type Decider, given, issue } from './types.ts'

const permissionOf: Record<Control['kind'], string> = { documentary: 'clearance:control:documentary', physical: 'clearance:control:physical' }

const findControl = (s: DeclarationState, id: string) => s.controls.find((c) => c.id === id)

/** Nobody controls or releases what they lodged themselves. */
const ownWork = (s: DeclarationState, by: By): boolean => s.submitter.personId === by.personId

export const recordControl: Decider<'record-control'> = (state, command, facts) => {
  const s = state!
  const control = findControl(s, command.controlId)
  if (!control) return refused(issue('clearance.control_unknown', '/controlId'))
  if (control.status !== 'open') return refused(issue('clearance.control_closed', '/controlId'))
  if (ownWork(s, facts.by)) return refused(issue('clearance.own_work'))
  if (!facts.by.permissions.includes(permissionOf[control.kind]))
    return refused(issue('access.denied', '', { permission: permissionOf[control.kind] }))
  if (!command.conform && command.findings.length === 0) return refused(issue('clearance.findings_missing', '/findings'))
  return decided([
    {
      type: 'declaration.control-recorded',
      id: control.id,
      at: facts.at,
      conform: command.conform,
      remarks: command.remarks,
      findings: command.findings,
      by: facts.by.name,
      byId: facts.by.personId,
    },
  ])
}

/** A discrepancy is settled without an amendment, for a stated reason, by somebody other than the one who found it. */
export const resolveControl: Decider<'resolve-control'> = (state, command, facts) => {
  const control = findControl(state!, command.controlId)
  if (!control) return refused(issue('clearance.control_unknown', '/controlId'))
  if (control.status !== 'discrepant') return refused(issue('clearance.control_not_discrepant', '/controlId'))
  if (control.result?.byId === facts.by.personId) return refused(issue('clearance.second_person_needed'))
  return decided([
    {
      type: 'declaration.control-closed',
      id: control.id,
      at: facts.at,
      as: 'resolved',
      reason: command.reason,
      by: facts.by.name,
      byId: facts.by.personId,
    },
  ])
}

const order = { green: 0, blue: 1, yellow: 2, red: 3 }

export const raiseLane: Decider<'raise-lane'> = (state, command, facts) => {
  const s = state!
  if (s.lane && order[s.lane.lane] >= order[command.lane]) return refused(issue('clearance.lane_not_higher', '/lane', { lane: s.lane.lane }))
  const kind = command.lane === 'red' ? 'physical' : 'documentary'
  const reasons = [{ code: 'clearance.raised_by_officer', params: { by: facts.by.name, reason: command.reason } }]
  return decided([
    {
      type: 'declaration.lane-assigned',
      lane: { lane: command.lane, reasons: [...(s.lane?.reasons ?? []), ...reasons], by: facts.by.name, at: facts.at },
    },
    {
      type: 'declaration.control-opened',
      control: {
        id: given(facts.controlIds, 'controlIds')[0]!,
        kind,
        blocking: true,
        status: 'open',
        openedAt: facts.at,
        ...(facts.controlDueAt && { dueAt: facts.controlDueAt }),
        reasons,
      },
    },
  ])
}

/** Lowering waives the open controls; only a head of office may, and it is written down with its reason. */
export const lowerLane: Decider<'lower-lane'> = (state, command, facts) => {
  const s = state!
  if (!s.lane || s.lane.lane === 'green') return refused(issue('clearance.lane_not_lower'))
  const open = s.controls.filter((c) => c.status === 'open')
  const waived = open.map((c): DeclarationEvent => ({
    type: 'declaration.control-closed',
    id: c.id,
    at: facts.at,
    as: 'waived',
    reason: command.reason,
    by: facts.by.name,
    byId: facts.by.personId,
  }))
  const reasons = [...s.lane.reasons, { code: 'clearance.lowered_by_officer', params: { by: facts.by.name, reason: command.reason } }]
  return decided([{ type: 'declaration.lane-assigned', lane: { lane: 'green', reasons, by: facts.by.name, at: facts.at } }, ...waived])
}

export const assign: Decider<'assign'> = (state, command, facts) => {
  const mine = (command.to ?? state!.assignedTo)?.personId === facts.by.personId
  if (!mine && !facts.by.permissions.includes('clearance:work:assign'))
    return refused(issue('access.denied', '', { permission: 'clearance:work:assign' }))
  return decided([{ type: 'declaration.assigned', at: facts.at, to: command.to }])
}

/** Release by hand, first person: goods that a hold or unpaid duty would keep. */
export const proposeRelease: Decider<'propose-release'> = (state, command, facts) => {
  const s = state!
  if (ownWork(s, facts.by)) return refused(issue('clearance.own_work'))
  if (s.proposal) return refused(issue('clearance.release_already_proposed', '', { by: s.proposal.by }))
  return decided([{ type: 'declaration.release-proposed', at: facts.at, reason: command.reason, by: facts.by.name, byId: facts.by.personId }])
}

/** Release by hand, second person. Clearance still waits for the duty. */
export const approveRelease: Decider<'approve-release'> = (state, _command, facts) => {
  const s = state!
  const proposal = s.proposal
  if (!proposal) return refused(issue('clearance.no_release_proposed'))
  if (proposal.byId === facts.by.personId) return refused(issue('clearance.second_person_needed'))
  if (ownWork(s, facts.by)) return refused(issue('clearance.own_work'))
  const refusedRequirement = s.requirements.find((r) => r.status === 'refused')
  if (refusedRequirement) return refused(issue('clearance.refused_by_agency', '', { reference: refusedRequirement.reference }))
  const open = s.controls.filter((c) => c.status === 'open' || c.status === 'discrepant')
  return decided([
    ...open.map((c): DeclarationEvent => ({
      type: 'declaration.control-closed',
      id: c.id,
      at: facts.at,
      as: 'waived',
      reason: proposal.reason,
      by: facts.by.name,
      byId: facts.by.personId,
    })),
    { type: 'declaration.released', at: facts.at, by: `${proposal.by}, ${facts.by.name}`, reason: proposal.reason },
  ])
}

export const seize: Decider<'seize'> = (state, command, facts) => {
  const found = state!.controls.some((c) => c.status === 'discrepant') || state!.requirements.some((r) => r.status === 'refused')
  if (!found) return refused(issue('clearance.nothing_found_to_seize'))
  return decided([{ type: 'declaration.seized', at: facts.at, by: facts.by.name, reason: command.reason }])
}

export const addRequirement: Decider<'add-requirement'> = (state, command) => {
  if (state!.requirements.some((r) => r.id === command.id)) return decided([])
  return decided([
    {
      type: 'declaration.requirement-added',
      requirement: { id: command.id, kind: command.kind, reference: command.reference, status: 'unfulfilled' },
    },
  ])
}

export const answerRequirement: Decider<'answer-requirement'> = (state, command, facts) => {
  if (!state!.requirements.some((r) => r.id === command.id)) return refused(issue('clearance.requirement_unknown', '/id'))
  return decided([
    {
      type: 'declaration.requirement-answered',
      id: command.id,
      status: command.fulfilled ? 'fulfilled' : 'refused',
      by: facts.by.name,
      at: facts.at,
      reason: command.reason,
    },
  ])
}

export const recordExit: Decider<'record-exit'> = (state, command, facts) => {
  if (state!.regime !== 'export') return refused(issue('clearance.exit_is_for_exports'))
  if (holds(state!).length > 0) return refused(issue('clearance.exit_on_hold'))
  return decided([{ type: 'declaration.exited', at: facts.at, office: command.office }])
}
