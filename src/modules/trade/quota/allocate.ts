/**
 * Allocation of a first come, first served quota (UCC-IA Art. 49–54; UK SI 2020/1432 reg. 12). Pure.
 * Days are served in order. A day that asks for more than is left gets shares in proportion to what was asked, cut at the quota's
 * precision; what the cutting leaves over goes out in single units of that precision to the largest remainders, the earlier acceptance
 * first where they are alike, then the lower identifier. Nobody gets more than was asked for.
 */
import { Decimal, decimal } from '#kernel/decimal.ts'
import type { LegalDate } from '#kernel/time.ts'

export type Waiting = { id: string; quantity: string; acceptedAt: string; /** day whose claims are served together */ priority: LegalDate }
export type Share = { id: string; allocated: string }
export type DayShares = { day: LegalDate; claimed: string; allocated: string; balance: string; shares: Share[] }

const total = (claims: readonly Waiting[]): Decimal => claims.reduce((sum, c) => sum.plus(decimal(c.quantity)), new Decimal(0))

const proRata = (balance: Decimal, precision: number, claims: readonly Waiting[]): Share[] => {
  const asked = total(claims)
  const unit = new Decimal(10).pow(-precision)
  const cut = claims.map((claim) => {
    const exact = balance.times(decimal(claim.quantity)).div(asked)
    const share = exact.toDecimalPlaces(precision, Decimal.ROUND_DOWN)
    return { claim, share, rest: exact.minus(share) }
  })
  let left = balance.minus(cut.reduce((sum, c) => sum.plus(c.share), new Decimal(0)))
  const order = cut.toSorted(
    (a, b) =>
      b.rest.cmp(a.rest) ||
      (a.claim.acceptedAt < b.claim.acceptedAt ? -1 : a.claim.acceptedAt > b.claim.acceptedAt ? 1 : a.claim.id < b.claim.id ? -1 : 1),
  )
  const extra = new Set<string>()
  for (const { claim, share } of order) {
    if (left.lt(unit)) break
    if (share.plus(unit).gt(decimal(claim.quantity))) continue
    extra.add(claim.id)
    left = left.minus(unit)
  }
  return cut.map(({ claim, share }) => ({ id: claim.id, allocated: (extra.has(claim.id) ? share.plus(unit) : share).toFixed() }))
}

/** One day's claims against what is left. */
export const allocateDay = (day: LegalDate, balance: Decimal, precision: number, claims: readonly Waiting[]): DayShares => {
  const asked = total(claims)
  const shares = asked.lte(balance)
    ? claims.map((c): Share => ({ id: c.id, allocated: decimal(c.quantity).toFixed() }))
    : proRata(balance, precision, claims)
  const allocated = shares.reduce((sum, s) => sum.plus(decimal(s.allocated)), new Decimal(0))
  return { day, claimed: asked.toFixed(), allocated: allocated.toFixed(), balance: balance.minus(allocated).toFixed(), shares }
}

/** All waiting claims, day by day in order of priority. The same claims in any order give the same shares. */
export const allocateAll = (balance: string, precision: number, claims: readonly Waiting[]): DayShares[] => {
  let left = decimal(balance)
  const days = [...Map.groupBy(claims, (c) => c.priority)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return days.map(([day, some]) => {
    const served = allocateDay(
      day,
      left,
      precision,
      some.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
    left = decimal(served.balance)
    return served
  })
}
