/** Reads figures out of a JSON object that people wrote: numbers or numerals, under one of several names. Pure. */
import { Decimal, decimal, isDecimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'

export type Fields = Record<string, unknown>

/** What was read so far, and what stands against it. */
export type Reading = { fields: Fields; issues: Issue[] }

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A number, or a numeral with blanks, thousands' commas or a per cent sign around it. */
export const figure = (value: unknown): Decimal | undefined => {
  if (typeof value === 'number') {
    const exact = Number.isFinite(value) ? new Decimal(value) : undefined
    return exact && isDecimal(exact.toFixed()) ? exact : undefined
  }
  if (typeof value !== 'string') return undefined
  const bare = value
    .trim()
    .replace(/ ?%$/, '')
    .replace(/,(?=[0-9]{3}(?:[,.]|$))/g, '')
  return isDecimal(bare) ? decimal(bare) : undefined
}

/** The first of these names that is there. */
export const named = (fields: Fields, ...names: string[]): [name: string, value: unknown] | undefined => {
  const name = names.find((n) => Object.hasOwn(fields, n) && fields[n] !== null && fields[n] !== undefined)
  return name === undefined ? undefined : [name, fields[name]]
}

export const wrong = (path: string, detail: string): Issue => error('duty.compute_input', path, { detail })

/** A figure under one of the names; what is there but no figure is refused by its name. */
export const read = (from: Reading, ...names: string[]): Decimal | undefined => {
  const found = named(from.fields, ...names)
  if (!found) return undefined
  const value = figure(found[1])
  if (value === undefined) from.issues.push(wrong(`/${found[0]}`, 'a number is expected'))
  return value
}

export const readText = (fields: Fields, ...names: string[]): string | undefined => {
  const value = named(fields, ...names)?.[1]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Figures are printed half up, to the cent. */
export const printed = (value: Decimal): number => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toNumber()
/** Duty by alcoholic strength and the relief of small producers are printed rounded down (UK excise). */
export const printedDown = (value: Decimal): number => value.toDecimalPlaces(2, Decimal.ROUND_FLOOR).toNumber()
