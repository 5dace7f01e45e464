/** The ledger: debts are covered, adjusted and given back by one SQL function (db/migrations/0023), in the caller's transaction. */
import { warning } from '#kernel/issue.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'
import type { Tx } from '#platform/database.ts'
import { bear, type BorneLine } from '../methods.ts'
import type { Charge, Settlement, Subject } from '../schema.ts'

type Settled = {
  postingId: number | null
  settled: BorneLine[]
  shortfalls: { code: string; method: string; account: string | null; required: number; short: number }[]
  total: number
}

const toSettlement = (r: Settled, reference: string, currency: string): Settlement => {
  const money = (minor: number) => ({ minor, currency })
  const shortfalls = r.shortfalls.map((s) => ({
    code: s.code,
    method: s.method,
    account: s.account,
    required: money(s.required),
    short: money(s.short),
  }))
  return {
    postingId: r.postingId === null ? null : String(r.postingId),
    reference: shortfalls.find((s) => s.account)?.account ?? reference,
    settled: r.settled.map((l) => ({ method: l.method, account: l.account, taxType: l.tax, money: money(l.minor) })),
    outstanding: money(r.shortfalls.reduce((sum, s) => sum + s.required, 0)),
    shortfalls,
  }
}

/**
 * Covers a debt, or brings what is covered to a new version's lines (what was too much goes back where it came from). Each account
 * bears its whole part or nothing of it; `outstanding` is what nobody bears yet, with a warning for each reason (`duty.cover_short`,
 * `duty.unpaid`, `duty.account_unknown`, `duty.account_foreign`, `duty.account_blocked`, `duty.account_missing`). Idempotent by `key`:
 * asked again, it takes only what is still outstanding. One statement. Locks the subject's charge, then accounts in order.
 */
export const charge = async (tx: Tx, c: Charge): Promise<Outcome<Settlement>> => {
  const input = {
    subjectKind: c.subject.kind,
    subjectId: c.subject.id,
    administration: c.administration,
    reference: c.reference,
    payer: c.payer,
    holders: [...new Set([c.payer, ...c.holders])],
    currency: c.currency,
    key: c.key,
    at: c.at,
    sandbox: c.sandbox ?? false,
    ...(c.office && { office: c.office }),
    lines: c.lines.filter((l) => l.money.minor !== 0).map((l) => bear(l, c)),
  }
  const [row] = await tx<{ settle: Settled }[]>`select duty.settle(${JSON.stringify(input)}::text::jsonb)`
  const settlement = toSettlement(row!.settle, c.reference, c.currency)
  return accept(
    settlement,
    settlement.shortfalls.map((s) =>
      warning(s.code, '', { method: s.method, account: s.account ?? '', required: s.required.minor, short: s.short.minor, currency: c.currency }),
    ),
  )
}

type Standing = { administration: string; reference: string; payer: string; holders: string[]; currency: string; key: string }

const again = async (tx: Tx, subject: Subject, key: string | null, at: string, how: { release: boolean }): Promise<Settlement | null> => {
  const [row] = await tx<Standing[]>`
    select administration, reference, payer, holders, currency, key from duty.charge where subject_kind = ${subject.kind} and subject_id = ${subject.id}`
  if (!row) return null
  const input = { subjectKind: subject.kind, subjectId: subject.id, ...row, key: key ?? row.key, at, sandbox: false, lines: [], ...how }
  const [done] = await tx<{ settle: Settled }[]>`select duty.settle(${JSON.stringify(input)}::text::jsonb)`
  return toSettlement(done!.settle, row.reference, row.currency)
}

/** Everything goes back where it came from: the declaration was invalidated. Null when nothing was ever charged. */
export const giveBack = (tx: Tx, subject: Subject, key: string, at: string): Promise<Settlement | null> =>
  again(tx, subject, key, at, { release: false })

/** Lets go of what was only held (suspended duty, security): the procedure was discharged. What was paid stays. Null as above. */
export const releaseGuarantee = (tx: Tx, subject: Subject, key: string, at: string): Promise<Settlement | null> =>
  again(tx, subject, key, at, { release: true })

/** Tries again to cover what is outstanding, on the lines as they stand. Null as above. */
export const settleAgain = (tx: Tx, subject: Subject, at: string): Promise<Settlement | null> => again(tx, subject, null, at, { release: false })
