/** What the work of this module needs around it, and how a command of a person is told to the journal. */
import { actorOf, once, type Done } from '#platform/command.ts'
import type { Outcome } from '#kernel/outcome.ts'
import type { Sql, Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { Subject } from '../schema.ts'

/** A person's command: who, with which key, when. */
export type By = { principal: Principal; key: string; at: string }

/** Acts once for a key, journalled on the subject; `afterCommit` runs once that is true. */
export const act = async <T>(
  sql: Sql,
  by: By,
  name: string,
  subject: Subject,
  work: (tx: Tx) => Promise<Outcome<Done<T> & { afterCommit?: () => void }>>,
  creates = false,
): Promise<Outcome<T>> => {
  let afterCommit = (): void => undefined
  const done = await once<T>(sql, { key: by.key, actor: actorOf(by.principal), name, subject, at: by.at, creates }, async (tx) => {
    const outcome = await work(tx)
    if (outcome.ok) afterCommit = outcome.value.afterCommit ?? afterCommit
    return outcome
  })
  if (done.ok) afterCommit()
  return done
}
