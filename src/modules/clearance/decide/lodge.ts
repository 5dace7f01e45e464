import { decided, refused } from '#kernel/decide.ts'
import { hasErrors } from '#kernel/issue.ts'
import type { DeclarationEvent } from '../declaration.ts'
import { validate } from '../rules/index.ts'
import { type Decider, given, issue } from './types.ts'

/**
 * Lodging is registered whatever comes of it: a declaration with errors gets an MRN, a rejection with every reason, and its end.
 * Goods that are here are accepted at once (UCC Art. 172); pre-lodged ones wait for their arrival (UCC Art. 171).
 */
export const lodge: Decider<'lodge'> = (_state, command, facts) => {
  const opening = given(facts.opening, 'opening')
  const issues = validate(command.document, given(facts.rules, 'rules'))
  const events: DeclarationEvent[] = [{ type: 'declaration.lodged', at: facts.at, opening, document: command.document }]
  if (hasErrors(issues)) events.push({ type: 'declaration.rejected', at: facts.at, issues })
  else if (!opening.prelodged) events.push({ type: 'declaration.accepted', at: facts.at, issues })
  return decided(events, issues)
}

/** The goods of a pre-lodged declaration are presented (UCC Art. 139): now it can be accepted. */
export const arrive: Decider<'arrive'> = (state, command, facts) => {
  if (state!.arrived) return refused(issue('clearance.already_arrived'))
  return decided([
    {
      type: 'declaration.arrived',
      at: facts.at,
      ...(command.location && { location: command.location }),
      ...(command.unreported && { unreported: command.unreported }),
    },
    { type: 'declaration.accepted', at: facts.at, issues: state!.issues },
  ])
}
