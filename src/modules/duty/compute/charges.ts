/** Duty, additional duties, excise and VAT on one value. Pure; every step unrounded, figures rounded where they are printed. */
import { Decimal } from '#kernel/decimal.ts'
import { error, warning, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { expressionOf, isUnit, measureOf, readTaric, type Expression, type GivenComponent } from '#schema/trade'
import { evaluate, type Evaluated } from '../evaluate.ts'
import { know, quantitiesFrom, type Known, type Quantities } from '../quantity.ts'
import { figure, isFields, named, printed, printedDown, read, readText, wrong, type Fields, type Reading } from './read.ts'
import { ownRates, rateOn, type Tables } from './tables.ts'

type Context = { from: Reading; tables: Tables; value: Decimal | undefined; quantities: Quantities; warnings: Issue[] }
type Computed = { amount: Decimal; expression?: Expression; quantity?: Evaluated['quantity'] }

/** A number, or the parts that sum to it: price, freight, insurance. */
const customsValue = (from: Reading): Decimal | undefined => {
  const found = named(from.fields, 'customs_value', 'value', 'value_for_duty', 'goods_value')
  if (!found || !isFields(found[1])) return read(from, 'customs_value', 'value', 'value_for_duty', 'goods_value')
  const parts: Reading = { fields: found[1], issues: [] }
  const sums = Object.keys(found[1])
    .filter((key) => key !== 'currency')
    .map((key) => read(parts, key) ?? new Decimal(0))
  from.issues.push(...parts.issues.map((issue) => ({ ...issue, path: `/${found[0]}${issue.path}` })))
  return sums.reduce((sum, part) => sum.plus(part), new Decimal(0))
}

/**
 * Quantities by the unit in which they were answered. A mass asked for with a qualifier (drained weight) may have been answered in plain
 * kilograms, as the forms of the UK do; that is remarked.
 */
const quantitiesIn = (from: Reading, warnings: Issue[]): Quantities => {
  const given = from.fields['quantities']
  const known: Known = new Map()
  for (const [key, value] of Object.entries(isFields(given) ? given : {})) {
    const amount = figure(value)
    if (amount === undefined || !isUnit(key.toUpperCase())) from.issues.push(wrong(`/quantities/${key}`, 'a number of a known unit is expected'))
    else know(known, key.toUpperCase(), amount.toFixed())
  }
  const ask = quantitiesFrom(known)
  return (unit) => {
    const told = ask(unit)
    const { base, factor } = measureOf(unit)
    const plain = known.get(base.slice(0, 3))
    if (told || base.length !== 4 || !plain || unit.endsWith('Z')) return told
    warnings.push(warning('duty.quantity_plain', '/quantities', { unit }))
    return plain.div(factor)
  }
}

const componentOf = (value: unknown): GivenComponent | undefined => {
  if (!isFields(value)) return undefined
  const text = (...names: string[]) => readText(value, ...names)
  return {
    id: text('id', 'duty_expression_id') ?? '01',
    amount: figure(value['amount'] ?? value['duty_amount'])?.toFixed(),
    currency: text('currency', 'monetary_unit_code'),
    unit: text('unit', 'measurement_unit_code'),
    qualifier: text('qualifier', 'measurement_unit_qualifier_code'),
  }
}

const readExpression = (value: unknown, path: string, from: Reading): Expression | undefined => {
  const text = typeof value === 'string' ? value : undefined
  const given = text === undefined ? (Array.isArray(value) ? value : [value]).map(componentOf) : []
  const read = text === undefined ? (given.includes(undefined) ? undefined : expressionOf(given as GivenComponent[])) : readTaric(text)
  if (!read) from.issues.push(error('duty.expression_unread', path, { text: text ?? '' }))
  return read
}

/** The currency of the result: what the inputs name, what their rates lead to, else the one currency of the expression. */
const targetOf = ({ fields }: Reading, expression: Expression): string => {
  const own = readText(fields, 'result_currency', 'currency') ?? ownRates(fields['fx']).find((r) => r.to)?.to
  if (own) return own
  const given = isFields(fields['meursing']) ? Object.values(fields['meursing']) : []
  const rows = given.flatMap((text) => (typeof text === 'string' ? (readTaric(text) ?? []) : []))
  const currencies = [...new Set([...expression, ...rows].flatMap((c) => c.currency ?? []))]
  return currencies.length === 1 && !named(fields, 'fx', 'exchange_rate', 'import_date') ? currencies[0]! : 'GBP'
}

const rateInto = (c: Context, target: string) => (currency: string | undefined) => {
  if (currency === undefined || currency === target) return '1'
  const { fields } = c.from
  const own = ownRates(fields['fx'] ?? fields['exchange_rates']).find((r) => r.from === currency && (r.to ?? target) === target)
  const single = figure(fields['exchange_rate'])
  const rate = own?.rate ?? single ?? rateOn(c.tables.rates, currency, target, readText(fields, 'import_date', 'date'))?.rate
  return rate?.toFixed()
}

/** Issues under the name of the step of the calculation that could not be taken. */
const refusals = (result: Evaluated, path: string): Issue[] =>
  result.trace
    .filter((s) => /missing|unknown|no_exchange|unit_without/.test(s.key))
    .map((s) => error(s.key.replace('duty.trace', 'duty'), path, s.params))

const meursingOf = (from: Reading, symbol: string): Expression | undefined => {
  const given = from.fields['meursing']
  const text = isFields(given) ? readText(given, symbol) : undefined
  return text === undefined ? undefined : readTaric(text)
}

const charge = (c: Context, value: unknown, path: string): Computed | undefined => {
  const expression = readExpression(value, path, c.from)
  if (!expression) return undefined
  const result = evaluate(expression, {
    value: c.value ?? null,
    quantities: c.quantities,
    rateOf: rateInto(c, targetOf(c.from, expression)),
    meursing: (leaf) => meursingOf(c.from, leaf.symbol),
  })
  if (!result.amount) {
    c.from.issues.push(...refusals(result, path))
    return undefined
  }
  return { amount: result.amount, expression, ...(result.quantity && { quantity: result.quantity }) }
}

/** The duty itself: components, a text, a rate, or an amount that somebody else computed. */
const dutyOf = (c: Context): Computed | undefined => {
  const { fields } = c.from
  const told = named(fields, 'components', 'component', 'expression', 'duty_expression')
  if (told) return charge(c, told[1], `/${told[0]}`)
  const rate = read(c.from, 'duty_rate')
  if (rate) return charge(c, [{ id: '01', amount: rate.toFixed() }], '/duty_rate')
  const found = named(fields, 'import_duty', 'duty', 'duty_total', 'duty_amount')
  if (!found) return undefined
  if (isFields(found[1]) || Array.isArray(found[1])) return charge(c, found[1], `/${found[0]}`)
  const amount = read(c.from, found[0])
  return amount && { amount }
}

const listOf = (c: Context): Decimal[] | undefined => {
  const found = named(c.from.fields, 'additional_duties', 'additional', 'additional_total')
  if (!found) return undefined
  const list: unknown[] = Array.isArray(found[1]) ? found[1] : [found[1]]
  return list.flatMap((one, at) => {
    const path = Array.isArray(found[1]) ? `/${found[0]}/${at}` : `/${found[0]}`
    if (isFields(one)) return charge(c, { ...one, id: '01' }, path)?.amount ?? []
    const amount = figure(one)
    if (amount === undefined) c.from.issues.push(wrong(path, 'a number is expected'))
    return amount ?? []
  })
}

/** Rounded down where it is printed: duty by alcoholic strength alone, relief of small producers. */
const isDown = ({ expression }: Computed): boolean => expression?.length === 1 && /^(?:ASV|SPQ)/.test(expression[0]!.unit ?? '')

const sum = (parts: readonly (Decimal | undefined)[]): Decimal => parts.reduce<Decimal>((s, p) => (p ? s.plus(p) : s), new Decimal(0))

const vatOf = (from: Reading, base: Decimal): { vat?: Decimal; rate?: Decimal } => {
  const rate = read(from, 'vat_rate')
  const vat = rate ? base.times(rate).div(100) : read(from, 'vat')
  return { ...(vat && { vat }), ...(rate && { rate }) }
}

/** Figures that only a calculation of the whole has. */
const totals = (c: Context, charges: Decimal): Fields => {
  const base = sum([c.value, charges])
  const { vat, rate } = vatOf(c.from, base)
  if (!vat) return { duty_total: printed(charges), ...(c.value && { landed: printed(base) }) }
  const all = printed(charges.plus(vat))
  return {
    ...(rate && { vat_base: printed(base) }),
    vat: printed(vat),
    total: all,
    duty_total: rate ? printed(charges) : all,
    duty_total_incl_vat: all,
    cash_at_border: all,
    ...(c.value && { landed: printed(base.plus(vat)) }),
  }
}

const dutyFields = (duty: Computed | undefined): Fields => {
  if (!duty) return {}
  const amount = isDown(duty) ? printedDown(duty.amount) : printed(duty.amount)
  return {
    duty: amount,
    import_duty: amount,
    value: amount,
    unrounded: duty.amount.toNumber(),
    ...(duty.quantity && { quantity_in_unit: Number(duty.quantity.value) }),
  }
}

/** Everything that the inputs allow to be told. */
export const chargesOn = (fields: Fields, tables: Tables): Outcome<Fields> => {
  const from: Reading = { fields, issues: [] }
  const warnings: Issue[] = []
  const c: Context = { from, tables, warnings, value: customsValue(from), quantities: quantitiesIn(from, warnings) }
  const duty = dutyOf(c)
  const additional = listOf(c)
  const excise = read(from, 'excise')
  if (!duty && !additional && !excise && from.issues.length === 0) from.issues.push(error('duty.compute_unknown'))
  const result = {
    ...(c.value && { customs_value: printed(c.value) }),
    ...dutyFields(duty),
    ...(additional && { additional: additional.map(printed) }),
    ...totals(c, sum([duty?.amount, excise, ...(additional ?? [])])),
  }
  return from.issues.length > 0 ? refuse(...from.issues) : accept(result, warnings)
}
