/** A declaration for whoever reads the journal: the subject that an MRN names, and how its state comes from its events. */
import type { Reader } from '#platform/database.ts'
import type { Subject } from '#platform/journal.ts'
import { evolve } from '../declaration.ts'
import { findByMrn } from '../store.ts'

export const findSubject = async (db: Reader, mrn: string): Promise<Subject | null> => {
  const found = await findByMrn(db, mrn.trim().toUpperCase())
  return found && { kind: 'declaration', id: found.state.id }
}

export const folds = { declaration: evolve } as const
