/** A duty calculator for one set of inputs, told apart by what is in them. Pure: rates and seasons come in as tables. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { chargesOn } from './charges.ts'
import { printed, printedDown, read, type Fields, type Reading } from './read.ts'
import { exchangeRate, seasonalRate, type Tables } from './tables.ts'
import { isUnitedStates, unitedStates, type RatesByLine } from './united-states.ts'

type Compute = (fields: Fields, tables: Tables, name: string | undefined, before: RatesByLine) => Outcome<Fields>
const has = (fields: Fields, ...names: string[]): boolean => names.every((name) => Object.hasOwn(fields, name))
const hasOne = (fields: Fields, ...names: string[]): boolean => names.some((name) => Object.hasOwn(fields, name))

const figures = (fields: Fields, names: string[], then: (values: NonNullable<ReturnType<typeof read>>[]) => Fields): Outcome<Fields> => {
  const from: Reading = { fields, issues: [] }
  const values = names.flatMap((name) => read(from, name) ?? [])
  if (from.issues.length > 0 || values.length < names.length)
    return refuse(...from.issues, ...(from.issues.length > 0 ? [] : [error('duty.compute_unknown')]))
  return accept(then(values))
}

/** Northern Ireland: the UK's duty holds where the EU's differs by no more than 3 % of the customs value (The Customs (Northern Ireland) Regulations). */
const difference: Compute = (fields) => {
  const bare = figures(fields, has(fields, 'uk_total') ? ['uk_total', 'xi_total'] : ['uk_duty', 'xi_duty'], ([uk, xi]) => ({
    delta: printed(uk!.minus(xi!).abs()),
  }))
  if (!bare.ok || !hasOne(fields, 'customs_value')) return bare
  return figures(fields, ['customs_value', ...(has(fields, 'uk_total') ? ['uk_total', 'xi_total'] : ['uk_duty', 'xi_duty'])], ([value, uk, xi]) => {
    const threshold = printed(value!.times(3).div(100))
    return { ...bare.value, threshold, chosen: uk!.minus(xi!).abs().lte(threshold) ? 'uk' : 'xi' }
  })
}

const families: readonly { fits: (fields: Fields) => boolean; compute: Compute }[] = [
  { fits: isUnitedStates, compute: (fields, _tables, name, before) => unitedStates(fields, name, before) },
  { fits: (f) => hasOne(f, 'origin', 'country') && hasOne(f, 'hs', 'commodity', 'code') && hasOne(f, 'date', 'import_date'), compute: seasonalRate },
  { fits: (f) => has(f, 'uk_total', 'xi_total') || has(f, 'uk_duty', 'xi_duty'), compute: difference },
  { fits: (f) => has(f, 'unrounded'), compute: (f) => figures(f, ['unrounded'], ([exact]) => ({ rounded: printedDown(exact!) })) },
  { fits: (f) => hasOne(f, 'currency', 'to') && !hasOne(f, 'components', 'component', 'customs_value', 'expression'), compute: exchangeRate },
]

/**
 * Computes what the inputs allow: duty of components on a value and quantities, with additional duties, excise and VAT; a rate of the
 * United States; the rate of exchange of a day; a seasonal rate; the choice between two tariffs. `name` may hold a rate of the United
 * States, `before` keeps the rates of lines that were named earlier. Figures of the answer are rounded half up to the cent.
 */
export const computeDuty: Compute = (fields, tables, name, before) =>
  (families.find((family) => family.fits(fields))?.compute ?? chargesOn)(fields, tables, name, before)
export { readExchangeRates, readSeasonal, type Tables } from './tables.ts'
