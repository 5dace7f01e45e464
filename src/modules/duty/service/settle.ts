/**
 * Money has come in for a subject: what waits for it goes on, in the same transaction. Demands of our own are settled here; everybody
 * else hears through the subscription. A demand that was paid late bears interest (UCC Art. 114), as a demand of its own.
 */
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { addDays } from '../calendar.ts'
import { interestOf } from '../interest.ts'
import type { Interest, Subject } from '../schema.ts'
import { openClaimOf, receiptsOf, type Claim } from '../store/claims.ts'
import { debtsShortOn, findDebt } from '../store/debts.ts'
import { releaseGuarantee, settleAgain } from '../store/ledger.ts'
import { readRates, readTerms } from '../store/terms.ts'
import { tellPaid } from '../subscription.ts'
import { openClaim } from './open-claim.ts'

/** A part of a demand and the day through which it was owed. */
type LatePart = { minor: number; through: LegalDate }

const paidLate = async (db: Reader, claim: Claim): Promise<LatePart[]> =>
  (await receiptsOf(db, claim.subject)).filter((r) => r.day > claim.dueOn).map((r) => ({ minor: r.minor, through: r.day }))

const interestOn = async (db: Reader, claim: Claim, parts: readonly LatePart[], today: LegalDate): Promise<Outcome<Interest>> => {
  const terms = await readTerms(db, claim.administration, today)
  const rates = await readRates(db, claim.administration)
  const { currency } = claim.outstanding
  const found = parts.map((part) =>
    interestOf({
      principal: { minor: part.minor, currency },
      from: addDays(claim.dueOn, 1),
      through: part.through,
      kind: 'late',
      rates,
      dayCount: terms.dayCount,
      rounding: 'half-up',
    }),
  )
  const values: Interest[] = []
  for (const one of found) {
    if (!one.ok) return refuse(...one.issues)
    values.push(one.value)
  }
  return accept({
    money: { minor: values.reduce((sum, v) => sum + v.money.minor, 0), currency },
    dayCount: terms.dayCount,
    periods: values.flatMap((v) => v.periods),
  })
}

/** Interest for late payment of an open demand to today, by part and period; null when it is not late. */
export const lateInterest = async (db: Reader, claim: Claim, today: LegalDate): Promise<Outcome<Interest> | null> => {
  if (today <= claim.dueOn || claim.kind === 'interest') return null
  const open = claim.outstanding.minor > 0 ? [{ minor: claim.outstanding.minor, through: today }] : []
  return interestOn(db, claim, [...(await paidLate(db, claim)), ...open], today)
}

/** What was paid late is known by its receipts; what an account bore at last was owed until today. */
const chargeInterest = async (tx: Tx, claim: Claim, at: string, today: LegalDate): Promise<void> => {
  if (today <= claim.dueOn || claim.kind === 'interest') return
  const paid = await paidLate(tx, claim)
  const interest = await interestOn(tx, claim, paid.length > 0 ? paid : [{ minor: claim.outstanding.minor, through: today }], today)
  const terms = await readTerms(tx, claim.administration, today)
  if (!interest.ok || interest.value.money.minor === 0 || interest.value.money.minor < terms.interestMinimumMinor) return
  const { money, periods, dayCount } = interest.value
  await openClaim(tx, {
    administration: claim.administration,
    kind: 'interest',
    origin: claim.origin,
    payer: claim.payer,
    currency: money.currency,
    lines: [{ tax: 'INT', minor: money.minor }],
    law: 'UCC Art. 114',
    grounds: `${claim.number}: ${periods.map((p) => `${p.from}/${p.through}, ${p.days} d, ${p.percent} %`).join('; ')} (${dayCount})`.slice(0, 2000),
    dueOn: addDays(today, terms.paymentDays),
    by: 'system',
    at,
  })
}

export type GoingOn = { /** legal date where the administration is */ today: LegalDate; /** none on what is given up */ withoutInterest?: boolean }

/** Goes on with a subject for which there is money now. What it returns runs after the commit. */
export const goOn = async (tx: Tx, subject: Subject, at: string, { today, withoutInterest }: GoingOn): Promise<() => void> => {
  const claim = await openClaimOf(tx, subject)
  const after = subject.kind === 'claim' ? () => undefined : await tellPaid(tx, subject, at)
  if (subject.kind === 'claim') await settleAgain(tx, subject, at)
  if (!claim || (await openClaimOf(tx, subject))?.number === claim.number) return after
  if (!withoutInterest) await chargeInterest(tx, claim, at, today)
  if (claim.kind === 'guarantor') {
    const origin = await findDebt(tx, 'all', claim.origin)
    if (origin) await releaseGuarantee(tx, origin.subject, `called/${claim.number}`, at)
  }
  return after
}

// More wait for the next money; one payment must not hold a transaction open for an hour.
const atOnce = 25

/** Goes on with debts that were short on this account, the oldest first. What it returns runs after the commit. */
export const goOnWithShort = async (tx: Tx, account: string, at: string, today: LegalDate): Promise<() => void> => {
  const after: (() => void)[] = []
  for (const subject of await debtsShortOn(tx, account, atOnce)) after.push(await goOn(tx, subject, at, { today }))
  return () => after.forEach((run) => run())
}
