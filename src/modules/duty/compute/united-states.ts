/** Duty of the United States: a rate as the USITC writes it, value in dollars and the quantities of the line. Pure. */
import { Decimal } from '#kernel/decimal.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { isUnit, readUsitc } from '#schema/trade'
import { evaluate } from '../evaluate.ts'
import { know, quantitiesFrom, type Known } from '../quantity.ts'
import { figure, printed, read, readText, wrong, type Fields, type Reading } from './read.ts'

/** Rates that earlier inputs named, by line: a later one may say `same`. */
export type RatesByLine = Map<string, string>

/** `q1_kg`, `q2_pf_liter`: what stands behind the number of the quantity. */
const unitsByName: Readonly<Record<string, string>> = {
  kg: 'KGM',
  liter: 'LTR',
  liters: 'LTR',
  litre: 'LTR',
  l: 'LTR',
  pf_liter: 'PFL',
  pfl: 'PFL',
  no: 'NAR',
  article: 'NAR',
  articles: 'NAR',
  each: 'NAR',
  pr: 'NPR',
  prs: 'NPR',
  pairs: 'NPR',
  doz: 'DZN',
  dozen: 'DZN',
  content_kg: 'CKG',
  kg_content: 'CKG',
  ckg: 'CKG',
  clean_kg: 'CYK',
  cyk: 'CYK',
  bbl: 'BLL',
  t: 'TNE',
  m: 'MTR',
  m2: 'MTK',
  m3: 'MTQ',
  g: 'GRM',
  gm: 'GRM',
  gross: 'GRO',
  grs: 'GRO',
  sugars_kg: 'KTS',
  total_sugars_kg: 'KTS',
  kts: 'KTS',
  ths: 'MIL',
}

const quantityKey = /^q(?:uantity_?)?([12])_(.+)$/i

export const isUnitedStates = (fields: Fields): boolean =>
  'value_usd' in fields || 'polarization_deg' in fields || Object.keys(fields).some((key) => quantityKey.test(key))

const known = (from: Reading): Known => {
  const quantities: Known = new Map()
  for (const [key, value] of Object.entries(from.fields)) {
    const name = quantityKey.exec(key)?.[2]?.toLowerCase()
    if (name === undefined || name === 'code') continue
    const unit = Object.hasOwn(unitsByName, name) ? unitsByName[name]! : name.toUpperCase()
    const amount = figure(value)
    if (amount === undefined || !isUnit(unit)) from.issues.push(wrong(`/${key}`, 'a number of a known unit is expected'))
    else know(quantities, unit, amount.toFixed())
  }
  const degrees = read(from, 'polarization_deg', 'polarisation_deg', 'degrees')
  if (degrees) quantities.set('DEG', Decimal.max(0, new Decimal(100).minus(degrees)))
  return quantities
}

/** The rate as inputs or the name of the case give it: `US 10011100 0.65 cents/kg`. */
const rateOf = (fields: Fields, name: string | undefined, before: RatesByLine): string | undefined => {
  const own = readText(fields, 'rate', 'text', 'rate_text', 'mfn_text_rate', 'expression')
  const [, line, rest] = /^(?:US )?([0-9]{8,10})\s+(.+)$/.exec(name ?? '') ?? []
  const told = own ?? (rest && !/^same\b/i.test(rest) ? rest : line && before.get(line))
  if (line && told) before.set(line, told)
  return told
}

export const unitedStates = (fields: Fields, name: string | undefined, before: RatesByLine): Outcome<Fields> => {
  const from: Reading = { fields, issues: [] }
  const value = read(from, 'value_usd', 'value', 'customs_value')
  const quantities = known(from)
  const text = rateOf(fields, name, before)
  if (text === undefined) from.issues.push(error('duty.rate_missing', '/rate'))
  const expression = text === undefined ? undefined : readUsitc(text).expression
  if (text !== undefined && !expression) from.issues.push(error('duty.expression_unread', '/rate', { text }))
  if (from.issues.length > 0 || !expression) return refuse(...from.issues)
  // Where the line counts no content apart, none is guessed from its kilograms.
  const result = evaluate(expression, {
    value: value ?? null,
    quantities: quantitiesFrom(quantities),
    rateOf: (c) => (c === 'USD' ? '1' : undefined),
  })
  if (result.amount) return accept({ duty_usd: printed(result.amount), unrounded: result.amount.toNumber(), rate: text })
  return refuse(
    ...result.trace.filter((step) => /missing|unknown/.test(step.key)).map((step) => error(step.key.replace('duty.trace', 'duty'), '', step.params)),
  )
}
