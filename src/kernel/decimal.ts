import { Decimal as Base } from 'decimal.js'

/**
 * Exact decimal arithmetic for money, mass and rates: 60 significant digits, no binary floats.
 * The working precision exceeds any product of amount × rate × exchange rate that a tariff can produce.
 */
export const Decimal = Base.clone({ precision: 60, rounding: Base.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 })
export type Decimal = InstanceType<typeof Decimal>

/** A plain decimal numeral as customs messages write it: no exponent, no sign but minus, at most 24 digits each side. */
export const decimalPattern = '^-?[0-9]{1,24}(\\.[0-9]{1,24})?$'
const pattern = new RegExp(decimalPattern)

export const isDecimal = (text: string): boolean => pattern.test(text)

/** Parses a numeral of `decimalPattern`; throws on anything else, because callers have validated before. */
export const decimal = (text: string | number): Decimal => {
  if (typeof text === 'string' && !pattern.test(text)) throw new RangeError(`not a decimal numeral: ${text.slice(0, 40)}`)
  return new Decimal(text)
}
