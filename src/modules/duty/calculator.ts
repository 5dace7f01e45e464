/** What a declaration of one good would be charged, and what its other options would come to. Pure: tariff and settings come in as facts. */
import { subtract, type Money } from '#kernel/money.ts'
import { printExpression, type MeasureFact } from '#schema/trade'
import { assess } from './assess.ts'
import { isOption, plainDuty } from './options.ts'
import type { Assessment, AssessmentFacts, AssessmentInput, AssessmentItem, CalculatorOption, CalculatorQuery } from './schema.ts'

/** DE 4/9: transport, loading and insurance up to the border are added to the price. */
const transportToBorder = 'AK'

const list = (codes: string | undefined): string[] => codes?.split(',') ?? []

/** The goods of a question as a declaration would describe them: released for free circulation, nothing known of the parties. */
export const itemOf = (q: CalculatorQuery, currency: string, supplementaryUnit: string | undefined): AssessmentItem => {
  const unit = q.unit ?? supplementaryUnit
  const money = { currency: q.currency ?? currency }
  return {
    itemNumber: 1,
    commodity: q.code,
    additionalCodes: list(q.additional),
    origin: q.origin,
    preferentialOrigin: q.origin,
    procedure: '4000',
    additionalProcedures: ['000'],
    price: { amount: q.value, ...money },
    adjustments: q.transport ? [{ code: transportToBorder, amount: { amount: q.transport, ...money } }] : [],
    ...(q.netMassKg && { netMassKg: q.netMassKg }),
    ...(q.quantity && { supplementary: { value: q.quantity, ...(unit && { unit }) } }),
    taxes: claimOf(q.preference, q.order),
    fiscalRoles: [],
    statements: [],
    documents: list(q.documents),
  }
}

const claimOf = (preference: string | undefined, order: string | undefined): AssessmentItem['taxes'] =>
  preference === undefined && order === undefined ? [] : [{ type: 'A00', ...(preference && { preference }), ...(order && { quotaOrder: order }) }]

const inputOf = (item: AssessmentItem): AssessmentInput => ({ adjustments: [], fiscalRoles: [], statements: [], items: [item] })

export const calculate = (item: AssessmentItem, facts: AssessmentFacts): Assessment => assess(inputOf(item), facts)

const documentsOf = (measures: readonly MeasureFact[]): string[] => [
  ...new Set(measures.flatMap((m) => (m.conditions ?? []).flatMap((c) => c.certificate ?? []))),
]

type Way = { preference: string; order?: string; measures: MeasureFact[] }

const waysOf = (measures: readonly MeasureFact[]): Way[] => {
  const ways = new Map<string, Way>()
  for (const m of measures.filter(isOption))
    for (const preference of m.preferences!) {
      const key = `${preference}/${m.orderNumber ?? ''}`
      const way = ways.get(key) ?? { preference, ...(m.orderNumber && { order: m.orderNumber }), measures: [] }
      way.measures.push(m)
      ways.set(key, way)
    }
  return [...ways.values()].toSorted((a, b) => (`${a.preference}${a.order ?? ''}` < `${b.preference}${b.order ?? ''}` ? -1 : 1))
}

const saving = (plain: Money, other: Money): Money => subtract(plain, other)

/** Every option of customs duty that the tariff has for these goods, each assessed whole: duty, what is stacked on it, excise and VAT. */
export const optionsOf = (item: AssessmentItem, facts: AssessmentFacts): CalculatorOption[] => {
  const measures = facts.measures['1'] ?? []
  const under = (preference: string, order?: string): Assessment => calculate({ ...item, taxes: claimOf(preference, order) }, facts)
  const plain = under(plainDuty).totals.payable
  return waysOf(measures).map((way) => {
    const assessment = under(way.preference, way.order)
    const duty = assessment.lines.find((l) => l.preference !== undefined)
    const { payable } = assessment.totals
    const manual = assessment.lines.some((l) => l.status === 'manual')
    return {
      preference: way.preference,
      ...(way.order && { order: way.order }),
      rate: way.measures.map((m) => printExpression(m.expression!)).join(' · '),
      payable,
      saves: saving(plain, payable),
      given: duty?.preference === way.preference && !manual,
      manual,
      documents: documentsOf(way.measures),
    }
  })
}
