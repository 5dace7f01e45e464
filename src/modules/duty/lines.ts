/** The tax lines of one goods item. Pure. */
import { Decimal } from '#kernel/decimal.ts'
import { formatMoney, toMajor, toMoney, zero, type Money } from '#kernel/money.ts'
import { plainPercent, printExpression } from '#schema/trade'
import { evaluate, type Basis } from './evaluate.ts'
import { chooseMeasures, meursingRow, type Chosen } from './measures.ts'
import type { Charge } from './options.ts'
import { quantitiesOf } from './quantity.ts'
import { kindOf, reliefFor, securing, suspends } from './relief.ts'
import type { AssessmentFacts, AssessmentInput, AssessmentItem, TaxLine, TraceStep } from './schema.ts'
import { exchange, isCountable, type Exchange, type ItemValue } from './value.ts'

type Declared = AssessmentItem['taxes'][number]
type Context = {
  item: AssessmentItem
  facts: AssessmentFacts
  value: Money | null
  x: Exchange
  basisOf: (value: Decimal | null, duty?: Decimal | null) => Basis
  requested: string
  postponed: boolean
  chosen: Chosen
}
/** A line with what it adds to the bases that follow: the duty before relief or suspension; null = not known. */
type Computed = { line: TaxLine; adds: Decimal | null }

const methodFor = ({ item, facts }: Pick<Context, 'item' | 'facts'>, type: string): string =>
  item.taxes.find((t) => t.type === type && t.method)?.method ?? item.taxes.find((t) => t.method)?.method ?? facts.duty.defaultMethod

const claimOf = ({ item, chosen }: Pick<Context, 'item' | 'chosen'>): Pick<TaxLine, 'preference' | 'quotaOrder'> => {
  const order = item.taxes.find((t) => t.quotaOrder)?.quotaOrder
  return { ...(chosen.preference && { preference: chosen.preference }), ...(order && chosen.preference !== '100' && { quotaOrder: order }) }
}

/** The declarant's own figures, taken over as they are. */
const declaredLine = (c: Context, tax: Declared, type: string): TaxLine => {
  const { currency, rounding } = c.facts
  const money = (a: Declared['assessed']): Money | undefined => {
    const converted = a && c.x.convert(a)
    return converted ? toMoney(converted, currency, rounding.mode) : undefined
  }
  const payable = money(tax.payable) ?? money(tax.assessed) ?? zero(currency)
  const base = money(tax.baseAmount)
  return {
    itemNumber: c.item.itemNumber,
    type,
    base: base ? { amount: base } : tax.base ? { quantity: tax.base } : { none: true },
    rate: tax.rate ?? null,
    rateText: tax.rate ? `${tax.rate} %` : '',
    assessed: money(tax.assessed) ?? payable,
    deduct: money(tax.deduct) ?? zero(currency),
    payable,
    method: methodFor(c, type),
    ...claimOf(c),
    ...(tax.preference && { preference: tax.preference }),
    status: 'declared',
    measureIds: [],
    trace: [{ step: 'override', key: 'duty.trace.declared', params: { amount: formatMoney(payable) } }],
  }
}

const hasFigures = (t: Declared): boolean => t.assessed !== undefined || t.payable !== undefined

/** Nobody can compute it from what is declared: the declarant's own figure if there is one, else an officer's task. */
const unknownLine = (c: Context, type: string, rateText: string, measureIds: string[], trace: TraceStep[]): TaxLine => {
  const own = c.item.taxes.find((t) => t.type === type && hasFigures(t))
  if (own) return { ...declaredLine(c, own, type), measureIds }
  const none = zero(c.facts.currency)
  return {
    itemNumber: c.item.itemNumber,
    type,
    base: { none: true },
    rate: null,
    rateText,
    assessed: none,
    deduct: none,
    payable: none,
    method: methodFor(c, type),
    ...claimOf(c),
    status: 'manual',
    measureIds,
    trace,
  }
}

type Burden = Pick<TaxLine, 'status' | 'assessed' | 'deduct' | 'payable' | 'relief' | 'trace'>

/** What procedure, relief and fiscal reference make of a duty of `full`. */
const burden = (c: Context, type: string, full: Money): Burden => {
  const none = zero(full.currency)
  const kind = kindOf(type)
  const free = { status: 'assessed', assessed: none, deduct: none, payable: none } as const
  const relief = reliefFor(c.requested, c.item.additionalProcedures, kind)
  if (relief) {
    const { how, code } = relief
    const trace: TraceStep[] = [
      { step: 'relief', key: how === 'deduct' ? 'duty.trace.relieved' : `duty.trace.${how}`, params: { code, amount: formatMoney(full) } },
    ]
    // What is secured until the value is known is not given up.
    const forgone = how === 'provisional' ? {} : { relief: { code, forgone: full } }
    return { ...free, ...(how === 'deduct' && { deduct: full }), ...forgone, trace }
  }
  if (suspends(c.requested, kind)) {
    const trace: TraceStep[] = [{ step: 'relief', key: 'duty.trace.suspended', params: { procedure: c.requested } }]
    return { status: 'suspended', assessed: full, deduct: none, payable: none, trace }
  }
  if (kind === 'vat' && c.postponed)
    return { status: 'postponed', assessed: full, deduct: none, payable: none, trace: [{ step: 'payment', key: 'duty.trace.postponed' }] }
  return { status: 'assessed', assessed: full, deduct: none, payable: full, trace: [] }
}

/** Told only where something was rounded away: the journal keeps these steps for every line of the country. */
const roundingOf = (exact: Decimal, full: Money, mode: string): TraceStep[] =>
  toMajor(full).eq(exact)
    ? []
    : [{ step: 'rounding', key: 'duty.trace.rounded', params: { exact: exact.toFixed(), amount: formatMoney(full), mode } }]

/** What is told before the calculation, and the duties that were computed before. */
type Beside = { before?: TraceStep[]; duty?: Decimal | null }

const applied = (m: Charge['measure'], rate: string): TraceStep => {
  const params = { measure: m.id, type: m.type, area: m.area, rate }
  return m.additionalCode
    ? { step: 'measure', key: 'duty.trace.measure_of_code', params: { ...params, code: m.additionalCode } }
    : { step: 'measure', key: 'duty.trace.measure', params }
}

/** `base` is exact; it is printed rounded. */
const compute = (c: Context, charge: Charge, type: string, base: Decimal | null, { before = [], duty }: Beside = {}): Computed => {
  const { measure, lead, open } = charge
  const { currency, rounding } = c.facts
  const rate = printExpression(measure.expression!)
  // A rule is too long for a column; the calculation tells it.
  const rateText = measure.expression![0]?.kind === 'rule' ? '' : rate
  const result = evaluate(measure.expression!, c.basisOf(base, duty))
  const trace: TraceStep[] = [...before, applied(measure, rate), ...lead, ...result.trace]
  const isTooLarge = result.amount !== null && !isCountable(result.amount, currency)
  if (open || result.amount === null || isTooLarge) {
    const told: TraceStep[] = isTooLarge ? [...trace, { step: 'measure', key: 'duty.trace.too_large' }] : trace
    const line = unknownLine(c, type, rateText, [measure.id], told)
    return { line, adds: line.status === 'declared' ? toMajor(line.assessed) : null }
  }
  const full = toMoney(result.amount, currency, rounding.mode)
  const percent = plainPercent(measure.expression!)
  const printed = base === null ? zero(currency) : toMoney(base, currency, rounding.mode)
  const { status, trace: why, ...amounts } = burden(c, type, full)
  const line: TaxLine = {
    itemNumber: c.item.itemNumber,
    type,
    base: percent !== undefined ? { amount: printed } : result.quantity ? { quantity: result.quantity } : { none: true },
    rate: percent ?? null,
    rateText,
    ...amounts,
    method: methodFor(c, type),
    ...claimOf(c),
    status,
    measureIds: [measure.id],
    trace: [...trace, ...roundingOf(result.amount, full, rounding.mode), ...why],
  }
  // What is not owed at all is no part of the bases that follow; what is relieved or suspended is.
  const nil = reliefFor(c.requested, c.item.additionalProcedures, kindOf(type))?.how === 'nil'
  return { line, adds: nil ? new Decimal(0) : rounding.perLine ? toMajor(full) : result.amount }
}

const total = (start: Decimal | null, parts: readonly Computed[]): Decimal | null =>
  parts.reduce<Decimal | null>((s, p) => (s && p.adds ? s.plus(p.adds) : null), start)

/** Duty that procedure or relief leaves unpaid for the time being, held by the guarantee that the item names. */
const securityFor = (c: Context, computed: readonly Computed[]): TaxLine[] =>
  computed.flatMap(({ line, adds }) => {
    if (!securing.has(line.method) || !adds) return []
    const provisional = reliefFor(c.requested, c.item.additionalProcedures, kindOf(line.type))?.how === 'provisional'
    const [amount, name] = provisional
      ? [toMoney(adds, c.facts.currency, c.facts.rounding.mode), 'provisional']
      : line.status === 'suspended'
        ? [line.assessed, c.requested]
        : [line.deduct, 'relief']
    if (amount.minor === 0) return []
    const none = zero(amount.currency)
    const type = c.facts.duty.securityTypes[name] ?? c.facts.duty.securityTypes['other'] ?? line.type
    return [
      {
        itemNumber: line.itemNumber,
        type,
        base: { none: true as const },
        rate: null,
        rateText: '',
        assessed: amount,
        deduct: none,
        payable: none,
        method: line.method,
        status: 'secured' as const,
        measureIds: line.measureIds,
        trace: [{ step: 'payment' as const, key: 'duty.trace.secured', params: { type: line.type, method: line.method } }],
      },
    ]
  })

/**
 * VAT comes last: on value, all duties before relief and suspension, and excise (Directive 2006/112/EC Art. 85–86; WCO DMS pack). Where
 * `vatSplit.when` is charged, VAT on the duties is a line of its own.
 */
const vatLines = (c: Context, duties: readonly Computed[], excise: readonly Computed[]): Computed[] => {
  const split = c.facts.duty.vatSplit
  const value = c.value && toMajor(c.value)
  const divided = split !== undefined && duties.some(({ line }) => line.type === split.when)
  const plain = c.chosen.vat.filter(({ measure }) => measure.taxType !== split?.onDuties)
  if (!divided || !split) return plain.map((v) => compute(c, v, v.measure.taxType, total(total(value, duties), excise)))
  const onDuties = total(new Decimal(0), duties)
  const special = c.chosen.vat.filter(({ measure }) => measure.taxType === split.onDuties)
  const onDuty = onDuties?.isZero() ? [] : (special.length > 0 ? special : plain).map((v) => compute(c, v, split.onDuties, onDuties))
  return [...onDuty, ...plain.map((v) => compute(c, v, v.measure.taxType, total(value, excise)))]
}

const excisesOf = (c: Context, duties: readonly Computed[]): Computed[] => {
  const value = c.value && toMajor(c.value)
  const duty = total(new Decimal(0), duties)
  const open = c.chosen.exciseOpen
  if (open.length > 0) {
    const codes = open.map((m) => m.additionalCode).join(', ')
    const line = unknownLine(
      c,
      open[0]!.taxType,
      '',
      open.map((m) => m.id),
      [{ step: 'measure', key: 'duty.trace.excise_code_missing', params: { codes } }],
    )
    return [{ line, adds: line.status === 'declared' ? toMajor(line.assessed) : null }]
  }
  return c.chosen.excise.map((e) => compute(c, e, e.measure.taxType, e.measure.basis === 'value-and-duty' ? total(value, duties) : value, { duty }))
}

const contextOf = (input: AssessmentInput, item: AssessmentItem, value: ItemValue, facts: AssessmentFacts): Context => {
  const measures = facts.measures[String(item.itemNumber)] ?? []
  const roles = [...input.fiscalRoles, ...item.fiscalRoles]
  const x = exchange(input, facts)
  const quantities = quantitiesOf(item, measures)
  const meursing = meursingRow(measures)
  const subject = {
    commodity: item.commodity ?? '',
    procedure: item.procedure ?? '',
    reliefs: item.additionalProcedures,
    origin: item.origin ?? item.preferentialOrigin ?? '',
    preference: item.taxes.find((t) => t.preference)?.preference ?? '',
  }
  const basisOf = (of: Decimal | null, duty: Decimal | null = null): Basis => ({
    value: of,
    quantities,
    rateOf: x.rateOf,
    meursing,
    subject: { ...subject, duty },
  })
  return {
    item,
    facts,
    value: value.money,
    x,
    basisOf,
    requested: item.procedure?.slice(0, 2) ?? '',
    postponed: roles.some((r) => facts.duty.postponingRoles.includes(r)),
    chosen: chooseMeasures(item, measures, basisOf(value.money && toMajor(value.money))),
  }
}

/**
 * All tax lines of an item: customs duty, what is charged on top of it, excise, VAT, security. Goods without a commodity code (requests
 * for release by another message) owe nothing here. A declarant who states the override takes the calculation upon himself.
 */
export const itemLines = (input: AssessmentInput, item: AssessmentItem, value: ItemValue, facts: AssessmentFacts): TaxLine[] => {
  const c = contextOf(input, item, value, facts)
  const overridden = [...input.statements, ...item.statements].some((s) => s.startsWith(facts.duty.overrideStatement))
  if (overridden) return item.taxes.flatMap((t) => (t.type && hasFigures(t) ? [declaredLine(c, t, t.type)] : []))
  if (!item.commodity) return []
  const base = c.value && toMajor(c.value)
  const { option, stacked, trace } = c.chosen
  const first: Computed = option
    ? compute(c, option, option.measure.taxType, base, { before: trace })
    : { line: unknownLine(c, 'A00', '', [], [{ step: 'measure', key: 'duty.trace.no_measure', params: { commodity: item.commodity } }]), adds: null }
  const known = first.line.status === 'declared' ? { ...first, adds: toMajor(first.line.assessed) } : first
  const duties = [known, ...stacked.map((s) => compute(c, s, s.measure.taxType, base))]
  const excise = excisesOf(c, duties)
  const computed = [...duties, ...excise, ...vatLines(c, duties, excise)]
  return [...computed.map(({ line }) => line), ...securityFor(c, computed)]
}
