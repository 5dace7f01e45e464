/** The day's allocation: all claims of a period that may be served, in one transaction; their subjects hear of it within it. */
import type { Instant, LegalDate } from '#kernel/time.ts'
import { actorOf } from '#platform/command.ts'
import { inTransaction, type Sql, type Tx } from '#platform/database.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { allocate } from '../quota.ts'
import { applyEvents, lockPeriods, periodsToServe, saveShares, waitingClaims } from '../store.ts'

type Subject = { kind: string; id: string }
/** Upwards by subscription, connected in app.ts: whoever a claim belongs to puts the work that follows into this very transaction. */
export type AllocatedHandler = (tx: Tx, subjects: readonly Subject[], at: Instant) => Promise<void>
let handler: AllocatedHandler = () => Promise.resolve()
export const onAllocated = (next: AllocatedHandler): void => {
  handler = next
}

const actor = actorOf(systemPrincipal('Portcullis'))

/** Serves one period. Run twice, also at the same moment, the second finds nothing left to serve. */
export const allocatePeriod = async (tx: Tx, id: string, through: LegalDate, at: Instant): Promise<Subject[]> => {
  const period = (await lockPeriods(tx, [id])).get(id)
  if (!period) return []
  const claims = await waitingClaims(tx, id, through)
  const { events, days } = allocate(period, claims)
  if (days.length === 0) return []
  await applyEvents(tx, period, events, { actor, at, command: 'quota.allocate', payload: { through }, facts: { claims, days } })
  const subjects = await saveShares(
    tx,
    days.flatMap((d) => d.shares),
    at,
  )
  await handler(tx, subjects, at)
  return subjects
}

/** Serves every period of an administration through a day, each in a transaction of its own. Answers how many claims' subjects were told. */
export const allocateThrough = async (sql: Sql, administration: string, through: LegalDate, at: Instant): Promise<Subject[]> => {
  const told: Subject[] = []
  for (const id of await periodsToServe(sql, administration, through))
    told.push(...(await inTransaction(sql, (tx) => allocatePeriod(tx, id, through, at))))
  return told
}
