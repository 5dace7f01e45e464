/** `decide(state, command, facts)`: first what may happen now (the transition table), then the command's own rule. Pure. */
import { type Decision, refused } from '#kernel/decide.ts'
import { type DeclarationEvent, statusOf } from '../declaration.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { transitions } from '../schema/transitions.ts'
import { assess, remindPayment, settle } from './assess.ts'
import { recordAllocation } from './quota.ts'
import {
  addRequirement,
  answerRequirement,
  approveRelease,
  assign,
  lowerLane,
  proposeRelease,
  raiseLane,
  recordControl,
  recordExit,
  resolveControl,
  seize,
} from './control.ts'
import { arrive, lodge } from './lodge.ts'
import { endTransit } from './transit.ts'
import { decideRequest, requestAmendment, requestInvalidation } from './request.ts'
import { type Command, type Decider, type Facts, issue } from './types.ts'

export type { By, Command, Facts } from './types.ts'

const deciders: { [N in Command['name']]: Decider<N> } = {
  lodge,
  assess,
  settle,
  arrive,
  seize,
  assign,
  'request-amendment': requestAmendment,
  'request-invalidation': requestInvalidation,
  'decide-request': decideRequest,
  'record-control': recordControl,
  'resolve-control': resolveControl,
  'raise-lane': raiseLane,
  'lower-lane': lowerLane,
  'propose-release': proposeRelease,
  'approve-release': approveRelease,
  'add-requirement': addRequirement,
  'answer-requirement': answerRequirement,
  'record-exit': recordExit,
  'end-transit': endTransit,
  'remind-payment': remindPayment,
  'record-allocation': recordAllocation,
}

export const decide = (state: DeclarationState | null, command: Command, facts: Facts): Decision<DeclarationEvent> => {
  const status = statusOf(state)
  const transition = transitions[status][command.name]
  if (!transition) return refused(issue('clearance.not_possible_now', '', { command: command.name, status }))
  if (transition.by !== 'system' && !facts.by.permissions.includes(transition.permission))
    return refused(issue('access.denied', '', { permission: transition.permission }))
  if (transition.stepUp && !facts.by.steppedUp) return refused(issue('identity.step_up_required'))
  if (transition.reason && !('reason' in command ? command.reason : 'remarks' in command ? command.remarks : '').trim())
    return refused(issue('clearance.reason_missing', '/reason'))
  return (deciders[command.name] as Decider<Command['name']>)(state, command as never, facts)
}
