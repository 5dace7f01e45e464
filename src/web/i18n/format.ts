/** Numbers, money, masses and times as the reader's language writes them. Decimals stay strings: nothing passes through a float. */
import { formatMoney, minorDigits, type Money } from '#kernel/money.ts'

// Intl takes a numeral as text and keeps every digit; the library's types know the literal form only.
const numeral = (text: string): Intl.StringNumericLiteral => text as Intl.StringNumericLiteral

/** English here is that of customs forms, which write the day before the month. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language)

const cache = new Map<string, Intl.NumberFormat>()
const numberFormat = (language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const id = language + JSON.stringify(options)
  const known = cache.get(id) ?? new Intl.NumberFormat(localeOf(language), options)
  cache.set(id, known)
  return known
}

/** A decimal numeral with grouping, all its digits kept. */
export const formatDecimal = (text: string, language: string): string => {
  const digits = text.split('.')[1]?.length ?? 0
  return numberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(numeral(text))
}

export const formatCount = (count: number, language: string): string => numberFormat(language, {}).format(count)

/** Amount without the currency, which stands beside it in a column of its own weight. */
export const formatAmount = (money: Money, language: string): string => {
  const digits = minorDigits(money.currency)
  return numberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(numeral(formatMoney(money)))
}

export const formatPercent = (share: number, language: string, digits = 0): string =>
  numberFormat(language, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share)

const dateFormats = new Map<string, Intl.DateTimeFormat>()
const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const id = language + JSON.stringify(options)
  const known = dateFormats.get(id) ?? new Intl.DateTimeFormat(localeOf(language), options)
  dateFormats.set(id, known)
  return known
}

/** An instant in the reader's own zone, which is named: `25 Nov 2026, 14:05 CET`. */
export const formatInstant = (at: string, language: string, options: { seconds?: boolean } = {}): string =>
  dateFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(options.seconds && { second: '2-digit' }),
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(at))

/** A legal date has no zone: it is the same day everywhere. */
export const formatDate = (date: string, language: string): string =>
  dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]

/** How long ago (or until), in the largest whole unit: `3 h ago`, `in 2 days`. */
export const formatRelative = (at: string, now: number, language: string): string => {
  const ms = Date.parse(at) - now
  const [unit, size] = steps.find(([, step]) => Math.abs(ms) >= step) ?? steps[3]!
  return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto', style: 'short' }).format(Math.trunc(ms / size), unit)
}

/** A span of time in its two largest units: `2 d 4 h`. */
export const formatSpan = (ms: number, language: string, unitDisplay: 'narrow' | 'short' = 'narrow'): string => {
  const at = Math.max(
    0,
    steps.findIndex(([, step]) => ms >= step),
  )
  const from = ms < 1000 ? 3 : at
  const unit = (value: number, name: Intl.RelativeTimeFormatUnit): string =>
    numberFormat(language, { style: 'unit', unit: name, unitDisplay }).format(value)
  const [first, size] = steps[from]!
  const whole = Math.trunc(ms / size)
  const next = steps[from + 1]
  const rest = next && first !== 'minute' ? Math.trunc((ms - whole * size) / next[1]) : 0
  return rest > 0 && next ? `${unit(whole, first)} ${unit(rest, next[0])}` : unit(whole, first)
}

const otherDigits: [RegExp, number][] = [
  [/[\u0660-\u0669]/g, 0x0660],
  [/[\u06f0-\u06f9]/g, 0x06f0],
]

const signsOf = (language: string): { decimal: string; group: string } => {
  const parts = numberFormat(language, { numberingSystem: 'latn' }).formatToParts(1_234_567.8)
  const sign = (type: string, otherwise: string): string => parts.find((part) => part.type === type)?.value ?? otherwise
  return { decimal: sign('decimal', '.'), group: sign('group', ',') }
}

/** A plain numeral as one types it in this language: its decimal sign, no grouping. `parseDecimal` reads it back. */
export const editableDecimal = (text: string, language: string): string => text.replace('.', signsOf(language).decimal)

/** A single sign between digits: decimal or grouping? The language decides; what cannot be grouping is decimal. */
const resolveSingle = (text: string, sign: ',' | '.', language: string): string => {
  const { decimal, group } = signsOf(language)
  const groups = new RegExp(`^-?[1-9]\\d{0,2}(\\${sign}\\d{3})+$`)
  return sign === group && sign !== decimal && groups.test(text) ? text.replaceAll(sign, '') : text.replace(sign, '.')
}

/**
 * What somebody typed or pasted as a number → a plain decimal numeral, or null. Understands Arabic digits, blanks and apostrophes
 * between groups, point and comma in either role; `1,234` alone is read as the language writes numbers.
 */
export const parseDecimal = (typed: string, language: string): string | null => {
  let text = typed
    .trim()
    .replace(/\u066b/g, '.')
    .replace(/[\u066c\s\u00a0\u202f'’]/g, '')
  for (const [pattern, zero] of otherDigits) text = text.replace(pattern, (digit) => String(digit.charCodeAt(0) - zero))
  const lastComma = text.lastIndexOf(',')
  const lastPoint = text.lastIndexOf('.')
  if (lastComma >= 0 && lastPoint >= 0) text = lastComma > lastPoint ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '')
  else if (lastComma >= 0) text = resolveSingle(text, ',', language)
  else if (lastPoint >= 0) text = resolveSingle(text, '.', language)
  if (text.startsWith('.')) text = `0${text}`
  if (text.endsWith('.')) text = text.slice(0, -1)
  return /^-?\d{1,24}(\.\d{1,24})?$/.test(text) ? text.replace(/^(-?)0+(?=\d)/, '$1') : null
}
