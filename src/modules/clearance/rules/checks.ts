/** Small tools that several rule tables share. */
import { decimal, isDecimal, type Decimal } from '#kernel/decimal.ts'

/** The numeral of a field, or null when absent or not a numeral (its shape is the schema's business). */
export const numberOf = (text: string | undefined): Decimal | null => (text !== undefined && isDecimal(text) ? decimal(text) : null)

/** Exact sum of the numerals that are there. */
export const total = (texts: readonly (string | undefined)[]): Decimal => texts.reduce((sum, t) => sum.plus(numberOf(t) ?? 0), decimal(0))

/** Indexes of values that occurred before. */
export const repeated = (values: readonly (string | undefined)[]): number[] => {
  const seen = new Set<string>()
  return values.flatMap((v, i) => {
    if (v === undefined || !seen.has(v)) {
      if (v !== undefined) seen.add(v)
      return []
    }
    return [i]
  })
}

/** Is it the sequence 1, 2, 3 …? Absent numbers pass. */
export const isSequence = (numbers: readonly (number | undefined)[]): boolean => numbers.every((n, i) => n === undefined || n === i + 1)

type Visit = (value: string, path: string) => void

/** Every string in a value with its JSON pointer. */
export const textsOf = (value: unknown): [text: string, path: string][] => {
  const found: [string, string][] = []
  eachText(value, (text, path) => found.push([text, path]))
  return found
}

/** Calls `visit` for each string in a value, with its JSON pointer. */
export const eachText = (value: unknown, visit: Visit, path = ''): void => {
  if (typeof value === 'string') return visit(value, path)
  if (Array.isArray(value)) return value.forEach((v, i) => eachText(v, visit, `${path}/${i}`))
  if (value !== null && typeof value === 'object') for (const [k, v] of Object.entries(value)) eachText(v, visit, `${path}/${k}`)
}

/** The instant of a canonical date (ISO 8601 date or instant) in epoch milliseconds, or null when there is no such day or hour. */
export const instantOfText = (text: string): number | null => {
  const at = Date.parse(text)
  if (Number.isNaN(at)) return null
  // 31 February would roll over silently
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return day.toISOString().slice(0, 10) === text.slice(0, 10) ? at : null
}
