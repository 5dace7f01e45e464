import type { Money } from '#kernel/money.ts'
import type { Reader } from '#platform/database.ts'

export type Deferred = { accountId: number; administration: string; code: string; money: Money }

/** What each deferment account owes from before the date and has not been paid since; accounts already collected this month are left out. */
export const deferredBefore = async (db: Reader, monthStart: string): Promise<Deferred[]> => {
  const rows = await db<{ id: number; administration: string; code: string; currency: string; owed: number }[]>`
    with moved as (
      select l.account_id, sum(l.amount_minor) filter (where p.at < ${monthStart}::date) as before, coalesce(sum(l.amount_minor) filter (where p.at >= ${monthStart}::date and p.kind = 'deposit'), 0) as paid
      from duty.posting_line l join duty.posting p on p.id = l.posting_id join duty.account a on a.id = l.account_id and a.kind = 'deferment' group by l.account_id
    )
    select a.id, a.administration, a.code, a.currency, (-m.before - m.paid)::bigint as owed from moved m join duty.account a on a.id = m.account_id
    where m.before + m.paid < 0 and not exists (select from duty.posting p where p.key = 'collect/' || a.id || '/' || left(${monthStart}, 7)) order by a.id`
  return rows.map((r) => ({ accountId: r.id, administration: r.administration, code: r.code, money: { minor: r.owed, currency: r.currency } }))
}
