import type { Reader } from '#platform/database.ts'
import { readEntries } from '#platform/journal.ts'
import type { AssessmentFacts } from '#schema/duty'
import { statusOf } from '../declaration.ts'
import type { DeclarationState, Status } from '../schema/lifecycle.ts'
import { assessed } from '../facts/assessed.ts'
import type { Clearance } from '../service/clearance.ts'
import { findByMrn } from '../store.ts'

/** State and status of one declaration, for callers that have checked who asks. */
export const findDeclaration = async (c: Clearance, mrn: string): Promise<{ state: DeclarationState; status: Status } | null> => {
  const found = await findByMrn(c.deps.sql, mrn)
  return found ? { state: found.state, status: statusOf(found.state) as Status } : null
}

/** The duty of the current version with the trace of every figure, computed again from the facts of its decision. */
export const explained = async (db: Reader, s: DeclarationState): Promise<DeclarationState> => {
  if (!s.assessment) return s
  const entries = await readEntries(db, { kind: 'declaration', id: s.id })
  const last = entries.findLast((e) => e.command === 'assess')
  const facts = (last?.body.facts as { assessment?: AssessmentFacts } | undefined)?.assessment
  return facts ? { ...s, assessment: assessed(s, facts) } : s
}
