/** The trade side's inbox: in order, without gaps, readable again from any point, acknowledged up to a number. */
import type { Reader, Tx } from '#platform/database.ts'
import type { InboxEntry } from '../schema/views.ts'

type Row = {
  number: number
  mrn: string
  lrn: string
  function_code: string
  message_id: string
  issued_at: string
  acknowledged_at: string | null
  body: InboxEntry['notification']
}
const toEntry = (r: Row): InboxEntry => ({
  number: r.number,
  mrn: r.mrn,
  lrn: r.lrn,
  functionCode: r.function_code,
  messageId: r.message_id,
  issuedAt: r.issued_at,
  acknowledgedAt: r.acknowledged_at,
  notification: r.body,
})

export type InboxQuery = { after?: number; before?: number; limit?: number; unread?: boolean; code?: string; mrn?: string; newestFirst?: boolean }

export const readInbox = async (
  db: Reader,
  recipient: string,
  q: InboxQuery,
): Promise<{ rows: InboxEntry[]; last: number; acknowledged: number; unread: number; total: number }> => {
  const where = db`n.recipient = ${recipient} ${q.after !== undefined ? db`and n.number > ${q.after}` : db``} ${q.before !== undefined ? db`and n.number < ${q.before}` : db``}
    ${q.unread ? db`and n.acknowledged_at is null` : db``} ${q.code ? db`and n.function_code = ${q.code}` : db``} ${q.mrn ? db`and n.mrn = ${q.mrn}` : db``}`
  const rows = await db<
    Row[]
  >`select n.number, n.mrn, n.lrn, n.function_code, n.message_id, n.issued_at, n.acknowledged_at, n.body from clearance.notification n
    where ${where} order by n.number ${q.newestFirst ? db`desc` : db`asc`} limit ${q.limit ?? 100}`
  const [summary] = await db<{ last: number | null; acknowledged: number | null; unread: number; total: number }[]>`
    select max(number) as last, max(number) filter (where acknowledged_at is not null) as acknowledged, (count(*) filter (where acknowledged_at is null))::int as unread, count(*)::int as total
    from clearance.notification where recipient = ${recipient}`
  return {
    rows: rows.map(toEntry),
    last: summary?.last ?? 0,
    acknowledged: summary?.acknowledged ?? 0,
    unread: summary?.unread ?? 0,
    total: summary?.total ?? 0,
  }
}

/** Acknowledging is monotone: everything up to the number, once; doing it again changes nothing. */
export const acknowledge = async (tx: Tx, recipient: string, upTo: number, at: string, by: string): Promise<number> =>
  (
    await tx`update clearance.notification set acknowledged_at = ${at}, acknowledged_by = ${by} where recipient = ${recipient} and number <= ${upTo} and acknowledged_at is null`
  ).count

/** A declaration's own notifications, each once though several parties were told. */
export const notificationsOf = async (db: Reader, mrn: string): Promise<InboxEntry[]> =>
  (
    await db<
      Row[]
    >`select * from (select distinct on (n.message_id) n.number, n.mrn, n.lrn, n.function_code, n.message_id, n.issued_at, n.acknowledged_at, n.body
    from clearance.notification n where n.mrn = ${mrn} order by n.message_id, n.recipient) as once order by once.issued_at, once.number`
  ).map(toEntry)
