/**
 * End of day: everything posted since the last closing, with control totals; refused while an invariant is broken or a desk was not
 * counted. A day is the postings up to its last one: what is posted later belongs to a later day, so a closed day cannot change. Each
 * closing is hashed over the one before it.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { Reader, Sql } from '#platform/database.ts'
import { dayIn, type Reference } from '#modules/reference'
import type { ControlTotal, LedgerDay } from '../schema.ts'
import {
  breachesAfter,
  closedDays,
  insertDay,
  lastClosed,
  lastPosting,
  lastPostingForGood,
  movedBetween,
  openDesks,
  unmatchedSum,
  type ClosedDay,
  type Moved,
} from '../store/days.ts'
import { act, type By } from './context.ts'

/** Opening is the closing of the day before; what did not move stands as it stood. */
export const totalsOf = (before: readonly ControlTotal[], moved: readonly Moved[]): ControlTotal[] => {
  const keys = [...new Set([...before, ...moved].map((t) => `${t.kind}/${t.currency}`))].sort()
  return keys.map((key) => {
    const [kind, currency] = key.split('/') as [string, string]
    const m = moved.find((t) => t.kind === kind && t.currency === currency)
    const opening = before.find((t) => t.kind === kind && t.currency === currency)?.closing ?? 0
    const [debits, credits] = [m?.debits ?? 0, m?.credits ?? 0]
    return { kind, currency, opening, debits, credits, closing: opening + credits - debits, postings: m?.postings ?? 0 }
  })
}

const closedView = (d: ClosedDay, currency: string): LedgerDay => ({
  day: d.day,
  status: 'closed',
  totals: d.totals,
  breaches: [],
  openDesks: [],
  unmatched: { minor: d.totals.find((t) => t.kind === 'suspense')?.closing ?? 0, currency },
  remarks: d.remarks,
  closedAt: d.closedAt,
  closedBy: d.closedBy,
  hash: d.hash,
})

const openView = async (
  db: Reader,
  administration: string,
  day: string,
  currency: string,
  through: number,
  last: ClosedDay | null,
): Promise<LedgerDay> => ({
  day,
  status: 'open',
  totals: totalsOf(last?.totals ?? [], await movedBetween(db, administration, last?.lastPosting ?? 0, through)),
  breaches: await breachesAfter(db, last?.lastPosting ?? 0),
  openDesks: await openDesks(db, administration, day),
  unmatched: { minor: await unmatchedSum(db, administration), currency },
  remarks: '',
  closedAt: null,
  closedBy: null,
  hash: null,
})

const mostDays = 60

/** The books that are open now, then closed days, the latest first. */
export const listLedgerDays = async (db: Reader, administration: string, today: string, currency: string): Promise<LedgerDay[]> => {
  const closed = await closedDays(db, administration, mostDays)
  const open = await openView(db, administration, today, currency, await lastPosting(db, administration), closed[0] ?? null)
  return [open, ...closed.map((d) => closedView(d, currency))]
}

export const closeLedgerDay = (
  sql: Sql,
  reference: Reference,
  administration: string,
  c: { day: string; remarks: string },
  by: By,
): Promise<Outcome<LedgerDay>> =>
  act(sql, by, 'ledger-day.close', { kind: 'ledger-day', id: `${administration}/${c.day}` }, async (tx) => {
    const today = dayIn(reference, administration, by.at)
    const currency = reference.administration(administration, today)?.currency ?? ''
    const through = await lastPostingForGood(tx, administration)
    const last = await lastClosed(tx, administration)
    if (last && c.day <= last.day) return refuse(error('duty.day_closed', '/day', { day: last.day }))
    if (c.day > today) return refuse(error('duty.desk_date_ahead', '/day', { today }))
    const view = await openView(tx, administration, c.day, currency, through, last)
    const issues = [
      ...view.breaches.map((b) => error('duty.books_broken', '', { invariant: b.invariant, what: b.what })),
      ...view.openDesks.map((d) => error('duty.desk_open', '/day', { office: d.office, cashier: d.cashier, date: d.date })),
    ]
    if (issues.length > 0) return refuse(...issues)
    const hash = createHash('sha256')
      .update(canonicalJson({ before: last?.hash ?? '', administration, day: c.day, through, totals: view.totals }))
      .digest('hex')
    const closing = { day: c.day, lastPosting: through, totals: view.totals, hash, remarks: c.remarks, closedAt: by.at, closedBy: by.principal.name }
    await insertDay(tx, administration, { ...closing, closedById: by.principal.personId })
    return accept({
      body: { payload: c, facts: { through, totals: view.totals }, events: [{ type: 'ledger-day.closed', hash }] },
      reply: closedView(closing, currency),
    })
  })
