/** Which of the measures that fit an item are charged: one option of customs duty, what is stacked on it, excise, VAT. Pure. */
import type { MeasureFact } from '#schema/trade'
import { kindOf } from './relief.ts'
import type { AssessmentItem, TraceStep } from './schema.ts'

export type Chosen = {
  option?: MeasureFact
  /** DE 4/17 that was applied */ preference?: string
  stacked: MeasureFact[]
  excise: MeasureFact[]
  /** excise is due at one of several rates, and the declarant does not say at which */ exciseOpen: MeasureFact[]
  vat: MeasureFact[]
  trace: TraceStep[]
}

const codesOf = (item: AssessmentItem): Set<string> =>
  new Set([...item.additionalCodes, ...item.taxes.flatMap((t) => (t.type && /^[0-9]{3}$/.test(t.type) ? [`X${t.type}`] : []))])

/**
 * Rows that differ by additional code: those that the declarant states; else those without a code; else the residual one (999), which
 * takes everybody who names no company.
 */
const byAdditionalCode = (rows: readonly MeasureFact[], stated: ReadonlySet<string>): MeasureFact[] => {
  const named = rows.filter((m) => m.additionalCode && stated.has(m.additionalCode))
  if (named.length > 0) return named
  const open = rows.filter((m) => !m.additionalCode)
  return open.length > 0 ? open : rows.filter((m) => m.additionalCode?.endsWith('999'))
}

const perKind = (rows: readonly MeasureFact[], stated: ReadonlySet<string>): MeasureFact[] =>
  [...Map.groupBy(rows, (m) => `${m.type}/${m.taxType}`).values()].flatMap((group) => byAdditionalCode(group, stated))

const isOption = (m: MeasureFact): boolean => m.preferences !== undefined && m.expression !== undefined && ['A00', 'A50'].includes(m.taxType)

/** The claimed option when the tariff has it, else the duty for third countries (TARIC: preference 100). */
const chooseOption = (options: readonly MeasureFact[], claim: string | undefined, order: string | undefined) => {
  const asked = claim ?? '100'
  const fits = options.find((m) => m.preferences!.includes(asked) && (!order || !m.orderNumber || m.orderNumber === order))
  if (fits) return { option: fits, preference: asked, missed: false }
  return { option: options.find((m) => m.preferences!.includes('100')), preference: '100', missed: true }
}

/** Chooses among the facts what is charged on the item. */
export const chooseMeasures = (item: AssessmentItem, measures: readonly MeasureFact[]): Chosen => {
  const stated = codesOf(item)
  const claim = item.taxes.find((t) => t.preference)?.preference
  const order = item.taxes.find((t) => t.quotaOrder)?.quotaOrder
  const { option, preference, missed } = chooseOption(byAdditionalCodeOfOptions(measures, stated), claim, order)
  const trace: TraceStep[] = []
  if (missed && claim && option) trace.push({ step: 'measure', key: 'duty.trace.preference_not_available', params: { preference: claim } })
  // A row bound to a preference counts only where that preference was claimed.
  const others = measures.filter((m) => !isOption(m) && m.expression && (!m.preferences || m.preferences.includes(claim ?? '100')))
  const of = (kind: ReturnType<typeof kindOf>) =>
    perKind(
      others.filter((m) => kindOf(m.taxType) === kind),
      stated,
    )
  const excise = others.filter((m) => kindOf(m.taxType) === 'excise')
  const named = excise.filter((m) => !m.additionalCode || stated.has(m.additionalCode))
  return {
    ...(option && { option, preference }),
    stacked: of('duty'),
    excise: named,
    exciseOpen: named.length === 0 ? excise : [],
    vat: of('vat'),
    trace,
  }
}

const byAdditionalCodeOfOptions = (measures: readonly MeasureFact[], stated: ReadonlySet<string>): MeasureFact[] =>
  measures.filter((m) => isOption(m) && (!m.additionalCode || stated.has(m.additionalCode)))
