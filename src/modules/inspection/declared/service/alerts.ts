/** A declaration that comes or changes after people were done with an image: their decision stays, and whoever oversees them is told. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import type { ImageCase } from '../../schema/case.ts'
import type { Match } from '../../schema/declared.ts'
import { newId } from '../../service/ids.ts'
import { acknowledge, findAlertOffice, insertAlert, wasRed } from '../store/alerts.ts'

/** Raises an alert where a case is over and its image differs from what is declared now; the alert's id, or null where there is nothing new to tell. */
export const raiseWhenOver = async (
  tx: Tx,
  c: ImageCase,
  matchId: string,
  { level, declared: { reference, version } }: Match,
  at: string,
): Promise<string | null> => {
  if (level !== 'red' || (c.status !== 'opened' && c.status !== 'closed')) return null
  const alert = { id: newId(at), imageId: c.imageId, caseId: c.id, matchId, office: c.office, reference, version, at }
  return !(await wasRed(tx, alert)) && (await insertAlert(tx, alert)) ? alert.id : null
}

/** Says that somebody has looked, and what became of it. */
export const acknowledgeAlert = async (
  { sql, bus }: Pick<Deps, 'sql' | 'bus'>,
  asking: Asking,
  id: string,
  remarks: string,
): Promise<Outcome<{ id: string }>> => {
  const outcome = await once<{ id: string }>(sql, commandOf(asking, 'match-alert.acknowledge', { kind: 'match-alert', id }), async (tx) => {
    const office = await findAlertOffice(tx, id)
    if (office === null || !officeAllowed(asking.principal, office, 'inspection:case:oversee'))
      return refuse(error('inspection.match_alert_unknown', '/id', { id }))
    if (!(await acknowledge(tx, id, asking.principal.name, remarks, asking.now))) return refuse(error('inspection.match_alert_acknowledged'))
    const events = [{ type: 'match-alert.acknowledged', by: asking.principal.name }]
    return accept({ body: { payload: { remarks }, facts: {}, events }, reply: { id } })
  })
  if (outcome.ok) bus.announce({ topic: 'inspection', id, what: 'match-alert' })
  return outcome
}
