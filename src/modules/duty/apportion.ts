/** Spreading an amount so that the parts sum to the whole: largest remainders (Hamilton's method). Pure. */
import { Decimal } from '#kernel/decimal.ts'

/**
 * Parts of `total` (integer minor units, of either sign) in proportion to `weights` (none negative). Without any weight the parts are
 * equal. What rounding leaves over goes to the largest remainders, the earlier place first.
 */
export const apportion = (total: number, weights: readonly Decimal[]): number[] => {
  if (weights.length === 0) return []
  const whole = weights.reduce((s, w) => s.plus(w), new Decimal(0))
  const shares = whole.isZero()
    ? weights.map(() => new Decimal(total).div(weights.length))
    : weights.map((w) => new Decimal(total).times(w).div(whole))
  const parts = shares.map((s) => s.trunc().toNumber() + 0)
  const left = total - parts.reduce((s, p) => s + p, 0)
  const order = shares
    .map((s, place) => ({ place, remainder: s.minus(s.trunc()).abs() }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.place - b.place)
  for (let i = 0; i < Math.abs(left); i++) parts[order[i % order.length]!.place]! += Math.sign(left)
  return parts
}
