import { Decimal, decimal } from './decimal.ts'

/** A computed amount: integer minor units (pence, cents) of an ISO 4217 currency. Safe integers only: up to 90 trillion major units. */
export type Money = { minor: number; currency: string }

/** How an administration turns an exact amount into minor units (UK import lines truncate; most others round half up). */
export type Rounding = 'truncate' | 'half-up'

/** ISO 4217 minor unit digits where they are not two. */
const digitsOf: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

/** Minor units in a major one, by digits. */
const scales = [0, 1, 2, 3, 4].map((digits) => new Decimal(10).pow(digits))
const scaleOf = (currency: string): Decimal => scales[minorDigits(currency)]!

export const minorDigits = (currency: string): number => digitsOf[currency] ?? 2

const checked = (minor: number): number => {
  if (!Number.isSafeInteger(minor)) throw new RangeError('amount exceeds the range of money')
  return minor
}

/** Exact major units → money, rounded as told. */
export const toMoney = (major: Decimal, currency: string, rounding: Rounding): Money => {
  const scaled = major.times(scaleOf(currency))
  const rounded = scaled.toDecimalPlaces(0, rounding === 'truncate' ? Decimal.ROUND_DOWN : Decimal.ROUND_HALF_UP)
  // -0 would survive JSON and equality checks as a second zero
  return { minor: checked(rounded.toNumber()) + 0, currency }
}

/** Money → exact major units. */
export const toMajor = (money: Money): Decimal => decimal(money.minor).div(scaleOf(money.currency))

/** Money as messages and screens write it without grouping: `1234.50`. */
export const formatMoney = ({ minor, currency }: Money): string => {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  return `${minor < 0 ? '-' : ''}${digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`}`
}

const same = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) throw new RangeError(`cannot combine ${a.currency} with ${b.currency}`)
}

export const zero = (currency: string): Money => ({ minor: 0, currency })
export const add = (a: Money, b: Money): Money => (same(a, b), { minor: checked(a.minor + b.minor), currency: a.currency })
export const subtract = (a: Money, b: Money): Money => (same(a, b), { minor: checked(a.minor - b.minor), currency: a.currency })
export const sum = (all: readonly Money[], currency: string): Money => all.reduce(add, zero(currency))
