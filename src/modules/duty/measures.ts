/** Which of the measures that fit an item are charged: one option of customs duty, what is stacked on it, excise, VAT. Pure. */
import { meursingTypes, printExpression, seriesOf, type Expression, type MeasureFact, type MeursingLeaf } from '#schema/trade'
import { judge, stoppersOf, type Stated } from './conditions.ts'
import type { Basis } from './evaluate.ts'
import { asJudged, chooseOption, isOption, isQuota, plainDuty, type Charge } from './options.ts'
import { kindOf } from './relief.ts'
import type { AssessmentItem, TraceStep } from './schema.ts'

export type Chosen = {
  option?: Charge
  /** DE 4/17 that was applied */ preference?: string
  stacked: Charge[]
  excise: Charge[]
  /** excise is due at one of several rates, and the declarant does not say at which */ exciseOpen: MeasureFact[]
  vat: Charge[]
  trace: TraceStep[]
}

const codesOf = (item: AssessmentItem): Set<string> =>
  new Set([...item.additionalCodes, ...item.taxes.flatMap((t) => (t.type && /^[0-9]{3}$/.test(t.type) ? [`X${t.type}`] : []))])

/** Rows of the Meursing tables are amounts of components, not charges. */
const isMeursing = (m: MeasureFact): boolean => Object.hasOwn(meursingTypes, m.type) && (m.additionalCode?.startsWith('7') ?? false)

/** Prohibitions, controls, unit prices, surveillance and supplementary units charge nothing. */
const chargesNothing = new Set(['A', 'B', 'M', 'N', 'O'])
const isCharge = (m: MeasureFact): boolean => m.expression !== undefined && !isMeursing(m) && !chargesNothing.has(seriesOf(m) ?? '')

/** The row of the Meursing table that the stated code has for a component; a reduced one by the reduction of the option. */
export const meursingRow =
  (measures: readonly MeasureFact[]) =>
  (leaf: MeursingLeaf): Expression | undefined => {
    const rows = measures.filter((m) => isMeursing(m) && meursingTypes[m.type] === leaf.of)
    return rows.find((m) => (m.reduction !== undefined) === leaf.reduced)?.expression
  }

/**
 * Rows that differ by additional code: those that the declarant states; else those without a code; else the residual one (999), which
 * takes everybody who names no company. None of these: nobody can tell which row is meant.
 */
const byAdditionalCode = (rows: readonly MeasureFact[], stated: ReadonlySet<string>): { rows: MeasureFact[]; open?: true } => {
  const named = rows.filter((m) => m.additionalCode && stated.has(m.additionalCode))
  if (named.length > 0) return { rows: named }
  const plain = rows.filter((m) => !m.additionalCode)
  if (plain.length > 0) return { rows: plain }
  const residual = rows.filter((m) => m.additionalCode?.endsWith('999'))
  return residual.length > 0 ? { rows: residual } : { rows: rows.slice(0, 1), open: true }
}

const isDefence = (m: MeasureFact): boolean => ['D', 'J'].includes(seriesOf(m) ?? '')

const chargeOf = (m: MeasureFact, stated: Stated): { charge?: Charge; trace: TraceStep[] } => {
  const verdict = judge(m, stated, false)
  if (verdict.effect === 'excluded') {
    const dropped: TraceStep = { step: 'measure', key: 'duty.trace.not_charged', params: { type: m.type, rate: printExpression(m.expression!) } }
    return { trace: [dropped, ...verdict.trace] }
  }
  const open = verdict.effect === 'applies' ? {} : { open: true as const }
  return { charge: { measure: asJudged(m, verdict), lead: verdict.trace, ...open }, trace: [] }
}

type Chargeable = { charges: Charge[]; trace: TraceStep[] }

const perKind = (rows: readonly MeasureFact[], codes: ReadonlySet<string>, stated: Stated): Chargeable => {
  const found: Chargeable = { charges: [], trace: [] }
  for (const group of Map.groupBy(rows, (m) => `${m.type}/${m.taxType}`).values()) {
    const { rows: chosen, open } = byAdditionalCode(group, codes)
    if (open && isDefence(chosen[0]!)) {
      const params = { codes: group.map((m) => m.additionalCode).join(', ') }
      found.charges.push({ measure: chosen[0]!, lead: [{ step: 'measure', key: 'duty.trace.additional_code_missing', params }], open })
    }
    for (const m of open ? [] : chosen) {
      const { charge, trace } = chargeOf(m, stated)
      if (charge) found.charges.push(charge)
      found.trace.push(...trace)
    }
  }
  return found
}

const safeguard = '696'
/** Goods under a tariff quota bear no safeguard duty. */
const withoutSafeguard = (rows: readonly MeasureFact[], option: Charge | undefined): { rows: readonly MeasureFact[]; trace: TraceStep[] } => {
  if (!option || !isQuota(option.measure) || !rows.some((m) => m.type === safeguard)) return { rows, trace: [] }
  return { rows: rows.filter((m) => m.type !== safeguard), trace: [{ step: 'measure', key: 'duty.trace.safeguard_dropped' }] }
}

/** Chooses among the facts what is charged on the item. */
export const chooseMeasures = (item: AssessmentItem, measures: readonly MeasureFact[], basis: Basis): Chosen => {
  const codes = codesOf(item)
  const stated: Stated = { documents: new Set(item.documents), basis }
  const preference = item.taxes.find((t) => t.preference)?.preference
  const order = item.taxes.find((t) => t.quotaOrder)?.quotaOrder
  const options = measures.filter((m) => isOption(m) && (!m.additionalCode || codes.has(m.additionalCode)))
  const { charge: option, ...chosen } = chooseOption(options, { ...(preference && { preference }), ...(order && { order }) }, stated, basis)
  // A row bound to a preference counts only where that preference was claimed.
  const others = measures.filter((m) => !isOption(m) && isCharge(m) && (!m.preferences || m.preferences.includes(preference ?? plainDuty)))
  const kind = (k: ReturnType<typeof kindOf>): MeasureFact[] => others.filter((m) => kindOf(m.taxType) === k)
  const duties = withoutSafeguard(kind('duty'), option)
  const stacked = perKind(duties.rows, codes, stated)
  const excises = kind('excise')
  const named = excises.filter((m) => !m.additionalCode || codes.has(m.additionalCode))
  const excise = named.map((m) => chargeOf(m, stated))
  const vat = perKind(kind('vat'), codes, stated)
  // Goods that may not be released as they are declared are an officer's, whatever they would owe.
  const stoppers = stoppersOf(measures, stated)
  const stopped = option && stoppers.length > 0 ? { ...option, lead: [...stoppers, ...option.lead], open: true as const } : option
  return {
    ...(stopped && { option: stopped, preference: chosen.preference }),
    stacked: stacked.charges,
    excise: excise.flatMap((e) => e.charge ?? []),
    exciseOpen: named.length === 0 ? excises : [],
    vat: vat.charges,
    trace: [...chosen.trace, ...duties.trace, ...stacked.trace, ...excise.flatMap((e) => e.trace), ...vat.trace],
  }
}
