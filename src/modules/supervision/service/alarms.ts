/** The alarm desk: who has seen an alarm, and what they say it is. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import type { AcknowledgeAlarm } from '../schema/alarm.ts'
import { acknowledge, findAlarm } from '../store/episodes.ts'

/** Acknowledges an alarm with a reason; that ends nothing, it says who has seen it. */
export const acknowledgeAlarm = async (
  { sql, bus }: Pick<Deps, 'sql' | 'bus'>,
  asking: Asking,
  id: string,
  reason: AcknowledgeAlarm,
): Promise<Outcome<{ id: string }>> => {
  const outcome = await once(sql, commandOf(asking, 'alarm.acknowledge', { kind: 'alarm', id }), async (tx) => {
    const alarm = await findAlarm(tx, id)
    if (!alarm || !alarm.offices.some((o) => officeAllowed(asking.principal, o, 'supervision:alarm:acknowledge')))
      return refuse(error('supervision.alarm_unknown', '/id', { id }))
    if (!(await acknowledge(tx, id, reason, asking.principal.name, asking.now)))
      return refuse(error('supervision.alarm_acknowledged', '', { by: alarm.acknowledgedBy ?? '' }))
    return accept({
      body: {
        payload: reason,
        facts: { kind: alarm.kind, subject: alarm.subject },
        events: [{ type: 'alarm.acknowledged', by: asking.principal.name, ...reason }],
      },
      reply: { id },
    })
  })
  if (outcome.ok) bus.announce({ topic: 'alarm', id })
  return outcome
}
