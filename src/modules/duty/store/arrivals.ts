/** Money on an account lets debts go on that it did not bear. */
import type { Tx } from '#platform/database.ts'
import { tellPaid } from '../subscription.ts'
import { debtsShortOn } from './debts.ts'

// More wait for the next money; one payment must not hold a transaction open for an hour.
const atOnce = 25

/** Goes on with debts that were short on this account, the oldest first. What it returns runs after the commit. */
export const goOnWithShort = async (tx: Tx, account: string, at: string): Promise<() => void> => {
  const after: (() => void)[] = []
  for (const subject of await debtsShortOn(tx, account, atOnce)) after.push(await tellPaid(tx, subject, at))
  return () => after.forEach((run) => run())
}
