/** Cash in whole minor units; what people type becomes Money only when it is an amount of the currency. Pure. */
import { minorDigits, type Money } from '#kernel/money.ts'

/** A plain numeral as an amount of the currency; null when it is none or has more decimals than the currency. Nothing passes through a float. */
export const amountOf = (numeral: string | undefined, currency: string): Money | null => {
  const [, whole, decimals = ''] = /^(\d{1,13})(?:\.(\d+))?$/.exec(numeral ?? '') ?? []
  const digits = minorDigits(currency)
  if (whole === undefined || decimals.length > digits) return null
  return { minor: Number(whole + decimals.padEnd(digits, '0')), currency }
}

/** What goes back over the counter; null while the payer has given less. */
export const changeOf = (given: Money | null, amount: Money): Money | null =>
  given && given.minor >= amount.minor ? { minor: given.minor - amount.minor, currency: amount.currency } : null

export const balanceOf = (difference: Money): 'balanced' | 'over' | 'short' =>
  difference.minor === 0 ? 'balanced' : difference.minor > 0 ? 'over' : 'short'
