import { assess } from '#rules/duty'
import type { Assessment, AssessmentFacts } from '#schema/duty'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { toAssessmentInput } from './assessment-input.ts'

// Selection looks at the value before the decision computes the duty from the same facts; once is enough.
const known = new WeakMap<AssessmentFacts, { document: DeclarationState['document']; assessment: Assessment }>()

/** The duty of a declaration under these facts. */
export const assessed = (s: DeclarationState, facts: AssessmentFacts): Assessment => {
  const before = known.get(facts)
  if (before && before.document === s.document) return before.assessment
  const assessment = assess(toAssessmentInput(s), facts)
  known.set(facts, { document: s.document, assessment })
  return assessment
}
