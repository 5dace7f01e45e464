/** Payments that the bank is to make, and the files they go out in. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { windowOf, type ListQuery } from '#platform/listing.ts'
import type { OrderRow, PaymentFileRow } from '../schema.ts'

export type Order = OrderRow & {
  id: string
  administration: string
  mandate: { reference: string; signedOn: string } | null
  accountId: number | null
}
type OrderSql = {
  id: string
  end_to_end: string
  administration: string
  direction: OrderRow['direction']
  currency: string
  amount_minor: number
  name: string
  iban: string
  mandate: string | null
  mandate_signed: string | null
  reference: string
  account_id: number | null
  status: OrderRow['status']
  created_at: string
}

const columns = (db: Reader) =>
  db`id, end_to_end, administration, direction, currency, amount_minor, name, iban, mandate, mandate_signed, reference, account_id, status, created_at`

const toOrder = (r: OrderSql): Order => ({
  id: r.id,
  administration: r.administration,
  endToEnd: r.end_to_end,
  direction: r.direction,
  money: { minor: r.amount_minor, currency: r.currency },
  name: r.name,
  iban: r.iban,
  reference: r.reference,
  status: r.status,
  createdAt: r.created_at,
  mandate: r.mandate === null ? null : { reference: r.mandate, signedOn: r.mandate_signed! },
  accountId: r.account_id,
})

export const insertOrder = async (tx: Tx, o: Order): Promise<void> => {
  await tx`
    insert into duty.payment_order (id, end_to_end, administration, direction, currency, amount_minor, name, iban, mandate, mandate_signed, reference, account_id, status, created_at)
    values (${o.id}, ${o.endToEnd}, ${o.administration}, ${o.direction}, ${o.money.currency}, ${o.money.minor}, ${o.name}, ${o.iban}, ${o.mandate?.reference ?? null},
      ${o.mandate?.signedOn ?? null}, ${o.reference}, ${o.accountId}, ${o.status}, ${o.createdAt})`
}

export const lockOrder = async (tx: Tx, endToEnd: string): Promise<Order | null> => {
  const [row] = await tx<OrderSql[]>`select ${columns(tx)} from duty.payment_order where end_to_end = ${endToEnd} for update`
  return row ? toOrder(row) : null
}

export const findOrders = async (db: Reader, endToEnds: readonly string[]): Promise<Order[]> =>
  (await db<OrderSql[]>`select ${columns(db)} from duty.payment_order where end_to_end = any(${[...endToEnds]}::text[])`).map(toOrder)

export const readyOrders = async (tx: Tx, administration: string, direction: OrderRow['direction']): Promise<Order[]> =>
  (
    await tx<OrderSql[]>`
      select ${columns(tx)} from duty.payment_order where administration = ${administration} and direction = ${direction} and status = 'ready' order by created_at, end_to_end limit 5000 for update`
  ).map(toOrder)

export const setOrder = async (tx: Tx, id: string, status: OrderRow['status']): Promise<void> => {
  await tx`update duty.payment_order set status = ${status} where id = ${id}`
}

export const listOrders = async (db: Reader, q: ListQuery & { status?: string }): Promise<{ rows: OrderRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`(${q.status ?? null}::text is null or status = ${q.status ?? null})`
  const rows = await db<
    OrderSql[]
  >`select ${columns(db)} from duty.payment_order where ${where} order by created_at desc, end_to_end limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.payment_order where ${where}`
  return {
    rows: rows.map(toOrder).map(({ id: _id, administration: _a, mandate: _m, accountId: _c, ...row }) => row),
    total: count!.n,
  }
}

export type PaymentFile = PaymentFileRow & { administration: string; content: string; sha256: string; createdById: string }
type FileSql = {
  id: string
  kind: PaymentFileRow['kind']
  message_id: string
  execute_on: string
  orders: number
  currency: string
  sum_minor: number
  created_at: string
  created_by_name: string
}

/** Keeps a file and takes its orders into it. */
export const insertFile = async (tx: Tx, f: PaymentFile, orderIds: readonly string[]): Promise<void> => {
  await tx`
    insert into duty.payment_file (id, administration, kind, message_id, execute_on, orders, currency, sum_minor, content, sha256, created_at, created_by, created_by_name)
    values (${f.id}, ${f.administration}, ${f.kind}, ${f.messageId}, ${f.executeOn}, ${f.orders}, ${f.sum.currency}, ${f.sum.minor}, ${f.content}, ${f.sha256}, ${f.createdAt}, ${f.createdById},
      ${f.createdBy})`
  await tx`update duty.payment_order set status = 'filed', file_id = ${f.id} where id = any(${[...orderIds]}::uuid[])`
}

export const listFiles = async (db: Reader, q: ListQuery): Promise<{ rows: PaymentFileRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const rows = await db<FileSql[]>`
    select id, kind, message_id, execute_on, orders, currency, sum_minor, created_at, created_by_name from duty.payment_file order by created_at desc, id limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.payment_file`
  return {
    rows: rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      messageId: r.message_id,
      executeOn: r.execute_on,
      orders: r.orders,
      sum: { minor: r.sum_minor, currency: r.currency } satisfies Money,
      createdAt: r.created_at,
      createdBy: r.created_by_name,
    })),
    total: count!.n,
  }
}

export const readFileContent = async (db: Reader, id: string): Promise<{ messageId: string; content: string } | null> => {
  const [row] = await db<{ message_id: string; content: string }[]>`select message_id, content from duty.payment_file where id = ${id}`
  return row ? { messageId: row.message_id, content: row.content } : null
}
