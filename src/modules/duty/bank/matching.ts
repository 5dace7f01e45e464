/** What a movement on the bank account is for. By reference first, then by amount; what is not certain waits for people. Pure. */
import type { Money } from '#kernel/money.ts'
import type { MatchReason, MatchTarget, ReportedEntry } from '../schema.ts'

export type Known = {
  /** reference → what is missing on it */ debts: ReadonlyMap<string, Money>
  accounts: ReadonlyMap<string, { currency: string }>
  /** end-to-end identification → our order */ orders: ReadonlyMap<string, { direction: 'credit' | 'debit'; money: Money; status: string }>
}
export type Match = { ok: true; target: MatchTarget } | { ok: false; reason: MatchReason; candidates: MatchTarget[] }

const masterReference = /\d{2}[A-Z]{2}[A-Z0-9]{14}/g
const word = /[A-Z0-9][A-Z0-9/-]{3,69}/g
const mostWords = 40

/** Everything in an entry that could be a reference of ours. Payers write an MRN with blanks, too. */
export const referencesIn = (e: Pick<ReportedEntry, 'remittance' | 'endToEnd'>): string[] => {
  const text = e.remittance.toUpperCase()
  const found = [
    e.endToEnd.toUpperCase(),
    ...(text.match(word) ?? []).slice(0, mostWords),
    ...(text.replace(/\s+/g, '').match(masterReference) ?? []),
  ]
  return [...new Set(found.filter((t) => t.length > 3))]
}

const outgoing = (e: ReportedEntry, known: Known): Match => {
  const order = known.orders.get(e.endToEnd)
  const target: MatchTarget = { kind: 'order', reference: e.endToEnd }
  if (!order) return { ok: false, reason: 'unknown_outgoing', candidates: [] }
  // A direct debit that its payer or bank sends back needs a person: the account may no longer bear it.
  if (e.reversal || order.direction === 'debit') return { ok: false, reason: 'returned', candidates: [target] }
  if (order.money.minor !== e.money.minor || order.money.currency !== e.money.currency)
    return { ok: false, reason: 'amount_differs', candidates: [target] }
  return order.status === 'filed' ? { ok: true, target } : { ok: false, reason: 'nothing_due', candidates: [target] }
}

const targetsOf = (references: readonly string[], known: Known): MatchTarget[] =>
  references.flatMap((reference): MatchTarget[] => [
    ...(known.debts.has(reference) ? [{ kind: 'debt' as const, reference }] : []),
    ...(known.accounts.has(reference) ? [{ kind: 'account' as const, reference }] : []),
  ])

export const matchEntry = (e: ReportedEntry, known: Known): Match => {
  if (e.direction === 'out') return outgoing(e, known)
  const order = known.orders.get(e.endToEnd)
  if (order?.direction === 'credit') return { ok: false, reason: 'returned', candidates: [{ kind: 'order', reference: e.endToEnd }] }
  if (order?.direction === 'debit' && order.status === 'filed' && order.money.minor === e.money.minor && !e.reversal)
    return { ok: true, target: { kind: 'order', reference: e.endToEnd } }
  const targets = targetsOf(referencesIn(e), known)
  const [only] = targets
  if (!only) return { ok: false, reason: 'no_reference', candidates: [] }
  if (targets.length > 1) return { ok: false, reason: 'several_references', candidates: targets }
  if (only.kind === 'account')
    return known.accounts.get(only.reference)!.currency === e.money.currency
      ? { ok: true, target: only }
      : { ok: false, reason: 'currency_differs', candidates: targets }
  const due = known.debts.get(only.reference)!
  if (due.currency !== e.money.currency) return { ok: false, reason: 'currency_differs', candidates: targets }
  if (due.minor === 0) return { ok: false, reason: 'nothing_due', candidates: targets }
  return due.minor === e.money.minor ? { ok: true, target: only } : { ok: false, reason: 'amount_differs', candidates: targets }
}
