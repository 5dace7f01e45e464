/** Payment files out: what is ready goes into one ISO 20022 file for the bank; a file, once made, is fetched and never made again. */
import { createHash, randomUUID } from 'node:crypto'
import { error } from '#kernel/issue.ts'
import { sum } from '#kernel/money.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { Sql } from '#platform/database.ts'
import { dayIn, type Reference } from '#modules/reference'
import { writePain001, writePain008, type Initiation } from '../bank/pain.ts'
import type { PaymentFileRow } from '../schema.ts'
import { insertFile, readyOrders, type Order, type PaymentFile } from '../store/orders.ts'
import { nextNumber } from '../store/posts.ts'
import { act, type By } from './context.ts'

type Wanted = { kind: 'pain.001' | 'pain.008'; executeOn: string }

const initiationOf = (
  reference: Reference,
  administration: string,
  orders: readonly Order[],
  messageId: string,
  w: Wanted,
  at: string,
): Initiation | null => {
  const own = reference.administration(administration, w.executeOn)
  if (!own?.bank) return null
  return {
    messageId,
    createdAt: at,
    executeOn: w.executeOn,
    party: { name: own.name, iban: own.bank.account, creditorId: own.bank.reference },
    orders: orders.map((o) => ({
      endToEnd: o.endToEnd,
      money: o.money,
      name: o.name,
      iban: o.iban,
      reference: o.reference,
      ...(o.mandate && { mandate: o.mandate }),
    })),
  }
}

export const makeFile = (sql: Sql, reference: Reference, administration: string, w: Wanted, by: By): Promise<Outcome<PaymentFileRow>> =>
  act(
    sql,
    by,
    'payment-file.make',
    { kind: 'payment-file', id: by.key },
    async (tx) => {
      const today = dayIn(reference, administration, by.at)
      if (w.executeOn < today) return refuse(error('duty.file_date', '/executeOn', { today }))
      const orders = await readyOrders(tx, administration, w.kind === 'pain.001' ? 'credit' : 'debit')
      if (orders.length === 0) return refuse(error('duty.nothing_to_send', '/kind', { kind: w.kind }))
      const messageId = await nextNumber(tx, `${administration}-F${today.slice(2, 4)}`)
      const initiation = initiationOf(reference, administration, orders, messageId, w, by.at)
      if (!initiation) return refuse(error('duty.bank_not_configured', '', { administration }))
      const content = w.kind === 'pain.001' ? writePain001(initiation) : writePain008(initiation)
      const row: PaymentFileRow = {
        id: randomUUID(),
        kind: w.kind,
        messageId,
        executeOn: w.executeOn,
        orders: orders.length,
        sum: sum(
          orders.map((o) => o.money),
          orders[0]!.money.currency,
        ),
        createdAt: by.at,
        createdBy: by.principal.name,
      }
      const sha256 = createHash('sha256').update(content).digest('hex')
      const file: PaymentFile = { ...row, administration, content, sha256, createdById: by.principal.personId }
      await insertFile(
        tx,
        file,
        orders.map((o) => o.id),
      )
      return accept({ body: { payload: w, facts: { sha256 }, events: [{ type: 'payment-file.made', ...row }] }, reply: row })
    },
    true,
  )
