/** One step back: the champion before this one scores again, at once, by one person. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { lastReigns, placeModel } from '../store/models.ts'
import type { Risk } from './live.ts'

/** What was approved by two persons before may be brought back by one: it is the safe direction. */
export const rollBack = async (r: Risk, a: Asking, reason: string): Promise<Outcome<{ from: string; to: string }>> => {
  const done = await once<{ from: string; to: string }>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'risk-model.roll-back', subject: { kind: 'risk-model', id: 'champion' }, at: a.now },
    async (tx) => {
      const { now, before } = await lastReigns(tx)
      if (!now || !before) return refuse(error('risk.nothing_before'))
      const by = a.principal.personId
      await placeModel(tx, { hash: before.model, as: 'champion', how: 'rollback', proposedBy: by, approvedBy: by, at: a.now })
      const reply = { from: now.model, to: before.model }
      return accept({
        body: { payload: { reason }, facts: { now, before }, events: [{ type: 'risk-model.rolled-back', ...reply, at: a.now }] },
        reply,
      })
    },
  )
  if (done.ok) r.deps.bus.announce({ topic: 'risk', id: done.value.to })
  return done
}
