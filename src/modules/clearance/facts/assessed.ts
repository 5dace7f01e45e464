import { zero } from '#kernel/money.ts'
import { assess } from '#rules/duty'
import type { Assessment, AssessmentFacts } from '#schema/duty'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { toAssessmentInput } from './assessment-input.ts'

// Selection looks at the value before the decision computes the duty from the same facts; once is enough.
const known = new WeakMap<AssessmentFacts, { document: DeclarationState['document']; assessment: Assessment }>()

/** Exports and transits owe no duty here; their value is still wanted for selection and statistics. */
const valueOnly = (a: Assessment): Assessment => {
  const none = zero(a.currency)
  return { ...a, lines: [], totals: { customsValue: a.totals.customsValue, assessed: none, payable: none, secured: none, byType: [], byMethod: [] } }
}

/** The duty of a declaration under these facts. */
export const assessed = (s: DeclarationState, facts: AssessmentFacts): Assessment => {
  const before = known.get(facts)
  if (before && before.document === s.document) return before.assessment
  const computed = assess(toAssessmentInput(s), facts)
  const assessment = s.regime !== 'import' ? valueOnly(computed) : computed
  known.set(facts, { document: s.document, assessment })
  return assessment
}

/**
 * As it is stored. How each figure came about is not: it follows from the facts of the decision, which the journal keeps, and is
 * computed again when somebody asks. It would be half of all that a declaration writes.
 */
export const withoutTrace = (a: Assessment): Assessment => ({
  ...a,
  items: a.items.map((i) => ({ ...i, trace: [] })),
  lines: a.lines.map((l) => ({ ...l, trace: [] })),
})
