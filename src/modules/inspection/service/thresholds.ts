/** The thresholds of sites: proposed by one person, put into force by another, withdrawn by either. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import type { ProposeThresholds } from '../schema/threshold-set.ts'
import { approveThresholds, insertThresholds, lockThresholds, withdrawThresholds } from '../store/thresholds.ts'
import { newId } from './ids.ts'

const permission = 'inspection:threshold:manage'
type Core = Pick<Deps, 'sql'>
type Done = { id: string }

export const proposeThresholds = async ({ sql }: Core, asking: Asking, proposal: ProposeThresholds): Promise<Outcome<Done>> => {
  if (!officeAllowed(asking.principal, proposal.office, permission)) return refuse(error('access.denied', '/office', { permission }))
  if (proposal.review > proposal.divert) return refuse(error('inspection.thresholds_crossed', '/divert'))
  const id = newId(asking.now)
  return once<Done>(sql, commandOf(asking, 'thresholds.propose', { kind: 'thresholds', id }, true), async (tx) => {
    await insertThresholds(tx, id, proposal, asking.principal, asking.now)
    return accept({ body: { payload: proposal, facts: {}, events: [{ type: 'thresholds.proposed', ...proposal }] }, reply: { id } })
  })
}

/** Puts a proposal into force, or takes it out of it. Whoever proposed it does not approve it. */
export const decideThresholds = ({ sql }: Core, asking: Asking, id: string, decision: 'approve' | 'withdraw'): Promise<Outcome<Done>> =>
  once<Done>(sql, commandOf(asking, `thresholds.${decision}`, { kind: 'thresholds', id }), async (tx) => {
    const set = await lockThresholds(tx, id)
    if (!set || !officeAllowed(asking.principal, set.office, permission)) return refuse(error('inspection.thresholds_unknown', '/id', { id }))
    if (set.withdrawnAt || (decision === 'approve' && set.approvedAt)) return refuse(error('inspection.thresholds_settled'))
    if (decision === 'approve' && set.proposedById === asking.principal.personId) return refuse(error('inspection.thresholds_own'))
    if (decision === 'approve') await approveThresholds(tx, id, asking.principal, asking.now)
    else await withdrawThresholds(tx, id, asking.now)
    const type = decision === 'approve' ? 'thresholds.approved' : 'thresholds.withdrawn'
    return accept({ body: { payload: { id }, facts: { set }, events: [{ type, by: asking.principal.name }] }, reply: { id } })
  })
