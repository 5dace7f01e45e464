/** Background work of duty: payments that the provider has not been asked for yet, and the monthly collection of what was deferred. */
import { inTransaction, type Sql } from '#platform/database.ts'
import type { Task } from '#platform/jobs.ts'
import type { Deps } from '#platform/module.ts'
import { sendPayment } from './http/provider.ts'
import { takeIn } from './store/accounts.ts'
import { goOnWithShort } from './store/arrivals.ts'
import { deferredBefore } from './store/deferment.ts'

const idOf = (payload: unknown): string => {
  const id = (payload as { id?: unknown } | null)?.id
  if (typeof id !== 'string') throw new Error('duty.send-payment was enqueued without a payment')
  return id
}

/** Takes by direct debit what was deferred up to the end of the month before (UCC Art. 111: one month's debts, paid by mid of the next). */
export const collectDeferred = async (sql: Sql, at: string): Promise<number> => {
  const month = at.slice(0, 7)
  const due = await deferredBefore(sql, `${month}-01`)
  for (const d of due) {
    const after = await inTransaction(sql, async (tx) => {
      await takeIn(tx, {
        administration: d.administration,
        kind: 'deposit',
        from: { kind: 'provider', code: 'bank' },
        accountId: d.accountId,
        subject: { kind: 'account', id: d.code },
        reference: d.code,
        money: d.money,
        key: `collect/${d.accountId}/${month}`,
        at,
      })
      return goOnWithShort(tx, d.code, at)
    })
    after()
  }
  return due.length
}

export const tasks = (deps: Deps): Task[] => [
  { name: 'duty.send-payment', work: (payload) => sendPayment(deps.sql, idOf(payload)) },
  { name: 'duty:collect-deferred', cron: '30 2 16 * *', work: async () => void (await collectDeferred(deps.sql, deps.clock())) },
]
