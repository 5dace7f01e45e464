/** What is deferred: stated for each month, collected on the 16th of the next (UCC Art. 111), by direct debit where there is a mandate. */
import { randomUUID } from 'node:crypto'
import { inTransaction, violates, type Sql, type Tx } from '#platform/database.ts'
import { dayIn, loadReference, type Reference } from '#modules/reference'
import { addDays, addMonths } from '../calendar.ts'
import { takeIn } from '../store/accounts.ts'
import { deferredBefore, type Deferred } from '../store/deferment.ts'
import { findOrders, insertOrder } from '../store/orders.ts'
import { nextNumber } from '../store/posts.ts'
import { insertStatement, mandateOf, monthsToState, statementFor } from '../store/statements.ts'
import { goOnWithShort } from './settle.ts'

const collectedOnDay = 16

/** States the month before; asked again it states only what is missing. Answers how many statements were written. */
export const issueStatements = async (sql: Sql, at: string): Promise<number> => {
  const thisMonth = `${at.slice(0, 7)}-01`
  const month = addMonths(thisMonth, -1)
  const dueOn = addDays(thisMonth, collectedOnDay - 1)
  const months = await monthsToState(sql, month, thisMonth)
  for (const m of months)
    await inTransaction(sql, async (tx) =>
      insertStatement(tx, await nextNumber(tx, `${m.administration}-S${month.slice(2, 4)}`), m, month, dueOn, at),
    )
  return months.length
}

/** With a mandate the bank is asked, and the money counts when it reports it. */
const orderDebit = async (tx: Tx, d: Deferred, at: string): Promise<boolean> => {
  const mandate = await mandateOf(tx, d.accountId)
  if (!mandate) return false
  const month = addMonths(`${at.slice(0, 7)}-01`, -1)
  const endToEnd = (await statementFor(tx, d.accountId, month)) ?? `DEF-${d.accountId}-${month.slice(0, 7)}`
  if ((await findOrders(tx, [endToEnd])).length > 0) return true
  await insertOrder(tx, {
    id: randomUUID(),
    endToEnd,
    administration: d.administration,
    direction: 'debit',
    money: d.money,
    name: mandate.name,
    iban: mandate.iban,
    mandate: { reference: mandate.reference, signedOn: mandate.signedOn },
    reference: endToEnd,
    accountId: d.accountId,
    status: 'ready',
    createdAt: at,
  })
  return true
}

const collect = async (tx: Tx, reference: Reference, d: Deferred, at: string): Promise<() => void> => {
  if (await orderDebit(tx, d, at)) return () => undefined
  await takeIn(tx, {
    administration: d.administration,
    kind: 'deposit',
    from: { kind: 'provider', code: 'bank' },
    accountId: d.accountId,
    subject: { kind: 'account', id: d.code },
    reference: d.code,
    money: d.money,
    key: `collect/${d.accountId}/${at.slice(0, 7)}`,
    at,
  })
  return goOnWithShort(tx, d.code, at, dayIn(reference, d.administration, at))
}

/** Collects what was deferred up to the end of the month before: without a mandate by the provider at once, with one by an order to the bank. */
export const collectDeferred = async (sql: Sql, at: string): Promise<number> => {
  const reference = await loadReference(sql)
  const due = await deferredBefore(sql, `${at.slice(0, 7)}-01`)
  for (const d of due) {
    try {
      const after = await inTransaction(sql, (tx) => collect(tx, reference, d, at))
      after()
    } catch (fault) {
      // Another process collects as well and was first.
      if (!violates(fault, 'posting_key') && !violates(fault, 'payment_order_end_to_end')) throw fault
    }
  }
  return due.length
}
