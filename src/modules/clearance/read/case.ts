import { statusOf } from '../declaration.ts'
import type { DeclarationState, Status } from '../schema/lifecycle.ts'
import type { Clearance } from '../service/clearance.ts'
import { findByMrn } from '../store.ts'

/** State and status of one declaration, for callers that have checked who asks. */
export const findDeclaration = async (c: Clearance, mrn: string): Promise<{ state: DeclarationState; status: Status } | null> => {
  const found = await findByMrn(c.deps.sql, mrn)
  return found ? { state: found.state, status: statusOf(found.state) as Status } : null
}
