import type { Catalogue } from '#platform/catalogue.ts'

export const issues: Catalogue = {
  'audit.entry_unknown': { status: 404 },
  'audit.subject_unknown': { status: 404 },
  'audit.evidence_unreadable': { status: 422 },
  'audit.search_too_wide': { status: 422 },
  'audit.verification_runs': { status: 503 },
}
