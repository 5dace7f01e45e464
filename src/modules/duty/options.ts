/**
 * The one option of customs duty that is applied: the claimed one if its conditions hold, else the duty for third countries. All are
 * computed, so that the declarant reads what the others would have been; nothing is ever switched silently. Pure.
 */
import type { Decimal } from '#kernel/decimal.ts'
import { printExpression, seriesOf, type MeasureFact } from '#schema/trade'
import { judge, type Stated, type Verdict } from './conditions.ts'
import { evaluate, type Basis } from './evaluate.ts'
import type { TraceStep } from './schema.ts'

/** A measure that is charged, and what is told before its calculation. `open`: an officer must say whether or how much. */
export type Charge = { measure: MeasureFact; lead: TraceStep[]; open?: true }
type Candidate = { measure: MeasureFact; verdict: Verdict; amount: Decimal | null }

export const plainDuty = '100'
/** Autonomous suspension (DE 4/17 110). */
const suspension = { type: '112', preference: '110' }
const quotaTypes = new Set(['122', '123', '143', '146', '147'])
export const isQuota = (m: Pick<MeasureFact, 'type'>): boolean => quotaTypes.has(m.type)

/** Options are of series C; whatever its type says, the series counts. */
export const isOption = (m: MeasureFact): boolean =>
  m.preferences !== undefined && m.expression !== undefined && ['A00', 'A50'].includes(m.taxType) && ['C', undefined].includes(seriesOf(m))

/** A measure as its conditions leave it. */
export const asJudged = (measure: MeasureFact, verdict: Verdict): MeasureFact =>
  verdict.expression ? { ...measure, expression: verdict.expression } : measure

const candidateOf = (measure: MeasureFact, stated: Stated, basis: Basis): Candidate => {
  const verdict = judge(measure, stated, true)
  const judged = asJudged(measure, verdict)
  return { measure: judged, verdict, amount: verdict.effect === 'applies' ? evaluate(judged.expression!, basis).amount : null }
}

const holds = (c: Candidate, preference: string): boolean => c.measure.preferences!.includes(preference)

type Choice = { chosen?: Candidate; preference: string; trace: TraceStep[] }

const notAvailable = (preference: string): TraceStep => ({ step: 'measure', key: 'duty.trace.preference_not_available', params: { preference } })

/** Without a claim a suspension that asks for nothing applies by itself. */
const bySuspension = (candidates: readonly Candidate[], plain: Candidate | undefined): Candidate | undefined =>
  candidates.find(
    (c) => c.measure.type === suspension.type && !c.measure.conditions && holds(c, suspension.preference) && c.amount && plain?.amount?.gt(c.amount),
  )

const choose = (candidates: readonly Candidate[], claim: string | undefined, order: string | undefined): Choice => {
  const ofPlain = candidates.filter((c) => holds(c, plainDuty))
  const plain = ofPlain.find((c) => c.verdict.effect === 'applies') ?? ofPlain[0]
  if (claim === undefined || claim === plainDuty) {
    const suspended = claim === undefined ? bySuspension(candidates, plain) : undefined
    if (suspended) return { chosen: suspended, preference: suspension.preference, trace: [{ step: 'measure', key: 'duty.trace.suspension_applies' }] }
    return { ...(plain && { chosen: plain }), preference: plainDuty, trace: [] }
  }
  const claimed = candidates.filter((c) => holds(c, claim) && (!order || !c.measure.orderNumber || c.measure.orderNumber === order))
  const given = claimed.find((c) => c.verdict.effect !== 'excluded')
  if (given) return { chosen: given, preference: claim, trace: [] }
  const why = claimed[0]?.verdict.trace ?? []
  return { ...(plain && { chosen: plain }), preference: plainDuty, trace: plain ? [...why, notAvailable(claim)] : why }
}

/** What else there was, and what it would have come to. */
const others = (candidates: readonly Candidate[], { chosen }: Choice): TraceStep[] =>
  candidates.flatMap((c): TraceStep[] => {
    if (c === chosen) return []
    const params = { preference: c.measure.preferences!.join(', '), rate: printExpression(c.measure.expression!), area: c.measure.area }
    if (c.amount) return [{ step: 'measure', key: 'duty.trace.option', params: { ...params, amount: c.amount.toFixed(2) } }]
    return [{ step: 'measure', key: c.verdict.effect === 'excluded' ? 'duty.trace.option_excluded' : 'duty.trace.option_open', params }]
  })

const advice = (candidates: readonly Candidate[], { chosen }: Choice): TraceStep[] => {
  const open = candidates.filter((c) => c.amount && chosen?.amount && c.amount.lt(chosen.amount))
  const cheapest = open.toSorted((a, b) => a.amount!.comparedTo(b.amount!))[0]
  if (!cheapest) return []
  const saves = chosen!.amount!.minus(cheapest.amount!).toFixed(2)
  return [{ step: 'measure', key: 'duty.trace.cheaper', params: { preference: cheapest.measure.preferences!.join(', '), saves } }]
}

export type ChosenOption = { charge?: Charge; preference: string; trace: TraceStep[] }

/** `options` are those whose additional code the item states, or that have none. */
export const chooseOption = (
  options: readonly MeasureFact[],
  claim: { preference?: string; order?: string },
  stated: Stated,
  basis: Basis,
): ChosenOption => {
  const candidates = options.map((m) => candidateOf(m, stated, basis))
  const choice = choose(candidates, claim.preference, claim.order)
  const trace = [...others(candidates, choice), ...advice(candidates, choice), ...choice.trace]
  const { chosen } = choice
  if (!chosen) return { preference: choice.preference, trace }
  const open = chosen.verdict.effect === 'applies' ? {} : { open: true as const }
  return { charge: { measure: chosen.measure, lead: chosen.verdict.trace, ...open }, preference: choice.preference, trace }
}
