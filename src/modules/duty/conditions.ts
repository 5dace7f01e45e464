/**
 * Whether the conditions of a measure are met by what the item states (TARIC: rows of one code are alternatives, different codes must all
 * be met, rows with a permutation key form one group instead). Pure.
 */
import { decimal } from '#kernel/decimal.ts'
import { actionOf, seriesOf, type Condition, type Expression, type MeasureFact } from '#schema/trade'
import type { Basis } from './evaluate.ts'
import type { TraceStep } from './schema.ts'

/** `unknown`: a quantity, price or rate is missing, so that nobody can tell. `expression` takes the place of the measure's own. */
export type Verdict = { effect: 'applies' | 'excluded' | 'stops' | 'unknown'; expression?: Expression; trace: TraceStep[] }

export type Stated = { documents: ReadonlySet<string>; basis: Pick<Basis, 'value' | 'quantities' | 'rateOf'> }

/** Codes whose threshold is a minimum that price or ratio must reach; the others are limits not to be exceeded. */
const minimum = new Set(['F', 'L', 'M', 'R', 'U', 'V'])

/** Per unit: value for an amount of money, net mass for a ratio, else the quantity itself. */
const measured = (row: Condition, { basis }: Stated) => {
  const { currency, unit } = row.threshold!
  const quantity = unit ? basis.quantities(unit) : null
  if (row.code === 'R' || (row.code === 'U' && !currency)) {
    const whole = row.code === 'R' ? basis.quantities('KGM') : basis.value
    return whole && quantity && !quantity.isZero() ? whole.div(quantity) : null
  }
  if (!currency) return quantity
  const rate = basis.rateOf(currency)
  if (basis.value === null || rate === undefined) return null
  const price = basis.value.div(decimal(rate))
  if (!unit) return price
  return quantity && !quantity.isZero() ? price.div(quantity) : null
}

/** null: nobody can tell. */
const isMet = (row: Condition, stated: Stated): boolean | null => {
  if (row.certificate && stated.documents.has(row.certificate)) return true
  if (!row.threshold) return !row.certificate
  const amount = measured(row, stated)
  if (amount === null) return null
  return minimum.has(row.code) ? amount.gte(decimal(row.threshold.amount)) : amount.lte(decimal(row.threshold.amount))
}

/** Entry prices: the highest step that the price reaches comes first, whatever the rows' order. */
const inOrder = (rows: readonly Condition[]): Condition[] =>
  rows.toSorted((a, b) =>
    a.code === 'V' && b.code === 'V' && a.threshold && b.threshold
      ? decimal(b.threshold.amount).comparedTo(decimal(a.threshold.amount))
      : a.sequence - b.sequence,
  )

const paramsOf = (row: Condition): NonNullable<TraceStep['params']> => ({
  code: row.code,
  ...(row.certificate && { certificate: row.certificate }),
  ...(row.threshold && { threshold: [row.threshold.amount, row.threshold.currency, row.threshold.unit].filter(Boolean).join(' ') }),
})

const meets = (row: Condition): string => (row.certificate ? 'condition_document' : row.threshold ? 'condition_threshold' : 'condition_otherwise')

type Judged = Verdict & { by?: Condition }

const judgeGroup = (rows: readonly Condition[], stated: Stated, otherwise: Verdict['effect']): Judged => {
  for (const row of inOrder(rows)) {
    const met = isMet(row, stated)
    if (met === null) return { effect: 'unknown', trace: [{ step: 'measure', key: 'duty.trace.condition_unknown', params: paramsOf(row) }] }
    if (!met) continue
    const { expression } = row
    const trace: TraceStep[] = [{ step: 'measure', key: `duty.trace.${meets(row)}`, params: paramsOf(row) }]
    return { effect: actionOf(row.action), ...(expression && { expression }), trace, by: row }
  }
  return { effect: otherwise, trace: [{ step: 'measure', key: 'duty.trace.condition_not_met', params: { code: rows[0]!.code } }] }
}

const groupsOf = (conditions: readonly Condition[]): Condition[][] => {
  const combined = conditions.filter((c) => c.permutation)
  return combined.length > 0 ? [combined] : [...Map.groupBy(conditions, (c) => c.code).values()]
}

const gravest = ['stops', 'unknown', 'excluded', 'applies'] as const

/**
 * What the conditions of a measure come to. Where no row is met, an option (which lowers the duty) is not given, and a charge on top of
 * it stands. Components of a met document come before those of a met threshold.
 */
export const judge = (measure: MeasureFact, stated: Stated, isOption: boolean): Verdict => {
  if (!measure.conditions || measure.conditions.length === 0) return { effect: 'applies', trace: [] }
  const judged = groupsOf(measure.conditions).map((rows) => judgeGroup(rows, stated, isOption ? 'excluded' : 'applies'))
  const effect = gravest.find((e) => judged.some((j) => j.effect === e))!
  const expression = (judged.find((j) => j.by?.certificate && j.expression) ?? judged.find((j) => j.expression))?.expression
  return { effect, ...(expression && { expression }), trace: judged.flatMap((j) => j.trace) }
}

/**
 * What keeps goods from being released as declared: a prohibition, or a control whose document is not stated. In these series an action
 * that applies allows the goods, any other does not (TARIC action codes).
 */
export const stoppersOf = (measures: readonly MeasureFact[], stated: Stated): TraceStep[] =>
  measures.flatMap((m): TraceStep[] => {
    const series = seriesOf(m)
    if (series !== 'A' && (series !== 'B' || !m.conditions)) return []
    const conditions = m.conditions ?? []
    if (conditions.length > 0 && judge(m, stated, true).effect === 'applies') return []
    const certificates = [...new Set(conditions.flatMap((c) => c.certificate ?? []))].join(', ')
    const key = conditions.length > 0 ? 'duty.trace.control_unmet' : 'duty.trace.prohibited'
    return [{ step: 'measure', key, params: { measure: m.id, type: m.type, area: m.area, ...(certificates && { certificates }) } }]
  })
